"""Nobody learns or changes anything of a team that is not theirs, whatever they press or type.

What stands on buttons is tried along with the walk through every screen (test_every_screen); here it is typed, by every
command the bot knows, and pressed in the team's own group.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from storage.engine import Database
from storage.tables import Base
from tests.builders import Make
from tests.clock import FakeClock
from tests.screens.visitors import let_in
from tests.screens.walk import Walk, Watched
from tests.screens.world import ANSWERS, REPORT, STORY, World, gather

TOLD = 40
"""Fewer texts than this that only the team knows, and the test would look at nothing."""


class Standing(Walk):
    """The story alone, without looking around."""

    async def take_everything(self) -> None:
        """Stay."""


@pytest.fixture
async def world(database: Database, make: Make, clock: FakeClock) -> World:
    """The team after its ten days."""
    office = Watched(database, clock)
    walk = Standing(office, answers=ANSWERS)
    gathered = await gather(office, make, clock, walk)
    for scene in STORY[:-1]:  # the last one is about who is in two teams
        await scene(gathered)
    await walk.close()
    return gathered


def words_of(world: World) -> Iterator[str]:
    """What somebody of elsewhere may try behind a command."""
    yield from ("", "Trần Thị Lan", "lan", "Phú Hòa 1", "PH1", "tháng 11", "năm học", "tổ", "tất cả")
    yield from (str(number) for number in range(1, 5))
    yield from ("số 1", "Lan: dự giờ đến 31/12", "Lan, Hùng", "từ 1/12 đến 5/12 con ốm")


TYPED = (
    REPORT,
    REPORT.replace("hôm nay", "hôm nay, cùng cô Lan"),
    "sửa báo cáo 1",
    "sửa báo cáo số 28",
    "giao dự giờ Toán 4A TH Phú Hòa 1 thứ năm 8h: Lan, Hùng; hạn báo cáo 30/11",
    "họp chung 14h thứ sáu 11/12 tại phòng họp, nội dung: sơ kết",
    "điểm danh",
    "sơ kết",
    "đồng ý",
    "1",
    "2",
)


@pytest.mark.only_on("sqlite")
@pytest.mark.timeout(600)
async def test_what_others_type_tells_and_changes_nothing(world: World, make: Make) -> None:
    intruders = await let_in(world, world.office, make)
    await intruders.meet()
    assert len(intruders.secrets) > TOLD
    names = [spec.name for spec in world.office.router.commands]
    said = [f"/{name} {words}".strip() for name in names for words in words_of(world)]
    async with world.office.database.begin() as uow:
        for phone in intruders.foreign:
            for text in (*said, *TYPED):
                await intruders.say(uow, phone, text)
    assert not intruders.complaints, "\n".join(f"{deed}: {what}" for deed, what in intruders.complaints.items())
    assert intruders.tried > len(said)


@pytest.mark.only_on("sqlite")
@pytest.mark.timeout(600)
async def test_in_the_teams_own_group_others_learn_and_change_nothing(world: World, make: Make) -> None:
    intruders = await let_in(world, world.office, make)
    await intruders.meet()
    lists = [shown for shown in world.group.screen if shown.outgoing.choices]
    assert lists, "nothing can be pressed in the group"
    said = [f"/{spec.name}" for spec in world.office.router.commands] + ["/noinhom", "/bonhom", "1", "2", "tham dự"]
    async with world.office.database.begin() as uow:
        for phone in (each.in_group(world.group.chat.chat_id) for each in intruders.foreign):
            for text in said:
                await intruders.say(uow, phone, text)
            for shown in lists:
                for index, label in enumerate(shown.labels):
                    await intruders.press(uow, phone, f"{shown.outgoing.choices_key}:{index}", label=label)
    assert not intruders.complaints, "\n".join(f"{deed}: {what}" for deed, what in intruders.complaints.items())


@pytest.mark.only_on("sqlite")
async def test_every_table_is_watched_or_known_to_hold_nothing_of_a_team(world: World, make: Make) -> None:
    intruders = await let_in(world, world.office, make)
    assert not {table.name for table in Base.metadata.sorted_tables} - intruders.watched
    await intruders.meet()
    assert {"Trần Thị Lan", "Lê Thị Hoa", "Chiều thứ sáu họp chuyên môn"} <= intruders.secrets

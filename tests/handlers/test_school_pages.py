"""/truong: what the team knows of a school, and what its board may read of it."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from docx import Document

from bot.domain.vocabulary import Role
from storage.engine import Database
from storage.tables import Activity
from tests.builders import Make
from tests.clock import FakeClock
from tests.office import Office


@pytest.fixture
async def scene(database: Database, make: Make, clock: FakeClock) -> dict[str, Any]:
    team = await make.team()
    school = await make.school(team, name="TH Phú Hòa 1")
    await make.school(team, name="TH Phú Hòa 2")
    found: dict[str, Any] = {
        "office": Office(database, clock),
        "secretary": await make.joined_member(team, role=Role.SECRETARY),
        "officer": await make.joined_member(team, role=Role.OFFICER),
        "lan": await make.joined_member(team, name="Lê Thị Lan"),
        "hoa": await make.joined_member(team, name="Đỗ Thị Hoa"),
    }
    first = await make.activity(found["lan"].member, on=date(2026, 10, 5), school=school, advice="Cô Cúc chia nhóm nhỏ")
    second = await make.activity(found["lan"].member, on=date(2026, 11, 5), school=school)
    async with database.begin() as uow:
        session = uow._session  # pyright: ignore[reportPrivateUsage] - tests look behind the repositories
        (await session.get_one(Activity, first.id)).difficulties = "nói nhỏ, lớp ồn"
        (await session.get_one(Activity, second.id)).strengths = "đã chia nhóm nhỏ"
        await uow.members.set_schools_in_charge(found["lan"].member.id, [school.id])
    return found


async def test_a_page_tells_the_advice_and_what_became_of_it(scene: dict[str, Any]) -> None:
    said = await scene["office"].phone(scene["secretary"]).say("/truong phu hoa 1")
    assert "Phụ trách: Lê Thị Lan" in said.text
    assert "2 lượt đến" in said.text
    assert "Tư vấn: Cô Cúc chia nhóm nhỏ" in said.text
    assert "→ Lần sau (05/11/2026): ưu điểm: đã chia nhóm nhỏ" in said.text


async def test_officers_read_it_without_the_observed_teachers_names(scene: dict[str, Any]) -> None:
    said = await scene["office"].phone(scene["officer"]).say("/truong Phú Hòa 1")
    assert "Cô … chia nhóm nhỏ" in said.text
    assert "Gửi Ban giám hiệu (PDF)" not in said.labels


async def test_members_see_only_the_schools_they_are_in_charge_of(scene: dict[str, Any]) -> None:
    office = scene["office"]
    assert "2 lượt đến" in (await office.phone(scene["lan"]).say("/truong Phú Hòa 1")).text
    assert "lượt đến" not in (await office.phone(scene["hoa"]).say("/truong Phú Hòa 1")).text


async def test_the_board_s_page_has_every_visit_and_what_became_of_advice_but_no_remarks(scene: dict[str, Any]) -> None:
    phone = scene["office"].phone(scene["secretary"])
    await phone.say("/truong Phú Hòa 1")
    await phone.press("Gửi Ban giám hiệu (Word)")
    document: Any = Document(BytesIO(await phone.file()))
    words = "\n".join(each.text for each in document.paragraphs)
    assert "Kính gửi: Ban giám hiệu TH Phú Hòa 1" in words
    assert "Cô … chia nhóm nhỏ" in words
    assert "Thành viên phụ trách: Lê Thị Lan" in words
    assert "Lần sau (05/11/2026): đã chia nhóm nhỏ" in words
    assert "Không có nhu cầu được ghi nhận." in words
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "05/11/2026" in cells
    for private in ("nói nhỏ", "Cúc"):
        assert private not in words


async def test_who_has_left_the_team_is_in_charge_on_neither_page(scene: dict[str, Any], database: Database) -> None:
    async with database.begin() as uow:
        lan = await uow.members.get(scene["lan"].member.id, team_id=scene["lan"].member.team_id)
        lan.ended_at = uow.clock()
    phone = scene["office"].phone(scene["secretary"])
    assert "Phụ trách" not in (await phone.say("/truong Phú Hòa 1")).text
    await phone.press("Gửi Ban giám hiệu (Word)")
    document: Any = Document(BytesIO(await phone.file()))
    assert not any("Thành viên phụ trách" in each.text for each in document.paragraphs)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("/truong", "gõ tên trường"), ("/truong Ngô Quyền", "chưa tìm thấy"), ("/truong phú hòa", "trường nào?")],
)
async def test_a_school_that_is_not_clear_is_asked_for(scene: dict[str, Any], text: str, expected: str) -> None:
    assert expected in (await scene["office"].phone(scene["secretary"]).say(text)).text

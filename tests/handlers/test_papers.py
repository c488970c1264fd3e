"""Files under a digest, and the report to the office: drafted, confirmed once, sent, never changed."""

from __future__ import annotations

import asyncio
import threading
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from bot.documents.report_files import DrawnFile, draw_to_send
from bot.domain.vocabulary import ChannelName, Role
from bot.pipeline.papers import PaperWorker
from bot.pipeline.signals import Signals
from storage.engine import Database
from storage.tables import Activity, PaperOrder, SummaryReport
from tests.builders import Joined, Make
from tests.clock import FakeClock
from tests.documents.papers import word_text
from tests.office import Office, Phone


class Scene:
    """A team with everybody a report passes through."""

    def __init__(self, office: Office, make: Make, database: Database, people: dict[str, Joined], **rest: Any) -> None:
        self.office, self.make, self.database, self.people = office, make, database, people
        self.team, self.school, self.lan = rest["team"], rest["school"], rest["lan"]

    def phone(self, who: str) -> Phone:
        """Their phone."""
        return self.office.phone(self.people[who])

    async def rows(self, table: type[Any]) -> list[Any]:
        """Everything in a table."""
        async with self.database.read() as uow:
            return list(await uow._session.scalars(select(table).order_by(table.id)))  # pyright: ignore[reportPrivateUsage]


@pytest.fixture
async def scene(database: Database, make: Make, clock: FakeClock) -> Scene:
    team = await make.team()
    school = await make.school(team, name="TH Phú Hòa 1")
    people = {
        "leader": await make.joined_member(team, name="Bùi Quốc Hiếu", role=Role.LEADER),
        "secretary": await make.joined_member(team, name="Trần Thị Mai", role=Role.SECRETARY),
        "officer": await make.joined_member(team, name="Phạm Văn Phòng", role=Role.OFFICER),
    }
    lan = await make.member(team, name="Lê Thị Lan")
    await make.activity(lan, on=date(2026, 10, 5), school=school, advice="Cô Cúc tăng thời gian nhóm đôi")
    return Scene(Office(database, clock), make, database, people, team=team, school=school, lan=lan)


async def _draft(scene: Scene, who: str = "secretary") -> Phone:
    """They ask for October's report and answer what stands on the paper, the first time."""
    phone = scene.phone(who)
    await phone.say("/tonghop tháng 10")
    asked = await phone.press("Lập báo cáo")
    if "góc trái" in asked.text:
        await phone.say("UBND phường Thủ Dầu Một")
        await phone.say("Thủ Dầu Một")
        await phone.press("Không đóng dấu")
        await phone.press("Lưu")
    return phone


@pytest.mark.parametrize(
    ("label", "begin", "count"), [("Word", b"PK", 1), ("PDF", b"%PDF", 1), ("Excel", b"PK", 1), ("Ảnh", b"\x89PNG", 3)]
)
async def test_a_digest_offers_files_that_come_by_themselves(
    scene: Scene, label: str, begin: bytes, count: int
) -> None:
    phone = scene.phone("secretary")
    await phone.say("/tonghop tháng 10")
    came = await phone.press(label)
    assert phone.toast.startswith("Em đang lập tệp")
    assert len(came.file_names) == count
    assert "tháng 10 năm 2026" in came.text
    assert (await phone.file()).startswith(begin)


async def test_an_officer_s_files_name_nobody(scene: Scene) -> None:
    phone = scene.phone("officer")
    shown = await phone.say("/tonghop tháng 10")
    assert "📝 Lập báo cáo" not in shown.labels
    words = word_text(await phone.file("docx", on=await phone.press("Word")))
    assert "Cúc" not in words


async def test_on_zalo_the_file_is_announced_in_words(scene: Scene) -> None:
    deputy = await scene.make.joined_member(scene.team, role=Role.DEPUTY, channel=ChannelName.ZALO)
    phone = scene.office.phone(deputy)
    await phone.say("/tonghop tháng 10")
    came = await phone.say("pdf")
    assert "Em đang lập tệp" in phone.texts
    assert came.file_names == ("tong-hop-2026-10.pdf",)


async def test_what_stands_on_papers_is_asked_the_first_time_only(scene: Scene) -> None:
    phone = await _draft(scene)
    assert "dự thảo" in phone.last.text
    await phone.say("/tonghop tháng 10")
    assert "dự thảo" in (await phone.press("Lập báo cáo")).text
    words = word_text(await phone.file("docx", on=await phone.press("Word")))
    assert "UBND PHƯỜNG THỦ DẦU MỘT" in words
    assert "Số: ....../BC-TML" in words
    assert "DỰ THẢO" in words


async def test_the_leader_confirms_and_everybody_gets_the_same_files(scene: Scene) -> None:
    secretary = await _draft(scene)
    assert "Đã trình tổ trưởng" in (await secretary.press("Trình tổ trưởng")).text
    leader = scene.phone("leader")
    assert "Trần Thị Mai trình báo cáo tháng 10 năm 2026" in leader.last.text
    await leader.press("Duyệt")
    officer = scene.phone("officer")
    for phone in (leader, secretary, officer):
        assert [name[-4:] for name in phone.last.file_names] == ["docx", ".pdf", "xlsx"]
    assert "Đã gửi 1/1 chuyên viên" in leader.last.text
    words = word_text(await officer.file("docx"))
    assert "Số: 01/BC-TML" in words
    assert "Thủ Dầu Một, ngày 23 tháng 11 năm 2026" in words
    assert "Bùi Quốc Hiếu" in words
    assert "Cô … tăng thời gian nhóm đôi" in words
    async with scene.database.read() as uow:
        assert await uow.reported_periods.day_reported(scene.team.id, date(2026, 10, 31))


async def test_a_confirmed_report_never_changes_and_the_next_one_is_a_supplement(scene: Scene) -> None:
    secretary = await _draft(scene, "leader")
    first = await secretary.press("Duyệt", on=secretary.last)
    before = await secretary.file("docx", on=first)
    await scene.make.activity(scene.lan, on=date(2026, 10, 7), school=scene.school)
    drafted = await _draft(scene, "leader")
    assert "Báo cáo bổ sung" in drafted.last.text
    sent = await drafted.press("Số 01 đã gửi")
    assert await drafted.file("docx", on=sent) == before
    await drafted.press("Duyệt", on=next(each for each in drafted.screen if "bổ sung" in each.text))
    words = word_text(await drafted.file("docx"))
    assert "Số: 02/BC-TML" in words
    assert "(bổ sung)" in words
    assert "Tổng số 2 hoạt động" in words
    kept = [report.content["visits"] for report in await scene.rows(SummaryReport)]
    assert [len(visits) for visits in kept] == [1, 2]


async def test_pressing_confirm_twice_gives_one_number(scene: Scene) -> None:
    leader = await _draft(scene, "leader")
    card = leader.last
    await leader.press("Duyệt", on=card)
    index = card.labels.index("✅ Duyệt")
    again = await leader.press_data(f"{card.outgoing.choices_key}:{index}", message_id=card.id)
    assert "số 01/BC-TML" in again.text
    assert [report.number for report in await scene.rows(SummaryReport)] == [1]


async def test_the_leader_may_return_a_draft(scene: Scene) -> None:
    secretary = await _draft(scene)
    await secretary.press("Trình tổ trưởng")
    await scene.phone("leader").press("Trả lại")
    assert "trả lại" in secretary.last.text
    assert "📤 Trình tổ trưởng" in secretary.last.labels


async def test_nobody_but_the_leader_confirms(scene: Scene) -> None:
    leader = await _draft(scene, "leader")
    card = leader.last
    index = card.labels.index("✅ Duyệt")
    for who in ("secretary", "officer"):
        await scene.phone(who).press_data(f"{card.outgoing.choices_key}:{index}")
    assert [report.status for report in await scene.rows(SummaryReport)] == ["draft"]


async def test_an_order_survives_a_crash_and_is_drawn_once(scene: Scene, clock: FakeClock) -> None:
    phone = scene.phone("secretary")
    scene.office.seconds_to_draw = None
    await phone.say("/tonghop tháng 10")
    await phone.press("PDF")
    async with scene.database.begin() as uow:
        assert await uow.paper_orders.take(now=clock())  # by a worker that is killed then
    scene.office.seconds_to_draw = 20.0
    await scene.office.draw_papers()
    await scene.office.deliver()
    assert not any(each.file_names for each in phone.screen)
    clock.advance(61)
    await scene.office.draw_papers()
    await scene.office.draw_papers()
    await scene.office.deliver()
    assert len([each for each in phone.screen if each.file_names]) == 1


async def test_a_drawing_that_takes_too_long_is_given_up_and_said(
    scene: Scene,
) -> None:
    phone = scene.phone("secretary")
    scene.office.seconds_to_draw = 0.0
    await phone.say("/tonghop tháng 10")
    await phone.press("PDF")
    assert "chưa lập được tệp" in phone.last.text
    assert [(order.status, order.attempts) for order in await scene.rows(PaperOrder)] == [("failed", 3)]


async def test_a_confirmed_report_that_could_not_be_drawn_is_drawn_and_sent_when_it_is_asked_for_again(
    scene: Scene,
) -> None:
    leader = await _draft(scene, "leader")
    scene.office.seconds_to_draw = 0.0
    await leader.press("Duyệt", on=leader.last)
    assert "chưa lập được tệp" in leader.last.text
    scene.office.seconds_to_draw = 20.0
    await _draft(scene, "leader")
    await leader.press("Số 01 đã gửi")
    assert "Em đang lập tệp" in leader.toast
    sent = scene.phone("officer").last
    assert "số 01/BC-TML" in sent.text
    again = await leader.press("Số 01 đã gửi")
    assert again.outgoing.attachments == sent.outgoing.attachments
    assert len(scene.phone("officer").screen) == 1


async def test_while_a_file_is_drawn_the_conversation_goes_on(
    scene: Scene, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, goes_on = threading.Event(), threading.Event()

    def draw_slowly(*given: Any) -> tuple[DrawnFile, ...]:
        begun.set()
        assert goes_on.wait(60), "the conversation did not go on"
        return draw_to_send(*given)

    phone = scene.phone("secretary")
    scene.office.seconds_to_draw = None
    monkeypatch.setattr("bot.pipeline.paper_reading.draw_to_send", draw_slowly)
    await phone.say("/tonghop tháng 10")
    await phone.press("PDF")
    worker = PaperWorker(database=scene.database, clock=clock, signals=Signals())
    drawing = asyncio.create_task(worker.run_once())
    await asyncio.to_thread(begun.wait, 60)
    assert "tháng 09 năm 2026" in (await phone.say("/tonghop tháng 9")).text
    goes_on.set()
    assert await drawing
    worker.close()
    await scene.office.deliver()
    assert phone.last.file_names == ("tong-hop-2026-10.pdf",)


async def test_another_team_s_report_is_not_found(scene: Scene) -> None:
    leader = await _draft(scene, "leader")
    card = leader.last
    other = await scene.make.team("Tổ khác")
    stranger = await scene.make.joined_member(other, role=Role.LEADER)
    phone = scene.office.phone(stranger)
    index = card.labels.index("✅ Duyệt")
    await phone.press_data(f"{card.outgoing.choices_key}:{index}")
    assert [report.status for report in await scene.rows(SummaryReport)] == ["draft"]
    assert len(await scene.rows(Activity)) == 1

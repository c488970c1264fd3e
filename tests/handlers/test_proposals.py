"""Proposals are answered or voted on; nobody votes twice, and a secret vote links nobody with a choice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import select

from bot.documents.report_files import ReportFormat, draw_report
from bot.documents.report_paper import ReportPaper
from bot.domain.periods import Period
from bot.domain.report_model import SectionKind
from bot.domain.team_settings import TeamSettings
from bot.domain.vocabulary import ChannelName, Role
from bot.domain.votes import Ballot, Outcome, outcome
from bot.report_sections import read_report
from storage.engine import Database
from storage.inbox import NewUpdate
from storage.tables import Inbox, VoteVoter
from tests.builders import Make
from tests.clock import FakeClock
from tests.documents.papers import Printed
from tests.office import Office, Phone


@dataclass
class Cast:
    leader: Phone
    lan: Phone
    hung: Phone
    officer: Phone


@pytest.fixture
async def people(office: Office, make: Make) -> Cast:
    team = await make.team()
    leader = await make.joined_member(team, role=Role.LEADER, name="Bùi Quốc Hiếu")
    lan = await make.joined_member(team, name="Nguyễn Thị Lan")
    hung = await make.joined_member(team, name="Trần Văn Hùng", channel=ChannelName.ZALO)
    officer = await make.joined_member(team, role=Role.OFFICER, name="Phạm Thu Hà")
    return Cast(office.phone(leader), office.phone(lan), office.phone(hung), office.phone(officer))


async def open_vote(people: Cast, *, kind: str, quorum: str = "2 người") -> None:
    await people.lan.say("/dexuat mỗi tháng một chuyên đề Toán 4")
    assert "Đã gửi đề xuất số 1" in people.lan.last.text
    await people.leader.press(kind)
    await people.leader.say("hôm qua")
    assert "một thời điểm sau bây giờ" in people.leader.last.text
    await people.leader.say("20h ngày mai")
    await people.leader.press("Tất cả thành viên tổ")
    await people.leader.say(quorum)
    await people.leader.press("Mở biểu quyết")


async def test_a_proposal_with_a_file_is_answered_by_the_leader(people: Cast) -> None:
    await people.lan.send_file(b"%PDF", name="sang-kien.pdf", text="/dexuat xin xem tệp")
    assert people.leader.last.file_names == ("sang-kien.pdf",)
    await people.leader.press("Trả lời")
    await people.leader.say("Đồng ý, bàn ở cuộc họp tới")
    assert "trả lời đề xuất số 1: Đồng ý, bàn ở cuộc họp tới" in people.lan.last.text


async def test_a_named_vote_says_who_chose_what_and_works_by_number_on_zalo(
    people: Cast, office: Office, clock: FakeClock
) -> None:
    await open_vote(people, kind="Biểu quyết công khai")
    await people.lan.press("Tán thành")
    await people.hung.say("2")
    assert "Đã ghi nhận" in people.hung.last.text
    clock.advance(timedelta(days=2))
    counts = await office.run_job("vote-closing")
    assert counts["closed"] == 1
    assert "hai bên bằng nhau" in people.lan.last.text
    assert "Không tán thành: 1 (Trần Văn Hùng)" in people.lan.last.text
    assert (await office.run_job("vote-closing"))["closed"] == 0


async def test_nobody_votes_twice_and_nobody_after_the_end(people: Cast, office: Office, clock: FakeClock) -> None:
    await open_vote(people, kind="Biểu quyết kín", quorum="1 người")
    asked = people.lan.last
    await people.lan.press("Tán thành", on=asked)
    await people.lan.press("Không tán thành", on=asked)
    assert "đã biểu quyết rồi" in people.lan.last.text
    clock.advance(timedelta(days=2))
    await people.hung.say("1")
    assert "đã kết thúc" in people.hung.last.text
    await office.run_job("vote-closing")
    assert "được thông qua" in people.leader.last.text
    assert "Tán thành: 1\n" in people.leader.last.text
    assert "Lan" not in people.leader.last.text


async def test_a_secret_vote_leaves_no_trace_of_the_choice(people: Cast, office: Office, database: Database) -> None:
    await open_vote(people, kind="Biểu quyết kín")
    asked = people.lan.last
    incoming = people.lan._incoming()  # pyright: ignore[reportPrivateUsage] - the update as intake stores it
    raw: dict[str, Any] = {"callback_query": {"data": f"{asked.outgoing.choices_key}:0"}}
    async with database.begin() as uow:
        update = NewUpdate(people.lan.chat.channel, incoming.external_id, people.lan.chat.key, raw)
        await uow.inbox.put([update], now=uow.clock())
    press = press_first(asked)
    await office.receive(incoming.model_copy(update={"press": press}))
    async with database.begin() as uow:
        session = uow._session  # pyright: ignore[reportPrivateUsage] - tests look behind the repositories
        kept = await session.scalar(select(Inbox.raw).where(Inbox.external_id == incoming.external_id))
        assert kept == {}
        voters = list(await session.scalars(select(VoteVoter)))
        assert [each.option for each in voters] == [None] * 3
        assert sum(each.voted for each in voters) == 1


def press_first(asked: Any) -> Any:
    from bot.domain.messages import Press

    return Press(data=f"{asked.outgoing.choices_key}:0", message_id=asked.id, callback_id="callback")


async def test_a_proposal_is_assigned_when_the_work_is_given_out_and_its_author_is_told(people: Cast) -> None:
    await people.lan.say("/dexuat viết bài giới thiệu chuyên đề")
    card = people.leader.last
    await people.leader.press("Giao thành việc", on=card)
    await people.leader.say("/huy")
    assert "giao thành" not in people.lan.last.text
    await people.leader.press("Giao thành việc", on=card)
    await give_to(people, "thầy Hùng")
    assert "Đề xuất số 1 của thầy/cô đã được giao thành phân công số 1" in people.lan.last.text
    await people.leader.press("Trả lời", on=card)
    assert "không còn dùng được" in people.leader.last.text
    await people.lan.say("/dexuat")
    assert "đã giao việc" in people.lan.texts


async def give_to(people: Cast, who: str) -> None:
    """Answer what the work still needs, until it is sent."""
    answers = {"who": who, "kind": "việc khác", "due": "thứ sáu tuần sau 17h", "title": "Viết bài"}
    while not any("Gửi" in label for label in people.leader.last.labels):
        async with people.leader._office.database.read() as uow:  # pyright: ignore[reportPrivateUsage]
            (dialogue,) = await uow.dialogues.open_of(people.leader.chat.key, people.leader.sender.user_id)
            step = dialogue.step
        await people.leader.say(answers.pop(step))
    await people.leader.press("Gửi", on=people.leader.last)


async def test_a_tie_is_the_leader_s_to_decide_and_the_group_reads_counts_without_names(
    people: Cast, office: Office, clock: FakeClock
) -> None:
    group = people.leader.in_group("-100")
    await group.say("/noinhom")
    await open_vote(people, kind="Biểu quyết công khai")
    await people.lan.press("Tán thành")
    await people.hung.say("2")
    clock.advance(timedelta(days=2))
    await office.run_job("vote-closing")
    assert "hai bên bằng nhau" in group.last.text
    assert "Hùng" not in group.last.text
    await people.leader.press("Trả lời")
    await people.leader.say("Thực hiện từ học kì 2")
    assert "trả lời đề xuất số 1: Thực hiện từ học kì 2" in people.lan.last.text
    async with office.database.read() as uow:
        team = (await uow.teams.all())[0]
        report = await read_report(uow, team, Period.parse("2026-11-01_2026-11-30"), clock())
    (section,) = [each for each in report.sections if each.kind is SectionKind.PROPOSALS]
    assert "hai bên bằng nhau" in section.rows[0][3]
    assert "trả lời: Thực hiện từ học kì 2" in section.rows[0][3]


async def test_a_vote_of_some_by_name_ends_when_all_of_them_have_voted(people: Cast, office: Office) -> None:
    await people.lan.say("/dexuat mỗi tháng một chuyên đề Toán 4")
    await people.leader.press("Biểu quyết kín")
    await people.leader.say("20h ngày mai")
    assert "chưa rõ là ai" in (await people.leader.say("Lan, Xyz")).text
    await people.leader.say("cô Lan, thầy Hùng")
    await people.leader.say("2 người")
    assert "2 người có quyền" in people.leader.last.text
    await people.leader.press("Mở biểu quyết")
    await people.lan.press("Tán thành")
    assert (await office.run_job("vote-closing"))["closed"] == 0
    await people.hung.say("1")
    assert (await office.run_job("vote-closing"))["closed"] == 1
    assert "được thông qua" in people.lan.last.text


async def test_whoever_proposed_takes_it_back_and_it_can_no_longer_be_answered(people: Cast) -> None:
    await people.lan.say("/dexuat điều gì đó")
    await people.lan.say("/dexuat")
    await people.lan.press("Rút đề xuất")
    assert "đã được người gửi rút lại" in people.leader.last.text
    await people.leader.press("Trả lời")
    assert "không còn dùng được" in people.leader.last.text


async def test_officers_and_members_open_no_vote(people: Cast) -> None:
    await people.lan.say("/dexuat điều gì đó")
    assert people.officer.screen == []
    await people.officer.say("/dexuat việc của tôi")
    assert "Đã gửi" not in people.officer.last.text


@given(st.dictionaries(st.sampled_from(list(Ballot)), st.integers(0, 40)), st.integers(1, 40))
def test_a_vote_passes_only_with_a_quorum_and_more_for_than_against(counts: dict[Ballot, int], quorum: int) -> None:
    result = outcome(counts, quorum=quorum)
    if result is Outcome.PASSED:
        assert sum(counts.values()) >= quorum
        assert counts.get(Ballot.YES, 0) > counts.get(Ballot.NO, 0)
    if sum(counts.values()) < quorum:
        assert result is Outcome.NO_QUORUM


async def test_the_office_reads_what_was_proposed_and_what_came_of_it(
    people: Cast, office: Office, clock: FakeClock
) -> None:
    await open_vote(people, kind="Biểu quyết công khai", quorum="1 người")
    await people.lan.press("Tán thành")
    clock.advance(timedelta(days=2))
    await office.run_job("vote-closing")
    await people.lan.say("/dexuat mua thêm máy chiếu")
    await people.leader.press("Trả lời")
    await people.leader.say("Chuyển nhà trường")
    await people.leader.say("/tonghop tháng này")
    assert "Có 2 đề xuất, kiến nghị; đã giải quyết 2." in people.leader.last.text
    async with office.database.read() as uow:
        team = (await uow.teams.all())[0]
        november = Period.between(date(2026, 11, 1), date(2026, 11, 30))
        model = await read_report(uow, team, november, office.clock())
        october = Period.between(date(2026, 10, 1), date(2026, 10, 31))
        before = await read_report(uow, team, october, office.clock())
    assert before.section(SectionKind.PROPOSALS).is_empty
    paper = ReportPaper(TeamSettings(), "Trần Thị Mai", 7)
    whole = "".join(_cells(draw_report(model, paper, ReportFormat.DOCX)))
    assert "trả lời: Chuyển nhà trường" in whole
    assert "biểu quyết được thông qua (1 tán thành, 0 không tán thành, 0 không ý kiến)" in whole
    assert "Lan" not in "".join(cell for row in model.section(SectionKind.PROPOSALS).rows for cell in row)
    printed = Printed(draw_report(model, paper, ReportFormat.PDF))
    assert any("Chuyển nhà trường" in printed.words(page) for page in range(len(printed)))
    book: Any = load_workbook(BytesIO(draw_report(model, paper, ReportFormat.XLSX)))
    assert book["Đề xuất, kiến nghị"]["D3"].value == "trả lời: Chuyển nhà trường"
    assert "Có 2 đề xuất, kiến nghị" in draw_report(model, paper, ReportFormat.TXT).decode()


def _cells(data: bytes) -> list[str]:
    document: Any = docx.Document(BytesIO(data))
    return [cell.text for table in document.tables for row in table.rows for cell in row.cells]


async def test_several_proposals_stand_in_one_list_and_each_is_a_press_away(people: Cast) -> None:
    for text in ("mỗi tháng một chuyên đề Toán 4", "mua thêm bảng nhóm"):
        await people.lan.say(f"/dexuat {text}")
    before = len(people.leader.screen)
    await people.leader.say("/dexuat")
    listed = [each for each in people.leader.screen[before:] if each.labels]
    assert [each.labels for each in listed] == [("Số 2", "Số 1"), ("Hủy",)]
    assert "chuyên đề Toán 4" in (await people.leader.press("Số 1")).text
    await people.leader.press("💬 Trả lời")
    await people.leader.say("Đồng ý")
    assert "trả lời đề xuất số 1" in people.lan.last.text

"""What summaries say of meetings: n of three, what is to be done, what a chuyên đề taught; the same everywhere."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import docx
import pytest
from openpyxl import load_workbook

from bot.documents.report_files import ReportFormat, draw_report
from bot.domain.clock import HOME_ZONE
from bot.domain.periods import Period, PeriodKind
from bot.domain.report_model import ReportModel
from bot.meeting_section import meeting_section
from bot.report_sections import draft_paper, read_report
from storage.engine import Database
from tests.builders import Make
from tests.clock import FakeClock
from tests.documents.papers import Printed
from tests.handlers.taking_minutes import BEGIN, Team, meeting_begun
from tests.office import Office

MONTH = Period(PeriodKind.MONTH, date(2026, 12, 1), date(2026, 12, 31))


@pytest.fixture
async def team(office: Office, make: Make, clock: FakeClock) -> Team:
    """A general meeting has been held and written down, with a lesson and a decision."""
    team = await meeting_begun(office, make, clock)
    await team.secretary.say("/bienban Nhân rộng: dạy học theo trạm A & B <x>\nKhắc phục: thiếu đồ dùng")
    await team.secretary.say("Soạn đề cương – cô Dung – 15/12")
    await team.secretary.press("Đúng")
    await team.secretary.say("/bienban")
    await team.secretary.press("Gửi chủ tọa duyệt")
    await team.leader.press("Xác nhận biên bản")
    clock.set(BEGIN + timedelta(days=1))
    return team


SAID = (
    "Họp chung năm học 2026-2027: 1/3 lần.",
    "Nghị quyết chưa xong: 1 (Soạn đề cương).",
    "Họp chung – cần nhân rộng: dạy học theo trạm A & B <x>",
    "Họp chung – cần khắc phục: thiếu đồ dùng",
)


@pytest.mark.parametrize(
    "period",
    [
        MONTH,
        Period(PeriodKind.SEMESTER, date(2026, 9, 1), date(2027, 1, 15)),
        Period(PeriodKind.YEAR, date(2026, 9, 1), date(2027, 5, 31)),
    ],
)
async def test_every_file_of_every_summary_says_it(
    team: Team, database: Database, clock: FakeClock, period: Period
) -> None:
    async with database.read() as uow:
        record = await uow.teams.get(1)
        model, paper = await read_report(uow, record, period, clock()), await draft_paper(uow, record)

    def drawn(form: ReportFormat) -> bytes:
        return draw_report(model, paper, form)

    word: Any = docx.Document(BytesIO(drawn(ReportFormat.DOCX)))
    on_paper = "\n".join(each.text for each in word.paragraphs)
    book: Any = load_workbook(BytesIO(drawn(ReportFormat.XLSX)))
    in_cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    printed = Printed(drawn(ReportFormat.PDF))
    for words in SAID:
        assert words in on_paper
        assert words in drawn(ReportFormat.TXT).decode()
        assert any(words in each for each in in_cells)
        assert printed.find(words[:40])
    assert _rows(model) == [("04/12/2026", "Họp chung", "chưa điểm danh", "01", "0/1")]


def _rows(model: ReportModel) -> list[tuple[str, ...]]:
    return [row for section in model.sections for row in section.rows if row[0] == "04/12/2026"]


async def test_the_chat_says_it_too(team: Team) -> None:
    shown = (await team.leader.say("/tonghop")).text + team.leader.texts
    assert "Họp chung năm học 2026-2027: 1/3 lần." in shown


async def test_a_past_month_says_what_was_open_at_its_end(team: Team, database: Database, clock: FakeClock) -> None:
    clock.set(datetime(2027, 1, 5, 9, 0, tzinfo=HOME_ZONE))
    await team.secretary.say("/nghiquyet")
    await team.secretary.press("Xong: Soạn đề cương")
    january = Period(PeriodKind.MONTH, date(2027, 1, 1), date(2027, 1, 31))
    november = Period(PeriodKind.MONTH, date(2026, 11, 1), date(2026, 11, 30))
    async with database.read() as uow:
        record = await uow.teams.get(1)
        sections = [await meeting_section(uow, record, each, clock()) for each in (november, MONTH, january)]
    assert [any("chưa xong: 1" in line for line in each.lines) for each in sections] == [False, True, False]

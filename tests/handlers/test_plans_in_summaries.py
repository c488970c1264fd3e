"""What summaries say of plans."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
from openpyxl import load_workbook

from bot.documents.report_files import ReportFormat, draw_report
from bot.documents.report_paper import ReportPaper
from bot.domain.periods import Period
from bot.domain.report_model import SectionKind
from bot.domain.school_year import Month
from bot.domain.team_settings import TeamSettings
from bot.report_sections import read_report
from tests.documents.papers import Printed
from tests.handlers.making_plans import planned
from tests.office import Office
from tests.working_team import People

REPORT = "Dự giờ Toán 4A TH Phú Hòa 1 hôm nay. Ưu điểm: sôi nổi. Tư vấn: tăng nhóm đôi"


async def test_the_summary_says_planned_against_done_and_what_comes(people: People, office: Office) -> None:
    await planned(people)
    await people.lan.say("/kehoach tháng 11: dự giờ TH Phú Hòa 1")
    await people.lan.press("Lưu")
    await people.lan.say(REPORT)
    await people.lan.press("Gửi")
    await people.leader.say("/tonghop tháng này")
    assert "Kế hoạch tổ: hoàn thành 1/2 mục. Chưa xong: họp tổ." in people.leader.last.text
    assert "hoàn thành 1/1 mục" in people.leader.last.text
    assert "Dự kiến tháng 12/2026: chấm thi; Sơ kết." in people.leader.last.text
    month = Month(2026, 11)
    async with office.database.read() as uow:
        model = await read_report(uow, people.team, Period.between(month.first, month.last), office.clock())
    rows = model.section(SectionKind.PLAN).rows
    assert rows[0] == ("Kế hoạch tổ", "", "2", "1")
    assert ("Trần Thị Lan", "0", "1", "1") in rows
    paper = ReportPaper(TeamSettings(), "Bùi Quốc Hiếu", 7)
    said = "Kế hoạch tổ: hoàn thành 1/2 mục"
    word: Any = docx.Document(BytesIO(draw_report(model, paper, ReportFormat.DOCX)))
    assert any(said in each.text for each in word.paragraphs)
    printed = Printed(draw_report(model, paper, ReportFormat.PDF))
    assert any(said in printed.words(page) for page in range(len(printed)))
    assert said in draw_report(model, paper, ReportFormat.TXT).decode()
    book: Any = load_workbook(BytesIO(draw_report(model, paper, ReportFormat.XLSX)))
    assert [cell.value for cell in book["Kế hoạch"][2]][2:] == [2, 1]


async def test_officers_read_no_names_in_the_plan_table(people: People, office: Office) -> None:
    from bot.domain.report_readers import for_office

    await people.lan.say("/kehoach tháng 11: dự giờ TH Phú Hòa 1")
    await people.lan.press("Lưu")
    month = Month(2026, 11)
    async with office.database.read() as uow:
        model = await read_report(uow, people.team, Period.between(month.first, month.last), office.clock())
        settings = uow.teams.settings(people.team)
    shown = for_office(model, settings=settings).section(SectionKind.PLAN)
    assert not any("Lan" in cell for row in shown.rows for cell in row)
    assert any(row[0].startswith("Tổ viên") for row in shown.rows)

"""The summary as files: the same numbers four ways, and hard content that must survive in each."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from PIL import Image

from bot.documents.report_files import ReportFormat, draw_report, draw_to_send
from bot.documents.report_paper import ReportPaper, report_document
from bot.domain.duty import Absence
from bot.domain.periods import Period
from bot.domain.report_model import ReportModel, Section, SectionKind, Tally
from bot.domain.team_settings import PaperSettings, TeamSettings
from bot.domain.vocabulary import ActivityKind, LeaveStatus
from tests.documents.papers import HARD, Printed, word_text
from tests.domain.reports import member, report, visit

PAPER = ReportPaper(TeamSettings(paper=PaperSettings(parent="UBND phường", place="Thủ Dầu Một")), "Trần Thị Mai", 7)
ILL = Absence(date(2026, 11, 1), date(2026, 11, 30), LeaveStatus.GRANTED, "nghỉ ốm")
LONG_SCHOOL = "Trường Tiểu học Dân tộc nội trú Nguyễn Thị Minh Khai phân hiệu thôn Đồi Rồng xã Đăk Tơ Lung " * 2


def _month() -> ReportModel:
    return report(
        visit(1, subject="Toán", group="4A", advice="tăng thời gian nhóm đôi", exemplary=True, strengths="sôi nổi"),
        visit(2, subject="Tiếng Việt", group="2/3", members=(1, 2), needs_support=True, difficulties="thiếu sách"),
        visit(3, kind=ActivityKind.EXAM_MARKING, school=None, school_code=None, members=(2,)),
        members=[member(1, "Lê Thị Lan"), member(2), member(3, "Hùng"), member(4, absences=[ILL])],
    )


def _hard() -> ReportModel:
    long = HARD + " Cần chú ý hơn tới học sinh chưa mạnh dạn." * 95
    assert len(long) >= 4_000
    visits = [
        visit(
            number,
            school=LONG_SCHOOL if number % 2 else "TH A & B <x>",
            school_code=f"S{number % 2}",
            subject="=SUM(A1)",
            advice=long if number % 30 == 0 else HARD,
            exemplary=number % 50 == 0,
            strengths=HARD,
            needs_support=number % 60 == 0,
            difficulties=long,
        )
        for number in range(300)
    ]
    return report(*visits, members=[member(1, "Lan"), member(2, HARD)], team=HARD)


def _book(data: bytes) -> Any:
    return load_workbook(BytesIO(data))


def test_all_four_say_the_same_numbers() -> None:
    model = _month()
    word, text = (
        word_text(draw_report(model, PAPER, ReportFormat.DOCX)),
        draw_report(model, PAPER, ReportFormat.TXT).decode(),
    )
    printed = Printed(draw_report(model, PAPER, ReportFormat.PDF))
    pdf = " ".join(printed.words(page) for page in range(len(printed)))
    for paper in (word, pdf):
        assert "Tháng 11/2026 có 2/3 thành viên đạt định mức" in paper
        assert "Tổng số 3 hoạt động" in paper
        assert "Đã tới 1/3 trường" in paper
    assert "2/3 người đạt" in text
    book = _book(draw_report(model, PAPER, ReportFormat.XLSX))
    overview = {row[0].value: row[1].value for row in book["Tổng hợp"].iter_rows()}
    assert overview["Số hoạt động"] == 3
    assert overview["Đạt định mức tháng 11/2026"] == 2
    assert book["Hoạt động"].max_row == 4


def test_the_report_has_the_nine_parts_in_their_order() -> None:
    document: Any = Document(BytesIO(draw_report(_month(), PAPER, ReportFormat.DOCX)))
    headings = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    assert [each.split()[0] for each in headings] == [
        *("Thực", "Hoạt", "Điển", "Khó", "Nội"),
        *("Phân", "Họp", "Đề", "Kế"),
    ]


def test_an_empty_month_says_so_in_one_line_each() -> None:
    words = word_text(draw_report(report(), PAPER, ReportFormat.DOCX))
    assert words.count("Không có") == 7
    for kind in ReportFormat:
        assert draw_report(report(members=[member(1)]), PAPER, kind)


def test_members_without_activity_are_listed_with_the_reason_unless_the_team_says_otherwise() -> None:
    named = word_text(draw_report(_month(), PAPER, ReportFormat.DOCX))
    assert "Hùng\n11/2026\nchưa báo cáo" in named
    assert "được nghỉ: nghỉ ốm" in named
    quiet = ReportPaper(TeamSettings(report_names_members=False), "Trần Thị Mai", 7)
    unnamed = word_text(draw_report(_month(), quiet, ReportFormat.DOCX))
    assert "Hùng" not in unnamed
    assert "Lý do chưa có hoạt động: 1 người chưa báo cáo; 1 người được nghỉ: nghỉ ốm." in unnamed


def test_a_draft_has_no_number_and_says_that_it_is_one() -> None:
    draft = ReportPaper(TeamSettings(), "Trần Thị Mai")
    words = word_text(draw_report(_month(), draft, ReportFormat.DOCX))
    assert "DỰ THẢO" in words
    assert "Số: ....../BC-TML" in words
    assert "DỰ THẢO" not in word_text(draw_report(_month(), PAPER, ReportFormat.DOCX))


def test_who_signs_depends_on_the_seal() -> None:
    sealed = ReportPaper(TeamSettings(paper=PaperSettings(has_seal=True, issuer="Tổ mạng lưới")), "Trần Thị Mai", 1)
    assert report_document(_month(), sealed).signatures[0].titles == ("TM. Tổ mạng lưới", "Tổ trưởng")
    assert report_document(_month(), PAPER).signatures[0].titles == ("Tổ trưởng",)
    assert report_document(_month(), PAPER).signatures[0].name == "Trần Thị Mai"


def test_what_other_capabilities_add_stands_in_its_part() -> None:
    section = Section(SectionKind.MEETINGS, ("Đã họp 2/3 lần.",), ("Ngày", "Nội dung"), (("05/11/2026", HARD),))
    model = report(sections=[section])
    words = word_text(draw_report(model, PAPER, ReportFormat.DOCX))
    assert "Đã họp 2/3 lần." in words
    assert HARD in words
    assert _book(draw_report(model, PAPER, ReportFormat.XLSX))["Họp, nghị quyết"]["B2"].value == HARD


def test_hard_content_survives_in_word_and_excel() -> None:
    model = _hard()
    assert f"“{HARD}”" in word_text(draw_report(model, PAPER, ReportFormat.DOCX))
    sheet = _book(draw_report(model, PAPER, ReportFormat.XLSX))["Hoạt động"]
    assert sheet["J3"].value == HARD
    assert len(sheet["I3"].value) >= 4_000


@pytest.mark.parametrize("text", ["=1+1", "+84", "-x", "@x", "\tx"])
def test_no_cell_becomes_a_formula(text: str) -> None:
    book = _book(draw_report(report(visit(1, advice=text, topic=text)), PAPER, ReportFormat.XLSX))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                if cell.value == text:
                    assert cell.quotePrefix


def test_the_sheets_have_types_frozen_heads_and_filters() -> None:
    book = _book(draw_report(_month(), PAPER, ReportFormat.XLSX))
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert all(sheet.column_dimensions[cell.column_letter].width > 5 for cell in sheet[1])
    visits = book["Hoạt động"]
    assert visits["B2"].value == datetime(2026, 11, 5)
    assert visits["B2"].number_format == "dd/mm/yyyy"
    assert isinstance(visits["A2"].value, int)
    assert book["Định mức"]["C2"].value == 2


def test_hard_pages_are_whole_and_the_signature_has_company() -> None:
    printed = Printed(draw_report(_hard(), PAPER, ReportFormat.PDF))
    assert len(printed) > 5
    for page in range(len(printed)):
        ink = printed.ink(page)
        assert ink.left >= 29.5
        assert ink.right <= 196
        assert ink.bottom <= 277.5
    [(page, _)] = printed.find("Trần Thị Mai")
    assert page == printed.find("Trên đây là báo cáo")[-1][0]


def test_lines_of_text_do_not_overlap() -> None:
    printed = Printed(draw_report(_month(), PAPER, ReportFormat.PDF))
    for left, right in pairwise(["1. Thực hiện", "Tháng 11/2026 có", "2. Hoạt động", "2.1. Theo loại"]):
        assert printed.find(left)[0][1].bottom < printed.find(right)[0][1].top


def test_what_other_capabilities_add_has_types_in_excel_too() -> None:
    section = Section(
        SectionKind.ASSIGNMENTS,
        ("Đã phân công 1 việc.",),
        ("Số", "Việc", "Hạn"),
        (("12", "=ra đề", "05/12/2026"), ("13", "", "")),
        tallies=(Tally("all", "Việc đã phân công", ("Số 12: ra đề",)),),
        numbers=(0,),
        dates=(2,),
    )
    book = _book(draw_report(report(sections=[section]), PAPER, ReportFormat.XLSX))
    sheet = book["Phân công, điều động"]
    assert [sheet["A2"].value, sheet["B2"].value, sheet["C2"].value] == [12, "=ra đề", datetime(2026, 12, 5)]
    assert sheet["C2"].number_format == "dd/mm/yyyy"
    assert sheet["C3"].value is None
    overview = {row[0].value: row[1].value for row in book["Tổng hợp"].iter_rows()}
    assert overview["Phân công, điều động: Việc đã phân công"] == 1
    assert overview["Phân công, điều động"] == "Đã phân công 1 việc."


def test_kinds_month_by_month_are_in_excel_as_in_the_picture() -> None:
    semester = Period.between(date(2026, 9, 1), date(2027, 1, 15))
    model = report(
        visit(1, day=date(2026, 9, 3)),
        visit(2, day=date(2026, 10, 3)),
        visit(3, day=date(2026, 10, 9)),
        period=semester,
    )
    rows = [
        [cell.value for cell in row][:4] for row in _book(draw_report(model, PAPER, ReportFormat.XLSX))["Theo loại"]
    ]
    assert rows == [["Loại", "Số hoạt động", "Tháng 09/2026", "Tháng 10/2026"], ["Dự giờ tiết dạy", 3, 1, 2]]


def test_a_period_that_is_not_over_says_up_to_which_day_it_counts() -> None:
    running = report(visit(), today=date(2026, 11, 20))
    assert "Số liệu tính đến ngày 20/11/2026." in word_text(draw_report(running, PAPER, ReportFormat.DOCX))
    assert "Số liệu tính đến" not in word_text(draw_report(_month(), PAPER, ReportFormat.DOCX))


def test_pictures_are_as_wide_as_a_phone_shows_and_light_enough() -> None:
    year = Period.between(date(2026, 9, 1), date(2027, 5, 31))
    for model in (_month(), _hard(), report(period=year, today=date(2027, 6, 2))):
        files = draw_to_send(model, PAPER, ReportFormat.PNG)
        assert [each.name[-5:] for each in files] == ["1.png", "2.png", "3.png"]
        for each in files:
            picture = Image.open(BytesIO(each.data))
            assert abs(picture.width - 1080) <= 1
            assert picture.width + picture.height < 10_000
            assert len(each.data) < 2_000_000


def test_a_file_to_send_is_named_by_its_days() -> None:
    [file] = draw_to_send(_month(), PAPER, ReportFormat.PDF)
    assert (file.name, file.mime) == ("tong-hop-2026-11.pdf", "application/pdf")

"""Pages and pictures of the summary as they are printed: nothing cut, nothing overlapping, nobody signs alone."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from itertools import combinations

import pytest
from PIL import Image

from bot.documents.report_files import ReportFormat, draw_report
from bot.documents.report_paper import ReportPaper
from bot.documents.report_pictures import AWAY, OWING, SHADES, draw_pictures, picture_data
from bot.documents.typesetting import typeset
from bot.domain.duty import Absence
from bot.domain.periods import Period
from bot.domain.report_building import MemberFacts
from bot.domain.report_model import ReportModel, Section, SectionKind
from bot.domain.team_settings import PaperSettings, TeamSettings
from bot.domain.vocabulary import ActivityKind, LeaveStatus
from tests.documents.papers import HARD, Printed
from tests.domain.reports import member, report, visit

SETTINGS = TeamSettings(
    paper=PaperSettings(
        parent="Ủy ban nhân dân phường An Bình Đông",
        issuer="Tổ mạng lưới chuyên môn cấp Tiểu học",
        place="An Bình Đông",
    )
)
PAPER = ReportPaper(SETTINGS, "Trần Thị Mai", 7)
LONG_SCHOOL = "Trường Tiểu học Dân tộc nội trú Nguyễn Thị Minh Khai phân hiệu thôn Đồi Rồng xã Đăk Tơ Lung " * 2
LONG_NOTE = HARD + " Cần chú ý hơn tới học sinh chưa mạnh dạn." * 95
ILL = Absence(date(2026, 11, 1), date(2026, 11, 30), LeaveStatus.GRANTED, "nghỉ ốm")
NAMES = ("Hùng", "Nguyễn Thị Hoàng Phương Khánh Nghi", "Lê Thị Lan", HARD, "Tôn Nữ Thị Huyền Trang")
SCHOOL_YEAR = Period.between(date(2025, 9, 1), date(2026, 5, 31))
FIFTEEN_MONTHS = Period.between(date(2025, 9, 1), date(2026, 11, 30))


def _members(count: int = 40) -> list[MemberFacts]:
    return [
        member(number, NAMES[number % len(NAMES)], absences=[ILL] if number % 7 == 0 else [])
        for number in range(1, count + 1)
    ]


def _empty() -> ReportModel:
    return report(members=_members(3))


def _long() -> ReportModel:
    visits = [
        visit(
            number,
            kind=list(ActivityKind)[number % 10],
            day=date(2026, 11, 1 + number % 30),
            school=LONG_SCHOOL if number % 2 else "TH A & B <x>",
            school_code=f"S{number % 2}",
            subject=("Toán", "=SUM(A1)", "Hoạt động trải nghiệm")[number % 3],
            group=f"{1 + number % 5}A",
            advice=LONG_NOTE if number % 30 == 0 else HARD,
            exemplary=number % 50 == 0,
            strengths=HARD,
            needs_support=number % 60 == 0,
            difficulties=LONG_NOTE,
            members=(1 + number % 38,),
        )
        for number in range(300)
    ]
    rows = tuple((str(number), "01/11/2026", HARD, "chờ trả lời") for number in range(9))
    columns = ("Số", "Ngày", "Đề xuất", "Kết quả")
    return report(
        *visits,
        members=_members(),
        sections=[Section(SectionKind.PROPOSALS, (HARD,), columns, rows, widths=(1, 3, 8, 4))],
    )


def _year(period: Period = SCHOOL_YEAR) -> ReportModel:
    days = [date(2025 + (8 + number) // 12, (8 + number) % 12 + 1, 5) for number in range(15)]
    visits = [
        visit(number, day=days[number % 15], kind=list(ActivityKind)[number % 10], members=(1 + number % 40,))
        for number in range(200)
        if period.first <= days[number % 15] <= period.last
    ]
    return report(*visits, members=_members(), period=period, today=date(2026, 12, 1))


@pytest.mark.parametrize("model", [_empty(), _long(), _year()], ids=["empty", "300 activities", "a year"])
def test_nothing_is_cut_and_nothing_overlaps_on_any_page(model: ReportModel) -> None:
    printed = Printed(draw_report(model, PAPER, ReportFormat.PDF))
    for page in range(len(printed)):
        assert printed.overlaps(page) == []
        ink = printed.ink(page)
        assert (ink.left >= 29.5, ink.right <= 196, ink.bottom <= 277.5, ink.top >= 8) == (True,) * 4
    last = " ".join(printed.words(page) for page in range(len(printed)))
    assert all(f"{number}. " in last for number in range(1, 10))


@pytest.mark.parametrize("count", range(0, 24, 3))
def test_the_signature_stands_with_the_words_before_it(count: int) -> None:
    visits = [visit(number, needs_support=True, difficulties="thiếu thiết bị dạy học") for number in range(count)]
    printed = Printed(draw_report(report(*visits), PAPER, ReportFormat.PDF))
    [(page, name)] = printed.find("Trần Thị Mai")
    [(with_page, closing)] = printed.find("Trên đây là báo cáo")
    [(to_page, recipients)] = printed.find("Nơi nhận:")
    assert page == with_page == to_page
    assert closing.bottom < recipients.top < name.top


def test_the_head_has_two_columns_that_do_not_touch() -> None:
    printed = Printed(draw_report(_empty(), PAPER, ReportFormat.PDF))
    [(_, nation)] = printed.find("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    for words in ("ỦY BAN NHÂN DÂN", "AN BÌNH ĐÔNG", "TỔ MẠNG LƯỚI CHUYÊN", "Số: 07/BC-TML"):
        assert printed.find(words)[0][1].right < nation.left - 2


@pytest.mark.parametrize(
    "model",
    [_empty(), _long(), _year(), _year(FIFTEEN_MONTHS)],
    ids=["empty", "300 activities", "a year", "15 months"],
)
def test_pictures_are_whole_and_names_never_run_into_the_cells(model: ReportModel) -> None:
    drawn = Printed(typeset("pictures.typ", picture_data(model), kind="pdf")[0])
    assert len(drawn) == 3
    for page in range(3):
        width, height = drawn.size(page)
        ink = drawn.ink(page)
        assert drawn.overlaps(page) == []
        assert (ink.left >= 4, ink.right <= width - 3.5, ink.bottom <= height - 3.5) == (True,) * 3
    columns = 2 if len(model.duty.months) <= 2 and len(model.duty.members) > 12 else 1
    words = drawn.words(0)
    assert all(each.person.name.split()[-1] in words for each in model.duty.members)
    if columns == 1 and model.duty.months:
        first = min(box.left for text, box in drawn.pieces(0) if text.startswith("T9") or text.startswith("T11"))
        names = [box for text, box in drawn.pieces(0) if text.startswith(("Nguyễn Thị", "Tôn Nữ", "Lê Thị"))]
        assert names
        assert all(box.right < first for box in names)


def test_every_month_of_a_long_time_has_its_column() -> None:
    drawn = Printed(typeset("pictures.typ", picture_data(_year(FIFTEEN_MONTHS)), kind="pdf")[0])
    heads = [text for text, _ in drawn.pieces(0) if text.startswith("T")]
    assert sum(text.startswith(("T9", "T10", "T11")) for text in heads) == 6
    assert "2025" in drawn.words(0)


def _long_time(years: int, *, schools: int = 3, name: str = "TH") -> ReportModel:
    """So many years of forty members; each school was visited once."""
    period = Period.between(date(2026 - years, 9, 1), date(2026, 5, 31))
    visits = [
        visit(number, day=date(2025, 10, 5), school=f"{name} {number}", school_code=f"S{number}")
        for number in range(1, schools + 1)
    ]
    return report(*visits, members=_members(), period=period, today=date(2026, 12, 1))


@pytest.mark.parametrize(
    "model",
    [_long_time(3), _long_time(10), _long_time(1, schools=200), _long_time(1, schools=200, name=LONG_SCHOOL)],
    ids=["three years", "ten years", "200 schools", "200 schools with long names"],
)
def test_what_no_phone_could_show_in_one_picture_goes_on_in_the_next(model: ReportModel) -> None:
    for png in draw_pictures(model):
        picture = Image.open(BytesIO(png))
        assert picture.width + picture.height <= 10_000
        assert max(picture.size) <= 20 * min(picture.size)
        assert len(png) <= 10 * 1024 * 1024


def test_pictures_that_go_on_say_what_they_show_and_leave_nothing_out() -> None:
    drawn = Printed(typeset("pictures.typ", picture_data(_long_time(3, schools=70)), kind="pdf")[0])
    words = [drawn.words(page) for page in range(len(drawn))]
    duty = [each for each in words if "Định mức theo tháng" in each]
    assert [("(tiếp)" in each, each.count("Lê Thị Lan"), "chưa đạt" in each) for each in duty] == [
        (False, 8, True),
        (True, 8, True),
        (True, 8, True),
    ]
    assert [year in duty[-1] for year in ("2024", "2025", "2026")] == [False, False, True]
    visited = [each for each in words if "Các trường đã tới" in each]
    assert ["(tiếp)" in each for each in visited] == [False, True]
    assert all(any(f"TH {number} " in f"{each} " for each in visited) for number in range(1, 71))


_SEEN = {
    "grey": ((0.299, 0.587, 0.114),) * 3,
    "protanopia": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deuteranopia": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritanopia": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}
"""How a colour looks (Machado, Oliveira and Fernandes, 2009, full severity; luma for grey print)."""


@pytest.mark.parametrize("eyes", _SEEN)
def test_the_six_colours_can_be_told_apart_in_grey_and_by_colour_blind_eyes(eyes: str) -> None:
    seen = [_as_seen(colour, _SEEN[eyes]) for colour in (*SHADES, OWING, AWAY)]
    for one, other in combinations(seen, 2):
        assert sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5 >= 20


def _as_seen(colour: str, matrix: tuple[tuple[float, ...], ...]) -> tuple[float, ...]:
    rgb = [int(colour[start : start + 2], 16) for start in (1, 3, 5)]
    return tuple(sum(weight * value for weight, value in zip(row, rgb, strict=True)) for row in matrix)


def test_each_cell_says_in_a_sign_what_its_colour_says() -> None:
    words = Printed(typeset("pictures.typ", picture_data(_year()), kind="pdf")[0]).words(0)
    for sign in ("×", "chưa đạt", "nghỉ", "3 trở lên"):
        assert sign in words

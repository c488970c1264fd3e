"""Which rows of a sheet are people or schools."""

from __future__ import annotations

import pytest

from bot.domain.roster import ProblemCode, RawCell, RawSheet, Severity
from tests.rosters import FakeTeam, Value, find_problems, make_sheet, people, schools


def names(*rows: tuple[Value, ...]) -> list[str]:
    return [member.name for member in FakeTeam().plan(make_sheet("DS", *rows)).members_to_add]


def test_headings_are_found_below_titles() -> None:
    assert names(("PHÒNG GIÁO DỤC",), ("DANH SÁCH",), (), ("STT", "HỌ TÊN", "SĐT"), (1, "Lê Lan", None)) == ["Lê Lan"]


def test_headings_below_the_twentieth_row_are_not_looked_for() -> None:
    plan = FakeTeam().plan(make_sheet("DS", *[("x",)] * 20, ("Họ và tên", "SĐT"), ("Lê Lan", "0912345000")))
    assert not plan.members_to_add
    assert [each.code for each in plan.problems if each.severity is Severity.ERROR] == [ProblemCode.NO_TABLE]


@pytest.mark.parametrize("kind", ["Trường TH", "Đơn vị", "Đơn vị công tác", "Trường", "Tên trường (đang dạy)"])
def test_the_columns_tell_what_a_sheet_is_and_not_its_name(kind: str) -> None:
    plan = FakeTeam().plan(make_sheet("Trường", ("Họ tên", kind), ("Lê Lan", "KD")), schools(("KD", "Kim Đồng")))
    assert [(member.name, member.school) for member in plan.members_to_add] == [("Lê Lan", "KD")]


@pytest.mark.parametrize("headings", [("Mã", "Tên"), ("Tên", "Địa bàn"), ("STT", "Tên trường"), ("TT", "Đơn vị")])
def test_a_list_of_schools_may_be_headed_in_many_ways(headings: tuple[str, ...]) -> None:
    row = tuple("Kim Đồng" if heading in {"Tên", "Tên trường", "Đơn vị"} else "7" for heading in headings)
    plan = FakeTeam().plan(make_sheet("Sheet1", headings, row))
    assert [school.name for school in plan.schools_to_add] == ["Kim Đồng"]


def test_schools_are_read_before_the_people_who_work_there() -> None:
    plan = FakeTeam().plan(people(("Lê Lan", "", "Kim Đồng")), schools(("", "Tiểu học Kim Đồng")))
    assert plan.members_to_add[0].school == "KD"
    assert not plan.problems


def test_total_lines_and_blank_rows_are_passed_over_and_noted() -> None:
    plan = FakeTeam().plan(people(("Lê Lan",), (), (), ("Mai Hoa",), ("Tổng cộng: 2 người",)))
    assert [member.name for member in plan.members_to_add] == ["Lê Lan", "Mai Hoa"]
    assert [(each.severity, each.code, each.row) for each in plan.problems] == [
        (Severity.NOTE, ProblemCode.BLANK_ROWS, 3),
        (Severity.NOTE, ProblemCode.TOTAL_ROW, 6),
    ]
    assert plan.problems[0].facts == {"first": 3, "last": 4}


@pytest.mark.parametrize("name", ["Tống Thị Cộng", "Tống Cộng", "Cống Thị Mai", "Tong Thi Lan"])
def test_a_person_whose_name_sounds_like_a_total_is_a_person(name: str) -> None:
    assert names(("Họ và tên", "Vai trò"), (name, "Tổ viên")) == [name]


@pytest.mark.parametrize(
    "total", ["Tổng cộng: 28 người", "TỔNG SỐ", "Cộng: 12", "tong cong", "Danh sách này có 12 người"]
)
def test_a_total_in_any_words_is_no_person(total: str) -> None:
    assert names(("Họ và tên", "Vai trò"), ("Lê Lan", ""), (total, "")) == ["Lê Lan"]


def test_signatures_below_the_list_are_no_people() -> None:
    rows = (
        ("Họ và tên", "Vai trò", "SĐT"),
        ("Lê Lan", "", ""),
        ("NGƯỜI LẬP BẢNG", "", "TỔ TRƯỞNG"),
        ("Mai Hoa", "", "Lê Tú"),
    )
    assert names(*rows) == ["Lê Lan"]


def test_members_below_a_subtotal_are_members() -> None:
    assert names(("Họ và tên", "Vai trò"), ("Lê Lan", "Tổ phó"), ("Cộng: 1",), ("Mai Hoa", "Tổ viên")) == [
        "Lê Lan",
        "Mai Hoa",
    ]


def test_a_group_title_across_the_table_is_no_person() -> None:
    title = RawCell(2, 1, "Cụm 1", span=3)
    rows = (
        (RawCell(1, 1, "Họ tên"), RawCell(1, 2, "SĐT"), RawCell(1, 3, "Vai trò")),
        (title,),
        (RawCell(3, 1, "Lê Lan"),),
    )
    plan = FakeTeam().plan(RawSheet("DS", rows))
    assert [member.name for member in plan.members_to_add] == ["Lê Lan"]
    assert [each.code for each in plan.problems] == [ProblemCode.STRAY_ROW]


def test_numbers_laid_out_in_advance_are_no_people() -> None:
    plan = FakeTeam().plan(make_sheet("DS", ("STT", "Họ tên", "SĐT"), (1, "Lê Lan", ""), (2, "", ""), (3, "", "")))
    assert len(plan.members_to_add) == 1
    assert not plan.has_errors


def test_headings_printed_again_and_numbers_under_them_are_no_people() -> None:
    headings = ("STT", "Họ tên", "SĐT")
    assert names(headings, (1, 2, 3), (1, "Lê Lan", ""), headings, (2, "Mai Hoa", "")) == ["Lê Lan", "Mai Hoa"]


def test_a_name_under_a_heading_over_two_columns_is_read_whole() -> None:
    headings = (RawCell(1, 1, "Họ và tên", span=2), RawCell(1, 3, "SĐT"))
    row = (RawCell(2, 1, "Nguyễn Thị"), RawCell(2, 2, "Lan"), RawCell(2, 3, 912345000))
    plan = FakeTeam().plan(RawSheet("DS", (headings, row)))
    assert [member.name for member in plan.members_to_add] == ["Nguyễn Thị Lan"]


def test_columns_that_say_nothing_to_us_are_noted_once_each() -> None:
    plan = FakeTeam().plan(
        make_sheet("DS", ("Họ tên", "Ngày sinh", "Email", "Trống"), ("Lê Lan", "1980", "a@b.vn", ""))
    )
    assert [(each.severity, each.column, each.value) for each in plan.problems] == [
        (Severity.NOTE, "B", "Ngày sinh"),
        (Severity.NOTE, "C", "Email"),
    ]


def test_the_better_of_two_columns_for_one_thing_is_used() -> None:
    sheet = make_sheet("DS", ("Họ tên", "Chức vụ", "Vai trò trong tổ"), ("Lê Lan", "Hiệu trưởng", "Tổ phó"))
    plan = FakeTeam().plan(sheet)
    assert plan.members_to_add[0].role == "deputy"
    assert [(each.code, each.column) for each in plan.problems] == [(ProblemCode.COLUMN_UNUSED, "B")]


def test_a_hidden_list_is_pointed_out_and_not_read() -> None:
    plan = FakeTeam().plan(people(("Lê Lan",)), make_sheet("Cũ", ("Họ tên", "SĐT"), ("Mai Hoa", ""), hidden=True))
    assert [member.name for member in plan.members_to_add] == ["Lê Lan"]
    assert [each.sheet for each in find_problems(plan, ProblemCode.SHEET_HIDDEN)] == ["Cũ"]


def test_a_file_without_any_list_is_an_error() -> None:
    plan = FakeTeam().plan(make_sheet("Sheet1", ("Xin chào",)))
    assert plan.has_errors
    assert [each.code for each in plan.problems] == [ProblemCode.NO_TABLE, ProblemCode.SHEET_UNKNOWN]

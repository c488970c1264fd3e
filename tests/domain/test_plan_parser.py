"""A plan as people paste it: headings, bullets, with and without marks."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.plan_matching import DoneActivity, PlannedLine, closed_by, meets
from bot.domain.plan_parser import PlanTrouble, PlanTroubleKind, looks_like_plan, parse_plan, read_month
from bot.domain.plans import PlanEntry, plan_months
from bot.domain.school_matching import SchoolName
from bot.domain.school_year import Month, SchoolYear
from bot.domain.vocabulary import ActivityKind

YEAR = SchoolYear(2026)
NOVEMBER = Month(2026, 11)
SCHOOLS = (
    SchoolName("PH1", "Trường Tiểu học Phú Hòa 1"),
    SchoolName("KD", "Trường Tiểu học Kim Đồng"),
)


def read(text: str, month: Month | None = None) -> list[tuple[str, str]]:
    found = parse_plan(text, year=YEAR, month=month, schools=SCHOOLS)
    assert not isinstance(found, PlanTrouble), found
    return [(str(each.month), each.text) for each in found]


def trouble(text: str) -> PlanTroubleKind:
    found = parse_plan(text, year=YEAR, month=None, schools=SCHOOLS)
    assert isinstance(found, PlanTrouble), found
    return found.kind


def test_headings_give_their_month_to_the_lines_below_and_beside_them() -> None:
    text = (
        "KẾ HOẠCH TỔ NĂM HỌC 2026-2027\nHọc kì 1\nTháng 11: dự giờ TH Phú Hòa 1; chuyên đề Toán 4\n- chấm thi\n"
        "THÁNG 12\n1. Ra đề thi\n2) Sơ kết;"
    )
    assert read(text) == [
        ("2026-11", "dự giờ TH Phú Hòa 1"),
        ("2026-11", "chuyên đề Toán 4"),
        ("2026-11", "chấm thi"),
        ("2026-12", "Ra đề thi"),
        ("2026-12", "Sơ kết"),
    ]


@pytest.mark.parametrize(
    "heading",
    ["Tháng 1:", "thang 1", "THÁNG 01.", "Tháng 1/2027:", "tháng 1 năm 2027:", "I. Tháng 1", "Kế hoạch tháng 1:",
     "Tháng giêng:", "* T1:", unicodedata.normalize("NFD", "Tháng 1:")],
)  # fmt: skip
def test_a_heading_is_known_however_it_is_written(heading: str) -> None:
    assert read(f"{heading}\nhọp tổ") == [("2027-01", "họp tổ")]


def test_one_heading_may_name_several_months() -> None:
    assert [month for month, _ in read("Tháng 9, 10: họp")] == ["2026-09", "2026-10"]
    assert [month for month, _ in read("Tháng 12 đến tháng 2:\nhọp")] == ["2026-12", "2027-01", "2027-02"]


def test_lines_without_a_heading_belong_to_the_month_that_was_asked_for() -> None:
    assert read("dự giờ 2 tiết Toán\n\n• họp", NOVEMBER) == [("2026-11", "dự giờ 2 tiết Toán"), ("2026-11", "họp")]


@pytest.mark.parametrize("text", ["T2 dự giờ", "Thắng 11 đội dự thi", "tháng 11, 2 tiết dự giờ"])
def test_weekdays_victories_and_counts_are_no_months(text: str) -> None:
    assert {month for month, _ in read(text, NOVEMBER)} == {"2026-11"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Tháng 13: họp", PlanTroubleKind.NO_SUCH_MONTH),
        ("Tháng 0: họp", PlanTroubleKind.NO_SUCH_MONTH),
        ("Tháng 3/2025: họp", PlanTroubleKind.OTHER_YEAR),
        ("Tháng 11:", PlanTroubleKind.NOTHING),
        ("- \n ;", PlanTroubleKind.NOTHING),
        ("x" * 501, PlanTroubleKind.TOO_LONG),
        ("\n".join(f"việc {number}" for number in range(301)), PlanTroubleKind.TOO_MANY),
    ],
)
def test_what_is_no_plan_says_why(text: str, kind: PlanTroubleKind) -> None:
    assert trouble(text) is kind


def test_kinds_and_schools_are_recognised_when_they_are_there() -> None:
    found = parse_plan("Tháng 11: du gio th phu hoa 1; họp tổ", year=YEAR, month=None, schools=SCHOOLS)
    assert not isinstance(found, PlanTrouble)
    assert [(each.kind, each.school) for each in found] == [(ActivityKind.LESSON_OBSERVATION, "PH1"), (None, None)]


def test_only_what_says_so_is_taken_for_a_plan() -> None:
    assert looks_like_plan("Kế hoạch tháng 12: dự giờ TH Kim Đồng")
    assert looks_like_plan("thang 11: du gio\nthang 12: cham thi")
    for text in ("kế hoạch tháng 12?", "Dự giờ Toán 4A hôm nay", "Tháng 11 em nghỉ", "tháng 11\nem xin nghỉ"):
        assert not looks_like_plan(text)


def test_a_month_alone_is_read() -> None:
    assert read_month("Tháng 12", year=YEAR) == Month(2026, 12)
    assert read_month("1/2027", year=YEAR) == Month(2027, 1)
    for text in ("tháng 13", "tháng 12 dự giờ", "12/2030", ""):
        assert read_month(text, year=YEAR) is None


@given(st.text(max_size=300))
def test_any_text_is_read_without_raising(text: str) -> None:
    found = parse_plan(text, year=YEAR, month=NOVEMBER, schools=SCHOOLS)
    looks_like_plan(text)
    if not isinstance(found, PlanTrouble):
        assert all(each.text and each.month in plan_months(YEAR) for each in found)
        assert all(isinstance(each, PlanEntry) for each in found)


def planned(number: int, **changes: object) -> PlannedLine:
    given: dict[str, object] = {
        "id": number,
        "text": "việc",
        "kind": ActivityKind.LESSON_OBSERVATION,
        "school_id": None,
    }
    return PlannedLine(**(given | changes))  # pyright: ignore[reportArgumentType] - tests give what they care about


def done(number: int, **changes: object) -> DoneActivity:
    given: dict[str, object] = {"id": number, "kind": ActivityKind.LESSON_OBSERVATION, "school_id": 1}
    return DoneActivity(**(given | changes))  # pyright: ignore[reportArgumentType] - tests give what they care about


def test_a_report_closes_one_line_the_one_that_says_most() -> None:
    lines = [planned(1), planned(2, school_id=1)]
    assert closed_by(lines, [done(7)]) == {1: None, 2: 7}
    assert closed_by(lines, [done(7), done(8, school_id=2)]) == {1: 8, 2: 7}


def test_a_closed_line_keeps_its_report_and_opens_when_it_is_gone() -> None:
    lines = [planned(1, activity=7), planned(2, school_id=1)]
    assert closed_by(lines, [done(7)]) == {1: 7, 2: None}
    assert closed_by(lines, []) == {1: None, 2: None}


def test_work_that_was_given_out_is_met_by_its_own_report() -> None:
    line = planned(1, kind=None, source="assignment:4")
    assert meets(done(7, origin="assignment:4"), line)
    assert not meets(done(7, origin="assignment:5"), line)


def test_what_names_neither_kind_nor_school_is_met_by_its_topic_only() -> None:
    line = planned(1, kind=None, text="Chuyên đề: phương pháp nhóm đôi")
    assert meets(done(7, topic="phương pháp nhóm đôi"), line)
    assert not meets(done(7), line)
    assert not meets(done(7, topic="an toàn giao thông"), line)


def test_another_kind_or_school_meets_nothing() -> None:
    assert not meets(done(7, kind=ActivityKind.PAPER), planned(1))
    assert not meets(done(7, school_id=2), planned(1, school_id=1))


@given(
    st.lists(st.tuples(st.sampled_from([None, 1, 2]), st.sampled_from([None, 1, 2, 3])), max_size=6),
    st.lists(st.sampled_from([1, 2]), max_size=4),
)
def test_no_report_closes_two_lines_and_settling_again_changes_nothing(
    given_lines: list[tuple[int | None, int | None]], schools: list[int]
) -> None:
    lines = [planned(number, school_id=school, activity=at) for number, (school, at) in enumerate(given_lines, 10)]
    activities = [done(number, school_id=school) for number, school in enumerate(schools, 1)]
    found = closed_by(lines, activities)
    used = [each for each in found.values() if each is not None]
    assert len(used) == len(set(used))
    again = [planned(each.id, school_id=each.school_id, activity=found[each.id]) for each in lines]
    assert closed_by(again, activities) == found

"""Work as leaders give it out in one message."""

from __future__ import annotations

import unicodedata
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.assignment_parser import looks_like_assignment, parse_assignment
from bot.domain.clock import HOME_ZONE
from bot.domain.recurrence import Recurrence
from bot.domain.school_matching import SchoolName
from bot.domain.text import skeleton
from bot.domain.vocabulary import ActivityKind

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=HOME_ZONE)
SCHOOLS = (
    SchoolName("PH1", "Trường Tiểu học Phú Hòa 1"),
    SchoolName("PH2", "Trường Tiểu học Phú Hòa 2"),
    SchoolName("KD", "Trường Tiểu học Kim Đồng"),
)
WHOLE = "giao dự giờ Toán 4A TH Phú Hòa 1 thứ năm 8h: Lan, Hùng; hạn báo cáo 30/11"


def at(month: int, day: int, hour: int = 17, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=HOME_ZONE)


@pytest.mark.parametrize("text", [WHOLE, unicodedata.normalize("NFD", WHOLE), skeleton(WHOLE), WHOLE.upper()])
def test_one_message_says_everything_however_it_is_typed(text: str) -> None:
    parsed = parse_assignment(text, now=NOW, schools=SCHOOLS)
    assert parsed.kind is ActivityKind.LESSON_OBSERVATION
    assert parsed.school_codes == ("PH1",)
    assert (parsed.class_or_grade, parsed.subject) == ("4A", "Toán")
    assert (parsed.starts_at, parsed.all_day, parsed.due_at) == (at(11, 26, 8), False, at(11, 30))
    assert skeleton(parsed.who) == "lan, hung"
    assert skeleton(parsed.title) == "du gio toan 4a th phu hoa 1"


@pytest.mark.parametrize(
    ("text", "title", "who", "starts", "due"),
    [
        (
            "phân công cô Lan và thầy Hùng dự giờ Toán 4A trường Kim Đồng 14h30 ngày 2/12, hạn 5/12",
            "dự giờ Toán 4A trường Kim Đồng",
            "cô Lan và thầy Hùng",
            at(12, 2, 14, 30),
            at(12, 5),
        ),
        ("giao cho cô Hân ra đề thi HK1 hạn nộp 10/12", "ra đề thi HK1", "cô Hân", None, at(12, 10)),
        ("Giao báo cáo chuyên đề thứ năm 8h cho thầy Hùng", "báo cáo chuyên đề", "thầy Hùng", at(11, 26, 8), None),
        ("giao chấm thi: tất cả trừ cô Lan; nộp trước 17h 5/12", "chấm thi", "tất cả trừ cô Lan", None, at(12, 5)),
        ("giao dự giờ Toán 4A 8:00: Lan", "dự giờ Toán 4A", "Lan", at(11, 24, 8), None),
        ("giao dự giờ thứ sáu 9h: Lan", "dự giờ", "Lan", at(11, 27, 9), None),
        ("giao viết bài cho trang web: Mai; chậm nhất thứ sáu", "viết bài cho trang web", "Mai", None, at(11, 27)),
    ],
)
def test_people_work_and_times_are_told_apart(
    text: str, title: str, who: str, starts: datetime | None, due: datetime | None
) -> None:
    parsed = parse_assignment(text, now=NOW, schools=SCHOOLS)
    assert (parsed.title, parsed.who, parsed.starts_at, parsed.due_at) == (title, who, starts, due)


@pytest.mark.parametrize(
    ("text", "recurrence"),
    [
        ("giao dự giờ thứ hai hằng tuần: Lan", Recurrence.WEEKLY),
        ("giao tong hop so lieu hang thang: Lan", Recurrence.MONTHLY),
        ("giao chốt sổ ngày làm việc cuối tháng: Lan", Recurrence.MONTH_END),
        ("giao dự giờ thứ hai: Lan", Recurrence.ONCE),
    ],
)
def test_repetitions(text: str, recurrence: Recurrence) -> None:
    assert parse_assignment(text, now=NOW, schools=SCHOOLS).recurrence is recurrence


def test_a_day_that_no_calendar_has_is_named() -> None:
    parsed = parse_assignment("giao viết bài: Mai; hạn 31/11", now=NOW, schools=SCHOOLS)
    assert (parsed.title, parsed.due_at, parsed.impossible_date) == ("viết bài", None, "31/11")


def test_what_is_to_be_kept_quiet_is_marked() -> None:
    parsed = parse_assignment("giao làm biên bản (mật): Lan", now=NOW, schools=SCHOOLS)
    assert (parsed.title, parsed.confidential) == ("làm biên bản", True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (WHOLE, True),
        ("Phân công cô Lan dự giờ", True),
        ("giao việc", False),
        ("Dự giờ Toán 4A TH Phú Hòa 1 sáng nay. Ưu điểm: lớp sôi nổi", False),
        ("giao cho ai việc này được ạ?", False),
        ("Giáo viên dạy tốt, tư vấn thêm", False),
    ],
)
def test_what_looks_like_giving_out_work(text: str, expected: bool) -> None:
    assert looks_like_assignment(text) is expected


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    parsed = parse_assignment(f"giao {text}", now=NOW, schools=SCHOOLS)
    assert parsed.due_at is None or parsed.due_at.tzinfo is not None

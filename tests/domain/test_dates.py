"""Days, times and periods are read as teachers write them."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar_arithmetic import Prefer
from bot.domain.dates import (
    ImpossibleDate,
    Period,
    PeriodKind,
    find_date,
    find_moment,
    find_period,
    find_time,
    named_day,
    named_moment,
    named_period,
)
from bot.domain.errors import DomainError
from bot.domain.text import compose, skeleton

NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))  # a Monday


def day_in(text: str, *, prefer: Prefer = "past", now: datetime = NOW) -> date | None:
    found = find_date(text, now=now, prefer=prefer)
    return found.date if found else None


PAST_DAYS = [
    ("hôm nay", date(2026, 11, 23)),
    ("Sáng nay em dự giờ", date(2026, 11, 23)),
    ("nay mình đi dự giờ", date(2026, 11, 23)),
    ("hôm qua", date(2026, 11, 22)),
    ("chiều hôm qua", date(2026, 11, 22)),
    ("tối qua", date(2026, 11, 22)),
    ("bữa qua", date(2026, 11, 22)),
    ("hôm kia", date(2026, 11, 21)),
    ("thứ hai", date(2026, 11, 23)),
    ("thứ ba", date(2026, 11, 17)),
    ("thứ tư", date(2026, 11, 18)),
    ("sáng thứ 7", date(2026, 11, 21)),
    ("chủ nhật", date(2026, 11, 22)),
    ("sáng CN", date(2026, 11, 22)),
    ("T6", date(2026, 11, 20)),
    ("thứ ba tuần trước", date(2026, 11, 17)),
    ("thứ năm tuần trước", date(2026, 11, 19)),
    ("tuần trước, thứ năm", date(2026, 11, 19)),
    ("thứ sáu vừa rồi", date(2026, 11, 20)),
    ("thứ hai vừa qua", date(2026, 11, 16)),
    ("thứ sáu tuần này", date(2026, 11, 27)),
    ("20/11", date(2026, 11, 20)),
    ("20-11", date(2026, 11, 20)),
    ("ngày 17.11 tại trường", date(2026, 11, 17)),
    ("ngày17/11", date(2026, 11, 17)),
    ("20/11/2025", date(2025, 11, 20)),
    ("18-11-2026", date(2026, 11, 18)),
    ("18/11/26", date(2026, 11, 18)),
    ("ngày 20 tháng 11 năm 2026", date(2026, 11, 20)),
    ("20 tháng 11", date(2026, 11, 20)),
    ("ngày 2 tháng này", date(2026, 11, 2)),
    ("ngày 30 tháng trước", date(2026, 10, 30)),
    ("mùng 5", date(2026, 11, 5)),
    ("ngày 5", date(2026, 11, 5)),
    ("ngày 25", date(2026, 10, 25)),
    ("2 ngày trước", date(2026, 11, 21)),
    ("ba hôm trước", date(2026, 11, 20)),
    ("cách đây 4 ngày", date(2026, 11, 19)),
    ("tập huấn 16-18/11", date(2026, 11, 16)),
    ("từ 16/11 đến 18/11", date(2026, 11, 16)),
    ("thứ sáu 20/11", date(2026, 11, 20)),
]


@pytest.mark.parametrize(("text", "day"), PAST_DAYS)
def test_a_day_is_read_from_its_phrase(text: str, day: date) -> None:
    assert day_in(text) == day


@pytest.mark.parametrize(("text", "day"), PAST_DAYS)
def test_a_day_is_read_without_diacritics(text: str, day: date) -> None:
    bare = "".join(plain.upper() if char.isupper() else plain for char, plain in zip(text, skeleton(text), strict=True))
    assert day_in(bare) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("thứ ba", date(2026, 11, 24)),
        ("thứ hai", date(2026, 11, 23)),
        ("thứ hai tới", date(2026, 11, 30)),
        ("thứ hai tuần sau", date(2026, 11, 30)),
        ("mai", date(2026, 11, 24)),
        ("ngày mai", date(2026, 11, 24)),
        ("mốt", date(2026, 11, 25)),
        ("ngay mot", date(2026, 11, 25)),
        ("ngày kia", date(2026, 11, 25)),
        ("ngày 5", date(2026, 12, 5)),
        ("5/1", date(2027, 1, 5)),
        ("3 ngày nữa", date(2026, 11, 26)),
    ],
)
def test_looking_ahead_takes_the_next_such_day(text: str, day: date) -> None:
    named = f"ngày {text}" if text[0].isdigit() and "/" in text else text
    assert day_in(named, prefer="future") == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("tuần trước", date(2026, 11, 16)),
        ("tuần này", date(2026, 11, 23)),
        ("đầu tháng", date(2026, 11, 1)),
        ("giữa tháng", date(2026, 11, 15)),
        ("cuối tháng", date(2026, 11, 30)),
        ("cuối tháng trước", date(2026, 10, 31)),
        ("cuối tuần", date(2026, 11, 21)),
        ("2 tuần trước", date(2026, 11, 9)),
        ("hôm trước", date(2026, 11, 22)),
    ],
)
def test_a_stretch_of_days_is_not_exact(text: str, day: date) -> None:
    found = find_date(text, now=NOW, prefer="past")
    assert found is not None
    assert (found.date, found.exact) == (day, False)


def test_with_its_mark_the_day_before_the_day_before_yesterday_is_known() -> None:
    assert day_in("hôm kìa") == date(2026, 11, 20)


def test_in_january_a_november_day_was_last_year() -> None:
    assert day_in("ngày 20/11", now=NOW.replace(year=2027, month=1, day=5)) == date(2026, 11, 20)


def test_a_day_in_the_next_weeks_is_a_slip_and_not_last_year() -> None:
    assert day_in("25/11") == date(2026, 11, 25)


@pytest.mark.parametrize(
    "text",
    [
        "lớp 2/3",
        "dự giờ toán 4/2 Phú Lợi",
        "hội thi chào mừng 20/11",
        "18/20 hs đạt",
        "8.5 điểm",
        "tiết thứ hai",
        "cô Mai dạy tốt",
        "Nguyễn Thị Mai",
        "một bài",
        "tiết này hay quá",
        "2 buổi/ngày",
        "nhóm 1-2 em",
        "bài 3.2",
        "tuần 12",
        "dạy CN lớp 5",
        "TH Chánh Nghĩa",
        "",
    ],
)
def test_classes_scores_names_and_feasts_are_no_days(text: str) -> None:
    assert day_in(text) is None


def test_beside_a_class_the_other_pair_is_the_day() -> None:
    assert day_in("dự giờ toán 4A Kim Đồng 4/11") == date(2026, 11, 4)


def test_of_two_pairs_the_one_after_the_subject_is_the_class() -> None:
    assert day_in("dự giờ toán 3/2 Phú Thọ 2/11") == date(2026, 11, 2)


def test_the_feast_that_a_lesson_is_about_is_not_its_day() -> None:
    assert day_in("hôm qua dự tiết có chủ đề ngày hội 20/11") == date(2026, 11, 22)


def test_the_day_of_reporting_is_not_the_day_of_the_lesson() -> None:
    assert day_in("hôm nay em báo cáo tiết dự thứ năm tuần trước") == date(2026, 11, 19)


@pytest.mark.parametrize("text", ["31/11", "ngày 30/2", "29/2/2027", "ngày 32/11", "ngày 31 tháng 11", "ngày 40"])
def test_a_day_that_no_calendar_has_is_named(text: str) -> None:
    with pytest.raises(ImpossibleDate) as caught:
        day_in(text)
    assert isinstance(caught.value, DomainError)
    assert str(caught.value.facts["text"]) in text


def test_a_leap_day_exists_in_a_leap_year() -> None:
    assert day_in("29/2/2028") == date(2028, 2, 29)


def test_the_words_around_a_day_belong_to_it() -> None:
    text = "Họp tổ, chiều thứ sáu 20/11, tại trường"
    found = find_date(text, now=NOW, prefer="past")
    assert found is not None
    assert text[found.start : found.end] == found.text == "chiều thứ sáu 20/11"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("8h sáng mai", (24, 8, 0)),
        ("14h30 ngày 27/11", (27, 14, 30)),
        ("14h thứ sáu 27/11", (27, 14, 0)),
        ("thứ năm 8h", (26, 8, 0)),
        ("sáng thứ 5 lúc 7h30", (26, 7, 30)),
        ("thứ hai 8h", (30, 8, 0)),
        ("thứ hai 14h", (23, 14, 0)),
        ("2h chiều", (23, 14, 0)),
        ("chiều mai 2h", (24, 14, 0)),
        ("2h chieu mai", (24, 14, 0)),
        ("9 giờ rưỡi", (24, 9, 30)),
        ("9 giờ kém 15 ngày mai", (24, 8, 45)),
        ("7h tối nay", (23, 19, 0)),
        ("13g30 thứ tư", (25, 13, 30)),
        ("8:30 25/11", (25, 8, 30)),
        ("8h-10h ngày 25/11", (25, 8, 0)),
        ("hai giờ chiều thứ ba", (24, 14, 0)),
        ("30 phút nữa", (23, 10, 30)),
        ("cuối tháng", (30, 17, 0)),
    ],
)
def test_a_moment_is_read_ahead(text: str, moment: tuple[int, int, int]) -> None:
    found = find_moment(text, now=NOW)
    assert found is not None
    assert (found.moment.day, found.moment.hour, found.moment.minute) == moment
    assert found.moment.tzinfo is NOW.tzinfo


def test_a_day_alone_has_no_time() -> None:
    found = find_moment("hạn ngày 30/11", now=NOW)
    assert found is not None
    assert (found.date, found.time) == (date(2026, 11, 30), None)


def test_a_text_without_day_or_time_names_no_moment() -> None:
    assert find_moment("họp tổ chuyên môn", now=NOW) is None


@pytest.mark.parametrize("text", ["trong 2 giờ đồng hồ", "25h", "8h75", "kéo dài 3 giờ", "dự giờ toán"])
def test_lengths_and_impossible_hours_are_no_times(text: str) -> None:
    assert find_time(text) is None


def test_an_early_hour_alone_is_in_the_afternoon() -> None:
    found = find_time("họp lúc 2h")
    assert found is not None
    assert found.time == time(14)


MONTH, SEMESTER, YEAR, RANGE = PeriodKind.MONTH, PeriodKind.SEMESTER, PeriodKind.YEAR, PeriodKind.RANGE


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        ("tháng này", MONTH, "2026-11-01", "2026-11-30"),
        ("tháng trước", MONTH, "2026-10-01", "2026-10-31"),
        ("tong hop thang 10", MONTH, "2026-10-01", "2026-10-31"),
        ("tháng 12", MONTH, "2025-12-01", "2025-12-31"),
        ("tháng 9/2026", MONTH, "2026-09-01", "2026-09-30"),
        ("10/2026", MONTH, "2026-10-01", "2026-10-31"),
        ("2026-09", MONTH, "2026-09-01", "2026-09-30"),
        ("HK1", SEMESTER, "2026-09-01", "2027-01-15"),
        ("học kì này", SEMESTER, "2026-09-01", "2027-01-15"),
        ("học kỳ trước", SEMESTER, "2026-01-16", "2026-05-31"),
        ("học kì II 2025-2026", SEMESTER, "2026-01-16", "2026-05-31"),
        ("hk 1 nam hoc 2025-2026", SEMESTER, "2025-09-01", "2026-01-15"),
        ("năm học", YEAR, "2026-09-01", "2027-05-31"),
        ("cả năm", YEAR, "2026-09-01", "2027-05-31"),
        ("năm học trước", YEAR, "2025-09-01", "2026-05-31"),
        ("2025-2026", YEAR, "2025-09-01", "2026-05-31"),
        ("tuần này", RANGE, "2026-11-23", "2026-11-29"),
        ("tuần trước", RANGE, "2026-11-16", "2026-11-22"),
        ("từ 1/9 đến 20/11", RANGE, "2026-09-01", "2026-11-20"),
        ("1/9-20/11", RANGE, "2026-09-01", "2026-11-20"),
        ("từ đầu tháng đến hôm nay", RANGE, "2026-11-01", "2026-11-23"),
    ],
)
def test_a_period_is_read_from_its_name(text: str, kind: PeriodKind, first: str, last: str) -> None:
    found = find_period(text, today=NOW.date())
    assert found is not None
    assert (found.kind, found.first.isoformat(), found.last.isoformat()) == (kind, first, last)


@pytest.mark.parametrize("text", ["xin chào", "tháng 13", "từ đây đến đó", ""])
def test_other_words_name_no_period(text: str) -> None:
    assert find_period(text, today=NOW.date()) is None


def test_a_range_with_an_impossible_end_is_named() -> None:
    with pytest.raises(ImpossibleDate):
        find_period("từ 1/9 đến 31/11", today=NOW.date())


PIECES = """hôm nay qua kia mai mốt thứ hai năm CN T6 tuần tháng trước sau ngày 5 31 0 99 20/11 4/2 31/11 8h 14h30
đầu cuối rồi vừa chiều sáng đến từ - / . , lớp 2026 1/2/3 nữa giờ kém rưỡi hk năm học"""
WORDS = st.lists(st.sampled_from(PIECES.split()), max_size=10).map(" ".join)


@given(text=WORDS | st.text(), prefer=st.sampled_from(["past", "future"]), days=st.integers(-2000, 2000))
def test_any_text_gives_a_day_within_it_or_none(text: str, prefer: Prefer, days: int) -> None:
    try:
        found = find_date(text, now=NOW + timedelta(days=days), prefer=prefer)
    except ImpossibleDate:
        return
    assert found is None or (found.text and compose(text)[found.start : found.end] == found.text)


@given(text=WORDS | st.text())
def test_any_text_gives_a_moment_within_it_or_none(text: str) -> None:
    try:
        found = find_moment(text, now=NOW)
    except ImpossibleDate:
        return
    assert found is None or compose(text)[found.start : found.end] == found.text


@given(text=WORDS | st.text())
def test_any_text_gives_a_period_in_order_or_none(text: str) -> None:
    try:
        found = find_period(text, today=NOW.date())
    except ImpossibleDate:
        return
    assert found is None or found.first <= found.last


@pytest.mark.parametrize("text", ["31/11", "không rõ", "từ 31/11 đến 2/12"])
def test_what_is_no_day_and_what_no_calendar_has_are_both_nothing(text: str) -> None:
    assert named_day(text, now=NOW) is named_moment(text, now=NOW) is named_period(text, today=NOW.date()) is None


def test_what_is_to_come_is_named_looking_ahead() -> None:
    assert named_day("thứ hai", now=NOW + timedelta(days=1)) == date(2026, 11, 30)
    assert named_moment("8h thứ năm", now=NOW) == datetime(2026, 11, 26, 8, tzinfo=NOW.tzinfo)


def test_without_words_the_period_is_this_month() -> None:
    assert named_period("", today=NOW.date()) == Period.between(date(2026, 11, 1), date(2026, 11, 30))


@given(text=WORDS)
def test_decomposed_text_names_the_same_day(text: str) -> None:
    def read(form: str) -> object:
        try:
            return find_date(form, now=NOW, prefer="past")
        except ImpossibleDate as impossible:
            return impossible.facts

    assert read(unicodedata.normalize("NFD", text)) == read(text)

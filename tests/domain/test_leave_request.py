"""The days of leave as teachers write them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.clock import HOME_ZONE
from bot.domain.leave_request import LeaveDays, LeaveTrouble, read_leave_days

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=HOME_ZONE)


@pytest.mark.parametrize(
    ("text", "first", "last", "has_reason"),
    [
        ("từ 25/11 đến 5/12", date(2026, 11, 25), date(2026, 12, 5), False),
        ("tu 25/11 den 5/12 con om", date(2026, 11, 25), date(2026, 12, 5), True),
        ("em xin nghỉ từ ngày 25/11 đến hết ngày 5/12 vì con ốm", date(2026, 11, 25), date(2026, 12, 5), True),
        ("25/11 - 5/12/2026", date(2026, 11, 25), date(2026, 12, 5), False),
        ("từ 25 đến 30/11 việc gia đình", date(2026, 11, 25), date(2026, 11, 30), True),
        ("thai sản từ 1/12 đến 1/6", date(2026, 12, 1), date(2027, 6, 1), True),
        ("từ nay đến 30/11", date(2026, 11, 23), date(2026, 11, 30), False),
        ("đến 5/12", date(2026, 11, 23), date(2026, 12, 5), False),
        ("tháng 12 thai sản", date(2026, 12, 1), date(2026, 12, 31), True),
        ("cả tháng này", date(2026, 11, 1), date(2026, 11, 30), False),
        ("từ tháng 12 đến tháng 3", date(2026, 12, 1), date(2027, 3, 31), False),
        ("ngày 25/11 đi khám", date(2026, 11, 25), date(2026, 11, 25), True),
        ("mai", date(2026, 11, 24), date(2026, 11, 24), False),
    ],
)
def test_days_are_read(text: str, first: date, last: date, has_reason: bool) -> None:
    assert read_leave_days(text, now=NOW) == LeaveDays(first, last, has_reason)


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("từ 25/11 đến 31/11", LeaveTrouble.IMPOSSIBLE),
        ("từ 1/1/2026 đến 5/1/2026", LeaveTrouble.OVER),
        ("từ 1/12/2026 đến 1/2/2028", LeaveTrouble.TOO_LONG),
        ("tháng 13", LeaveTrouble.IMPOSSIBLE),
    ],
)
def test_days_that_cannot_be_are_refused(text: str, trouble: LeaveTrouble) -> None:
    assert read_leave_days(text, now=NOW) == trouble


def test_a_single_day_in_a_reason_is_not_the_days() -> None:
    assert read_leave_days("con ốm hôm nay", now=NOW, spans_only=True) is None


@given(st.integers(0, 200), st.integers(0, 90))
def test_any_span_written_in_full_is_read_as_it_stands(start: int, length: int) -> None:
    first = NOW.date() + timedelta(days=start)
    last = first + timedelta(days=length)
    text = f"từ {first.day}/{first.month}/{first.year} đến {last.day}/{last.month}/{last.year}"
    assert read_leave_days(text, now=NOW) == LeaveDays(first, last, has_reason=False)


@given(st.text(max_size=60))
def test_no_text_whatever_breaks_it(text: str) -> None:
    found = read_leave_days(text, now=NOW)
    assert not isinstance(found, LeaveDays) or found.first <= found.last

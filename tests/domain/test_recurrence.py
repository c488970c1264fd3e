"""Work that comes again: every week, every month, on each month's last working day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.calendar import is_holiday
from bot.domain.clock import HOME_ZONE
from bot.domain.recurrence import Recurrence, last_working_day, meant_day, next_time
from bot.domain.school_year import Month

months = st.dates(date(2025, 1, 1), date(2033, 12, 31)).map(Month.of)
moments = st.datetimes(datetime(2025, 1, 1), datetime(2030, 12, 31)).map(lambda at: at.replace(tzinfo=HOME_ZONE))


def dates(first: datetime, recurrence: Recurrence, count: int) -> list[datetime]:
    """The dates of a repetition as its rows keep them: each knows when it was sent and when the next is due."""
    found = [first]
    following = next_time(first, recurrence)
    while following is not None and len(found) < count:
        day = meant_day(found[-1], following)
        found.append(following)
        following = next_time(following, recurrence, day=day)
    return found


@settings(deadline=None)
@given(month=months)
def test_the_last_working_day_is_one_and_only_days_off_follow_it(month: Month) -> None:
    last = month.first.replace(day=last_working_day(month))
    assert last.weekday() < 5
    assert not is_holiday(last)
    after = [last + timedelta(days=days) for days in range(1, (month.last - last).days + 1)]
    assert all(day.weekday() >= 5 or is_holiday(day) for day in after)


@given(first=moments)
def test_every_week_is_the_same_day_of_the_week_at_the_same_hour(first: datetime) -> None:
    found = dates(first, Recurrence.WEEKLY, 60)
    assert [each - first for each in found] == [timedelta(weeks=number) for number in range(60)]


@given(first=moments)
def test_every_month_has_its_day_or_its_last_where_it_is_shorter(first: datetime) -> None:
    month = Month.of(first.date())
    for each in dates(first, Recurrence.MONTHLY, 40):
        assert Month.of(each.date()) == month
        assert each.day == min(first.day, month.last.day) or each == first
        assert each.time() == first.time()
        month = month.next


@settings(deadline=None)
@given(first=moments)
def test_the_end_of_each_month_comes_once(first: datetime) -> None:
    _, second, *rest = dates(first, Recurrence.MONTH_END, 30)
    own = Month.of(first.date())
    assert Month.of(second.date()) == (own if first.day < last_working_day(own) else own.next)
    month = Month.of(second.date())
    for each in (second, *rest):
        assert (Month.of(each.date()), each.day, each.time()) == (month, last_working_day(month), first.time())
        month = month.next

"""Work that comes again: every week, every month, or on each month's last working day."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.calendar import is_holiday
from bot.domain.school_year import Month

_SATURDAY = 5


class Recurrence(StrEnum):
    """How often; empty: once."""

    ONCE = ""
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    MONTH_END = "month_end"


def last_working_day(month: Month) -> int:
    """The day of the month: Monday to Friday, no holiday; the last day of a month that has none."""
    day = month.last
    while day >= month.first:
        if day.weekday() < _SATURDAY and not is_holiday(day):
            return day.day
        day -= timedelta(days=1)
    return month.last.day


def next_time(moment: datetime, recurrence: Recurrence, *, day: int | None = None) -> datetime | None:
    """The next date after `moment` (local), at the same hour; None when it does not come again.

    `day` is the day of the month it was first sent on, so that the 31st is not lost in a shorter month.
    """
    match recurrence:
        case Recurrence.ONCE:
            return None
        case Recurrence.WEEKLY:
            return moment + timedelta(days=7)
        case Recurrence.MONTHLY:
            month = Month.of(moment.date()).next
            wanted = day or moment.day
            return moment.replace(
                year=month.year, month=month.month, day=min(wanted, monthrange(month.year, month.month)[1])
            )
        case Recurrence.MONTH_END:
            month = Month.of(moment.date())
            if last_working_day(month) <= moment.day:
                month = month.next
            return moment.replace(year=month.year, month=month.month, day=last_working_day(month))


def meant_day(first: datetime, second: datetime) -> int:
    """The day of the month meant by two dates of which one follows the other: of two months in a row one is long."""
    return max(first.day, second.day)


def latest_time(due: datetime, recurrence: Recurrence, *, now: datetime, day: int | None = None) -> datetime:
    """The latest date that has come by `now`, from one that has: after downtime the missed ones are skipped."""
    following = next_time(due, recurrence, day=day)
    while following is not None and following <= now:
        due, following = following, next_time(following, recurrence, day=day)
    return due

"""Which day is meant when people leave out the year, the month or the week."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

from bot.domain.errors import DomainError
from bot.domain.school_year import Month

Prefer = Literal["past", "future"]

_NEARLY_A_YEAR = 270  # days; further than this in the preferred direction, the other one is what people mean


class ImpossibleDate(DomainError):
    """A date that no calendar has, such as 31/11 (facts: text, as typed)."""

    def __init__(self, text: str) -> None:
        """Keep what was typed."""
        super().__init__(text=text)
        self.text = text


def day_of_month(day: int, month: int, today: date, prefer: Prefer) -> date:
    """The nearest such day in the preferred direction; ValueError if no year has it.

    On 23 November "20/11" is three days ago and "25/11" is in two days even for a report: a slip to be refused,
    not a report from last year.
    """
    near = (today.year - 1, today.year, today.year + 1)
    days = [date(year, month, day) for year in near if _exists(year, month, day)]
    if not days:  # 29 February between leap years is a slip as well
        raise ValueError(day, month)
    past = max((found for found in days if found <= today), default=None)
    future = min((found for found in days if found >= today), default=None)
    if past is None or future is None:
        return past or future or days[0]
    first, second = (past, future) if prefer == "past" else (future, past)
    return first if abs((first - today).days) <= _NEARLY_A_YEAR else second


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def day_of_some_month(day: int, today: date, prefer: Prefer) -> date:
    """The nearest "ngày 5" not after today (past) or not before it (future); ValueError beyond 31."""
    if not 1 <= day <= 31:
        raise ValueError(day)
    month = Month.of(today)
    while True:
        if day <= month.last.day:
            found = month.first.replace(day=day)
            if (prefer == "past" and found <= today) or (prefer == "future" and found >= today):
                return found
        month = month.previous if prefer == "past" else month.next


def nearest_weekday(weekday: int, today: date, prefer: Prefer) -> date:
    """The last such weekday up to today, or the next one from today; Monday is 0."""
    if prefer == "past":
        return today - timedelta(days=(today.weekday() - weekday) % 7)
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def weekday_of_week(weekday: int, weeks: int, today: date) -> date:
    """That weekday of the week so many weeks from this one; weeks begin on Monday."""
    return monday(today) + timedelta(days=7 * weeks + weekday)


def monday(today: date) -> date:
    """The first day of today's week."""
    return today - timedelta(days=today.weekday())


def month_from(month: Month, steps: int) -> Month:
    """The month so many steps after (or before) a month."""
    index = month.year * 12 + month.month - 1 + steps
    return Month(index // 12, index % 12 + 1)


def nearest_month(number: int, today: date, prefer: Prefer) -> Month:
    """The month of that number nearest in the preferred direction, this month included."""
    here = Month.of(today)
    if prefer == "past":
        return month_from(here, -((here.month - number) % 12))
    return month_from(here, (number - here.month) % 12)

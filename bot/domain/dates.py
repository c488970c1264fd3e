"""Dates, times and periods as Vietnamese teachers write them: the one door to the small grammar behind it."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.day_phrases import FoundDate, ImpossibleDate, find_date
from bot.domain.moments import FoundMoment, FoundTime, find_moment, find_time
from bot.domain.periods import Period, PeriodKind, find_period

__all__ = [
    "FoundDate",
    "FoundMoment",
    "FoundTime",
    "ImpossibleDate",
    "Period",
    "PeriodKind",
    "find_date",
    "find_moment",
    "find_period",
    "find_time",
    "named_day",
    "named_moment",
    "named_period",
]


def named_day(text: str, *, now: datetime) -> date | None:
    """The day a text names, looking ahead; None where it names none, or one that is on no calendar."""
    try:
        found = find_date(text, now=now, prefer="future")
    except ImpossibleDate:
        return None
    return found.date if found else None


def named_moment(text: str, *, now: datetime) -> datetime | None:
    """The moment a text names, looking ahead; None where it names none, or one that is on no calendar."""
    try:
        found = find_moment(text, now=now)
    except ImpossibleDate:
        return None
    return found.moment if found else None


def named_period(text: str, *, today: date) -> Period | None:
    """The period a text names, this month where there is no text; None where it names none that there is."""
    try:
        return find_period(text or "tháng này", today=today)
    except ImpossibleDate:
        return None

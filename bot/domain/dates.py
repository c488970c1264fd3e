"""Dates, times and periods as Vietnamese teachers write them: the one door to the small grammar behind it."""

from __future__ import annotations

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
]

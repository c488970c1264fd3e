"""Names of periods, in chat and on paper."""

from __future__ import annotations

from datetime import date

from bot.domain.periods import PeriodKind
from bot.domain.school_year import Month, SchoolYear


def period_name(kind: PeriodKind, first: date, last: date) -> str:
    """ "tháng 11 năm 2026", "học kì 1 năm học 2026-2027", "từ 01/9/2026 đến 20/11/2026"."""
    year = SchoolYear.of(first)
    match kind:
        case PeriodKind.MONTH:
            return f"tháng {first.month:02d} năm {first.year}"
        case PeriodKind.SEMESTER:
            return f"học kì {1 if first == year.first else 2} năm học {year.name}"
        case PeriodKind.YEAR:
            return f"năm học {year.name}"
        case PeriodKind.RANGE:
            return f"từ {short_day(first)} đến {short_day(last)}"


def short_day(day: date) -> str:
    """ "05/11/2026"."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def month_name(month: Month) -> str:
    """ "11/2026"."""
    return f"{month.month:02d}/{month.year}"

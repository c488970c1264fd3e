"""Which reports are due by themselves: on the 1st that of the last month, after a semester and a year likewise."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain.duty import is_duty_month
from bot.domain.periods import Period, PeriodKind
from bot.domain.school_year import Month, SchoolYear
from bot.domain.team_settings import TeamSettings

_LATEST = timedelta(days=31)
"""After downtime longer than this nobody waits for a report any more."""


def due_periods(today: date, settings: TeamSettings) -> tuple[Period, ...]:
    """The periods that ended lately, the shortest first."""
    month, year = Month.of(today).previous, SchoolYear.of(today)
    ended = [Period(PeriodKind.MONTH, month.first, month.last)] if is_duty_month(month, settings) else []
    ended += [Period(PeriodKind.SEMESTER, *year.semester(number)) for number in (1, 2)]
    ended.append(Period(PeriodKind.YEAR, year.first, year.last))
    return tuple(period for period in ended if period.last < today <= period.last + _LATEST)

"""Plans (regulation III.2): the leader's for the school year, each member's own for a month; who owes one, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.duty import DutyFacts, is_duty_month, is_month_free, waits_for_answer
from bot.domain.newcomers import is_new_in
from bot.domain.school_year import Month, SchoolYear
from bot.domain.team_settings import TeamSettings
from bot.domain.vocabulary import ActivityKind, Role

LONGEST_LINE = 500
MOST_LINES = 300
"""Lines that one message or one file may hold."""
_FIRST_MONTH = 8  # plans are drawn up in summer and begin with August
_SUMMER = (6, 7)


class PlanStatus(StrEnum):
    """How a member's plan of a month stands. Whatever is changed in it makes it a draft again."""

    DRAFT = "draft"
    SENT = "sent"
    APPROVED = "approved"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """A line that is to be written: what it says and what was recognised in it; the school by code."""

    month: Month | None
    text: str
    kind: ActivityKind | None = None
    school: str | None = None


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A line as people read it; of confidential work nothing but its number."""

    id: int
    member_id: int | None
    """None: the team's."""
    month: Month
    text: str
    is_done: bool
    kind: ActivityKind | None = None
    school: str | None = None
    school_id: int | None = None
    source: str = ""
    report: int | None = None
    """The number of the report that closed it; None when it was ticked off by hand."""
    is_hidden: bool = False


def planning_year(today: date, settings: TeamSettings) -> SchoolYear:
    """The school year that is being planned: in summer the coming one."""
    is_summer = today.month in _SUMMER and not is_duty_month(Month.of(today), settings)
    is_over = today.month >= _FIRST_MONTH or is_summer
    return SchoolYear(today.year if is_over else today.year - 1)


def month_of_year(year: SchoolYear, number: int) -> Month:
    """The month of this number in a plan of the school year, August being its first."""
    return Month(year.first_year + (number < _FIRST_MONTH), number)


def plan_months(year: SchoolYear) -> tuple[Month, ...]:
    """The twelve months that a plan of the school year may name, August first."""
    numbers = (*range(_FIRST_MONTH, 13), *range(1, _FIRST_MONTH))
    return tuple(month_of_year(year, number) for number in numbers)


def year_of_plan(month: Month) -> SchoolYear:
    """The school year in whose plan the month stands."""
    return SchoolYear(month.year - (month.month < _FIRST_MONTH))


def may_change_own(month: Month, *, today: date) -> bool:
    """A member's plan is changed until its month is over, and made at most a year ahead."""
    this = Month.of(today)
    return this <= month <= Month(this.year + 1, this.month)


def nudge_month(now: datetime, settings: TeamSettings) -> Month | None:
    """The coming month once its plans are asked for; None before that day, and for months outside the school year."""
    local = now.astimezone(settings.zone)
    this = Month.of(local.date())
    if not settings.plan_nudges or not is_duty_month(this.next, settings):
        return None
    day = this.last - timedelta(days=settings.plan_nudge_days_before)
    return this.next if local >= datetime.combine(day, settings.plan_nudge_at, settings.zone) else None


def is_asked_to_plan(facts: DutyFacts, month: Month, settings: TeamSettings) -> bool:
    """Whether the month asks anything of them: officers never, nor who is on leave or comes later."""
    if facts.role is Role.OFFICER or not is_duty_month(month, settings):
        return False
    if is_new_in(month, facts.since, owes_until_day=settings.newcomers_owe_until_day):
        return False
    return not is_month_free(facts.absences, month)


def may_be_reminded_to_plan(
    facts: DutyFacts, month: Month, settings: TeamSettings, *, status: PlanStatus | None
) -> bool:
    """Whether somebody has handed in no plan though the month asks for one; not while they wait for leave in it."""
    if status not in (None, PlanStatus.DRAFT) or not is_asked_to_plan(facts, month, settings):
        return False
    return waits_for_answer(facts, month) is None

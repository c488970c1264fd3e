"""Định mức: at least one activity a month for each member (regulation III.2), and who owes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.calendar import is_holiday
from bot.domain.newcomers import is_new_in
from bot.domain.school_year import Month
from bot.domain.team_settings import TeamSettings
from bot.domain.vocabulary import LeaveStatus, NudgeStage, Role

_SUNDAY = 6
_FREE_SHARE = 0.5  # of a month's working days on leave, from which on the month is not owed


@dataclass(frozen=True, slots=True)
class Absence:
    """Leave as the rule needs it."""

    first: date
    last: date
    status: LeaveStatus
    reason: str = ""

    def covers(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.first <= day <= self.last

    def touches(self, month: Month) -> bool:
        """Whether a day of the month lies in it."""
        return self.first <= month.last and self.last >= month.first


@dataclass(frozen=True, slots=True)
class DutyFacts:
    """What decides whether one member owes one month."""

    member_id: int
    role: Role
    activities: int
    absences: tuple[Absence, ...] = ()
    since: date | None = None
    """When they came to a team that was at work already; None: they were there from the start."""
    until: date | None = None
    """When their membership ended; None: it is in force."""


class Standing(StrEnum):
    """How a member stands with a month."""

    MET = "met"
    OWES = "owes"
    ON_LEAVE = "on_leave"
    EXEMPT = "exempt"
    """Officers, months outside the school year, and months for which somebody came too late or left too early."""


def is_duty_month(month: Month, settings: TeamSettings) -> bool:
    """Whether anybody owes anything in this month."""
    return month.month in settings.in_month(month).school_months


def standing(facts: DutyFacts, month: Month, settings: TeamSettings) -> Standing:
    """How somebody stands; what they did counts even where they owe nothing."""
    if facts.role is Role.OFFICER:
        return Standing.EXEMPT
    if facts.activities >= settings.in_month(month).activities_a_month:
        return Standing.MET
    if not is_duty_month(month, settings):
        return Standing.EXEMPT
    if is_new_in(month, facts.since, owes_until_day=settings.newcomers_owe_until_day):
        return Standing.EXEMPT
    if facts.until is not None and facts.until <= month.last:
        return Standing.EXEMPT
    return Standing.ON_LEAVE if is_month_free(facts.absences, month) else Standing.OWES


def is_month_free(absences: Iterable[Absence], month: Month) -> bool:
    """Whether granted leave takes at least half of the month's working days (Monday to Saturday)."""
    granted = [absence for absence in absences if absence.status is LeaveStatus.GRANTED]
    if not granted:
        return False
    working = [day for day in _days(month) if day.weekday() != _SUNDAY and not is_holiday(day)]
    away = sum(1 for day in working if any(absence.covers(day) for absence in granted))
    return bool(working) and away >= len(working) * _FREE_SHARE


def _days(month: Month) -> list[date]:
    return [month.first + timedelta(days=number) for number in range(month.last.day)]


def may_be_nudged(facts: DutyFacts, month: Month, settings: TeamSettings, *, today: date) -> bool:
    """Only those who owe, are not away today, and do not wait for an answer about leave this month."""
    if standing(facts, month, settings) is not Standing.OWES:
        return False
    if waits_for_answer(facts, month) is not None:
        return False
    return not any(absence.status is LeaveStatus.GRANTED and absence.covers(today) for absence in facts.absences)


def waits_for_answer(facts: DutyFacts, month: Month) -> Absence | None:
    """The request for leave in this month that nobody has decided on."""
    asked = (each for each in facts.absences if each.status is LeaveStatus.ASKED and each.touches(month))
    return next(asked, None)


def leave_reason(absences: Iterable[Absence], month: Month) -> str:
    """Why somebody was given leave in this month; empty when they were not, or gave no reason."""
    granted = (each.reason for each in absences if each.status is LeaveStatus.GRANTED and each.touches(month))
    return next(granted, "")


@dataclass(frozen=True, slots=True)
class DueStage:
    """A stage of the reminder whose time has come."""

    stage: NudgeStage
    month: Month
    since: datetime
    days_before: int
    """Days before the month's last one."""


def due_stage(now: datetime, settings: TeamSettings) -> DueStage | None:
    """The latest stage of the running month whose time has come; earlier ones are overtaken by it."""
    local = now.astimezone(settings.zone)
    month = Month.of(local.date())
    if not is_duty_month(month, settings):
        return None
    due: DueStage | None = None
    for setting in sorted(settings.in_month(month).stages, key=lambda each: -each.days_before):
        day = month.last - timedelta(days=setting.days_before)
        since = datetime.combine(day, setting.at, settings.zone)
        if since <= local:
            due = DueStage(stage=setting.stage, month=month, since=since, days_before=setting.days_before)
    return due


def list_is_due(now: datetime, settings: TeamSettings) -> Month | None:
    """The running month once its 1-day stage has come: leader and secretary then get the list of who owes."""
    due = due_stage(now, settings)
    return due.month if due is not None and due.stage in {NudgeStage.ONE_DAY, NudgeStage.LAST_DAY} else None


def closing_month(now: datetime, settings: TeamSettings) -> Month | None:
    """The month before this one, to be closed on the 1st or as soon after it as possible; None when nobody owed it."""
    month = Month.of(now.astimezone(settings.zone).date()).previous
    return month if is_duty_month(month, settings) else None

"""Computes the report model from plain facts. Pure: the same facts give the same report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.advice_themes import recurring_phrases, themes_of
from bot.domain.duty import Absence, DutyFacts, Standing, is_duty_month, leave_reason, standing, waits_for_answer
from bot.domain.periods import Period
from bot.domain.report_model import (
    Duty,
    Figure,
    MemberDuty,
    MemberMonth,
    Person,
    Quote,
    ReportModel,
    Section,
    Visit,
)
from bot.domain.school_year import Month
from bot.domain.team_settings import TeamSettings
from bot.domain.vocabulary import ActivityKind, Role


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """Somebody who was a member in the period, with everything that touches it."""

    person: Person
    absences: tuple[Absence, ...] = ()
    since: date | None = None
    until: date | None = None
    """When their membership ended; None: it is in force."""


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What the queries give. `schools` are those in use, code to name, in the order of their names."""

    team: str
    members: tuple[MemberFacts, ...]
    visits: tuple[Visit, ...]
    schools: Mapping[str, str]
    counted: Mapping[tuple[int, Month], int]
    """Confirmed activities of the kinds that count, over whole months: by member and month."""
    founded: date | None = None
    """When the team was made; None: before all of this."""


def build_report(
    facts: ReportFacts, period: Period, settings: TeamSettings, *, today: date, sections: Sequence[Section] = ()
) -> ReportModel:
    """The whole report; months that have not begun are left out of the duty."""
    visits = facts.visits
    return ReportModel(
        team=facts.team,
        period=period.kind,
        first=period.first,
        last=period.last,
        made_on=today,
        duty=_duty(facts, period, settings, today),
        visits=visits,
        by_kind=_by_kind(visits),
        by_school=_figures(visits, lambda visit: (visit.school_code, visit.school)),
        by_subject=_figures(visits, lambda visit: (visit.subject, visit.subject)),
        by_month=tuple(
            (month, _by_kind([visit for visit in visits if Month.of(visit.day) == month]))
            for month in months_between(period.first, min(period.last, today))
        ),
        schools=len(facts.schools),
        not_visited=_not_visited(facts),
        exemplary=_quotes([visit for visit in visits if visit.exemplary], lambda visit: visit.strengths),
        needs=_quotes([visit for visit in visits if visit.needs_support], lambda visit: visit.difficulties),
        themes=themes_of(visits),
        phrases=recurring_phrases(visits),
        follow_ups=_follow_ups(visits),
        sections=tuple(sections),
    )


def _follow_ups(visits: Sequence[Visit]) -> tuple[Quote, ...]:
    """What is to be looked at again, the next first."""
    promised = (
        Quote(visit.id, visit.school, visit.follow_up_on, _said(visit, visit.advice))
        for visit in visits
        if visit.follow_up_on is not None
    )
    return tuple(sorted(promised, key=lambda quote: quote.day))


def months_between(first: date, last: date) -> list[Month]:
    """Every month that the days touch; none when they are out of order."""
    month, months = Month.of(first), list[Month]()
    while month.first <= last:
        months.append(month)
        month = month.next
    return months


def _duty(facts: ReportFacts, period: Period, settings: TeamSettings, today: date) -> Duty:
    months = tuple(
        month
        for month in months_between(period.first, min(period.last, today))
        if is_duty_month(month, settings) and _was_asked_for(facts, month)
    )
    everybody = [
        (each, MemberDuty(each.person, tuple(_member_month(each, month, facts.counted, settings) for month in months)))
        for each in facts.members
        if each.person.role is not Role.OFFICER
    ]
    rows = tuple(row for each, row in everybody if each.until is None or _was_there(row))
    required = [settings.in_month(month).activities_a_month for month in months or (Month.of(period.last),)]
    was = tuple(
        (months[index], required[index - 1])
        for index in range(1, len(required))
        if required[index] != required[index - 1]
    )
    return Duty(months, rows, required[-1], was)


def _was_asked_for(facts: ReportFacts, month: Month) -> bool:
    """Not a month that ended before there was a team, unless somebody has reported for it all the same."""
    is_before = facts.founded is not None and month.last < facts.founded
    return not is_before or any(each == month for _, each in facts.counted)


def _was_there(row: MemberDuty) -> bool:
    """Whether somebody who has left owed or did anything in the period."""
    return any(month.done or month.standing is not Standing.EXEMPT for month in row.months)


def _member_month(
    member: MemberFacts, month: Month, counted: Mapping[tuple[int, Month], int], settings: TeamSettings
) -> MemberMonth:
    done = counted.get((member.person.id, month), 0)
    facts = DutyFacts(member.person.id, member.person.role, done, member.absences, member.since, member.until)
    stands = standing(facts, month, settings)
    asked = waits_for_answer(facts, month) if stands is Standing.OWES else None
    reason = asked.reason if asked else leave_reason(member.absences, month) if stands is not Standing.MET else ""
    return MemberMonth(stands, done, reason, waits=asked is not None)


def _by_kind(visits: Iterable[Visit]) -> tuple[Figure, ...]:
    found: dict[ActivityKind, list[int]] = defaultdict(list)
    for visit in visits:
        found[visit.kind].append(visit.id)
    order = list(ActivityKind)
    kinds = sorted(found, key=lambda kind: (-len(found[kind]), order.index(kind)))
    return tuple(Figure(kind.value, kind.value, tuple(found[kind])) for kind in kinds)


def _figures(visits: Iterable[Visit], name: Callable[[Visit], tuple[str | None, str | None]]) -> tuple[Figure, ...]:
    found: dict[str, list[int]] = defaultdict(list)
    labels: dict[str, str] = {}
    for visit in visits:
        key, label = name(visit)
        if key:
            found[key].append(visit.id)
            labels[key] = label or key
    keys = sorted(found, key=lambda key: (-len(found[key]), labels[key]))
    return tuple(Figure(key, labels[key], tuple(found[key])) for key in keys)


def _not_visited(facts: ReportFacts) -> tuple[str, ...]:
    seen = {visit.school_code for visit in facts.visits}
    return tuple(name for code, name in facts.schools.items() if code not in seen)


def _quotes(visits: Iterable[Visit], wanted: Callable[[Visit], str | None]) -> tuple[Quote, ...]:
    return tuple(Quote(visit.id, visit.school, visit.day, _said(visit, wanted(visit))) for visit in visits)


def _said(visit: Visit, wanted: str | None) -> str:
    """The note that is wanted, or whatever else was written."""
    notes = (wanted, visit.strengths, visit.difficulties, visit.advice, visit.encouragement, visit.topic)
    return next((note for note in notes if note), "")

"""The summary's part on plans: the team's lines and each member's, planned against done, and what comes next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.domain.periods import Period, PeriodKind
from bot.domain.plans import PlanLine, PlanStatus
from bot.domain.report_building import months_between
from bot.domain.report_model import Section, SectionKind
from bot.domain.school_year import Month
from bot.domain.vocabulary import Role
from bot.texts import plan_section as texts
from storage.plans import PlanFigure
from storage.tables import Team
from storage.unit_of_work import UnitOfWork

_MONTHS_AFTER = {PeriodKind.SEMESTER: 5, PeriodKind.YEAR: 12}


async def plan_section(uow: UnitOfWork, team: Team, period: Period, now: datetime) -> Section:
    """Every month that the period touches; members' lines only as figures, so nothing confidential is said."""
    del now
    months = months_between(period.first, period.last)
    lines = await uow.plans.lines(team.id, member_id=None, months=months)
    after = await uow.plans.lines(team.id, member_id=None, months=_following(period))
    own = [each for each in await uow.plans.figures(team.id, months) if each.member_id is not None]
    approved = [
        key for key, plan in (await uow.plans.of_team(team.id, months)).items() if plan.status == PlanStatus.APPROVED
    ]
    if not (lines or after or own):
        return Section(SectionKind.PLAN)
    people = [each for each in await uow.members.current(team.id) if each.role != Role.OFFICER]
    rows = list(_rows(lines, own, [(each.id, each.name) for each in people], [member_id for member_id, _ in approved]))
    return Section(
        SectionKind.PLAN,
        lines=(*_sentences(lines, own, len(approved)), *texts.coming(after)),
        columns=texts.COLUMNS,
        rows=tuple(rows),
        person_column=0,
        tallies=texts.tallies(lines, rows[1:]),
        widths=texts.WIDTHS,
        numbers=(1, 2, 3),
    )


def _following(period: Period) -> Sequence[Month]:
    months = [Month.of(period.last).next]
    while len(months) < _MONTHS_AFTER.get(period.kind, 1):
        months.append(months[-1].next)
    return months


def _sentences(lines: Sequence[PlanLine], own: Sequence[PlanFigure], approved: int) -> Iterable[str]:
    if lines:
        yield texts.team(len(lines), [each.text for each in lines if not each.is_done])
    if own:
        planned, done = sum(each.lines for each in own), sum(each.done for each in own)
        yield texts.members(len(own), approved=approved, lines=planned, done=done)


def _rows(
    lines: Sequence[PlanLine], own: Sequence[PlanFigure], people: Sequence[tuple[int, str]], approved: Sequence[int]
) -> Iterable[tuple[str, ...]]:
    """The team first, then everybody in the order of the roster."""
    yield (texts.TEAM, "", str(len(lines)), str(sum(each.is_done for each in lines)))
    figures: dict[int, list[PlanFigure]] = defaultdict(list)
    for each in own:
        figures[each.member_id or 0].append(each)
    for member_id, name in people:
        mine = figures[member_id]
        planned, done = sum(each.lines for each in mine), sum(each.done for each in mine)
        yield (name, str(approved.count(member_id)), str(planned), str(done))

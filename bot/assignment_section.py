"""The summary's part on work that was given out: how much, done, overdue; what is confidential only as a number."""

from __future__ import annotations

from datetime import datetime, time

from bot.domain.assignment_view import AssignmentView
from bot.domain.assignments import AssigneeStatus, AssignmentStatus, deadline
from bot.domain.periods import Period
from bot.domain.report_model import Section, SectionKind
from bot.texts import assignment_section as texts
from storage.tables import Assignment, Team
from storage.unit_of_work import UnitOfWork


async def assignment_section(uow: UnitOfWork, team: Team, period: Period, now: datetime) -> Section:
    """Work that begins or is due in the period, cancelled work left out; nobody's name."""
    zone = uow.teams.settings(team).zone
    first, last = datetime.combine(period.first, time.min, zone), datetime.combine(period.last, time.max, zone)
    works = [
        each
        for each in await uow.assignments.between(team.id, first, last)
        if each.status != AssignmentStatus.CANCELLED
    ]
    if not works:
        return Section(SectionKind.ASSIGNMENTS)
    counts = await uow.assignments.standings([each.id for each in works])
    rows: list[tuple[str, ...]] = []
    done: list[tuple[str, ...]] = []
    overdue: list[tuple[str, ...]] = []
    for work, view in zip(works, await uow.assignments.views(works, zone=zone), strict=True):
        finished, given, late = _figures(work, counts.get(work.id, {}), now)
        rows.append(_row(view, finished, given, late=late))
        done += rows[-1:] if finished == given and given > 0 else []
        overdue += rows[-1:] if late else []
    return Section(
        SectionKind.ASSIGNMENTS,
        lines=(texts.figures(len(works), done=len(done), overdue=len(overdue)),),
        columns=texts.COLUMNS,
        rows=tuple(rows),
        tallies=texts.tallies(rows, done=done, overdue=overdue),
        widths=texts.WIDTHS,
        numbers=(0, 3),
        dates=(2,),
    )


def _figures(work: Assignment, counts: dict[AssigneeStatus, int], now: datetime) -> tuple[int, int, bool]:
    """How many have done it, of how many who did not decline, and whether somebody is late."""
    active = sum(count for status, count in counts.items() if status.is_active)
    finished = counts.get(AssigneeStatus.DONE, 0)
    end = deadline(starts_at=work.starts_at, due_at=work.due_at)
    return finished, finished + active, active > 0 and end is not None and end <= now


def _row(view: AssignmentView, finished: int, given: int, *, late: bool) -> tuple[str, ...]:
    return (
        str(view.number),
        texts.name(view),
        texts.due(view),
        f"{finished}/{given}",
        texts.state(done=finished == given and given > 0, late=late),
    )

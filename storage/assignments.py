"""Work that is given out: written, changed, answered, looked up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.assignment_view import AssignmentView
from bot.domain.assignments import ACTIVE, AssigneeStatus, AssignmentStatus
from bot.domain.errors import NotFound
from bot.domain.recurrence import Recurrence
from bot.domain.report_requests import period_of
from storage.files import FileLine, files_named_by
from storage.number_series import next_in_team
from storage.tables import (
    Assignment,
    AssignmentAssignee,
    AssignmentChange,
    AssignmentFile,
    Member,
    School,
)


@dataclass(frozen=True, slots=True)
class GivenWork:
    """Work as one of its assignees has it."""

    assignment: Assignment
    mine: AssignmentAssignee
    school: str | None


class Assignments:
    """Queries over work; every one names the team or the member."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def add(self, assignment: Assignment, *, member_ids: Iterable[int], files: Iterable[int] = ()) -> Assignment:
        """Record it with those it is for, who have not been told yet."""
        self._session.add(assignment)
        await self._session.flush()
        self._session.add_all(_waiting(assignment.id, member_id) for member_id in member_ids)
        self._session.add_all(AssignmentFile(assignment_id=assignment.id, file_id=each) for each in files)
        await self._session.flush()
        return assignment

    async def next_number(self, team_id: int) -> int:
        """The next number of the team."""
        return await next_in_team(self._session, Assignment, team_id)

    async def given_from(self, source: str) -> Assignment | None:
        """What this dialogue has given out already."""
        return await self._session.scalar(select(Assignment).where(Assignment.source == source))

    async def open_from(self, team_id: int, about: str) -> list[Assignment]:
        """Open work of the team whose source begins so."""
        return list(
            await self._session.scalars(
                select(Assignment)
                .where(
                    Assignment.team_id == team_id,
                    Assignment.source.startswith(about, autoescape=True),
                    Assignment.status == AssignmentStatus.OPEN,
                )
                .order_by(Assignment.id)
            )
        )

    async def get(self, assignment_id: int, *, team_id: int, lock: bool = False) -> Assignment:
        """The work if it is this team's; NotFound otherwise. `lock`: nobody else changes or answers it meanwhile."""
        statement = select(Assignment).where(Assignment.id == assignment_id, Assignment.team_id == team_id)
        if lock:
            statement = statement.with_for_update().execution_options(populate_existing=True)
        found = await self._session.scalar(statement)
        if found is None:
            raise NotFound(what="assignment", id=assignment_id)
        return found

    async def team_of(self, assignment_id: int) -> int | None:
        """The team whose work it is."""
        return await self._session.scalar(select(Assignment.team_id).where(Assignment.id == assignment_id))

    async def by_number(self, number: int, *, team_id: int) -> Assignment:
        """The work of this number; NotFound otherwise."""
        found = await self._session.scalar(
            select(Assignment).where(Assignment.team_id == team_id, Assignment.number == number)
        )
        if found is None:
            raise NotFound(what="assignment", number=number)
        return found

    async def assignees(self, assignment_id: int) -> list[AssignmentAssignee]:
        """Everybody it was given to, those who were taken off it too."""
        return list(
            await self._session.scalars(
                select(AssignmentAssignee)
                .where(AssignmentAssignee.assignment_id == assignment_id)
                .order_by(AssignmentAssignee.member_id)
            )
        )

    async def assignee(self, assignment_id: int, *, member_id: int) -> AssignmentAssignee:
        """How one of them stands; NotFound when it was never theirs."""
        found = await self._session.get(AssignmentAssignee, (assignment_id, member_id))
        if found is None:
            raise NotFound(what="assignment", id=assignment_id)
        return found

    async def add_assignee(self, assignment_id: int, member_id: int) -> AssignmentAssignee:
        """One more; somebody who was taken off it before gets it anew."""
        found = await self._session.get(AssignmentAssignee, (assignment_id, member_id))
        if found is None:
            found = _waiting(assignment_id, member_id)
            self._session.add(found)
        else:
            found.status, found.answered_at, found.reason = AssigneeStatus.WAITING, None, None
        await self._session.flush()
        return found

    async def view(self, work: Assignment, *, zone: ZoneInfo) -> AssignmentView:
        """The work as people read it, times in the team's zone."""
        school = await self._session.get(School, work.school_id) if work.school_id else None
        giver = await self._session.get_one(Member, work.created_by)
        return _view(work, school=school.name if school else None, giver=giver.name, zone=zone)

    async def views(self, works: Sequence[Assignment], *, zone: ZoneInfo) -> list[AssignmentView]:
        """Many pieces of work as people read them; two queries."""
        named = School.id.in_({each.school_id for each in works if each.school_id})
        givers = Member.id.in_({each.created_by for each in works})
        schools = dict((await self._session.execute(select(School.id, School.name).where(named))).all())
        names = dict((await self._session.execute(select(Member.id, Member.name).where(givers))).all())
        return [
            _view(each, school=schools.get(each.school_id or 0), giver=names[each.created_by], zone=zone)
            for each in works
        ]

    async def waiting(self, assignment_id: int) -> list[int]:
        """Those in force who have not been written to."""
        return list(
            await self._session.scalars(
                select(AssignmentAssignee.member_id)
                .join(Member, Member.id == AssignmentAssignee.member_id)
                .where(
                    AssignmentAssignee.assignment_id == assignment_id,
                    AssignmentAssignee.status == AssigneeStatus.WAITING,
                    Member.ended_at.is_(None),
                )
                .order_by(AssignmentAssignee.member_id)
            )
        )

    async def mark_sent(self, assignment_id: int, member_ids: Sequence[int], *, now: datetime) -> None:
        """They have been written to."""
        await self._session.execute(
            update(AssignmentAssignee)
            .where(
                AssignmentAssignee.assignment_id == assignment_id,
                AssignmentAssignee.member_id.in_(list(member_ids)),
                AssignmentAssignee.status == AssigneeStatus.WAITING,
            )
            .values(status=AssigneeStatus.SENT, sent_at=now)
        )

    async def note_change(
        self, assignment: Assignment, content: Mapping[str, Any], *, by: int, now: datetime
    ) -> AssignmentChange:
        """Count a change of its givers and keep what it was."""
        assignment.version += 1
        change = AssignmentChange(
            assignment_id=assignment.id,
            version=assignment.version,
            content=dict(content),
            changed_by=by,
            changed_at=now,
        )
        self._session.add(change)
        await self._session.flush()
        return change

    async def changes_since(self, assignment_id: int, version: int) -> list[AssignmentChange]:
        """What was changed after a version, in order."""
        return list(
            await self._session.scalars(
                select(AssignmentChange)
                .where(AssignmentChange.assignment_id == assignment_id, AssignmentChange.version > version)
                .order_by(AssignmentChange.version)
            )
        )

    async def files(self, assignment_id: int) -> list[FileLine]:
        """Id, name and type of each file that goes along."""
        return await files_named_by(
            self._session, AssignmentFile.file_id, AssignmentFile.assignment_id == assignment_id
        )

    async def of_team(self, team_id: int, *, open_only: bool = True, limit: int = 50) -> list[Assignment]:
        """The team's work, the newest first; `open_only`: somebody still has it to do, or it waits to be sent."""
        statement = select(Assignment).where(Assignment.team_id == team_id)
        if open_only:
            owed = select(AssignmentAssignee.assignment_id).where(AssignmentAssignee.status.in_(ACTIVE))
            statement = statement.where(Assignment.status != AssignmentStatus.CANCELLED, Assignment.id.in_(owed))
        return list(await self._session.scalars(statement.order_by(Assignment.number.desc()).limit(limit)))

    async def standings(self, assignment_ids: Sequence[int]) -> dict[int, dict[AssigneeStatus, int]]:
        """How many stand how, by work."""
        rows = await self._session.execute(
            select(AssignmentAssignee.assignment_id, AssignmentAssignee.status, func.count())
            .where(AssignmentAssignee.assignment_id.in_(list(assignment_ids)))
            .group_by(AssignmentAssignee.assignment_id, AssignmentAssignee.status)
        )
        found: dict[int, dict[AssigneeStatus, int]] = {}
        for assignment_id, status, count in rows:
            found.setdefault(assignment_id, {})[AssigneeStatus(status)] = count
        return found

    async def of_member(self, member_id: int, *, open_only: bool) -> list[GivenWork]:
        """What a member was given and told of, the most urgent first."""
        rows: Any = await self._session.execute(_of_member(open_only), {"member": member_id})
        return [GivenWork(row[0], row[1], row[2]) for row in rows]

    async def in_hand(self, member_id: int) -> list[Assignment]:
        """What a member was given and has neither finished nor declined, sent or still to be sent, by number."""
        return list(
            await self._session.scalars(
                select(Assignment)
                .join(AssignmentAssignee, AssignmentAssignee.assignment_id == Assignment.id)
                .where(
                    AssignmentAssignee.member_id == member_id,
                    AssignmentAssignee.status.in_(ACTIVE),
                    Assignment.status != AssignmentStatus.CANCELLED,
                )
                .order_by(Assignment.number)
            )
        )

    async def between(self, team_id: int, first: datetime, last: datetime) -> list[Assignment]:
        """What is due, takes place, or (having no time) was given out between two moments."""
        when = func.coalesce(Assignment.due_at, Assignment.starts_at, Assignment.created_at)
        return list(
            await self._session.scalars(
                select(Assignment)
                .where(
                    Assignment.team_id == team_id,
                    or_(when.between(first, last), Assignment.starts_at.between(first, last)),
                )
                .order_by(Assignment.number)
            )
        )


def _view(work: Assignment, *, school: str | None, giver: str, zone: ZoneInfo) -> AssignmentView:
    return AssignmentView(
        id=work.id,
        number=work.number,
        version=work.version,
        kind=work.kind,
        title=work.title,
        giver=giver,
        giver_id=work.created_by,
        status=AssignmentStatus(work.status),
        school=school,
        place=work.place,
        group=work.class_or_grade,
        subject=work.subject,
        starts_at=work.starts_at.astimezone(zone) if work.starts_at else None,
        all_day=work.all_day,
        due_at=work.due_at.astimezone(zone) if work.due_at else None,
        confidential=work.confidential,
        recurrence=Recurrence(work.recurrence) if work.next_at else Recurrence.ONCE,
        send_at=work.send_at.astimezone(zone) if work.status == AssignmentStatus.SCHEDULED else None,
        report=period.key if (period := period_of(work.source)) else "",
    )


def _waiting(assignment_id: int, member_id: int) -> AssignmentAssignee:
    return AssignmentAssignee(
        assignment_id=assignment_id,
        member_id=member_id,
        status=AssigneeStatus.WAITING,
        sent_at=None,
        answered_at=None,
        reason=None,
        result=None,
        activity_id=None,
        done_at=None,
    )


@cache
def _of_member(open_only: bool) -> Any:
    """Built once: every report asks it."""
    statement = (
        select(Assignment, AssignmentAssignee, School.name)
        .join(AssignmentAssignee, AssignmentAssignee.assignment_id == Assignment.id)
        .outerjoin(School, School.id == Assignment.school_id)
        .where(
            AssignmentAssignee.member_id == bindparam("member"),
            AssignmentAssignee.status.not_in((AssigneeStatus.WAITING, AssigneeStatus.REMOVED)),
        )
        .order_by(func.coalesce(Assignment.starts_at, Assignment.due_at), Assignment.id)
    )
    if not open_only:
        return statement
    return statement.where(
        Assignment.status == AssignmentStatus.OPEN,
        AssignmentAssignee.status.in_((AssigneeStatus.SENT, AssigneeStatus.ACCEPTED)),
    )

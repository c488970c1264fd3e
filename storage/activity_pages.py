"""Activities as their people look at them: page by page, and one with everything about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.errors import NotFound
from bot.domain.vocabulary import ActivityStatus, ParticipantStatus
from storage.files import files_named_by
from storage.school_changes import school_name_on
from storage.tables import Activity, ActivityFile, ActivityParticipant, ActivityRevision, Member, School


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One activity in a list."""

    activity: Activity
    school: str | None


@dataclass(frozen=True, slots=True)
class Participation:
    """Somebody of an activity, by name."""

    member_id: int
    name: str
    status: ParticipantStatus


@dataclass(frozen=True, slots=True)
class Revision:
    """A change: who made it and when, what stood there before, and whether the office had its number by then."""

    by: str
    at: datetime
    content: dict[str, Any]
    after_month_reported: bool


@dataclass(frozen=True, slots=True)
class WholeActivity:
    """One activity with its people, its changes in order, and its files as (id, name, mime)."""

    activity: Activity
    school: str | None
    people: tuple[Participation, ...]
    revisions: tuple[Revision, ...]
    files: tuple[tuple[int, str, str], ...]


class ActivityPages:
    """Queries over the activities of one member."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def count(self, member_id: int, first: date, last: date) -> int:
        """How many activities the member has confirmed between two days, both included."""
        statement = (
            select(func.count(Activity.id))
            .join(ActivityParticipant, ActivityParticipant.activity_id == Activity.id)
            .where(*_of_member(member_id, first, last))
        )
        return await self._session.scalar(statement) or 0

    async def page(self, member_id: int, first: date, last: date, *, number: int, size: int) -> list[ActivityLine]:
        """The newest first, `number` counting from 0."""
        statement = (
            select(Activity, school_name_on(Activity.date))
            .join(ActivityParticipant, ActivityParticipant.activity_id == Activity.id)
            .outerjoin(School, School.id == Activity.school_id)
            .where(*_of_member(member_id, first, last))
            .order_by(Activity.date.desc(), Activity.id.desc())
            .limit(size)
            .offset(number * size)
        )
        return [ActivityLine(activity, school) for activity, school in (await self._session.execute(statement)).all()]

    async def whole(self, activity_id: int, *, member_id: int) -> WholeActivity:
        """One activity of somebody who reported it or was asked to confirm it; NotFound for everybody else."""
        mine = select(ActivityParticipant.activity_id).where(ActivityParticipant.member_id == member_id)
        row = (
            await self._session.execute(
                select(Activity, school_name_on(Activity.date))
                .outerjoin(School, School.id == Activity.school_id)
                .where(Activity.id == activity_id, or_(Activity.reporter_id == member_id, Activity.id.in_(mine)))
            )
        ).first()
        if row is None:
            raise NotFound(what="activity", id=activity_id)
        return WholeActivity(
            activity=row[0],
            school=row[1],
            people=tuple(await self._people(activity_id)),
            revisions=tuple(await self._revisions(activity_id)),
            files=tuple(
                await files_named_by(self._session, ActivityFile.file_id, ActivityFile.activity_id == activity_id)
            ),
        )

    async def _people(self, activity_id: int) -> Sequence[Participation]:
        rows = await self._session.execute(
            select(Member.id, Member.name, ActivityParticipant.status)
            .join(ActivityParticipant, ActivityParticipant.member_id == Member.id)
            .where(ActivityParticipant.activity_id == activity_id)
            .order_by(Member.id)
        )
        return [Participation(member_id, name, ParticipantStatus(status)) for member_id, name, status in rows]

    async def _revisions(self, activity_id: int) -> Sequence[Revision]:
        rows = await self._session.execute(
            select(
                Member.name,
                ActivityRevision.changed_at,
                ActivityRevision.content,
                ActivityRevision.after_month_reported,
            )
            .join(Member, Member.id == ActivityRevision.changed_by)
            .where(ActivityRevision.activity_id == activity_id)
            .order_by(ActivityRevision.version)
        )
        return [Revision(name, at, content, marked) for name, at, content, marked in rows]


def _of_member(member_id: int, first: date, last: date) -> list[ColumnElement[bool]]:
    return [
        ActivityParticipant.member_id == member_id,
        ActivityParticipant.status == ParticipantStatus.CONFIRMED,
        Activity.status == ActivityStatus.FILED,
        Activity.date.between(first, last),
    ]

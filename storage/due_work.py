"""Work whose time has come: to be sent, to be repeated, to be reminded of."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.assignments import AssigneeStatus, AssignmentStatus
from storage.tables import Assignment, AssignmentAssignee, Member, School


class DueWork:
    """Queries of the clock over work."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def to_send(self, team_id: int, *, now: datetime) -> list[Assignment]:
        """What waited for its hour, and what somebody in force with an account has not been sent; locked."""
        reachable = (
            select(AssignmentAssignee.assignment_id)
            .join(Member, Member.id == AssignmentAssignee.member_id)
            .where(
                AssignmentAssignee.status == AssigneeStatus.WAITING,
                Member.ended_at.is_(None),
                Member.person_id.is_not(None),
            )
        )
        waits = and_(Assignment.status == AssignmentStatus.SCHEDULED, Assignment.send_at <= now)
        missed = and_(Assignment.status == AssignmentStatus.OPEN, Assignment.id.in_(reachable))
        return list(
            await self._session.scalars(
                select(Assignment)
                .where(Assignment.team_id == team_id, or_(waits, missed))
                .order_by(Assignment.send_at, Assignment.id)
                .with_for_update(skip_locked=True)
            )
        )

    async def to_repeat(self, team_id: int, *, now: datetime) -> list[Assignment]:
        """Repetitions whose next date has come; locked."""
        return list(
            await self._session.scalars(
                select(Assignment)
                .where(
                    Assignment.team_id == team_id,
                    Assignment.next_at <= now,
                    Assignment.status != AssignmentStatus.CANCELLED,
                )
                .order_by(Assignment.next_at, Assignment.id)
                .with_for_update(skip_locked=True)
            )
        )

    async def to_remind(self, *team_ids: int) -> list[tuple[Assignment, AssignmentAssignee, Member, str | None]]:
        """Open work of these teams with those in force who still have it to do, and the school's name."""
        rows = await self._session.execute(
            select(Assignment, AssignmentAssignee, Member, School.name)
            .join(AssignmentAssignee, AssignmentAssignee.assignment_id == Assignment.id)
            .join(Member, Member.id == AssignmentAssignee.member_id)
            .outerjoin(School, School.id == Assignment.school_id)
            .where(
                Assignment.team_id.in_(team_ids),
                Assignment.status == AssignmentStatus.OPEN,
                AssignmentAssignee.status.in_((AssigneeStatus.SENT, AssigneeStatus.ACCEPTED)),
                Member.ended_at.is_(None),
            )
            .order_by(Assignment.id, Member.id)
        )
        return [(row[0], row[1], row[2], row[3]) for row in rows]

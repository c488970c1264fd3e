"""What members of a team have on their hands: how much each was given, and what they have to do when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.assignments import ACTIVE, AssigneeStatus, AssignmentStatus, Engagement
from storage.tables import Assignment, AssignmentAssignee

_COUNTED = (*ACTIVE, AssigneeStatus.DONE)


class Workloads:
    """Queries over what work is whose."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def loads(self, team_id: int, *, since: datetime) -> dict[int, int]:
        """How many pieces of work each member was given from a moment on, declined ones left out."""
        rows = await self._session.execute(
            select(AssignmentAssignee.member_id, func.count())
            .join(Assignment, Assignment.id == AssignmentAssignee.assignment_id)
            .where(
                Assignment.team_id == team_id,
                Assignment.created_at >= since,
                Assignment.status != AssignmentStatus.CANCELLED,
                AssignmentAssignee.status.in_(_COUNTED),
            )
            .group_by(AssignmentAssignee.member_id)
        )
        return {row[0]: row[1] for row in rows}

    async def engagements(self, team_id: int, *, first: datetime, last: datetime) -> dict[int, list[Engagement]]:
        """What members have to do between two moments; of what is confidential not even the number, beside a name."""
        rows = await self._session.execute(
            select(AssignmentAssignee.member_id, Assignment)
            .join(Assignment, Assignment.id == AssignmentAssignee.assignment_id)
            .where(
                Assignment.team_id == team_id,
                Assignment.status != AssignmentStatus.CANCELLED,
                Assignment.starts_at.between(first, last),
                AssignmentAssignee.status.in_(ACTIVE),
            )
        )
        found: dict[int, list[Engagement]] = {}
        for member_id, work in rows:
            title = "" if work.confidential else work.title
            if work.starts_at is None:
                continue
            found.setdefault(member_id, []).append(Engagement(work.starts_at, work.all_day, title))
        return found

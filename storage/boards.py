"""How those who were given work stand, gathered for its board."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.assignment_view import BoardLine
from bot.domain.assignments import AssigneeStatus, AssignmentStatus, deadline
from storage.accounts import Accounts
from storage.tables import Assignment, AssignmentAssignee, Member, Outbox


class Boards:
    """Queries over the boards of work."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def lines(self, work: Assignment, *, now: datetime) -> list[BoardLine]:
        """Each assignee; a few queries however many they are."""
        rows = await self._session.execute(
            select(AssignmentAssignee, Member)
            .join(Member, Member.id == AssignmentAssignee.member_id)
            .where(AssignmentAssignee.assignment_id == work.id)
            .order_by(Member.id)
        )
        reach = await Accounts(self._session).reach(work.team_id)
        sent = await self._sent(f"assignment:{work.id}")
        end = deadline(starts_at=work.starts_at, due_at=work.due_at)
        is_open = work.status == AssignmentStatus.OPEN
        lines: list[BoardLine] = []
        for mine, member in rows:
            status = AssigneeStatus(mine.status)
            reached = reach.get(member.id)
            sent_at = sent.get(member.id)
            seen = mine.answered_at is not None or (
                sent_at is not None and reached is not None and reached.last_used_at > sent_at
            )
            lines.append(
                BoardLine(
                    member_id=member.id,
                    name=member.name,
                    status=status,
                    reason=mine.reason,
                    result=mine.result,
                    received=sent_at is not None,
                    seen=seen,
                    joined=member.person_id is not None,
                    reachable=reached is None or reached.reachable,
                    overdue=is_open and status.is_active and end is not None and end <= now,
                    has_left=member.ended_at is not None,
                )
            )
        return lines

    async def _sent(self, topic: str) -> dict[int, datetime]:
        rows = await self._session.execute(
            select(Outbox.member_id, func.min(Outbox.sent_at))
            .where(Outbox.topic == topic, Outbox.status == "sent", Outbox.member_id.is_not(None))
            .group_by(Outbox.member_id)
        )
        return {member_id: sent_at for member_id, sent_at in rows if member_id and sent_at}

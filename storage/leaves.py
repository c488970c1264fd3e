"""Leave: days on which a member owes no duty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.errors import NotFound
from bot.domain.vocabulary import LeaveStatus
from storage.tables import Leave, Member


class Leaves:
    """Queries over leave."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def ask(self, *, member_id: int, first: date, last: date, reason: str, now: datetime) -> Leave:
        """A request that waits for a decision."""
        leave = Leave(
            member_id=member_id,
            first=first,
            last=last,
            reason=reason,
            status=LeaveStatus.ASKED,
            asked_at=now,
            decided_by=None,
            decided_at=None,
        )
        self._session.add(leave)
        await self._session.flush()
        return leave

    async def get(self, leave_id: int, *, team_id: int) -> Leave:
        """The leave if its member is of this team; NotFound otherwise."""
        leave = await self._session.scalar(
            select(Leave)
            .join(Member, Member.id == Leave.member_id)
            .where(Leave.id == leave_id, Member.team_id == team_id)
        )
        if leave is None:
            raise NotFound(what="leave", id=leave_id)
        return leave

    async def decide(self, leave: Leave, *, status: LeaveStatus, by: int, now: datetime) -> None:
        """Grant or refuse."""
        leave.status, leave.decided_by, leave.decided_at = status, by, now
        await self._session.flush()

    async def withdraw(self, leave: Leave, *, now: datetime) -> None:
        """The member takes it back; who had decided on it stays known."""
        leave.status, leave.decided_at = LeaveStatus.WITHDRAWN, now
        await self._session.flush()

    async def asked_for(self, member_id: int, *, first: date, last: date) -> Leave | None:
        """The member's undecided request for exactly these days."""
        return await self._session.scalar(
            select(Leave).where(
                Leave.member_id == member_id,
                Leave.first == first,
                Leave.last == last,
                Leave.status == LeaveStatus.ASKED,
            )
        )

    async def of_member(self, member_id: int, *, until: date) -> list[Leave]:
        """The member's requests that were not withdrawn and reach `until` or beyond."""
        return list(
            await self._session.scalars(
                select(Leave)
                .where(Leave.member_id == member_id, Leave.last >= until, Leave.status != LeaveStatus.WITHDRAWN)
                .order_by(Leave.first, Leave.id)
            )
        )

    async def granted_on(self, team_id: int, day: date) -> list[Leave]:
        """Leave that was granted and covers the day."""
        return [each for each in await self.within(team_id, day, day) if each.status == LeaveStatus.GRANTED]

    async def within(self, team_id: int, first: date, last: date) -> list[Leave]:
        """Every leave of the team that touches these days, whatever was decided."""
        return await self.within_teams([team_id], first, last)

    async def within_teams(self, team_ids: Sequence[int], first: date, last: date) -> list[Leave]:
        """The same for several teams, in one query."""
        return list(
            await self._session.scalars(
                select(Leave)
                .join(Member, Member.id == Leave.member_id)
                .where(Member.team_id.in_(list(team_ids)), Leave.first <= last, Leave.last >= first)
                .order_by(Leave.id)
            )
        )

    async def of_member_within(self, member_id: int, first: date, last: date) -> list[Leave]:
        """The same for one member."""
        touches = (Leave.member_id == member_id, Leave.first <= last, Leave.last >= first)
        return list(await self._session.scalars(select(Leave).where(*touches).order_by(Leave.id)))

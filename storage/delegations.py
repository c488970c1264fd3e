"""What deputies may give out in the leader's place, and what officers ask for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.assignments import Delegated
from bot.domain.errors import NotFound
from storage.tables import Delegation, Member, WorkRequest


class Delegations:
    """Queries over delegations."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def of_member(self, member_id: int, *, on: date) -> list[Delegated]:
        """What a deputy may give out on a day."""
        rows = await self._session.scalars(
            select(Delegation).where(
                Delegation.member_id == member_id, Delegation.revoked_at.is_(None), Delegation.until >= on
            )
        )
        return [Delegated(kinds=tuple(row.kinds), until=row.until) for row in rows]

    async def of_team(self, team_id: int, *, on: date) -> list[Delegation]:
        """All that are in force on a day."""
        return list(
            await self._session.scalars(
                select(Delegation)
                .join(Member, Member.id == Delegation.member_id)
                .where(
                    Member.team_id == team_id,
                    Member.ended_at.is_(None),
                    Delegation.revoked_at.is_(None),
                    Delegation.until >= on,
                )
                .order_by(Delegation.id)
            )
        )

    async def grant(self, member_id: int, kinds: Sequence[str], *, until: date, by: int, now: datetime) -> Delegation:
        """From now on exactly these kinds; what was delegated to them before ends."""
        await self.revoke(member_id, now=now)
        row = Delegation(
            member_id=member_id, kinds=list(kinds), until=until, granted_by=by, granted_at=now, revoked_at=None
        )
        self._session.add(row)
        await self._session.flush()
        return row

    async def revoke(self, member_id: int, *, now: datetime) -> int:
        """Nothing is delegated to them any more; returns how many ended."""
        result = await self._session.execute(
            update(Delegation)
            .where(Delegation.member_id == member_id, Delegation.revoked_at.is_(None))
            .values(revoked_at=now)
            .returning(Delegation.id)
        )
        return len(result.all())


class WorkRequests:
    """Queries over what officers ask for."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def ask(
        self, *, team_id: int, officer_id: int, text: str, source: str, now: datetime
    ) -> tuple[WorkRequest, bool]:
        """Record it once for each dialogue; whether it is new."""
        known = await self._session.scalar(select(WorkRequest).where(WorkRequest.source == source))
        if known is not None:
            return known, False
        row = WorkRequest(
            team_id=team_id,
            officer_id=officer_id,
            text=text,
            source=source,
            status="asked",
            answer=None,
            asked_at=now,
            answered_by=None,
            answered_at=None,
        )
        self._session.add(row)
        await self._session.flush()
        return row, True

    async def get(self, request_id: int, *, team_id: int) -> WorkRequest:
        """The request if it is to this team; NotFound otherwise."""
        row = await self._session.get(WorkRequest, request_id)
        if row is None or row.team_id != team_id:
            raise NotFound(what="request", id=request_id)
        return row

    async def team_of(self, request_id: int) -> int | None:
        """The team it is to."""
        return await self._session.scalar(select(WorkRequest.team_id).where(WorkRequest.id == request_id))

    async def answer(self, request: WorkRequest, *, status: str, answer: str | None, by: int, now: datetime) -> None:
        """accepted or refused, with words."""
        request.status, request.answer, request.answered_by, request.answered_at = status, answer, by, now
        await self._session.flush()

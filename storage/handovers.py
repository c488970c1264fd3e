"""Leadership offered by the leader and taken by another; at most one offer is open in a team."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.errors import NotFound
from storage.tables import LeadershipOffer


class Handovers:
    """Queries over offers."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def open_in(self, team_id: int) -> LeadershipOffer | None:
        """The offer that waits for an answer."""
        open_offer = (LeadershipOffer.team_id == team_id) & (LeadershipOffer.status == "offered")
        return await self._session.scalar(select(LeadershipOffer).where(open_offer))

    async def offer(self, *, team_id: int, from_id: int, to_id: int, now: datetime) -> LeadershipOffer:
        """A new offer; the one that waited is withdrawn."""
        before = await self.open_in(team_id)
        if before is not None:
            await self.answer(before, status="withdrawn", now=now)
        offer = LeadershipOffer(
            team_id=team_id, from_id=from_id, to_id=to_id, status="offered", offered_at=now, answered_at=None
        )
        self._session.add(offer)
        await self._session.flush()
        return offer

    async def get(self, offer_id: int, *, team_id: int) -> LeadershipOffer:
        """The offer if it is this team's; NotFound otherwise."""
        offer = await self._session.get(LeadershipOffer, offer_id)
        if offer is None or offer.team_id != team_id:
            raise NotFound(what="offer", id=offer_id)
        return offer

    async def answer(self, offer: LeadershipOffer, *, status: str, now: datetime) -> None:
        """What became of it: accepted, refused or withdrawn."""
        offer.status, offer.answered_at = status, now
        await self._session.flush()

"""Consents: that a member agreed to a version of the text (Law 91/2025)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.vocabulary import ChannelName
from storage.tables import Consent


class Consents:
    """Queries over consents."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def give(self, *, member_id: int, version: str, channel: ChannelName, now: datetime) -> None:
        """Record it."""
        self._session.add(Consent(member_id=member_id, version=version, channel=channel, given_at=now))
        await self._session.flush()

    async def of(self, member_id: int) -> list[Consent]:
        """All that a member ever gave, oldest first."""
        return list(
            await self._session.scalars(select(Consent).where(Consent.member_id == member_id).order_by(Consent.id))
        )

"""Writing what happened before, many at once: for sample data and takeovers, not for what people report now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.vocabulary import ParticipantStatus
from storage.tables import Activity, ActivityParticipant, Outbox


@dataclass(frozen=True, slots=True)
class Happened:
    """An activity, and for whom else than its reporter it counts (member ids)."""

    activity: Activity
    companions: tuple[int, ...] = ()


class Past:
    """Bulk writing."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def add(self, happened: Sequence[Happened]) -> None:
        """File all of them; everybody has confirmed."""
        self._session.add_all(each.activity for each in happened)
        await self._session.flush()
        self._session.add_all(
            ActivityParticipant(
                activity_id=each.activity.id,
                member_id=member_id,
                status=ParticipantStatus.CONFIRMED,
                answered_at=each.activity.reported_at,
            )
            for each in happened
            for member_id in (each.activity.reporter_id, *each.companions)
        )
        await self._session.flush()

    async def count_as_sent(self, *, now: datetime) -> None:
        """Every message that waits was sent long ago: nobody is to get it now, and no job writes it again."""
        await self._session.execute(
            update(Outbox).where(Outbox.status.in_(("scheduled", "pending"))).values(status="sent", sent_at=now)
        )

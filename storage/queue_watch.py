"""The queues as people look at them: how many updates and messages are in which state, and the newest messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import Inbox, Outbox


@dataclass(frozen=True, slots=True)
class WatchedMessage:
    """One row of the outbox."""

    id: int
    status: str
    key: str
    channel: str
    chat_key: str
    attempts: int
    error: str
    created_at: datetime
    not_before: datetime
    sent_at: datetime | None
    text: str


class QueueWatch:
    """Looks only."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def updates(self) -> dict[str, int]:
        """How many updates are in each state."""
        rows = await self._session.execute(select(Inbox.status, func.count()).group_by(Inbox.status))
        return {row[0]: row[1] for row in rows}

    async def messages(self) -> dict[str, int]:
        """How many messages are in each state, settled ones included."""
        rows = await self._session.execute(select(Outbox.status, func.count()).group_by(Outbox.status))
        return {row[0]: row[1] for row in rows}

    async def dead_letters(self) -> int:
        """How many updates are set aside."""
        counted = select(func.count()).select_from(Inbox).where(Inbox.status == "dead")
        return await self._session.scalar(counted) or 0

    async def unhappy(self, *, since: datetime) -> dict[str, int]:
        """How many messages written since then failed, or may not have arrived."""
        rows = await self._session.execute(
            select(Outbox.status, func.count())
            .where(Outbox.created_at > since, Outbox.status.in_(("failed", "uncertain")))
            .group_by(Outbox.status)
        )
        return {row[0]: row[1] for row in rows}

    async def newest_of(self, topic: str) -> int | None:
        """The id of the message last written on this topic."""
        return await self._session.scalar(select(func.max(Outbox.id)).where(Outbox.topic == topic))

    async def newest(self, *, limit: int) -> list[WatchedMessage]:
        """The messages written last, the newest first."""
        rows = await self._session.scalars(select(Outbox).order_by(Outbox.id.desc()).limit(limit))
        return [_watched(row) for row in rows]

    async def is_busy(self, *, now: datetime) -> bool:
        """Whether anything waits to be handled or sent that is due already."""
        waiting = select(Inbox.id).where(Inbox.status.in_(("new", "fetching"))).exists()
        due = or_(
            Outbox.status.in_(("pending", "leased", "sending")),
            and_(Outbox.status == "scheduled", Outbox.not_before <= now),
        )
        return bool(await self._session.scalar(select(or_(waiting, select(Outbox.id).where(due).exists()))))


def _watched(row: Outbox) -> WatchedMessage:
    payload: dict[str, Any] = row.payload
    return WatchedMessage(
        id=row.id,
        status=row.status,
        key=row.dedupe_key,
        channel=row.channel,
        chat_key=row.chat_key,
        attempts=row.attempts,
        error=row.error or "",
        created_at=row.created_at,
        not_before=row.not_before,
        sent_at=row.sent_at,
        text=str(payload.get("text", "")),
    )

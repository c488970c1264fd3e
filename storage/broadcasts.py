"""Messages to many people, by the topic they share: how far they have got, holding them back, letting them go on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import case, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.broadcast import Progress
from bot.domain.messages import Chat, Outgoing
from storage.tables import Outbox

HELD = datetime(9999, 1, 1, tzinfo=UTC)
"""When a message that is held back is due: never, until somebody lets it go on."""
_WAITING = ("scheduled", "pending", "leased", "sending")
_PART = "%#%"  # keys of the earlier parts of a message that was split


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message that arrived: where, and how it can be edited."""

    member_id: int | None
    chat: Chat
    message_id: str


class Broadcasts:
    """Queries over outbox rows of one topic."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def progress(self, topic: str) -> Progress:
        """How far it has got; a message that was split counts once."""
        rows = await self._session.execute(
            select(
                Outbox.status,
                func.count(),
                func.sum(case((Outbox.not_before >= HELD, 1), else_=0)),
                func.min(Outbox.sent_at),
                func.max(Outbox.sent_at),
            )
            .where(Outbox.topic == topic, Outbox.dedupe_key.not_like(_PART))
            .group_by(Outbox.status)
        )
        found = {row[0]: row for row in rows}
        sent = found.get("sent")
        waiting = [found[status] for status in _WAITING if status in found]
        return Progress(
            sent=sent[1] if sent else 0,
            waiting=sum(row[1] for row in waiting),
            failed=found["failed"][1] if "failed" in found else 0,
            uncertain=found["uncertain"][1] if "uncertain" in found else 0,
            held=sum(int(row[2] or 0) for row in waiting),
            first_sent=sent[3] if sent else None,
            last_sent=sent[4] if sent else None,
        )

    async def hold(self, topic: str) -> int:
        """Keep back what has not left yet; returns how many."""
        result = await self._session.execute(
            update(Outbox)
            .where(Outbox.topic == topic, Outbox.status.in_(("scheduled", "pending", "leased")))
            .values(status="scheduled", not_before=HELD, attempts=0, leased_by=None, lease_until=None)
            .returning(Outbox.id)
        )
        return len(result.all())

    async def release(self, topic: str, *, at: datetime) -> int:
        """Let what was held back go on from a moment; returns how many."""
        result = await self._session.execute(
            update(Outbox)
            .where(Outbox.topic == topic, Outbox.status == "scheduled", Outbox.not_before >= HELD)
            .values(not_before=at)
            .returning(Outbox.id)
        )
        return len(result.all())

    async def sent(self, topic: str) -> list[SentMessage]:
        """What arrived whole in one message, the newest of each chat; split ones cannot be edited as one."""
        rows = await self._session.scalars(
            select(Outbox).where(Outbox.topic == topic, Outbox.status == "sent").order_by(Outbox.id)
        )
        newest: dict[str, SentMessage] = {}
        split: set[str] = set()
        for row in rows:
            chat = Outgoing.model_validate(row.payload).chat
            if "#" in row.dedupe_key:
                split.add(row.chat_key)
            if row.message_id:
                newest[row.chat_key] = SentMessage(row.member_id, chat, row.message_id)
        return [each for key, each in newest.items() if key not in split]

    async def reached(self, topic: str) -> list[tuple[int | None, Chat]]:
        """Every member and chat that anything of it arrived at."""
        rows = await self._session.scalars(
            select(Outbox).where(Outbox.topic == topic, Outbox.status == "sent").order_by(Outbox.id)
        )
        found = {row.chat_key: (row.member_id, Outgoing.model_validate(row.payload).chat) for row in rows}
        return list(found.values())

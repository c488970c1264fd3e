"""Messages that are kept up to date by editing them: boards and progress, one copy for each reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.messages import Chat, Choice, ChoiceList, Delivery, Outgoing, Priority
from storage.outbox import OutboxQueue
from storage.tables import Outbox

Rows = Sequence[Sequence[Choice]]


@dataclass(frozen=True, slots=True)
class _Copy:
    """The latest row of one reader, and the message that it can be edited into."""

    latest: Outbox
    message_id: str


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """A message that stands in a chat since a moment."""

    message_id: str
    sent_at: datetime
    has_file: bool


class LiveMessages:
    """Queries over what was sent on a topic, and edits of it."""

    def __init__(self, session: AsyncSession, outbox: OutboxQueue) -> None:
        """Over one session."""
        self._session = session
        self._outbox = outbox

    async def update(self, topic: str, text: str, rows: Mapping[int, Rows], *, now: datetime) -> int:
        """Let the copies of this topic say this; an edit that has not left yet is replaced. Returns how many change.

        `rows` are the choices of each reader; whoever is not among them gets no news of it any more. Where messages
        cannot be edited nothing is sent.
        """
        stale: list[tuple[_Copy, ChoiceList | None]] = []
        for member_id, copy in (await self._copies(topic)).items():
            shown = tuple(tuple(row) for row in rows.get(member_id, ()) if row)
            choices = ChoiceList(rows=shown) if shown else None
            if member_id in rows and not _says(copy.latest, text, choices):
                stale.append((copy, choices))
        await self._outbox.cancel_rows(
            [copy.latest.id for copy, _ in stale if copy.latest.status in ("scheduled", "pending")]
        )
        messages = [(self._edit(copy, text, choices), _delivery(copy.latest, topic)) for copy, choices in stale]
        return await self._outbox.put_many(messages, now=now)

    async def shown_in(self, chat: Chat, topics: Sequence[str]) -> list[ShownMessage]:
        """Every message on these topics that arrived in a chat, each once, as it was sent first."""
        rows = await self._session.scalars(
            select(Outbox)
            .where(
                Outbox.topic.in_(topics), Outbox.chat_key == chat.key, Outbox.status == "sent", Outbox.message_id != ""
            )
            .order_by(Outbox.id)
        )
        found: dict[str, ShownMessage] = {}
        for row in rows:
            if row.message_id and row.sent_at is not None:
                shown = ShownMessage(row.message_id, row.sent_at, bool(row.payload.get("attachments")))
                found.setdefault(row.message_id, shown)
        return list(found.values())

    async def _copies(self, topic: str) -> dict[int, _Copy]:
        rows = await self._session.scalars(
            select(Outbox)
            .where(Outbox.topic == topic, Outbox.member_id.is_not(None), Outbox.status.not_in(("failed", "dropped")))
            .order_by(Outbox.id)
        )
        found: dict[int, _Copy] = {}
        for row in rows:
            before = found.get(row.member_id or 0)
            fresh = not row.payload.get("replaces")
            message_id = (row.message_id or "") if fresh else (before.message_id if before else "")
            found[row.member_id or 0] = _Copy(row, message_id)
        return found

    def _edit(self, copy: _Copy, text: str, choices: ChoiceList | None) -> Outgoing:
        before = Outgoing.model_validate(copy.latest.payload)
        return Outgoing(
            chat=before.chat,
            text=text,
            choices=choices,
            replaces=copy.message_id,
            only_if_editable=bool(copy.message_id),
        )


def _delivery(latest: Outbox, topic: str) -> Delivery:
    return Delivery(
        dedupe_key=f"{topic}:after-{latest.id}",
        priority=Priority.REMINDER,
        member_id=latest.member_id,
        topic=topic,
    )


def _says(row: Outbox, text: str, choices: ChoiceList | None) -> bool:
    shown = Outgoing.model_validate(row.payload)
    return row.status != "cancelled" and shown.text == text and shown.choices == choices

"""Messages to send: written with the records they belong to, each key once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.messages import Chat, Delivery, Outgoing
from bot.domain.vocabulary import ChannelName, ChatKind
from storage.keyboards import Keyboards, new_keyboard
from storage.payloads import Payload, Payloads, Splitter
from storage.rows import insert_ignoring
from storage.tables import Outbox

AT_ONCE = datetime(2000, 1, 1, tzinfo=UTC)
_KEYS_A_QUERY = 500
_WORTH_ASKING = 4  # messages; fewer are written without asking first, the database leaves out those it has


class OutboxQueue:
    """The writing side of the outbox; the sending side is in outbox_delivery."""

    def __init__(
        self, session: AsyncSession, *, splitters: Mapping[ChannelName, Splitter], keyboards: Keyboards
    ) -> None:
        """Over one session; `splitters` cut a message into the single calls its channel needs."""
        self._session = session
        self._splitters = splitters
        self._keyboards = keyboards
        self.cause = ""
        """The update that is being handled: messages written from now on come of it."""

    async def put(self, message: Outgoing, delivery: Delivery, *, user_id: str | None = None, now: datetime) -> bool:
        """Write a message unless its key exists; returns whether it is new.

        `user_id` is whom personal choices are for; in a private chat it is the chat's own id by default.
        `now` decides whether a message for later is due already.
        """
        return bool(await self.put_many([(message, delivery)], user_id=user_id, now=now))

    async def put_many(
        self, messages: Sequence[tuple[Outgoing, Delivery]], *, user_id: str | None = None, now: datetime
    ) -> int:
        """Write those messages whose keys do not exist; returns how many were new. A few statements in all.

        Another process may write the same at the same moment: what counts is which rows the database took.
        """
        keys = [delivery.dedupe_key for _, delivery in messages]
        known = await self.existing_keys(keys) if len(keys) > _WORTH_ASKING else set[str]()
        payloads = Payloads(self._splitters)
        rows: list[dict[str, Any]] = []
        keyboards: dict[str, dict[str, Any]] = {}
        mine: set[str] = set()
        for message, delivery in messages:
            key = delivery.dedupe_key
            if key in known or key in mine:
                continue
            mine.add(key)
            keyboard = _keyboard_of(message, user_id=user_id, shown_at=max(now, delivery.not_before or now))
            if keyboard is not None:
                keyboards[key] = keyboard
            choices_key = keyboard["key"] if keyboard is not None else message.choices_key
            parts = payloads.of(message, choices_key=choices_key)
            rows += _rows(message.chat, parts, delivery, now=now, cause=self.cause)
        if not rows:
            return 0
        insert = insert_ignoring(self._session, Outbox, ["dedupe_key"], returning=["dedupe_key"])
        written = mine.intersection(await self._session.scalars(insert, rows))
        await self._keyboards.remember_many([row for key, row in keyboards.items() if key in written])
        return len(written)

    async def existing_keys(self, keys: Sequence[str]) -> set[str]:
        """Which of these keys have been written already."""
        found: set[str] = set()
        for start in range(0, len(keys), _KEYS_A_QUERY):
            some = keys[start : start + _KEYS_A_QUERY]
            found.update(await self._session.scalars(select(Outbox.dedupe_key).where(Outbox.dedupe_key.in_(some))))
        return found

    async def cancel_topic(self, topic: str) -> int:
        """Drop what has not left yet on this topic; returns how many."""
        result = await self._session.execute(
            update(Outbox)
            .where(Outbox.topic == topic, Outbox.status.in_(("scheduled", "pending", "leased")))
            .values(status="cancelled")
            .returning(Outbox.id)
        )
        return len(result.all())

    async def cancel_member(self, member_id: int) -> None:
        """Drop what has not left yet for a member whose access has ended."""
        waiting = Outbox.status.in_(("scheduled", "pending", "leased"))
        await self._session.execute(
            update(Outbox).where(Outbox.member_id == member_id, waiting).values(status="cancelled")
        )

    async def cancel_rows(self, ids: Sequence[int]) -> None:
        """Drop these messages if they have not left yet."""
        if not ids:
            return
        await self._session.execute(
            update(Outbox)
            .where(Outbox.id.in_(list(ids)), Outbox.status.in_(("scheduled", "pending", "leased")))
            .values(status="cancelled")
        )

    async def move_chat(self, channel: ChannelName, *, old: str, new: str) -> None:
        """A group has a new id: what waits for it goes there."""
        old_chat = Chat(channel=channel, chat_id=old)
        rows = await self._session.scalars(
            select(Outbox).where(Outbox.chat_key == old_chat.key, Outbox.status.in_(("scheduled", "pending", "leased")))
        )
        for row in rows:
            payload = dict(row.payload)
            payload["chat"] = {**payload["chat"], "chat_id": new}
            row.payload = payload
            row.chat_key = Chat(channel=channel, chat_id=new).key
        await self._session.flush()


def _keyboard_of(message: Outgoing, *, user_id: str | None, shown_at: datetime) -> dict[str, Any] | None:
    """The row that remembers its choices; none when it has none, or they are remembered already."""
    if message.choices is None or message.choices_key:
        return None
    owner = user_id or (message.chat.chat_id if message.chat.kind is ChatKind.PRIVATE else None)
    return new_keyboard(message.choices, chat_key=message.chat.key, user_id=owner, now=shown_at)


def _rows(
    chat: Chat, parts: Sequence[Payload], delivery: Delivery, *, now: datetime, cause: str
) -> list[dict[str, Any]]:
    """One row a part; the last carries the plain key, so that it is the one that tells whether all was written."""
    due = delivery.not_before or AT_ONCE
    waits = due > now
    common = {
        "channel": chat.channel,
        "chat_key": chat.key,
        "is_group": chat.kind is ChatKind.GROUP,
        "priority": int(delivery.priority),
        "status": "scheduled" if waits else "pending",
        "guard": delivery.guard.model_dump(mode="json") if delivery.guard else None,
        "as_of": delivery.as_of,
        "not_before": due if waits else AT_ONCE,
        "expires_at": delivery.expires_at,
        "resend_when_unsure": delivery.resend_when_unsure,
        "member_id": delivery.member_id,
        "author_member_id": delivery.author_member_id,
        "topic": delivery.topic,
        "created_at": now,
        "attempts": 0,
        "cause": cause,
    }
    key, last = delivery.dedupe_key, len(parts) - 1
    return [
        {**common, "dedupe_key": key if index == last else f"{key}#{index}", "payload": payload}
        for index, payload in enumerate(parts)
    ]

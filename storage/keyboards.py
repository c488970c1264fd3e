"""The lists of choices that were shown, so that a press or a number can be understood and checked.

A list counts from its arrival on: one that waits in the outbox, or was dropped there, is not what a number means.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.messages import ChoiceList
from storage.rows import table_of
from storage.tables import Keyboard, Outbox

_CLOCKS_APART = timedelta(seconds=2)  # platforms and this machine do not tell quite the same time


@dataclass(frozen=True, slots=True)
class ShownList:
    """A list as it was shown, to whom, and where."""

    key: str
    chat_key: str
    user_id: str | None
    choices: ChoiceList
    arrived_at: datetime | None


@dataclass(frozen=True, slots=True)
class Coming:
    """A list that has not arrived as far as is known; while it is being sent its reader may see it already."""

    shown: ShownList
    is_being_sent: bool


class Keyboards:
    """Queries over shown lists."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def remember_many(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Keep lists made by `new_keyboard`, in one statement."""
        if rows:
            await self._session.execute(_keeping(), list(rows))

    async def find(self, key: str) -> ShownList | None:
        """The list of this key."""
        return _shown(await self._session.scalar(_of_key(), {"key": key}))

    async def latest(self, chat_key: str, *, now: datetime) -> ShownList | None:
        """The list shown last in a chat; those that have not arrived, or never will, do not count."""
        return _shown(await self._session.scalar(_latest(), {"chat": chat_key, "now": now}))

    async def on_its_way(self, chat_key: str) -> Coming | None:
        """The newest list that is about to be sent to a chat; None when nobody waits for one."""
        rows = await self._session.execute(_on_their_way(), {"chat": chat_key})
        keys = [(str(row.payload["choices_key"]), row.status) for row in rows if row.payload.get("choices_key")]
        shown = await self.find(keys[0][0]) if keys else None
        return Coming(shown, is_being_sent=keys[0][1] == "sending") if shown else None

    async def arrived(self, key: str, *, now: datetime, at: datetime | None = None) -> None:
        """The list has been sent at this moment; `at` is the platform's own time of it, where it tells."""
        seen_from = at or now - _CLOCKS_APART
        await self._session.execute(_arriving(), {"arrived": key, "now": now, "from": seen_from})


def new_keyboard(choices: ChoiceList, *, chat_key: str, user_id: str | None, now: datetime) -> dict[str, Any]:
    """The columns of a list that is to be shown at this moment, with an unguessable key."""
    return {
        "key": secrets.token_urlsafe(12),
        "chat_key": chat_key,
        "user_id": user_id if choices.personal else None,
        "dialogue_version": choices.dialogue_version,
        "choices": choices.model_dump(mode="json", exclude_defaults=True),
        "shown_at": now,
        "arrived_at": None,
    }


def _shown(row: Keyboard | None) -> ShownList | None:
    if row is None:
        return None
    return ShownList(row.key, row.chat_key, row.user_id, ChoiceList.model_validate(row.choices), row.arrived_at)


@cache
def _keeping() -> Any:
    return insert(table_of(Keyboard))


@cache
def _of_key() -> Any:
    return select(Keyboard).where(Keyboard.key == bindparam("key"))


@cache
def _latest() -> Any:
    return (
        select(Keyboard)
        .where(
            Keyboard.chat_key == bindparam("chat"),
            Keyboard.shown_at <= bindparam("now"),
            Keyboard.arrived_at.is_not(None),
        )
        .order_by(Keyboard.shown_at.desc(), Keyboard.id.desc())
        .limit(1)
    )


@cache
def _on_their_way() -> Any:
    return (
        select(Outbox.payload, Outbox.status)
        .where(Outbox.chat_key == bindparam("chat"), Outbox.status.in_(("pending", "leased", "sending")))
        .order_by(Outbox.id.desc())
    )


@cache
def _arriving() -> Any:
    rows = table_of(Keyboard)
    values: dict[str, Any] = {"shown_at": bindparam("now"), "arrived_at": bindparam("from")}
    return update(rows).where(rows.c.key == bindparam("arrived")).values(values)

"""Limits on sending that hold over all processes, because they live in the database.

The whole bot is paced twice by the generic cell rate algorithm. A claim takes slots ahead of time and may catch up a
little after a pause; the beginning of each call is spaced once more, without any catching up, because what was claimed
in time may begin late when the machine is busy. A private chat has one message a second, a group twenty a minute.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Float, bindparam, case, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import insert_ignoring, insert_or_update, is_sqlite, table_of, upsert
from storage.tables import Outbox, RateSlot

_MINUTE = timedelta(minutes=1)
_ABOVE_THE_LIMIT = 1.02  # how much faster than the limit calls may follow one another, to make up for a late one
_CLOCK_STEPPED = 10.0  # seconds ahead that no slot ever is, unless the machine's clock was set back


@dataclass(frozen=True, slots=True)
class Limits:
    """What a platform allows; the defaults are Telegram's, with a margin."""

    per_second: float = 28.0
    tolerance: float = 4.0
    """Messages that may be claimed ahead of their even spacing after a pause."""
    chat_interval: float = 1.0
    """Seconds between two messages to one chat."""
    group_per_minute: int = 20


def pace(next_at: float, now: float, limits: Limits) -> tuple[float, float]:
    """When the next message may go, and the time to remember for the one after it (seconds since 1970)."""
    spacing = 1 / limits.per_second
    if next_at > now + _CLOCK_STEPPED:
        next_at = now
    due = max(next_at, now - spacing * limits.tolerance)
    return max(due, now), due + spacing


class RateLimits:
    """The slots of a bot and its chats."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def lock(self, key: str) -> float:
        """The bot's next time, held against other processes until the transaction ends."""
        await self._session.execute(insert_ignoring(self._session, RateSlot, ["key"]), [{"key": key, "next_at": 0.0}])
        statement = select(RateSlot.next_at).where(RateSlot.key == key).with_for_update()
        return (await self._session.execute(statement)).scalar_one()

    async def begin(self, key: str, *, moment: float, limits: Limits) -> float:
        """When the next call of this bot may begin, at the earliest now; the one after it waits its spacing."""
        cell, spacing = f"begun:{key}", 1 / (limits.per_second * _ABOVE_THE_LIMIT)
        values = {"cell": cell, "now": moment, "step": moment + _CLOCK_STEPPED, "spacing": spacing}
        row = await self._session.execute(_beginning(is_sqlite(self._session)), values | {"first": moment + spacing})
        return row.scalar_one() - spacing

    async def set(self, slots: Iterable[tuple[str, float]]) -> None:
        """Remember the next times."""
        rows = [{"key": key, "next_at": next_at} for key, next_at in slots]
        if rows:
            await self._session.execute(upsert(self._session, RateSlot, ["key"], ["next_at"]), rows)

    async def pause(self, key: str, *, since: float, until: float) -> None:
        """Nothing for this bot between these moments."""
        await self.set([(f"pause:{key}", until), (f"paused:{key}", since)])

    async def is_paused(self, key: str, moment: float) -> bool:
        """Whether the platform asked to wait; not when the clock has been set back to before it asked."""
        keys = (f"pause:{key}", f"paused:{key}")
        rows = await self._session.execute(select(RateSlot.key, RateSlot.next_at).where(RateSlot.key.in_(keys)))
        found = {row[0]: row[1] for row in rows}
        return found.get(keys[1], 0.0) - _CLOCK_STEPPED <= moment < found.get(keys[0], 0.0)

    async def group_wait(self, chat_key: str, *, now: datetime, limits: Limits) -> float:
        """Seconds until a group has room: a minute after the oldest of its last full set was sent."""
        lately = Outbox.sending_at.between(now - _MINUTE, now + _MINUTE)  # later only before the clock was set back
        moments = list(
            await self._session.scalars(
                select(Outbox.sending_at)
                .where(Outbox.chat_key == chat_key, lately)
                .order_by(Outbox.sending_at.desc())
                .limit(limits.group_per_minute)
            )
        )
        oldest = moments[-1] if len(moments) >= limits.group_per_minute else None
        return (oldest + _MINUTE - now).total_seconds() if oldest else 0.0


@cache
def _beginning(on_sqlite: bool) -> Any:
    """Built once: every message asks it."""
    slot = table_of(RateSlot).c
    is_free = or_(slot.next_at < bindparam("now", type_=Float), slot.next_at > bindparam("step", type_=Float))
    following = case((is_free, bindparam("now", type_=Float)), else_=slot.next_at) + bindparam("spacing", type_=Float)
    statement = insert_or_update(RateSlot, ["key"], {"next_at": following}, on_sqlite=on_sqlite)
    return statement.values({"key": bindparam("cell"), "next_at": bindparam("first")}).returning(slot.next_at)

"""Updates as they came: stored once, handled in order within a chat, set aside after three failures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.domain.vocabulary import ChannelName
from storage.rows import insert_ignoring, table_of
from storage.tables import Inbox

MAX_ATTEMPTS = 3
_CLOCK_STEPPED = timedelta(minutes=1)  # later than now that nothing was received, unless the clock was set back
_RETRY_AFTER = (timedelta(seconds=0.2), timedelta(seconds=2))


@dataclass(frozen=True, slots=True)
class NewUpdate:
    """An update to store."""

    channel: ChannelName
    external_id: str
    chat_key: str
    raw: dict[str, Any]
    status: str = "new"
    error: str | None = None


class InboxQueue:
    """The queue of incoming updates."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def put(self, updates: Sequence[NewUpdate], *, now: datetime) -> int:
        """Store updates that are not stored yet; returns how many were new."""
        if not updates:
            return 0
        rows = [
            {
                "channel": update.channel,
                "external_id": update.external_id,
                "chat_key": update.chat_key,
                "raw": update.raw,
                "status": update.status,
                "error": update.error,
                "received_at": now,
                "available_at": now,
                "attempts": 0,
            }
            for update in updates
        ]
        insert = insert_ignoring(self._session, Inbox, ["channel", "external_id"], returning=["id"])
        return len((await self._session.execute(insert, rows)).all())

    async def blank(self, channel: ChannelName, external_id: str) -> None:
        """Forget what an update said, such as the choice in a secret vote; that it came stays known."""
        this = (Inbox.channel == channel) & (Inbox.external_id == external_id)
        await self._session.execute(update(Inbox).where(this).values(raw={}))

    async def claim(self, *, limit: int, now: datetime) -> list[Inbox]:
        """The oldest waiting update of each chat, locked against other processes until the transaction ends."""
        values = {"now": now, "step": now + _CLOCK_STEPPED, "most": limit}
        return list(await self._session.scalars(_first_of_each_chat(), values))

    async def finish(self, ids: Iterable[int], *, now: datetime) -> None:
        """These are handled."""
        await self._session.execute(_finishing(), {"ids": list(ids), "now": now})

    async def wait(self, inbox_id: int, *, until: datetime) -> None:
        """It is to be handled later, and has not failed; what came after it in its chat waits too."""
        await self._session.execute(update(Inbox).where(Inbox.id == inbox_id).values(available_at=until))

    async def fail(self, inbox_id: int, *, error: str, now: datetime) -> bool:
        """Count a failure; returns True when the update is now set aside."""
        row = await self._session.get_one(Inbox, inbox_id)
        row.attempts += 1
        row.error = error
        if row.attempts >= MAX_ATTEMPTS:
            row.status = "dead"
            row.handled_at = now
        else:
            row.available_at = now + _RETRY_AFTER[row.attempts - 1]
        await self._session.flush()
        return row.status == "dead"

    async def waiting_for_files(self, *, limit: int, now: datetime) -> list[Inbox]:
        """Updates whose files are still to be downloaded."""
        return list(
            await self._session.scalars(
                select(Inbox).where(Inbox.status == "fetching", _is_available(now)).order_by(Inbox.id).limit(limit)
            )
        )

    async def postpone_fetch(self, inbox_id: int, *, until: datetime) -> None:
        """Try the download again later."""
        await self._session.execute(
            update(Inbox).where(Inbox.id == inbox_id).values(available_at=until, attempts=Inbox.attempts + 1)
        )

    async def files_ready(self, inbox_id: int, files: dict[str, Any], *, now: datetime) -> None:
        """Downloads are done (or refused): the update may be handled."""
        await self._session.execute(
            update(Inbox)
            .where(Inbox.id == inbox_id, Inbox.status == "fetching")
            .values(status="new", files=files, attempts=0, available_at=now)
        )

    async def dead_letters(self) -> list[Inbox]:
        """Everything set aside, oldest first."""
        return list(await self._session.scalars(select(Inbox).where(Inbox.status == "dead").order_by(Inbox.id)))

    async def retry(self, ids: Sequence[int], *, now: datetime) -> int:
        """Put set-aside updates back; no ids means all."""
        statement = update(Inbox).where(Inbox.status == "dead")
        if ids:
            statement = statement.where(Inbox.id.in_(list(ids)))
        result = await self._session.execute(
            statement.values(status="new", attempts=0, available_at=now).returning(Inbox.id)
        )
        return len(result.all())

    async def lag(self, *, now: datetime) -> tuple[int, float]:
        """How many updates wait, and how many seconds the oldest has waited."""
        count, oldest = (
            await self._session.execute(
                select(func.count(), func.min(Inbox.received_at)).where(Inbox.status.in_(("new", "fetching")))
            )
        ).one()
        return count, max(0.0, (now - oldest).total_seconds()) if oldest else 0.0


def _is_available(now: datetime) -> ColumnElement[bool]:
    """Its time has come; what seems to come from the future need not wait for the clock to get there again."""
    return or_(Inbox.available_at <= now, Inbox.received_at > now + _CLOCK_STEPPED)


@cache
def _first_of_each_chat() -> Any:
    available = or_(Inbox.available_at <= bindparam("now"), Inbox.received_at > bindparam("step"))
    earlier = aliased(Inbox)
    open_states = ("new", "fetching")
    blocked = (
        select(earlier.id)
        .where(earlier.chat_key == Inbox.chat_key, earlier.status.in_(open_states), earlier.id < Inbox.id)
        .exists()
    )
    return (
        select(Inbox)
        .where(Inbox.status == "new", available, ~blocked)
        .order_by(Inbox.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
    )


@cache
def _finishing() -> Any:
    row = table_of(Inbox).c
    values: dict[str, Any] = {"status": "done", "handled_at": bindparam("now"), "error": None}
    return update(table_of(Inbox)).where(row.id.in_(bindparam("ids", expanding=True))).values(values)

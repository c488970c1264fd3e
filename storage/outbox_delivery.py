"""The sending side of the outbox: claim, mark, and settle what became of each message.

States: scheduled → pending → leased → sending → sent | failed | uncertain | dropped; `sending` is committed before
the call, so that after a crash exactly the messages in `sending` are ambiguous.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.domain.vocabulary import ChannelName
from storage.advisory_locks import absent
from storage.rate_limits import Limits, RateLimits, pace
from storage.rows import table_of
from storage.tables import Outbox, RateSlot

_CLOCK_STEPPED = 120.0  # seconds ahead that no chat ever waits, unless the machine's clock was set back
_OPEN = ("scheduled", "pending", "leased", "sending")


@dataclass(frozen=True, slots=True)
class Claimed:
    """A leased row and the moment its slot begins (seconds since 1970)."""

    row: Outbox
    send_at: float


class OutboxDelivery:
    """What delivery asks of the outbox."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session
        self._rates = RateLimits(session)

    async def promote(self, *, now: datetime) -> int:
        """Rows whose time has come become pending; returns how many.

        What was to be tried again before the machine's clock was set back is tried again now.
        """
        moments = {"now": now, "step": now + timedelta(seconds=_CLOCK_STEPPED)}
        return len((await self._session.execute(_promoting(), moments)).all())

    async def claim(
        self,
        channel: ChannelName,
        *,
        worker: str,
        limits: Limits,
        limit: int,
        horizon: float,
        lease: timedelta,
        now: datetime,
        moment: float,
    ) -> list[Claimed]:
        """Lease messages that may go within `horizon` seconds, the most urgent first, one a chat.

        `now` is the product's clock, `moment` the machine's in seconds since 1970, by which sending is paced.
        """
        candidates = await self._candidates(channel, limit=limit, moment=moment, horizon=horizon)
        if not candidates:
            return []
        next_at = await self._rates.lock(str(channel))
        if await self._rates.is_paused(str(channel), moment):
            return []
        claimed: list[Claimed] = []
        slots: list[tuple[str, float]] = []
        for row, chat_free_at in candidates:
            if row.is_group:
                free_at = await self._rates.group_wait(row.chat_key, now=now, limits=limits)
                if free_at > 0:
                    slots.append((row.chat_key, moment + free_at))
                    continue
            send_at, following = pace(next_at, moment, limits)
            if send_at > moment + horizon:
                break
            next_at = following
            send_at = max(send_at, chat_free_at)
            slots.append((row.chat_key, send_at + limits.chat_interval))
            claimed.append(Claimed(row, send_at))
        await self._rates.set([(str(channel), next_at), *slots])
        await self._lease([claim.row.id for claim in claimed], worker=worker, until=now + lease)
        return claimed

    async def _candidates(
        self, channel: ChannelName, *, limit: int, moment: float, horizon: float
    ) -> Sequence[tuple[Outbox, float]]:
        """The first open message of each chat that has room soon, with the time from which the chat has room."""
        values = {"channel": channel, "most": limit, "soon": moment + horizon, "step": moment + _CLOCK_STEPPED}
        found: Any = await self._session.execute(_first_of_each_chat(), values)
        rows: list[tuple[Outbox, float]] = [(row[0], row[1]) for row in found]
        return [(row, free if free <= moment + horizon else 0.0) for row, free in rows]

    async def _lease(self, ids: list[int], *, worker: str, until: datetime) -> None:
        await self._session.execute(_leasing(), {"ids": ids, "worker": worker, "until": until})

    async def waiting_behind(self, row: Outbox) -> list[Outbox]:
        """What would go to the same chat next, in order; what somebody is cancelling this moment is left out."""
        statement = (
            select(Outbox)
            .where(Outbox.chat_key == row.chat_key, Outbox.status == "pending", Outbox.id != row.id)
            .order_by(Outbox.priority, Outbox.id)
            .with_for_update(skip_locked=True)
        )
        return list(await self._session.scalars(statement))

    async def take_along(self, ids: Sequence[int], *, worker: str, until: datetime, now: datetime) -> None:
        """Mark as being sent what goes out in one call with a row that is; in the same transaction."""
        await self._session.execute(
            update(Outbox)
            .where(Outbox.id.in_(list(ids)), Outbox.status == "pending")
            .values(status="sending", leased_by=worker, sending_at=now, lease_until=until, attempts=Outbox.attempts + 1)
        )

    async def begin_sending(
        self,
        row_id: int,
        *,
        channel: ChannelName,
        worker: str,
        limits: Limits,
        lease: timedelta,
        now: datetime,
        moment: float,
    ) -> float | None:
        """Commit this before the call; seconds until it may be made, or None: cancelled or taken away meanwhile.

        `moment` is the machine's time in seconds since 1970, `now` the product's; `lease` begins with the call.
        """
        wait = max(0.0, await self._rates.begin(str(channel), moment=moment, limits=limits) - moment)
        called = now + timedelta(seconds=wait)
        values = {"row_id": row_id, "worker": worker, "called": called, "until": called + lease}
        result = await self._session.execute(_beginning(), values)
        return None if result.first() is None else wait

    async def settle(
        self, row_id: int, status: str, *, now: datetime, error: str | None = None, message_id: str | None = None
    ) -> None:
        """The end of a row: sent, failed, uncertain or dropped."""
        values = {
            "row_id": row_id,
            "to_status": status,
            "why": error,
            "message": message_id,
            "arrived": now if status == "sent" else None,
        }
        await self._session.execute(_settling(), values)

    async def postpone(self, row_id: int, *, until: datetime, error: str | None) -> None:
        """Try again later; the row keeps its place within its chat."""
        await self._session.execute(
            update(Outbox)
            .where(Outbox.id == row_id)
            .values(status="scheduled", not_before=until, error=error, lease_until=None, leased_by=None)
        )

    async def release(self, ids: Iterable[int], *, worker: str) -> None:
        """Give leased rows back unsent, when stopping."""
        await self._session.execute(
            update(Outbox)
            .where(Outbox.id.in_(list(ids)), Outbox.status == "leased", Outbox.leased_by == worker)
            .values(status="pending", leased_by=None, lease_until=None)
        )

    async def absent_workers(self) -> set[str]:
        """Workers with something in hand that no longer live; nobody on SQLite, where leases tell."""
        if self._session.get_bind().dialect.name == "sqlite":
            return set()
        names = await self._session.scalars(
            select(Outbox.leased_by).where(Outbox.status.in_(("leased", "sending"))).distinct()
        )
        return await absent(self._session, [name for name in names if name])

    async def recover(
        self, *, now: datetime, everything: bool = False, dead: Iterable[str] = (), in_hand: Iterable[int] = ()
    ) -> list[Outbox]:
        """After a crash: leased rows go back, ambiguous ones are sent again or become uncertain.

        `everything`: no other process can be alive, so leases need not expire; `dead`: workers whose leases need not;
        `in_hand`: the caller's own, which no step of the clock makes anybody else's. Returns the uncertain rows.
        """
        is_over = or_(Outbox.lease_until < now, Outbox.leased_by.in_(list(dead)))
        expired = true() if everything else and_(is_over, Outbox.id.not_in(list(in_hand)))
        await self._session.execute(
            update(Outbox)
            .where(Outbox.status == "leased", expired)
            .values(status="pending", leased_by=None, lease_until=None)
        )
        await self._session.execute(
            update(Outbox)
            .where(Outbox.status == "sending", expired, Outbox.resend_when_unsure)
            .values(status="pending", leased_by=None, lease_until=None, error="interrupted; sent again")
        )
        rows = await self._session.scalars(
            update(Outbox)
            .where(Outbox.status == "sending", expired, ~Outbox.resend_when_unsure)
            .values(status="uncertain", lease_until=None, error="interrupted while sending")
            .returning(Outbox)
        )
        return list(rows)

    async def pause(self, channel: ChannelName, *, since: float, until: float) -> None:
        """The platform asked the whole bot to wait (seconds since 1970)."""
        await self._rates.pause(str(channel), since=since, until=until)

    async def counts(self) -> dict[str, int]:
        """How many messages are in each open or unhappy state."""
        rows = await self._session.execute(
            select(Outbox.status, func.count())
            .where(Outbox.status.in_((*_OPEN, "failed", "uncertain")))
            .group_by(Outbox.status)
        )
        return {row[0]: row[1] for row in rows}

    async def lag(self, *, now: datetime) -> float:
        """Seconds since the oldest pending answer was written."""
        oldest = await self._session.scalar(
            select(func.min(Outbox.created_at)).where(Outbox.status == "pending", Outbox.priority == 0)
        )
        return (now - oldest.astimezone(UTC)).total_seconds() if oldest else 0.0


# Building a statement costs more than carrying it out: those that every message needs are built once.


@cache
def _promoting() -> Any:
    row = table_of(Outbox).c
    retry_before_the_step = and_(row.attempts > 0, row.sending_at > bindparam("step"))
    return (
        update(table_of(Outbox))
        .where(row.status == "scheduled", or_(row.not_before <= bindparam("now"), retry_before_the_step))
        .values(status="pending")
        .returning(row.id)
    )


@cache
def _first_of_each_chat() -> Any:
    earlier = aliased(Outbox)
    ahead = or_(
        earlier.status.in_(("leased", "sending")),
        and_(
            earlier.status == "pending",
            or_(
                earlier.priority < Outbox.priority,
                and_(earlier.priority == Outbox.priority, earlier.id < Outbox.id),
            ),
        ),
        # one that waits to be tried again keeps its place
        and_(
            earlier.status == "scheduled",
            earlier.attempts > 0,
            earlier.priority == Outbox.priority,
            earlier.id < Outbox.id,
        ),
    )
    blocked = (
        select(earlier.id)
        .where(
            earlier.chat_key == Outbox.chat_key,
            earlier.id != Outbox.id,
            earlier.status.in_(_OPEN),
            ahead,
        )
        .exists()
    )
    free_at = func.coalesce(RateSlot.next_at, 0.0)
    return (
        select(Outbox, free_at)
        .outerjoin(RateSlot, RateSlot.key == Outbox.chat_key)
        .where(
            Outbox.status == "pending",
            Outbox.channel == bindparam("channel"),
            or_(free_at <= bindparam("soon"), free_at > bindparam("step")),
            ~blocked,
        )
        .order_by(Outbox.priority, Outbox.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True, of=Outbox)
    )


@cache
def _leasing() -> Any:
    row = table_of(Outbox).c
    values: dict[str, Any] = {"status": "leased", "leased_by": bindparam("worker"), "lease_until": bindparam("until")}
    return update(table_of(Outbox)).where(row.id.in_(bindparam("ids", expanding=True))).values(values)


@cache
def _beginning() -> Any:
    row = table_of(Outbox).c
    is_ours = (row.id == bindparam("row_id"), row.status == "leased", row.leased_by == bindparam("worker"))
    values: dict[str, Any] = {
        "status": "sending",
        "sending_at": bindparam("called"),
        "lease_until": bindparam("until"),
        "attempts": row.attempts + 1,
    }
    return update(table_of(Outbox)).where(*is_ours).values(values).returning(row.id)


@cache
def _settling() -> Any:
    row = table_of(Outbox).c
    values: dict[str, Any] = {
        "status": bindparam("to_status"),
        "error": bindparam("why"),
        "message_id": bindparam("message"),
        "sent_at": bindparam("arrived"),
        "lease_until": None,
    }
    return update(table_of(Outbox)).where(row.id == bindparam("row_id")).values(values)

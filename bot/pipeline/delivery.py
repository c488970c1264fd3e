"""Delivery: messages leave in order, within the limits, each marked `sending` before its call.

A message is leased, waits for its slot, is checked once more, marked `sending` and only then sent, apart from the call
before it; what became of it is committed after the call. Killed anywhere, exactly the messages marked `sending` are in
doubt: with calls paced apart that is one for each worker at work.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.channels.base import Channel, ChannelDown, FileContent
from bot.domain.clock import Clock
from bot.domain.messages import Guard, Outgoing
from bot.pipeline.group_commit import GroupCommit
from bot.pipeline.measures import Measures
from bot.pipeline.outcomes import Outcomes
from bot.pipeline.signals import Signals
from bot.pipeline.thrift import Thrift
from bot.pipeline.together import Companion, gather
from bot.pipeline.trouble import tell
from storage.engine import Database
from storage.rate_limits import Limits
from storage.tables import Outbox
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()
GuardCheck = Callable[[UnitOfWork, Mapping[str, str | int], datetime], Awaitable[bool]]
_HORIZON = 0.25
_LEASE = timedelta(seconds=20)
_SENDING_LEASE = timedelta(seconds=90)  # longer than any call may take
_RECOVER_EVERY = 4.0
_BEFORE_A_CALL = 0.015  # seconds that marking a message and committing it may take
_CATCHING_UP = 1.02  # how much faster than the limit calls that were held up may follow one another
_LEARNING = 0.1  # weight of the newest call in the running mean of their lengths


@dataclass(frozen=True, slots=True)
class _Begun:
    """A call that may be made after so many seconds, and the rows that are said along with the message's own."""

    whole: Outgoing
    along: tuple[Companion, ...]
    wait: float


@dataclass(frozen=True, slots=True)
class _Taken:
    """A message in hand: leased until its slot, or begun already."""

    row: Outbox
    part: Outgoing
    send_at: float
    begun: _Begun | None = None


class Courier:
    """Delivers the messages of one channel."""

    def __init__(
        self,
        channel: Channel,
        *,
        database: Database,
        commits: GroupCommit,
        guards: Mapping[str, GuardCheck],
        limits: Limits,
        clock: Clock,
        signals: Signals,
        worker: str,
        at_once: int = 24,
        on_down: Callable[[ChannelDown], None] = lambda error: None,
        measures: Measures | None = None,
    ) -> None:
        """`guards` are the questions asked again at the moment of sending; `worker` names this process.

        `on_down` hears of a refused token.
        """
        self._channel = channel
        self._database = database
        self._commits = commits
        self._guards = guards
        self._limits = limits
        self._clock = clock
        self._signals = signals
        self._worker = worker
        self._at_once = at_once
        self._thrift = Thrift(channel)
        self._outcomes = Outcomes(
            channel, commits=commits, clock=clock, on_down=on_down, measures=measures or Measures()
        )
        self._in_hand: dict[int, asyncio.Task[None]] = {}
        self._along: set[int] = set()
        """Rows that are said in a call of another one in hand."""
        self._suspects: set[str] = set()
        self._call_seconds = 0.0
        self._next_call = 0.0
        self._calls = 0
        """Messages marked `sending`, or about to be."""
        self._call_ended = asyncio.Event()
        self._stopping = False
        self._is_careful = False
        """The last claim failed: begin each message by itself, so that one that breaks holds up no other."""

    async def run(self) -> None:
        """Deliver for ever; stop() lets what is in hand be finished."""
        recovered_at = 0.0
        while not self._stopping:
            try:
                if time.monotonic() - recovered_at > _RECOVER_EVERY:
                    await self.recover(everything=False)
                    recovered_at = time.monotonic()
                claimed = await self._claim()
                self._is_careful = False
            except Exception as error:
                tell("claim_failed", error, channel=self._channel.name)
                self._is_careful = True
                await asyncio.sleep(1)
                continue
            for claim in claimed:
                task = asyncio.create_task(self._deliver(claim))
                self._in_hand[claim.row.id] = task
                task.add_done_callback(lambda _, row_id=claim.row.id: self._finished(row_id))
            if not claimed:
                await self._signals.outbox.wait(0.25)

    def _finished(self, row_id: int) -> None:
        self._in_hand.pop(row_id, None)
        self._signals.outbox.set()

    async def stop(self, *, within: float) -> None:
        """Claim no more, finish calls that have begun, give back what has not."""
        self._stopping = True
        self._signals.outbox.set()
        tasks = dict(self._in_hand)
        if tasks:
            await asyncio.wait(tasks.values(), timeout=within)
        await self._commits.run(lambda uow: uow.delivery.release(tasks, worker=self._worker))

    async def recover(self, *, everything: bool) -> None:
        """Take up what a dead process left; `everything` when no other process can be alive.

        A worker is dead when it was absent at two looks: a living one may be connecting again.
        """

        async def work(uow: UnitOfWork) -> list[Outbox]:
            now = self._clock()
            absent = await uow.delivery.absent_workers() - {self._worker}
            dead, self._suspects = absent & self._suspects, absent
            mine = (*self._in_hand, *self._along)
            uncertain = await uow.delivery.recover(now=now, everything=everything, dead=dead, in_hand=mine)
            for row in uncertain:
                await self._outcomes.tell_author(uow, row, sent=None, now=now)
            return uncertain

        for row in await self._commits.run(work):
            log.warning("message_uncertain", outbox=row.id, topic=row.topic)

    async def _claim(self) -> list[_Taken]:
        """One more than may be called at once is leased and waits for its turn: claiming costs no time between calls.

        What may go now is begun in the same commit, as far as calls have room.
        """
        room = self._calls_at_once() + 1 - len(self._in_hand)
        if room <= 0:
            return []
        kept = 0 if self._is_careful else max(0, self._calls_at_once() - self._calls)
        self._calls += kept
        used = 0
        try:
            taken = await self._commits.run(lambda uow: self._take(uow, room, kept), lane=f"{self._channel.name}")
            used = sum(1 for each in taken if each.begun is not None)
        finally:
            self._end_calls(kept - used)
        return taken

    async def _take(self, uow: UnitOfWork, room: int, calls: int) -> list[_Taken]:
        """Lease what may go soon, and begin at once so many of what may go now: that saves a commit for each."""
        now, moment = self._clock(), time.time()
        await uow.delivery.promote(now=now)
        claimed = await uow.delivery.claim(
            self._channel.name,
            worker=self._worker,
            limits=self._limits,
            limit=room,
            horizon=_HORIZON,
            lease=_LEASE,
            now=now,
            moment=moment,
        )
        taken: list[_Taken] = []
        for each in claimed:
            part = Outgoing.model_validate(each.row.payload)
            if each.send_at > moment or calls <= 0:
                taken.append(_Taken(each.row, part, send_at=each.send_at))
            elif (begun := await self._begin(uow, each.row, part)) is not None:
                calls -= 1
                taken.append(_Taken(each.row, part, send_at=each.send_at, begun=begun))
        return taken

    def _calls_at_once(self) -> int:
        """One call at a time while that keeps up with the limit, more only where calls are too slow for it.

        What is marked `sending` when the process is killed is in doubt, so it is kept as little as the limit allows.
        """
        return min(self._at_once, 1 + int(self._limits.per_second * (self._call_seconds + _BEFORE_A_CALL)))

    async def _begin_call(self) -> None:
        """Wait until one more call may be under way."""
        while self._calls >= self._calls_at_once():
            self._call_ended.clear()
            await self._call_ended.wait()
        self._calls += 1

    def _end_calls(self, count: int = 1) -> None:
        self._calls -= count
        self._call_ended.set()

    async def _deliver(self, taken: _Taken) -> None:
        row, part, begun, ids = taken.row, taken.part, taken.begun, set[int]()
        counts = begun is not None
        try:
            files = await self._files(part)
            if begun is None:
                await asyncio.sleep(max(0.0, taken.send_at - time.time()))
                await self._begin_call()
                counts = True
                if self._stopping:
                    return
                lane = f"{self._channel.name}:begin"
                begun = await self._commits.run(lambda uow: self._begin(uow, row, part), lane=lane)
            if begun is None:
                return
            ids = {each.row.id for each in begun.along}
            self._along |= ids
            await asyncio.sleep(begun.wait)
            await self._apart()
            began = time.monotonic()
            with structlog.contextvars.bound_contextvars(outbox=row.id, key=row.dedupe_key, update=row.cause):
                await self._outcomes.send((Companion(row, part), *begun.along), begun.whole, files)
            self._call_seconds += (time.monotonic() - began - self._call_seconds) * _LEARNING
        except Exception as error:
            tell("delivery_failed", error, outbox=row.id)
        finally:
            self._along -= ids
            if counts:
                self._end_calls()

    async def _apart(self) -> None:
        """Calls that a busy moment has held up do not leave together, though each has had its slot."""
        while (wait := self._next_call - time.monotonic()) > 0:  # noqa: ASYNC110 - only time is waited for
            await asyncio.sleep(wait)
        self._next_call = time.monotonic() + 1 / (self._limits.per_second * _CATCHING_UP)

    async def _begin(self, uow: UnitOfWork, row: Outbox, part: Outgoing) -> _Begun | None:
        """What to say in one call, and what else is said with it; None when it is not due any more, or not ours.

        Marks the rows `sending`, or this one `dropped`.
        """
        now = self._clock()
        if not await self._is_due(uow, row, now):
            await uow.delivery.settle(row.id, "dropped", now=now)
            return None
        evening = await self._thrift.waits_until(uow, row, part, now=now)
        if evening is not None:
            await uow.delivery.postpone(row.id, until=evening, error=None)
            return None
        if await self._thrift.spares(uow, row, part, now=now):
            await uow.delivery.settle(row.id, "dropped", now=now)
            return None
        wait = await uow.delivery.begin_sending(
            row.id,
            channel=self._channel.name,
            worker=self._worker,
            limits=self._limits,
            lease=_SENDING_LEASE,
            now=now,
            moment=time.time(),
        )
        if wait is None:
            return None
        whole, along = await gather(uow, row, part, channel=self._channel, is_due=self._goes_along, now=now)
        if along:
            ids = [each.row.id for each in along]
            until = now + _SENDING_LEASE
            await uow.delivery.take_along(ids, worker=self._worker, until=until, now=now)
        return _Begun(whole, along, wait)

    async def _goes_along(self, uow: UnitOfWork, row: Outbox, part: Outgoing) -> bool:
        """Whether it may be said in the call of another; one that waits, or has gone another way, has its own turn."""
        now = self._clock()
        if not await self._is_due(uow, row, now) or await self._thrift.waits_until(uow, row, part, now=now):
            return False
        return not await self._thrift.spares(uow, row, part, now=now)

    async def _is_due(self, uow: UnitOfWork, row: Outbox, now: datetime) -> bool:
        moment = max(row.as_of, row.not_before) if row.as_of else now
        if row.expires_at is not None and row.expires_at <= moment:
            return False
        if row.guard is None:
            return True
        guard = Guard.model_validate(row.guard)
        return await self._guards[guard.name](uow, guard.arguments, moment)

    async def _files(self, part: Outgoing) -> dict[int, FileContent]:
        if not part.attachments:
            return {}
        async with self._database.read() as uow:
            kept = await uow.files.load_for(self._channel.name, [each.stored_id for each in part.attachments])
        return {
            file.id: FileContent(data=file.data, name=file.name, mime=file.mime, reference=file.reference)
            for file in kept.values()
        }

"""Dispatch: each update is handled exactly once, in one transaction with every effect it has.

A round takes the oldest waiting update of several chats and handles them in one transaction, so that commits are
shared. When one fails the whole round is undone and its updates are handled again, each in a transaction of its own:
the guilty one is counted there, and after three failures it is set aside.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.channels.base import Channel, ChannelError
from bot.channels.parting import join_messages
from bot.domain.clock import Clock
from bot.domain.errors import NotKnownYet
from bot.domain.messages import Delivery, Incoming, Outgoing, Reply
from bot.domain.vocabulary import ChannelName
from bot.pipeline.fetching import with_files
from bot.pipeline.measures import Measures
from bot.pipeline.signals import Signals
from bot.pipeline.trouble import tell
from bot.texts import pipeline as texts
from storage.engine import Database, is_outage
from storage.tables import Inbox
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()
Respond = Callable[[Incoming, UnitOfWork, datetime], Awaitable[Reply]]
_BATCH = 24
_ROUND_SECONDS = 0.02  # the longest that updates are added to a round: deliveries wait for its commit
_HANDLER_SECONDS = 20.0
_A_MOMENT = timedelta(milliseconds=200)


@dataclass(frozen=True, slots=True)
class _Task:
    """An update taken for handling; plain values, because a failed round expires records."""

    inbox_id: int
    external_id: str
    channel: str
    received_at: datetime
    incoming: Incoming | None
    trouble: Exception | None = None
    """What reading it raised, though intake could read it: an older program's, or a damaged row."""

    @property
    def cause(self) -> str:
        """One name for the update, in every log line and every message that comes of it."""
        return f"{self.channel}:{self.external_id}"


@dataclass(frozen=True, slots=True)
class _Ack:
    channel: ChannelName
    callback_id: str
    toast: str


class Dispatcher:
    """Handles updates of all channels."""

    def __init__(
        self,
        *,
        database: Database,
        channels: Mapping[ChannelName, Channel],
        respond: Respond,
        clock: Clock,
        signals: Signals,
        batch: int = _BATCH,
        measures: Measures | None = None,
    ) -> None:
        """`respond` is the router: it answers one update within the given unit of work."""
        self._measures = measures or Measures()
        self._database = database
        self._channels = channels
        self._respond = respond
        self._clock = clock
        self._signals = signals
        self._batch = batch
        self._acks: set[asyncio.Task[None]] = set()
        self._alone = 0
        """How many updates are to be handled in transactions of their own, after one of them broke a shared one."""

    async def run(self) -> None:
        """Handle for ever."""
        pause = 0.2
        while True:
            try:
                handled = await self.run_once()
                pause = 0.2
            except Exception as error:
                tell("dispatch_round_failed", error)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 10.0)
                continue
            if not handled:
                await self._signals.inbox.wait(0.5)

    async def run_once(self) -> int:
        """One round; returns how many updates were taken."""
        if self._alone:
            self._alone -= 1
            return await self._one_alone()
        taken: list[_Task] = []
        try:
            return await self._round(taken)
        except Exception as error:
            if is_outage(error):
                raise
            log.info("shared_transaction_failed", updates=[task.cause for task in taken], error=type(error).__name__)
            self._alone = max(0, len(taken) - 1)
            return await self._one_alone()

    async def _round(self, taken: list[_Task]) -> int:
        acks: list[_Ack] = []
        done: list[_Task] = []
        until = time.monotonic() + _ROUND_SECONDS
        async with self._database.begin() as uow:
            for row in await uow.inbox.claim(limit=self._batch, now=self._clock()):
                if taken and time.monotonic() > until:
                    break
                taken.append(self._task(row))
                if await self._is_handled(uow, taken[-1], acks):
                    done.append(taken[-1])
                if uow.holds_a_team:
                    break  # holding one, it must not wait for another: two processes could wait for each other
                await asyncio.sleep(0)  # a database in this thread would let nobody else have a turn
            if done:
                await uow.inbox.finish([task.inbox_id for task in done], now=self._clock())
            has_orders = uow.has_used("paper_orders")
        self._count(done)
        if taken:
            self._signals.outbox.set()
        if has_orders:
            self._signals.papers.set()
        self._acknowledge(acks)
        return len(taken)

    async def _one_alone(self) -> int:
        taken: list[_Task] = []
        acks: list[_Ack] = []
        try:
            async with self._database.begin() as uow:
                taken = [self._task(row) for row in await uow.inbox.claim(limit=1, now=self._clock())]
                for task in taken:
                    if await self._is_handled(uow, task, acks):
                        await uow.inbox.finish([task.inbox_id], now=self._clock())
        except Exception as error:
            if is_outage(error):
                raise
            log.exception(
                "update_failed", inbox=[task.inbox_id for task in taken], update=[each.cause for each in taken]
            )
            async with self._database.begin() as uow:
                for task in taken:
                    await self._count_failure(uow, task, error)
        else:
            self._count(taken)
        self._signals.outbox.set()
        self._signals.papers.set()
        self._acknowledge(acks)
        return len(taken)

    def _count(self, done: list[_Task]) -> None:
        for task in done:
            self._measures.handled(task.channel, task.cause, received_at=task.received_at)

    def _task(self, row: Inbox) -> _Task:
        try:
            channel = self._channels.get(ChannelName(row.channel))
            incoming = channel.read(row.raw) if channel else None
            incoming = with_files(incoming, row.files) if incoming else None
        except Exception as error:
            log.exception("update_unreadable", inbox=row.id)
            return _Task(row.id, row.external_id, row.channel, row.received_at, None, trouble=error)
        return _Task(row.id, row.external_id, row.channel, row.received_at, incoming)

    async def _is_handled(self, uow: UnitOfWork, task: _Task, acks: list[_Ack]) -> bool:
        """Handle it; False when it can be understood only a moment later, and waits until then."""
        try:
            await self._handle(uow, task, acks)
        except NotKnownYet:
            await uow.inbox.wait(task.inbox_id, until=self._clock() + _A_MOMENT)
            return False
        return True

    async def _handle(self, uow: UnitOfWork, task: _Task, acks: list[_Ack]) -> None:
        if task.trouble is not None:
            raise task.trouble
        incoming = task.incoming
        if incoming is None:
            return
        now = self._clock()
        uow.outbox.cause = task.cause
        with structlog.contextvars.bound_contextvars(update=task.cause):
            async with asyncio.timeout(_HANDLER_SECONDS):
                reply = await self._respond(incoming, uow, now)
            await self._put(uow, incoming, task, reply, now=now)
        if incoming.press and incoming.press.callback_id:
            acks.append(_Ack(incoming.chat.channel, incoming.press.callback_id, reply.toast))

    async def _put(self, uow: UnitOfWork, incoming: Incoming, task: _Task, reply: Reply, *, now: datetime) -> None:
        capabilities = {name: channel.capabilities for name, channel in self._channels.items()}
        messages = [
            (message, Delivery(dedupe_key=f"answer:{incoming.chat.channel}:{task.external_id}:{index}"))
            for index, message in enumerate(join_messages(reply.messages, capabilities))
        ]
        if messages:
            user_id = incoming.sender.user_id if incoming.sender else None
            await uow.outbox.put_many(messages, user_id=user_id, now=now)

    async def _count_failure(self, uow: UnitOfWork, task: _Task, error: Exception) -> None:
        now = self._clock()
        self._measures.failed(task.channel)
        uow.outbox.cause = task.cause
        dead = await uow.inbox.fail(task.inbox_id, error=f"{type(error).__name__}: {error}"[:2000], now=now)
        if dead and task.incoming is not None and task.incoming.chat.is_private:
            apology = Outgoing(chat=task.incoming.chat, text=str(texts.set_aside(task.inbox_id)))
            key = f"set-aside:{task.incoming.chat.channel}:{task.external_id}"
            await uow.outbox.put(apology, Delivery(dedupe_key=key), now=now)

    def _acknowledge(self, acks: list[_Ack]) -> None:
        """Stop the spinners of pressed buttons; a lost one costs nothing, so this needs no queue."""
        for ack in acks:
            task = asyncio.create_task(self._acknowledge_one(ack))
            self._acks.add(task)
            task.add_done_callback(self._acks.discard)

    async def _acknowledge_one(self, ack: _Ack) -> None:
        try:
            await self._channels[ack.channel].acknowledge_press(ack.callback_id, toast=ack.toast)
        except ChannelError as error:
            log.info("press_not_acknowledged", error=str(error))

"""Draws the files that people wait for, outside every transaction: taken, read, drawn in a thread, kept with a message.

A crash leaves the order waiting; a drawing that takes too long or fails three times is given up and said so.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import structlog

from bot.domain.clock import Clock
from bot.domain.messages import Delivery, Outgoing
from bot.domain.paper_orders import TakenOrder
from bot.pipeline.paper_reading import read_order
from bot.pipeline.paper_sending import hand_over
from bot.pipeline.signals import Signals
from bot.texts import papers as texts
from storage.engine import Database

log = structlog.get_logger()
_AT_ONCE = 2
_SECONDS = 20.0


class PaperWorker:
    """Takes orders one after another."""

    def __init__(self, *, database: Database, clock: Clock, signals: Signals, seconds: float = _SECONDS) -> None:
        """A drawing may take so many seconds."""
        self._database = database
        self._clock = clock
        self._signals = signals
        self._seconds = seconds
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="papers")

    async def run(self) -> None:
        """Draw for ever."""
        try:
            while True:
                try:
                    taken = await self.run_once()
                except Exception:
                    log.exception("papers_failed")
                    taken = False
                if not taken:
                    await self._signals.papers.wait(2.0)
        finally:
            self.close()

    def close(self) -> None:
        """No more drawings."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def run_once(self) -> bool:
        """One order; False when none waits."""
        async with self._database.begin() as uow:
            order = await uow.paper_orders.take(now=self._clock())
        if order is None:
            return False
        try:
            async with self._database.read() as uow:
                caption, drawing = await read_order(uow, order, self._clock())
            async with asyncio.timeout(self._seconds):
                files = await asyncio.get_running_loop().run_in_executor(self._threads, drawing)
            async with self._database.begin() as uow:
                if await uow.paper_orders.finish(order.id):
                    await hand_over(uow, order, caption, files, now=self._clock())
        except Exception as error:
            log.exception("paper_not_drawn", order=order.id)
            await self._count_failure(order, error)
        self._signals.outbox.set()
        return True

    async def _count_failure(self, order: TakenOrder, error: Exception) -> None:
        now = self._clock()
        async with self._database.begin() as uow:
            if await uow.paper_orders.fail(order.id, error=f"{type(error).__name__}: {error}", now=now):
                apology = Outgoing(chat=order.chat, text=str(texts.not_drawn()))
                await uow.outbox.put(apology, Delivery(dedupe_key=f"paper:{order.id}:failed"), now=now)

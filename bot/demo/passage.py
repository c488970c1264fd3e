"""Letting time pass: each tick that the jobs would have had, in order, its messages delivered before the next."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime, timedelta

from bot.domain.clock import HOME_ZONE
from bot.playground.clock import ShiftedClock
from scheduler.jobs import Job

_FINE, _COARSE = timedelta(minutes=5), timedelta(minutes=30)
_FINE_UP_TO = timedelta(hours=36)
_WAKING = range(6, 22)  # hours in which a long passage looks at all: nothing is sent in quiet hours
_LONGEST = timedelta(days=370)
_PATIENCE = 20.0  # seconds for what one tick causes, when a fault keeps it from leaving
_LOOK_EVERY = 0.02


class CannotMove(ValueError):
    """The clock cannot go there; the message says why, in Vietnamese."""


def ticks(start: datetime, end: datetime) -> Iterator[datetime]:
    """The ticks after `start` up to `end`: each five minutes; over more than a day and a half each half hour by day.

    Jobs reconcile, so what a tick left out would have done is done by the next one.
    """
    step = _FINE if end - start <= _FINE_UP_TO else _COARSE
    local = start.astimezone(HOME_ZONE)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    moment = midnight + ((local - midnight) // step + 1) * step
    while moment < end:
        if step == _FINE or moment.hour in _WAKING:
            yield moment
        moment += step
    yield end


def due_jobs(jobs: Sequence[Job], before: datetime, moment: datetime) -> list[Job]:
    """Those whose tick lies after `before` and not after `moment`, ticks counted from midnight in the team's zone."""
    return [job for job in jobs if _number(job, moment) != _number(job, before)]


def _number(job: Job, moment: datetime) -> int:
    local = moment.astimezone(HOME_ZONE)
    return int(local.replace(tzinfo=None).timestamp() // 60 // job.every_minutes)


class Passage:
    """Moves one clock; `run_job` is the bot's own tick, `is_busy` whether anything due is still on its way."""

    def __init__(
        self,
        clock: ShiftedClock,
        jobs: Sequence[Job],
        *,
        run_job: Callable[[Job], Awaitable[object]],
        is_busy: Callable[[], Awaitable[bool]],
    ) -> None:
        """Nothing moves yet."""
        self._clock, self._jobs = clock, tuple(jobs)
        self._run_job, self._is_busy = run_job, is_busy
        self._moving = asyncio.Lock()
        self._stopped = False

    async def to(self, target: datetime, *, progress: Callable[[], None]) -> None:
        """Live through the time until `target`; CannotMove when it is past, far off, or the clock moves already."""
        if self._moving.locked():
            raise CannotMove("Đồng hồ đang chạy, xin chờ một chút.")
        async with self._moving:
            start = self._clock()
            if target <= start:
                raise CannotMove("Đồng hồ chỉ đi tới. Muốn quay lại, xin bấm “Làm lại từ đầu”.")
            if target - start > _LONGEST:
                raise CannotMove("Mỗi lần chỉ đi tối đa một năm.")
            await self.settle()
            before = start
            for moment in ticks(start, target):
                if self._stopped:
                    raise CannotMove("Đã làm lại từ đầu.")
                self._clock.set(moment)
                for job in due_jobs(self._jobs, before, moment):
                    await self._run_job(job)
                await self.settle()
                before = moment
                progress()

    async def stop(self) -> None:
        """End a journey at its next tick, and wait until it has ended; nothing moves any more."""
        self._stopped = True
        async with self._moving:
            pass

    async def settle(self) -> None:
        """Wait until what is due has left; not for ever, since a fault may keep it."""
        try:
            async with asyncio.timeout(_PATIENCE):
                while not self._stopped and await self._is_busy():  # noqa: ASYNC110 - the queues are rows, which send no signal
                    await asyncio.sleep(_LOOK_EVERY)
        except TimeoutError:
            return

"""The ticking: every job once at the start, again at its ticks, and a failing one hinders nobody."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from scheduler.clockwork import Clockwork
from scheduler.jobs import Counts, Job, JobContext


async def _nothing(context: JobContext) -> Counts:
    raise AssertionError("the test runs jobs by itself")


def _job(name: str, minutes: int = 5) -> Job:
    return Job(name=name, every_minutes=minutes, run=_nothing)


class Runs:
    """What was run, with a way to wait for it."""

    def __init__(self, *, failing: str = "") -> None:
        """`failing` names a job that always fails."""
        self.names: list[str] = []
        self._failing = failing
        self._moved = asyncio.Event()

    async def __call__(self, job: Job) -> Counts:
        self.names.append(job.name)
        self._moved.set()
        if job.name == self._failing:
            raise ValueError(job.name)
        return {"sent": 0}

    async def wait_for(self, count: int) -> None:
        """Until so many runs were made."""
        async with asyncio.timeout(10):
            while len(self.names) < count:
                self._moved.clear()
                await self._moved.wait()


async def test_every_job_catches_up_once_at_the_start() -> None:
    runs = Runs()
    clockwork = Clockwork([_job("first"), _job("second")], runs)
    await clockwork.start()
    clockwork.stop()
    assert runs.names == ["first", "second"]


async def test_a_failing_job_keeps_no_other_from_running() -> None:
    runs = Runs(failing="first")
    clockwork = Clockwork([_job("first"), _job("second")], runs)
    await clockwork.start()
    clockwork.stop()
    assert runs.names == ["first", "second"]


async def test_jobs_run_again_at_their_ticks_also_after_a_failure() -> None:
    runs = Runs(failing="often")
    clockwork = Clockwork([_job("often")], runs)
    await clockwork.start()
    scheduler = clockwork._scheduler
    scheduler.reschedule_job("often", trigger="interval", seconds=timedelta(milliseconds=20).total_seconds())
    await runs.wait_for(4)
    clockwork.stop()
    assert set(runs.names) == {"often"}


async def test_nothing_runs_after_it_was_stopped() -> None:
    runs = Runs()
    clockwork = Clockwork([_job("often")], runs)
    await clockwork.start()
    clockwork.stop()
    async with asyncio.timeout(10):
        while clockwork._scheduler.running:
            await asyncio.sleep(0)
    assert runs.names == ["often"]

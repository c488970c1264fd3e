"""The ticking: APScheduler in memory, in every process; the rows in the database decide what is done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.domain.clock import HOME_ZONE
from scheduler.jobs import Counts, Job

log = structlog.get_logger()
RunJob = Callable[[Job], Awaitable[Counts]]


class Clockwork:
    """Runs jobs at their ticks until it is stopped."""

    def __init__(self, jobs: Iterable[Job], run_job: RunJob) -> None:
        """`run_job` runs one job as of now."""
        self._jobs = tuple(jobs)
        self._run_job = run_job
        self._scheduler = AsyncIOScheduler(
            timezone=HOME_ZONE, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )

    async def start(self) -> None:
        """Run every job once, to catch up with what was missed, and from then on at its ticks."""
        for job in self._jobs:
            trigger = IntervalTrigger(minutes=job.every_minutes, timezone=HOME_ZONE)
            self._scheduler.add_job(self.run, trigger, args=[job], id=job.name, next_run_time=None)
        self._scheduler.start()
        for job in self._jobs:
            await self.run(job)
            self._scheduler.resume_job(job.name)

    async def run(self, job: Job) -> None:
        """One tick; a failure is logged and the next tick tries again."""
        try:
            counts = await self._run_job(job)
        except Exception:
            log.exception("job_failed", job=job.name)
        else:
            log.debug("job_done", job=job.name, **counts)

    def stop(self) -> None:
        """No more ticks."""
        self._scheduler.shutdown(wait=False)

"""The table of jobs."""

from __future__ import annotations

from scheduler import housekeeping, monthly_nudges
from scheduler.jobs import Job

JOBS = (
    Job("monthly-nudges", 5, monthly_nudges.run),
    Job("housekeeping", 60, housekeeping.run),
)


def find_job(name: str) -> Job | None:
    """The job of this name."""
    return next((job for job in JOBS if job.name == name), None)

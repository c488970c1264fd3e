"""What a job is, and the table of all jobs by name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.messages import Chat
from bot.domain.vitals import Vitals
from storage.engine import Database


@dataclass(frozen=True, slots=True)
class JobContext:
    """When and on what a job runs.

    `as_of` is set when it is run for another time than the present: then the whole job lives at that time, and what
    is due then is handed to the running process at once. `operator` is whom alerts go to, `vitals` what they are about.
    """

    database: Database
    now: datetime
    as_of: datetime | None = None
    operator: Chat | None = None
    vitals: Vitals = field(default_factory=Vitals)


Counts = dict[str, int]


@dataclass(frozen=True, slots=True)
class Job:
    """A job: its name, how many minutes lie between its ticks, and what it does (returns what it counted)."""

    name: str
    every_minutes: int
    run: Callable[[JobContext], Awaitable[Counts]]

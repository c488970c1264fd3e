"""What one process counts while it works, for /metrics: updates, answers, messages, jobs."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)
_REMEMBERED = 10_000
"""Updates whose answers may still be under way; more wait only when something is wrong, and then others tell."""


class Measures:
    """The counters of one process, in a registry of their own."""

    def __init__(self) -> None:
        """All at zero."""
        self.registry = CollectorRegistry()
        self._handled = Counter(
            "mangluoi_updates_handled", "Updates that were handled", ["channel"], registry=self.registry
        )
        self._failed = Counter(
            "mangluoi_update_failures", "Times that handling an update failed", ["channel"], registry=self.registry
        )
        self._answer_seconds = Histogram(
            "mangluoi_answer_seconds",
            "From the receipt of an update until its first answer had arrived",
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._sends = Counter(
            "mangluoi_sends", "Calls that send a message, by what they came to", ["channel", "outcome"],
            registry=self.registry,
        )  # fmt: skip
        self._job_runs = Counter("mangluoi_job_runs", "Ticks of jobs", ["job", "outcome"], registry=self.registry)
        self._job_done_at = Gauge(
            "mangluoi_job_done_timestamp_seconds", "When a job last came to its end", ["job"], registry=self.registry
        )
        self._received: OrderedDict[str, datetime] = OrderedDict()

    def handled(self, channel: str, cause: str, *, received_at: datetime) -> None:
        """An update was handled and committed."""
        self._handled.labels(channel=channel).inc()
        self._received[cause] = received_at
        while len(self._received) > _REMEMBERED:
            self._received.popitem(last=False)

    def failed(self, channel: str) -> None:
        """An update could not be handled this time."""
        self._failed.labels(channel=channel).inc()

    def sent(self, channel: str, outcome: str, *, cause: str = "", now: datetime | None = None) -> None:
        """A message was sent (outcome "sent"), or was not: the name of what happened."""
        self._sends.labels(channel=channel, outcome=outcome).inc()
        if outcome == "sent" and now is not None and (received := self._received.pop(cause, None)) is not None:
            self._answer_seconds.observe(max(0.0, (now - received).total_seconds()))

    def job_ran(self, job: str, *, well: bool, now: datetime) -> None:
        """A tick of a job ended."""
        self._job_runs.labels(job=job, outcome="done" if well else "failed").inc()
        if well:
            self._job_done_at.labels(job=job).set(now.timestamp())

"""A clock that stands still until a test moves it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.domain.clock import HOME_ZONE

START = datetime(2026, 11, 23, 10, 0, tzinfo=HOME_ZONE)
"""A Monday morning in the middle of the first semester."""


class FakeClock:
    """A `Clock` for tests: call it, or read `now`."""

    def __init__(self, start: datetime = START) -> None:
        """Stand at this moment, which must be aware."""
        self._now = start.astimezone(UTC)

    def __call__(self) -> datetime:
        """The present moment, in UTC."""
        return self._now

    @property
    def now(self) -> datetime:
        """The present moment, in UTC."""
        return self._now

    def set(self, moment: datetime) -> None:
        """Go to this moment; it must be aware."""
        if moment.tzinfo is None:
            raise ValueError("a moment without a time zone")
        self._now = moment.astimezone(UTC)

    def advance(self, step: timedelta | float) -> datetime:
        """Go on by this much, a number being seconds; returns the new moment."""
        self._now += step if isinstance(step, timedelta) else timedelta(seconds=step)
        return self._now

"""A clock that can be set, for a playground in a process of its own."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.clock import Clock, system_clock


class ShiftedClock:
    """Another clock, moved by a span that can be changed at any time."""

    def __init__(self, base: Clock = system_clock) -> None:
        """Not moved yet."""
        self._base, self._shift = base, timedelta()

    def __call__(self) -> datetime:
        """The present moment, aware, in UTC."""
        return self._base() + self._shift

    def set(self, moment: datetime) -> None:
        """Go on from this aware moment."""
        self._shift = moment - self._base()

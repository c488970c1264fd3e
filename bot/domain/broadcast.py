"""How far a message to many people has got."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

_EXPECTED_PACE = 25.0  # messages a second, before anything has been measured
_LONGEST = 48 * 3600


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of people: those it has reached, those it is still on its way to, and those it did not get to.

    `held` of the waiting are paused. `first_sent` and `last_sent` tell the pace.
    """

    sent: int = 0
    waiting: int = 0
    failed: int = 0
    uncertain: int = 0
    held: int = 0
    first_sent: datetime | None = None
    last_sent: datetime | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether messages are still to leave and nobody has paused them."""
        return self.waiting > 0 and not self.is_paused

    @property
    def is_paused(self) -> bool:
        """Whether it is held back; the few whose calls were under way by then still arrive."""
        return self.held > 0

    @property
    def seconds_left(self) -> int:
        """About how long the rest takes at the pace so far."""
        pace = _EXPECTED_PACE
        if self.first_sent is not None and self.last_sent is not None and self.sent > 1:
            elapsed = (self.last_sent - self.first_sent).total_seconds()
            pace = (self.sent - 1) / elapsed if elapsed > 0 else pace
        return min(_LONGEST, -(-int(self.waiting * 10 / pace) // 10))


@dataclass(frozen=True, slots=True)
class AnnouncementStanding:
    """How an announcement stands. `send_at` is set while it is to come; names are of those who have not read it."""

    id: int
    number: int
    version: int
    text: str
    progress: Progress
    recipients: int
    read: int
    unread: tuple[str, ...] = ()
    unreached: tuple[str, ...] = ()
    """Of those who have not read it: whom nothing could be sent to."""
    send_at: datetime | None = None
    is_stopped: bool = False
    is_nudged: bool = False

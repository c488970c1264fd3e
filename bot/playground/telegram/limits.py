"""The figures of the Bot API, and the limiter that answers 429."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
CALLBACK_DATA_LIMIT = 64
UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
DOWNLOAD_LIMIT = 20 * 1024 * 1024
INLINE_BUTTONS_LIMIT = 100
FILE_PATH_SECONDS = 3600
CALLBACK_SECONDS = 60
DELETE_SECONDS = 48 * 3600


@dataclass(frozen=True, slots=True)
class Rates:
    """How many messages are allowed: overall a second, a private chat a second (after a burst), a group a minute."""

    overall_per_second: int = 30
    private_per_second: float = 1.0
    private_burst: int = 3
    group_per_minute: int = 20


@dataclass(slots=True)
class Window:
    """At most `most` messages within any `seconds`."""

    most: int
    seconds: float
    moments: deque[float] = field(default_factory=deque[float])

    def wait(self, now: float, count: int) -> float:
        """Seconds until `count` more are allowed, 0 when they are now."""
        while self.moments and self.moments[0] <= now - self.seconds:
            self.moments.popleft()
        surplus = len(self.moments) + count - self.most
        if surplus <= 0 or not self.moments:
            return 0.0
        return self.moments[min(surplus, len(self.moments)) - 1] + self.seconds - now

    def note(self, now: float, count: int) -> None:
        """Count messages that were let through."""
        self.moments.extend([now] * count)


@dataclass(slots=True)
class Bucket:
    """Tokens that come back at `rate` a second, up to `most`."""

    most: int
    rate: float
    left: float
    moment: float

    def wait(self, now: float, count: int) -> float:
        """Seconds until `count` more are allowed; more at once than fit need a full bucket."""
        self.left = min(float(self.most), self.left + (now - self.moment) * self.rate)
        self.moment = now
        missing = min(count, self.most) - self.left
        return missing / self.rate if missing > 1e-9 else 0.0

    def note(self, count: int) -> None:
        """Spend tokens."""
        self.left -= count


@dataclass(slots=True)
class Limiter:
    """Says how long a message must wait; off until given rates. `monotonic` returns seconds."""

    monotonic: Callable[[], float]
    rates: Rates | None = None
    _overall: Window | None = None
    _groups: dict[int, Window] = field(default_factory=dict[int, Window])
    _private: dict[int, Bucket] = field(default_factory=dict[int, Bucket])

    def use(self, rates: Rates | None) -> None:
        """Start afresh with these rates; None switches it off."""
        self.rates, self._overall = rates, None
        self._groups.clear()
        self._private.clear()

    def admit(self, chat_id: int, count: int = 1) -> int:
        """0 and the messages are counted, or the whole seconds to wait and they are not."""
        if self.rates is None:
            return 0
        now = self.monotonic()
        overall, chat = self._windows(self.rates, chat_id, now)
        wait = max(overall.wait(now, count), chat.wait(now, count))
        if wait > 0:
            return max(1, math.ceil(wait))
        overall.note(now, count)
        if isinstance(chat, Window):
            chat.note(now, count)
        else:
            chat.note(count)
        return 0

    def _windows(self, rates: Rates, chat_id: int, now: float) -> tuple[Window, Window | Bucket]:
        if self._overall is None:
            self._overall = Window(rates.overall_per_second, 1.0)
        if chat_id < 0:
            return self._overall, self._groups.setdefault(chat_id, Window(rates.group_per_minute, 60.0))
        fresh = Bucket(rates.private_burst, rates.private_per_second, float(rates.private_burst), now)
        return self._overall, self._private.setdefault(chat_id, fresh)

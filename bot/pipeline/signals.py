"""Wake-up calls between the stages of one process; other processes' work is found by looking now and then."""

from __future__ import annotations

import asyncio


class Signal:
    """An event that is cleared by whoever waited for it."""

    def __init__(self) -> None:
        """Quiet at first."""
        self._event = asyncio.Event()

    def set(self) -> None:
        """There is something to do."""
        self._event.set()

    async def wait(self, timeout: float) -> None:
        """Return when set, or after `timeout` seconds at the latest."""
        try:
            async with asyncio.timeout(timeout):
                await self._event.wait()
        except TimeoutError:
            pass
        self._event.clear()


class Signals:
    """The signals of one process."""

    def __init__(self) -> None:
        """All quiet."""
        self.inbox = Signal()
        self.files = Signal()
        self.outbox = Signal()
        self.papers = Signal()

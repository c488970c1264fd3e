"""What waits for the bot's next poll. Reading consumes: there is no offset and no way to read twice."""

from __future__ import annotations

from collections import deque

from bot.playground.changes import Changes
from bot.playground.long_poll import LongPoll
from bot.playground.zalo.chats import Json
from bot.playground.zalo.switches import Switches


class Updates:
    """One update a call, each once."""

    def __init__(self, switches: Switches, changes: Changes) -> None:
        """Nothing waits."""
        self._switches, self._changes = switches, changes
        self._waiting: deque[Json] = deque()
        self._poll = LongPoll(changes)
        self._closed = False

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiting)

    @property
    def is_polled(self) -> bool:
        """Whether a call waits for the next update."""
        return self._poll.is_waiting

    def add(self, update: Json) -> None:
        """Append an update; it is lost when nobody polls and nothing is queued."""
        if not self._switches.queues and not self._poll.is_waiting:
            return
        self._waiting.append(update)
        self._poll.wake()
        self._changes.nudge()

    def clear(self) -> None:
        """Forget what waits."""
        self._waiting.clear()

    async def take(self, *, timeout: float) -> Json | None:
        """The oldest one, gone afterwards; None after `timeout` seconds of silence."""
        if not self._waiting and not self._closed and timeout > 0:
            await self._poll.wait(timeout)
        taken = self._waiting.popleft() if self._waiting else None
        self._changes.nudge()
        return taken

    def close(self) -> None:
        """Let a waiting call return."""
        self._closed = True
        self._poll.wake()
        self._changes.nudge()

"""One call that waits for the next update: woken when there is one, or ended when another call takes over."""

from __future__ import annotations

import asyncio

from bot.playground.changes import Changes


class LongPoll:
    """The waiting call, if there is one."""

    def __init__(self, changes: Changes) -> None:
        """Nobody waits; `changes` are nudged when somebody begins to."""
        self._changes = changes
        self._call: asyncio.Future[None] | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether a call waits."""
        return self._call is not None

    async def wait(self, timeout: float) -> None:
        """Until there is something, or for so many seconds; raises what it was interrupted with."""
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._call = mine
        self._changes.nudge()
        try:
            await asyncio.wait_for(mine, timeout)
        except TimeoutError:
            pass
        finally:
            if self._call is mine:
                self._call = None

    def wake(self) -> None:
        """Let the waiting call look."""
        if self._call is not None and not self._call.done():
            self._call.set_result(None)

    def interrupt(self, error: Exception) -> None:
        """End the waiting call with an error."""
        if self._call is not None and not self._call.done():
            self._call.set_exception(error)

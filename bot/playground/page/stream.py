"""One stream of events for every open page."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

from bot.playground.page.sides import Json


class Stream:
    """Publishes events to all who listen; a listener that falls far behind is let go and asks for everything again."""

    def __init__(self, *, room: int = 2000) -> None:
        """`room` is how many events may wait for one listener."""
        self._room = room
        self._listeners: set[asyncio.Queue[str | None]] = set()
        self._closed = False

    def publish(self, kind: str, data: Json) -> None:
        """Tell everybody."""
        line = _line(kind, data)
        for queue in tuple(self._listeners):
            if queue.qsize() >= self._room:
                self._let_go(queue)
            else:
                queue.put_nowait(line)

    def listen(self) -> asyncio.Queue[str | None]:
        """A queue of everything from now on; None ends it."""
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        if self._closed:
            queue.put_nowait(None)
        self._listeners.add(queue)
        return queue

    async def follow(self, queue: asyncio.Queue[str | None], first: Json) -> AsyncIterator[str]:
        """The lines of one listener, beginning with the whole state; a comment every 15 s keeps the line open."""
        try:
            yield _line("state", first)
            while True:
                try:
                    line = await asyncio.wait_for(queue.get(), 15)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if line is None:
                    return
                yield line
        finally:
            self._listeners.discard(queue)

    def close(self) -> None:
        """End every stream."""
        self._closed = True
        for queue in tuple(self._listeners):
            self._let_go(queue)

    def _let_go(self, queue: asyncio.Queue[str | None]) -> None:
        self._listeners.discard(queue)
        queue.put_nowait(None)


def _line(kind: str, data: Json) -> str:
    return f"event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"

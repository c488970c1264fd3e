"""What happens in a playground, for those who wait for it: tests on a condition, a page on a stream."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened; `kind` is "message", "edit", "delete", "answer", "member", "update", "call"…"""

    kind: str
    chat_id: int | str | None = None
    data: Mapping[str, Any] = field(default_factory=dict[str, Any])


class Subscription(AsyncIterator[Change]):
    """A stream of changes from the moment it was made; ends when closed."""

    def __init__(self, let_go: Callable[[Subscription], None]) -> None:
        """`let_go` is called once, on closing."""
        self._queue: asyncio.Queue[Change | None] = asyncio.Queue()
        self._let_go = let_go

    def put(self, change: Change | None) -> None:
        """Append a change; None ends the stream."""
        self._queue.put_nowait(change)

    async def __anext__(self) -> Change:
        """Wait for the next change."""
        change = await self._queue.get()
        if change is None:
            raise StopAsyncIteration
        return change

    def close(self) -> None:
        """Stop listening and end the stream."""
        self._let_go(self)
        self.put(None)


class Changes:
    """The place where changes are announced, subscribed to and waited for; one event loop."""

    def __init__(self) -> None:
        """Nobody listens yet."""
        self._subscriptions: set[Subscription] = set()
        self._waiters: set[asyncio.Future[None]] = set()

    @property
    def is_watched(self) -> bool:
        """Whether anybody has subscribed."""
        return bool(self._subscriptions)

    def announce(self, change: Change) -> None:
        """Tell every subscriber, and let everybody who waits look again."""
        for subscription in self._subscriptions:
            subscription.put(change)
        self.nudge()

    def nudge(self) -> None:
        """Let everybody who waits look again, without a change worth showing."""
        waiters, self._waiters = self._waiters, set()
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    def subscribe(self) -> Subscription:
        """A stream of everything from now on."""
        subscription = Subscription(self._subscriptions.discard)
        self._subscriptions.add(subscription)
        self.nudge()
        return subscription

    async def wait_for(self, look: Callable[[], T], *, timeout: float = 5.0) -> T:
        """What `look` returns once that is truthy, tried after each change; TimeoutError after `timeout` seconds."""
        async with asyncio.timeout(timeout):
            while not (found := look()):
                await self.moved()
        return found

    async def moved(self) -> None:
        """Wait for the next change, whatever it is."""
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters.add(waiter)
        try:
            await waiter
        finally:
            self._waiters.discard(waiter)

    def close(self) -> None:
        """End every stream."""
        for subscription in tuple(self._subscriptions):
            subscription.close()

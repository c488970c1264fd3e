"""Pushes updates to the bot's webhook, in order, with the secret in its header."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

import httpx

from bot.domain.clock import Clock
from bot.playground.changes import Changes
from bot.playground.zalo.chats import Json
from bot.playground.zalo.switches import Switches

HEADER = "X-Bot-Api-Secret-Token"
_TRIES = 5


class WebhookPusher:
    """Holds the webhook, if one is set."""

    def __init__(self, switches: Switches, changes: Changes, clock: Clock) -> None:
        """Without a webhook."""
        self.url = self.secret = ""
        self.updated_at = 0
        self.first_pause = 0.2
        """Seconds before the first repetition; each further one doubles it."""
        self.statuses: list[int] = []
        """What the webhook answered, 0 for no answer."""
        self._switches, self._changes, self._clock = switches, changes, clock
        self._queue: asyncio.Queue[Json] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    def use(self, *, url: str, secret: str) -> None:
        """Set the webhook; an empty url takes it away."""
        self.url, self.secret = url, secret
        self.updated_at = int(self._clock().timestamp() * 1000)
        if self._task is None:
            self._task = asyncio.create_task(self._run())

    def push(self, update: Json) -> None:
        """Have an update delivered, twice when duplicates are switched on."""
        self._queue.put_nowait(update)
        if self._switches.duplicates:
            self._queue.put_nowait(update)

    async def stop(self) -> None:
        """End the task."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        async with httpx.AsyncClient(trust_env=False, timeout=30) as client:
            while True:
                await self._deliver(client, await self._queue.get())

    async def _deliver(self, client: httpx.AsyncClient, update: Json) -> None:
        for attempt in range(_TRIES):
            status = await self._post(client, update)
            self.statuses.append(status)
            self._changes.nudge()
            if status == HTTPStatus.OK or not self._switches.queues:
                return
            await asyncio.sleep(self.first_pause * 2**attempt)

    async def _post(self, client: httpx.AsyncClient, update: Json) -> int:
        try:
            return (await client.post(self.url, json=update, headers={HEADER: self.secret})).status_code
        except httpx.HTTPError:
            return 0

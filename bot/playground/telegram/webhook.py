"""Pushes updates to the bot's webhook: in order within a chat, side by side between chats, again until taken."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

import httpx

from bot.playground.changes import Changes
from bot.playground.telegram.chats import Json, present
from bot.playground.telegram.updates import Update, UpdateQueue

LONGEST_PAUSE = 60.0


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where updates go and how many may be under way at once."""

    url: str
    secret: str = ""
    max_connections: int = 40


@dataclass(slots=True)
class _Lane:
    """One chat's updates: whether one is under way, and how long to wait after failures."""

    busy: bool = False
    failures: int = 0
    ready_at: float = 0.0


@dataclass(slots=True)
class _State:
    webhook: Webhook | None = None
    last_error_at: datetime | None = None
    last_error: str = ""
    lanes: dict[str, _Lane] = field(default_factory=dict[str, _Lane])
    tasks: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])


class WebhookPusher:
    """Holds the webhook, if one is set, and the task that serves it.

    `first_pause` is the seconds before the first repetition; each further one doubles it.
    """

    def __init__(self, updates: UpdateQueue, *, clock: Callable[[], datetime], changes: Changes) -> None:
        """Without a webhook."""
        self.first_pause = 1.0
        self.timeout = 60.0
        self.most_under_way = 0
        self.on_reply: Callable[[Json], Awaitable[object]] | None = None
        self._updates, self._clock, self._changes = updates, clock, changes
        self._state = _State()
        self._runner: asyncio.Task[None] | None = None
        self._wake = asyncio.Event()

    @property
    def current(self) -> Webhook | None:
        """The webhook in force."""
        return self._state.webhook

    @property
    def under_way(self) -> int:
        """Pushes without an answer yet."""
        return sum(lane.busy for lane in self._state.lanes.values())

    def info(self) -> Json:
        """A `WebhookInfo`."""
        webhook, state = self._state.webhook, self._state
        self._updates.expire()
        shown: Json = {
            "url": webhook.url if webhook else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.pending),
        }
        if webhook is not None:
            shown |= {"max_connections": webhook.max_connections, "ip_address": "127.0.0.1"}
        if state.last_error_at is not None:
            shown |= {"last_error_date": int(state.last_error_at.timestamp()), "last_error_message": state.last_error}
        return shown | present(allowed_updates=self._updates.custom_kinds())

    async def use(self, webhook: Webhook | None) -> None:
        """Set or take away the webhook; what is under way to the old one is broken off and stays in the queue."""
        await self.stop()
        self._state = _State(webhook)
        if webhook is not None:
            self._runner = asyncio.create_task(self._run(webhook, self._state))

    async def stop(self) -> None:
        """End the task; the queue stays as it is."""
        tasks = [*self._state.tasks, *([self._runner] if self._runner else [])]
        self._runner = None
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def wake(self) -> None:
        """There is something new to push."""
        self._wake.set()

    async def _run(self, webhook: Webhook, state: _State) -> None:
        async with httpx.AsyncClient(trust_env=False, timeout=self.timeout) as client:
            while True:
                self._wake.clear()
                for update in self._ready(webhook, state):
                    lane = state.lanes.setdefault(update.lane, _Lane())
                    lane.busy = True
                    task = asyncio.create_task(self._push(client, webhook, update, lane))
                    state.tasks.add(task)
                    task.add_done_callback(state.tasks.discard)
                self._note_pushes()
                try:
                    await asyncio.wait_for(self._wake.wait(), self._next_pause(state))
                except TimeoutError:
                    continue

    def _note_pushes(self) -> None:
        self.most_under_way = max(self.most_under_way, self.under_way)
        self._changes.nudge()

    def _ready(self, webhook: Webhook, state: _State) -> list[Update]:
        now, ready, seen = asyncio.get_running_loop().time(), list[Update](), set[str]()
        room = webhook.max_connections - self.under_way
        self._updates.expire()
        for update in self._updates.pending:
            if update.lane in seen:
                continue
            seen.add(update.lane)
            lane = state.lanes.setdefault(update.lane, _Lane())
            if not lane.busy and lane.ready_at <= now:
                ready.append(update)
        return ready[: max(0, room)]

    def _next_pause(self, state: _State) -> float | None:
        now = asyncio.get_running_loop().time()
        waiting = [lane.ready_at - now for lane in state.lanes.values() if not lane.busy and lane.ready_at > now]
        return max(0.001, min(waiting)) if waiting else None

    async def _push(self, client: httpx.AsyncClient, webhook: Webhook, update: Update, lane: _Lane) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret} if webhook.secret else {}
        try:
            response = await client.post(webhook.url, json=update.as_json(), headers=headers)
        except httpx.HTTPError as error:
            self._fail(lane, _connection_error(error), retry_after=0)
        else:
            if response.is_success:
                await self._succeed(update, lane, response)
            else:
                what = f"Wrong response from the webhook: {response.status_code} {response.reason_phrase}"
                self._fail(lane, what, retry_after=_whole(response.headers.get("retry-after", "")))
        finally:
            lane.busy = False
            self.wake()

    async def _succeed(self, update: Update, lane: _Lane, response: httpx.Response) -> None:
        lane.failures, lane.ready_at = 0, 0.0
        self._updates.drop(update)
        reply = _method_call(response)
        if reply and self.on_reply is not None:
            await self.on_reply(reply)

    def _fail(self, lane: _Lane, what: str, *, retry_after: int) -> None:
        pause = float(retry_after) or min(LONGEST_PAUSE, self.first_pause * 2**lane.failures)
        lane.failures += 1
        lane.ready_at = asyncio.get_running_loop().time() + pause
        self._state.last_error_at, self._state.last_error = self._clock(), what
        self._changes.nudge()


def _connection_error(error: httpx.HTTPError) -> str:
    if isinstance(error, httpx.ConnectError):
        return "Connection refused"
    return "Read timeout expired" if isinstance(error, httpx.TimeoutException) else "Webhook connection closed"


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _method_call(response: httpx.Response) -> Json:
    if "json" not in response.headers.get("content-type", ""):
        return {}
    try:
        body: Any = response.json()
    except ValueError:
        return {}
    return cast(Json, body) if isinstance(body, dict) and "method" in body else {}

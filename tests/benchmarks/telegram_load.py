"""A Telegram that costs little and people who never tire: what every bot in a benchmark talks to.

The local server of bot.playground refuses what the real one refuses and is too thorough to measure against: it would
be the slower side. This one only hands out updates, takes messages, and notes when each answer arrived.
"""

from __future__ import annotations

import asyncio
import gc
import itertools
import json
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientError, ClientSession, web

TOKEN = "1000000001:benchmark-token-of-a-local-server-000"
BOT = {"id": 1000000001, "is_bot": True, "first_name": "Bench", "username": "bench_bot", "can_join_groups": True}
_SCHOOLS = 24  # as many as each team of the population has
SECRET = "the-secret-of-a-benchmark"
_BATCH = 100
_PUSHED_AT_ONCE = 40  # as Telegram does by default


@dataclass(slots=True)
class Person:
    """Somebody in the middle of a report: writes, sees the card, presses, sees the receipt."""

    id: int
    asked_at: float = 0.0
    waits_for: str = ""
    rounds: int = 0

    @property
    def report(self) -> str:
        """What they write this time: each saw a lesson of their own, or it would be one activity of many people."""
        seen = self.id + 7 * self.rounds
        school, room = seen % _SCHOOLS + 1, f"{seen // _SCHOOLS % 5 + 1}{'ABCDE'[seen % 5]}"
        subject = ("Toán", "Tiếng Việt", "Khoa học")[self.rounds % 3]
        notes = "Ưu điểm: lớp sôi nổi. Tư vấn: tăng thời gian nhóm đôi."
        return f"Dự giờ {subject} lớp {room} trường Phú Hòa {school} hôm nay. {notes}"


@dataclass(slots=True)
class Load:
    """The server's state and the measurements."""

    people: dict[int, Person] = field(default_factory=dict[int, Person])
    latencies: list[float] = field(default_factory=list[float])
    sent_at: list[float] = field(default_factory=list[float])
    on_card: Callable[[Person, dict[str, Any]], None] = lambda person, message: None
    on_receipt: Callable[[Person], None] = lambda person: None
    behind: Sequence[int] = ()
    """Ports of processes that have updates pushed to them in turn, instead of polling for them."""
    _updates: dict[int, dict[str, Any]] = field(default_factory=dict[int, dict[str, Any]])
    _pushes: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue[dict[str, Any]])
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _moved: asyncio.Event = field(default_factory=asyncio.Event)
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _messages: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def report(self, person: Person) -> None:
        """A person writes a report."""
        self._write(person, person.report, waits_for="card")

    def ask(self, person: Person, text: str) -> None:
        """A person writes something that is answered without a card."""
        self._write(person, text, waits_for="answer")

    def _write(self, person: Person, text: str, *, waits_for: str) -> None:
        self._ask(person, waits_for)
        self._put({"message": {**self._message(person.id, text), "from": _user(person.id)}})

    def press(self, person: Person, message: dict[str, Any]) -> None:
        """A person presses the first button of a message."""
        self._ask(person, "receipt")
        data = message["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        query = {"id": str(next(self._ids)), "from": _user(person.id), "chat_instance": "1", "data": data}
        self._put({"callback_query": {**query, "message": message}})

    async def until(self, done: Callable[[], bool], *, within: float) -> None:
        """Wait until the measurements say so; TimeoutError."""
        async with asyncio.timeout(within):
            while not done():
                self._moved.clear()
                await self._moved.wait()

    def _ask(self, person: Person, waits_for: str) -> None:
        person.asked_at, person.waits_for = time.perf_counter(), waits_for

    def _put(self, update: dict[str, Any]) -> None:
        number = next(self._ids)
        if self.behind:
            self._pushes.put_nowait({"update_id": number, **update})
            return
        self._updates[number] = {"update_id": number, **update}
        self._news.set()

    async def push(self, client: ClientSession) -> None:
        """Hand updates to the processes, each to the next one, for ever; one that is not there yet is asked again."""
        while True:
            update = await self._pushes.get()
            address = f"http://127.0.0.1:{self.behind[update['update_id'] % len(self.behind)]}/telegram/webhook"
            headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
            try:
                async with client.post(address, json=update, headers=headers) as answer:
                    accepted = answer.status == 200
            except ClientError:
                accepted = False
            if not accepted:
                await asyncio.sleep(0.02)
                self._pushes.put_nowait(update)

    def _message(self, chat_id: int, text: str) -> dict[str, Any]:
        chat = {"id": chat_id, "type": "private", "first_name": f"Người {chat_id}"}
        return {"message_id": next(self._messages), "date": int(time.time()), "chat": chat, "text": text}

    def _answered(self, message: dict[str, Any]) -> None:
        now = time.perf_counter()
        self.sent_at.append(now)
        person = self.people.get(message["chat"]["id"])
        if person is None or not person.waits_for:
            return
        if person.waits_for == "card" and "reply_markup" not in message:
            return
        self.latencies.append(now - person.asked_at)
        answered, person.waits_for = person.waits_for, ""
        if answered == "card":
            self.on_card(person, message)
        elif answered == "receipt":
            self.on_receipt(person)
        self._moved.set()

    async def call(self, request: web.Request) -> web.Response:
        """Answer one call of the Bot API."""
        method = request.match_info["method"].lower().replace("_", "")
        values: dict[str, Any] = (
            await request.json() if request.content_type == "application/json" else {**await request.post()}
        )
        match method:
            case "getme":
                return _ok(BOT)
            case "getupdates":
                return _ok(await self._hand_out(values))
            case "sendmessage":
                message = {**self._message(int(values["chat_id"]), str(values["text"])), "from": BOT}
                markup = values.get("reply_markup")
                markup = json.loads(markup) if isinstance(markup, str) else markup
                if markup and "inline_keyboard" in markup:
                    message["reply_markup"] = markup
                self._answered(message)
                return _ok(message)
            case "editmessagetext":
                message = self._message(int(values["chat_id"]), str(values["text"]))
                return _ok({**message, "message_id": int(values["message_id"]), "from": BOT})
            case _:
                return _ok(True)

    async def _hand_out(self, values: dict[str, Any]) -> list[dict[str, Any]]:
        offset = int(values.get("offset") or 0)
        for number in [number for number in self._updates if number < offset]:
            del self._updates[number]
        wait = float(values.get("timeout") or 0)
        if not self._updates and wait:
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), wait)
            except TimeoutError:
                return []
        return list(itertools.islice(self._updates.values(), min(int(values.get("limit") or _BATCH), _BATCH)))


@asynccontextmanager
async def serving(load: Load) -> AsyncGenerator[str]:
    """The server on a free port; yields its address."""
    application = web.Application(client_max_size=10 * 1024 * 1024)
    application.router.add_route("*", "/bot{token}/{method}", load.call)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    gc.collect()
    gc.freeze()  # what earlier measurements left would make each later collection a pause in which answers wait
    async with ClientSession() as client:
        pushing = [asyncio.create_task(load.push(client)) for _ in range(_PUSHED_AT_ONCE)]
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            for task in pushing:
                task.cancel()
            await asyncio.gather(*pushing, return_exceptions=True)
            await runner.cleanup()


def _user(number: int) -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": f"Người {number}"}


def _ok(result: object) -> web.Response:
    return web.json_response({"ok": True, "result": result})

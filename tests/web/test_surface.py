"""The HTTP surface: webhooks store only what comes with the secret; health, readiness and metrics tell the truth."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import pytest

from bot.channels.recording import RecordingChannel
from bot.domain.messages import Chat, Incoming, Sender
from bot.domain.vocabulary import ChannelName
from bot.pipeline.group_commit import GroupCommit
from bot.pipeline.intake import Intake
from bot.pipeline.signals import Signals
from bot.web.file_links import FileLinks
from bot.web.surface import Webhook, build_surface
from storage.engine import Database
from tests.clock import FakeClock

PATH = "/telegram/webhook"
SECRET = {"X-Telegram-Bot-Api-Secret-Token": "right"}


@dataclass(slots=True)
class Site:
    """The surface with a browser before it, and the channel whose updates it takes."""

    http: httpx.AsyncClient
    channel: RecordingChannel
    database: Database
    clock: FakeClock
    is_up: bool = True

    async def update(self, text: str = "chào") -> dict[str, Any]:
        """An update as the platform would push it."""
        chat = Chat(channel=ChannelName.TELEGRAM, chat_id="1")
        said = Incoming(external_id="0", chat=chat, sender=Sender(user_id="1", name="Hoa"), at=self.clock(), text=text)
        return dict(await self.channel.push(said))

    async def waiting(self) -> int:
        """How many updates are stored."""
        async with self.database.read() as uow:
            return (await uow.inbox.lag(now=self.clock()))[0]


@pytest.fixture
async def site(database: Database, clock: FakeClock) -> AsyncGenerator[Site]:
    """The whole surface, in memory."""
    channel, commits = RecordingChannel(), GroupCommit(database)
    serving = asyncio.create_task(commits.serve())
    intake = Intake(channel, commits=commits, clock=clock, signals=Signals())
    surface = build_surface(
        database=database,
        clock=clock,
        webhooks=[Webhook(path=PATH, header="X-Telegram-Bot-Api-Secret-Token", secret="right", intake=intake)],
        channels_up=lambda: made.is_up,
        links=FileLinks(secret=b"secret", public_url="", clock=clock),
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(surface), base_url="http://to") as http:
        made = Site(http, channel, database, clock)
        yield made
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)


async def test_an_update_with_the_secret_is_stored_before_it_is_acknowledged(site: Site) -> None:
    answer = await site.http.post(PATH, json=await site.update(), headers=SECRET)
    assert answer.status_code == 200
    assert await site.waiting() == 1


async def test_an_update_that_is_pushed_twice_is_stored_once(site: Site) -> None:
    update = await site.update()
    for _ in range(2):
        assert (await site.http.post(PATH, json=update, headers=SECRET)).status_code == 200
    assert await site.waiting() == 1


@pytest.mark.parametrize(
    "headers", [{}, {"X-Telegram-Bot-Api-Secret-Token": "wrong"}, {"X-Bot-Api-Secret-Token": "right"}]
)
async def test_without_the_right_secret_nothing_is_stored(site: Site, headers: dict[str, str]) -> None:
    answer = await site.http.post(PATH, json=await site.update(), headers=headers)
    assert answer.status_code == 403
    assert await site.waiting() == 0


async def test_a_secret_that_is_no_ascii_is_wrong_and_breaks_nothing(site: Site) -> None:
    headers = {b"X-Telegram-Bot-Api-Secret-Token": "bí mật".encode()}
    assert (await site.http.post(PATH, content=b"{}", headers=headers)).status_code == 403


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 200),
        (b"not json", 400),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        (b"[]", 400),
        (b'"text"', 400),
        (b"{}", 200),
        (b"x" * (1024 * 1024 + 1), 413),
    ],
    ids=["empty", "text", "bytes", "deep", "list", "string", "nothing-in-it", "huge"],
)
async def test_what_is_no_update_is_refused_and_not_stored(site: Site, body: bytes, status: int) -> None:
    assert (await site.http.post(PATH, content=body, headers=SECRET)).status_code == status
    assert await site.waiting() == 0


async def test_a_huge_body_is_not_read_to_its_end(site: Site) -> None:
    sent = 0

    async def endless() -> AsyncGenerator[bytes]:
        nonlocal sent
        while sent < 100:
            sent += 1
            yield b"x" * 256 * 1024

    assert (await site.http.post(PATH, content=endless(), headers=SECRET)).status_code == 413
    assert sent < 10


async def test_only_posts_are_taken(site: Site) -> None:
    assert (await site.http.get(PATH, headers=SECRET)).status_code == 405


async def test_the_process_is_healthy_whatever_else_is_wrong(site: Site) -> None:
    site.is_up = False
    assert (await site.http.get("/healthz")).text == "ok"


async def test_it_is_ready_when_database_and_channels_are_and_nothing_waits_long(site: Site) -> None:
    assert (await site.http.get("/readyz")).json() == {"database": "ok", "channels": "ok", "waiting": 0, "lag": 0.0}

    site.is_up = False
    down = await site.http.get("/readyz")
    assert (down.status_code, down.json()["channels"]) == (503, "down")

    site.is_up = True
    await site.http.post(PATH, json=await site.update(), headers=SECRET)
    site.clock.advance(timedelta(minutes=2))
    behind = await site.http.get("/readyz")
    assert (behind.status_code, behind.json()["waiting"], behind.json()["lag"]) == (503, 1, 120.0)


async def test_it_is_not_ready_without_its_database(clock: FakeClock) -> None:
    away = Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing", clock=clock)
    surface = build_surface(
        database=away,
        clock=clock,
        webhooks=[],
        channels_up=lambda: True,
        links=FileLinks(secret=b"secret", public_url="", clock=clock),
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(surface), base_url="http://to") as http:
        answer = await http.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"database": "OperationalError"})


async def test_metrics_count_what_waits_and_what_failed(site: Site) -> None:
    await site.http.post(PATH, json=await site.update(), headers=SECRET)
    site.clock.advance(3)
    lines = (await site.http.get("/metrics")).text.splitlines()
    assert "mangluoi_inbox_waiting 1.0" in lines
    assert "mangluoi_inbox_lag_seconds 3.0" in lines
    assert "mangluoi_dead_letters 0.0" in lines


async def test_what_people_say_never_shows_in_metrics_or_readiness(site: Site) -> None:
    await site.http.post(PATH, json=await site.update("bí mật của tổ"), headers=SECRET)
    for path in ("/metrics", "/readyz"):
        assert json.dumps("bí mật")[1:-1] not in (await site.http.get(path)).text

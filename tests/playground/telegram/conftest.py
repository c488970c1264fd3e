"""A running Telegram, the real client library as its bot, and a person with a phone."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import httpx
import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.playground.telegram.people import Phone
from bot.playground.telegram.playground import TelegramPlayground
from bot.playground.telegram.world import World
from tests.clock import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    """This Telegram's time, which stands still."""
    return FakeClock()


@pytest.fixture
async def playground(clock: FakeClock) -> AsyncGenerator[TelegramPlayground]:
    """A fresh Telegram whose clock is the test's."""
    async with TelegramPlayground(World(clock=clock)) as running:
        yield running


@pytest.fixture
def world(playground: TelegramPlayground) -> World:
    """What is behind the server."""
    return playground.world


@pytest.fixture
async def bot(playground: TelegramPlayground, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[Bot]:
    """python-telegram-bot's client, as the product uses it."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    client = Bot(
        playground.token,
        base_url=f"{playground.url}/bot",
        base_file_url=f"{playground.url}/file/bot",
        request=HTTPXRequest(httpx_kwargs={"trust_env": False}),
        get_updates_request=HTTPXRequest(httpx_kwargs={"trust_env": False}),
    )
    async with client:
        yield client


@pytest.fixture
def lan(playground: TelegramPlayground) -> Phone:
    """A teacher who has pressed "Start"."""
    phone = playground.add_person("Lan", last_name="Nguyễn", username="co_lan")
    phone.start()
    return phone


@pytest.fixture
async def http(playground: TelegramPlayground) -> AsyncGenerator[httpx.AsyncClient]:
    """Plain requests to the bot's address: `await http.post("/getMe")`."""
    address = f"{playground.url}/bot{playground.token}"
    async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
        yield client

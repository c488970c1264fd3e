"""Updates pushed to the bot: in order, with the secret, again until they are taken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from telegram import Bot
from telegram.error import BadRequest, Conflict

from bot.playground.server import LocalServer
from bot.playground.telegram.people import Phone
from bot.playground.telegram.playground import TelegramPlayground
from bot.playground.telegram.world import World


@dataclass
class Receiver:
    """A bot's own web server: notes what it gets and answers as told."""

    url: str = ""
    got: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    secrets: list[str] = field(default_factory=list[str])
    statuses: list[int] = field(default_factory=list[int])
    reply: dict[str, Any] = field(default_factory=dict[str, Any])
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def receive(self, request: Request) -> Response:
        await self.gate.wait()
        status = self.statuses.pop(0) if self.statuses else 200
        if status == 200:
            self.got.append(await request.json())
        self.secrets.append(request.headers.get("x-telegram-bot-api-secret-token", ""))
        return JSONResponse(self.reply, status)

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.got]


@pytest.fixture
async def receiver(world: World) -> AsyncGenerator[Receiver]:
    """A receiver that is open for business."""
    world.webhook.first_pause = 0.01
    receiving = Receiver()
    receiving.gate.set()
    server = LocalServer(Starlette(routes=[Route("/hook", receiving.receive, methods=["POST"])]))
    await server.start()
    receiving.url = f"{server.url}/hook"
    yield receiving
    receiving.gate.set()
    await world.webhook.stop()
    await server.stop()


async def test_what_waits_and_what_comes_is_pushed_in_order(
    bot: Bot, lan: Phone, receiver: Receiver, world: World
) -> None:
    await bot.set_webhook(receiver.url)
    lan.send("một")
    lan.send("hai")

    await world.wait_for(lambda: not world.updates.pending)

    assert receiver.texts == ["/start", "một", "hai"]


async def test_every_push_carries_the_secret(bot: Bot, lan: Phone, receiver: Receiver, world: World) -> None:
    await bot.set_webhook(receiver.url, secret_token="bi_mat-1")

    await world.wait_for(lambda: not world.updates.pending)

    assert receiver.secrets == ["bi_mat-1"]


async def test_a_push_that_fails_comes_again_before_the_next_of_its_chat(
    bot: Bot, lan: Phone, receiver: Receiver, world: World
) -> None:
    receiver.statuses = [500, 503]
    lan.send("một")
    await bot.set_webhook(receiver.url)

    await world.wait_for(lambda: not world.updates.pending)

    assert receiver.texts == ["/start", "một"]
    assert len(receiver.secrets) == 4
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 503 Service Unavailable"


async def test_chats_do_not_wait_for_one_another(
    bot: Bot, lan: Phone, receiver: Receiver, world: World, playground: TelegramPlayground
) -> None:
    receiver.statuses = [500]
    world.webhook.first_pause = 60
    await bot.set_webhook(receiver.url)
    await world.wait_for(lambda: receiver.secrets)
    playground.add_person("Hoa").send("em chào")

    await world.wait_for(lambda: receiver.got)

    assert receiver.texts == ["em chào"]
    assert (await bot.get_webhook_info()).pending_update_count == 1


async def test_no_more_connections_than_allowed(
    bot: Bot, receiver: Receiver, world: World, playground: TelegramPlayground
) -> None:
    receiver.gate.clear()
    for name in ("A", "B", "C"):
        playground.add_person(name).start()
    await bot.set_webhook(receiver.url, max_connections=2)

    await world.wait_for(lambda: world.webhook.under_way == 2)
    receiver.gate.set()
    await world.wait_for(lambda: not world.updates.pending)

    assert world.webhook.most_under_way == 2


async def test_a_reply_can_be_a_call(bot: Bot, lan: Phone, receiver: Receiver, world: World) -> None:
    receiver.reply = {"method": "sendMessage", "chat_id": lan.person.id, "text": "đã nhận"}

    await bot.set_webhook(receiver.url)

    assert (await lan.wait_for_text("đã nhận")).text == "đã nhận"


async def test_polling_and_a_webhook_exclude_each_other(bot: Bot, receiver: Receiver) -> None:
    await bot.set_webhook(receiver.url)

    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active; use deleteWebhook"):
        await bot.get_updates()


async def test_setting_a_webhook_ends_a_poll(bot: Bot, receiver: Receiver, world: World) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=10))
    await world.wait_for(lambda: world.updates.is_polled)

    await bot.set_webhook(receiver.url)

    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await waiting


async def test_taking_the_webhook_away_keeps_what_waits(bot: Bot, lan: Phone, receiver: Receiver) -> None:
    receiver.gate.clear()
    await bot.set_webhook(receiver.url)

    await bot.delete_webhook()

    assert len(await bot.get_updates()) == 1


async def test_what_waits_can_be_dropped(bot: Bot, lan: Phone) -> None:
    await bot.delete_webhook(drop_pending_updates=True)

    assert await bot.get_updates() == ()


async def test_a_webhook_elsewhere_must_be_https(bot: Bot) -> None:
    with pytest.raises(BadRequest, match=r"(?i)an https url must be provided for webhook"):
        await bot.set_webhook("http://example.org/hook")


async def test_a_secret_with_other_characters_is_refused(bot: Bot, receiver: Receiver) -> None:
    with pytest.raises(BadRequest, match="Secret token contains unallowed characters"):
        await bot.set_webhook(receiver.url, secret_token="bí mật")


async def test_a_server_that_is_away_is_an_error_in_the_info(bot: Bot, lan: Phone, world: World) -> None:
    await bot.set_webhook("http://127.0.0.1:9/hook")

    await world.wait_for(lambda: "last_error_message" in world.webhook.info())

    info = await bot.get_webhook_info()
    assert (info.last_error_message, info.pending_update_count) == ("Connection refused", 1)

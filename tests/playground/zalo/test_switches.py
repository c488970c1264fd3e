"""The local Zalo behaves as badly as it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import httpx
import pytest

from bot.playground.zalo.people import Phone
from bot.playground.zalo.playground import ZaloPlayground


@pytest.fixture
async def playground() -> AsyncGenerator[ZaloPlayground]:
    """A fresh Zalo."""
    async with ZaloPlayground() as running:
        yield running


@pytest.fixture
def lan(playground: ZaloPlayground) -> Phone:
    """A teacher who has not written yet."""
    return playground.add_person("Lan")


async def call(playground: ZaloPlayground, method: str, **parameters: object) -> dict[str, Any]:
    """One call of the bot."""
    address = f"{playground.url}/bot{playground.token}/{method}"
    async with httpx.AsyncClient(trust_env=False) as client:
        return (await client.post(address, json=parameters)).json()


async def test_an_update_is_read_once(playground: ZaloPlayground, lan: Phone) -> None:
    await lan.send("một")
    assert (await call(playground, "getUpdates", timeout=0))["result"]["message"]["text"] == "một"
    assert (await call(playground, "getUpdates", timeout=0))["error_code"] == 408


async def test_messages_are_lost_when_nothing_is_queued_and_nobody_polls(
    playground: ZaloPlayground, lan: Phone
) -> None:
    playground.world.switches.queues = False
    await lan.send("mất")
    polling = asyncio.create_task(call(playground, "getUpdates", timeout=10))
    await playground.world.wait_for(lambda: playground.world.updates.is_polled)
    await lan.send("còn")
    assert (await polling)["result"]["message"]["text"] == "còn"


async def test_the_bot_cannot_write_first(playground: ZaloPlayground, lan: Phone) -> None:
    refused = await call(playground, "sendMessage", chat_id=lan.person.id, text="chào")
    assert (refused["ok"], refused["error_code"]) == (False, 404)
    await lan.send("chào")
    assert (await call(playground, "sendMessage", chat_id=lan.person.id, text="chào"))["ok"]


async def test_a_long_text_is_cut(playground: ZaloPlayground, lan: Phone) -> None:
    await lan.send("chào")
    await call(playground, "sendMessage", chat_id=lan.person.id, text="😀" * 1500)
    assert lan.last().text == "😀" * 1000


async def test_quotas_are_kept(playground: ZaloPlayground, lan: Phone) -> None:
    playground.world.switches.message_quota = 1
    playground.world.switches.codes_as_text = True
    playground.world.switches.error_field = "errorCode"
    await lan.send("chào")
    await call(playground, "sendMessage", chat_id=lan.person.id, text="một")
    assert (await call(playground, "sendMessage", chat_id=lan.person.id, text="hai"))["errorCode"] == "429"


async def test_only_mentions_and_replies_come_from_groups_and_voices_are_lost(
    playground: ZaloPlayground, lan: Phone
) -> None:
    group = lan.create_group("Tổ")
    await call(playground, "sendMessage", chat_id=group.id, text="xin chào")
    await lan.send("chuyện riêng", chat=group)
    await lan.send_voice(b"aac", chat=group)
    assert len(playground.world.updates) == 0
    await lan.send("ơi", chat=group, mention=True)
    await lan.send("vâng", chat=group, reply_to=lan.last(group))
    assert len(playground.world.updates) == 2


async def test_pictures_and_webhooks_need_https(playground: ZaloPlayground, lan: Phone) -> None:
    await lan.send("chào")
    assert not (await call(playground, "sendPhoto", chat_id=lan.person.id, photo="http://a.vn/1.png"))["ok"]
    assert not (await call(playground, "setWebhook", url="http://a.vn", secret_token="12345678"))["ok"]
    assert not (await call(playground, "setWebhook", url="https://a.vn", secret_token="short"))["ok"]


async def test_the_people_can_be_played_over_http(playground: ZaloPlayground) -> None:
    async with httpx.AsyncClient(base_url=f"{playground.url}/playground", trust_env=False) as page:
        person = (await page.post("/people", json={"name": "Lan"})).json()["id"]
        await page.post(f"/people/{person}/send", json={"text": "chào"})
        await call(playground, "sendMessage", chat_id=person, text="Chọn:\n1. Đồng ý")
        seen = (await page.get(f"/people/{person}/wait", params={"text": "chọn"})).json()
        assert seen["from_bot"]
        chosen = (await page.post(f"/people/{person}/choose", json={"label": "đồng ý"})).json()
        assert chosen["text"] == "1"
        assert (await page.post(f"/people/{person}/fly", json={})).status_code == 404
        assert (await page.post("/switches", json={"wrapped": False})).json()["wrapped"] is False
        assert (await page.get("/state")).json()["pending_updates"] == 2


async def test_what_a_webhook_did_not_take_is_lost_where_nothing_is_queued(
    playground: ZaloPlayground, lan: Phone
) -> None:
    world = playground.world
    world.switches.https_only, world.switches.queues = False, False
    await call(playground, "setWebhook", url=f"{playground.url}/nowhere", secret_token="12345678")
    await lan.send("mất")
    await lan.send("cũng mất")
    await world.wait_for(lambda: len(world.webhook.statuses) == 2)
    assert world.webhook.statuses == [404, 404]

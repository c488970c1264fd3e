"""Things that go wrong on purpose, as the client library meets them."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from telegram import Bot
from telegram.error import ChatMigrated, NetworkError, RetryAfter, TimedOut

from bot.playground.faults import BAD_GATEWAY_PAGE
from bot.playground.telegram.people import Phone
from bot.playground.telegram.world import World


async def test_a_dropped_connection_before_the_call_leaves_nothing(bot: Bot, lan: Phone, world: World) -> None:
    world.faults.add(method="sendMessage", drop=True)

    with pytest.raises(NetworkError) as caught:
        await bot.send_message(lan.person.id, "mất")

    assert isinstance(caught.value.__cause__, (httpx.RemoteProtocolError, httpx.ReadError))
    assert lan.received() == []


async def test_a_dropped_connection_after_the_call_leaves_the_message(bot: Bot, lan: Phone, world: World) -> None:
    world.faults.add(method="sendMessage", drop=True, moment="after")

    with pytest.raises(NetworkError):
        await bot.send_message(lan.person.id, "đã đến")

    assert [message.text for message in lan.received()] == ["đã đến"]


async def test_a_fault_is_used_up(bot: Bot, lan: Phone, world: World) -> None:
    world.faults.add(method="sendMessage", chat_id=lan.person.id, times=2, status=500)
    for _ in range(2):
        with pytest.raises(NetworkError):
            await bot.send_message(lan.person.id, "không")

    await bot.send_message(lan.person.id, "được")

    assert [message.text for message in lan.received()] == ["được"]


async def test_a_fault_of_another_chat_or_method_does_nothing(bot: Bot, lan: Phone, world: World) -> None:
    world.faults.add(method="sendMessage", chat_id=1, status=500)
    world.faults.add(method="editMessageText", status=500)

    await bot.send_message(lan.person.id, "được")

    assert lan.last().text == "được"


async def test_a_fault_can_let_some_calls_pass_first(bot: Bot, lan: Phone, world: World) -> None:
    world.faults.add(method="sendMessage", skip=1, status=500)

    await bot.send_message(lan.person.id, "một")
    with pytest.raises(NetworkError):
        await bot.send_message(lan.person.id, "hai")


async def test_a_retry_after_is_what_the_real_one_says(bot: Bot, lan: Phone, world: World) -> None:
    world.faults.add(retry_after=7)

    with pytest.raises(RetryAfter, match="Retry in 0:00:07"):
        await bot.send_message(lan.person.id, "từ từ")


async def test_a_migration_can_come_out_of_the_blue(bot: Bot, lan: Phone, world: World) -> None:
    world.faults.add(migrate_to_chat_id=-100123)

    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(lan.person.id, "ở đâu?")

    assert caught.value.new_chat_id == -100123


async def test_a_proxy_answers_with_its_own_page(http: httpx.AsyncClient, lan: Phone, world: World) -> None:
    world.faults.add(status=502, body=BAD_GATEWAY_PAGE)

    answer = await http.post("/sendMessage", json={"chat_id": lan.person.id, "text": "a"})

    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (502, "text/html")
    assert "nginx" in answer.text


async def test_a_delayed_call_times_out_and_still_takes_effect(bot: Bot, lan: Phone, world: World) -> None:
    world.faults.add(method="sendMessage", delay=0.3)

    with pytest.raises(TimedOut):
        await bot.send_message(lan.person.id, "chậm", read_timeout=0.05)

    assert (await lan.wait_for_text("chậm")).text == "chậm"


async def test_every_call_is_in_the_log(bot: Bot, lan: Phone, world: World) -> None:
    world.faults.add(method="sendMessage", status=500)
    with pytest.raises(NetworkError):
        await bot.send_message(lan.person.id, "a")
    await bot.send_message(lan.person.id, "a")

    sent = world.calls.of("sendMessage", chat_id=lan.person.id)

    assert [(call.status, call.fault) for call in sent] == [(500, "status 500 before"), (200, "")]
    assert sent[1].parameters["text"] == "a"


async def test_it_is_quiet_once_the_bot_has_taken_and_answered_all(bot: Bot, lan: Phone, world: World) -> None:
    async def serve() -> None:
        (start,) = await bot.get_updates(timeout=5)
        await bot.send_message(lan.person.id, "chào cô")
        await bot.get_updates(offset=start.update_id + 1, timeout=1)

    serving = asyncio.create_task(serve())
    await world.quiet(calm=0.1)

    assert lan.last().text == "chào cô"
    await serving


async def test_waiting_for_what_never_comes_ends(world: World) -> None:
    with pytest.raises(TimeoutError):
        await world.wait_for(lambda: False, timeout=0.05)


def test_a_fault_must_be_one() -> None:
    from bot.playground.faults import Faults

    with pytest.raises(ValueError, match="a fault needs"):
        Faults().add(method="sendMessage")

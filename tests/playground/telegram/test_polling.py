"""getUpdates: what it confirms, how long it waits, and that only one waits."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from telegram import Bot
from telegram.error import Conflict

from bot.playground.telegram.people import Phone
from bot.playground.telegram.world import World
from tests.clock import FakeClock


async def test_updates_stay_until_they_are_confirmed(bot: Bot, lan: Phone) -> None:
    first = await bot.get_updates()
    again = await bot.get_updates()

    assert [u.update_id for u in again] == [u.update_id for u in first]
    assert await bot.get_updates(offset=first[-1].update_id + 1) == ()


async def test_the_limit_holds_back_the_rest(bot: Bot, lan: Phone) -> None:
    for text in ("một", "hai", "ba"):
        lan.send(text)

    updates = await bot.get_updates(limit=2)

    assert [u.message.text for u in updates if u.message] == ["/start", "một"]


async def test_a_negative_offset_keeps_the_newest_and_forgets_the_rest(bot: Bot, lan: Phone) -> None:
    lan.send("một")
    lan.send("hai")

    newest = await bot.get_updates(offset=-1)

    assert [u.message.text for u in newest if u.message] == ["hai"]
    assert len(await bot.get_updates()) == 1


async def test_an_offset_from_another_bot_s_future_is_ignored(bot: Bot, lan: Phone) -> None:
    assert len(await bot.get_updates(offset=2_000_000_000)) == 1


async def test_a_poll_waits_for_the_next_update(bot: Bot, lan: Phone, world: World) -> None:
    start = (await bot.get_updates())[-1]
    waiting = asyncio.create_task(bot.get_updates(offset=start.update_id + 1, timeout=10))
    await world.wait_for(lambda: world.updates.is_polled)

    lan.send("đây")

    assert [u.message.text for u in await waiting if u.message] == ["đây"]


async def test_a_poll_ends_empty_after_its_timeout(bot: Bot) -> None:
    assert await bot.get_updates(timeout=1) == ()


async def test_a_second_poll_ends_the_first(bot: Bot, world: World, http: httpx.AsyncClient, lan: Phone) -> None:
    world.updates.clear()
    first = asyncio.create_task(bot.get_updates(timeout=10))
    await world.wait_for(lambda: world.updates.is_polled)
    second = asyncio.create_task(http.get("/getUpdates", params={"timeout": "10"}))

    with pytest.raises(Conflict, match="terminated by other getUpdates request; make sure that only one bot"):
        await first
    lan.send("cho người sau")
    assert len((await second).json()["result"]) == 1


async def test_updates_older_than_a_day_are_forgotten(bot: Bot, lan: Phone, clock: FakeClock) -> None:
    clock.advance(24 * 3600 + 1)

    assert await bot.get_updates() == ()


async def test_allowed_updates_hold_from_then_on(bot: Bot, lan: Phone) -> None:
    await bot.get_updates(allowed_updates=["message"])
    lan.edit(lan.send("một"), "hai")

    updates = await bot.get_updates()

    assert [u.message.text for u in updates if u.message] == ["/start", "một"]
    assert all(u.edited_message is None for u in updates)


async def test_an_empty_list_of_allowed_updates_is_the_default_again(bot: Bot, lan: Phone, world: World) -> None:
    await bot.get_updates(allowed_updates=["poll"])
    await bot.get_updates(allowed_updates=[])
    lan.send("nghe không?")

    assert (await bot.get_updates())[-1].message is not None
    assert "chat_member" not in world.updates.allowed

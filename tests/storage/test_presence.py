"""PostgreSQL tells who is alive: names held by a connection, gone with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

import pytest

from bot.domain.messages import Chat
from bot.domain.vocabulary import ChannelName
from storage.advisory_locks import absent
from storage.engine import Database
from storage.presence import NameTaken, Presence
from tests.clock import FakeClock
from tests.outbox_desk import Desk

pytestmark = pytest.mark.only_on("postgresql")


@pytest.fixture
async def presence(database: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[Presence]:
    monkeypatch.setattr("storage.presence._PATIENCE", 0.5)
    held = Presence(database, ["worker-1", "poller:telegram:abc"])
    await held.begin()
    yield held
    await held.end()


async def _absent(database: Database, *names: str) -> set[str]:
    async with database.read() as uow:
        return await absent(uow._session, names)


async def test_a_worker_is_there_for_as_long_as_its_connection(database: Database, presence: Presence) -> None:
    assert await _absent(database, "worker-1", "worker-2") == {"worker-2"}

    await presence.end()

    async with asyncio.timeout(10):  # the server notices a closed connection a moment later
        while await _absent(database, "worker-1") != {"worker-1"}:
            await asyncio.sleep(0.01)


async def test_a_second_poller_of_the_same_bot_is_refused(database: Database, presence: Presence) -> None:
    second = Presence(database, ["worker-2", "poller:telegram:abc"])
    with pytest.raises(NameTaken) as caught:
        await second.begin()
    await second.end()

    assert caught.value.facts == {"name": "poller:telegram:abc"}


async def test_pollers_of_different_bots_do_not_hinder_one_another(database: Database, presence: Presence) -> None:
    second = Presence(database, ["poller:telegram:def"])
    await second.begin()
    await second.end()


async def test_what_a_dead_worker_had_in_hand_is_taken_up_without_waiting_for_its_lease(
    database: Database, presence: Presence, clock: FakeClock
) -> None:
    living, dead = Desk(database, clock, worker="worker-1"), Desk(database, clock, worker="worker-2")
    for desk, chat in ((living, "1"), (dead, "2")):
        await desk.put(f"of {desk.worker}", Chat(channel=ChannelName.TELEGRAM, chat_id=chat))
        for claim in await desk.claim():
            assert await desk.begin(claim)

    async with database.begin() as uow:
        workers = await uow.delivery.absent_workers()
        await uow.delivery.recover(now=clock(), dead=workers)

    assert workers == {"worker-2"}
    assert await living.send() == ["of worker-2"]

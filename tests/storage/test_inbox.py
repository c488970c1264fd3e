"""The inbox: stored once, taken in order within a chat, set aside after three failures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.vocabulary import ChannelName
from storage.engine import Database
from storage.inbox import MAX_ATTEMPTS, NewUpdate
from tests.clock import FakeClock


def _update(number: int, *, chat: str = "telegram:1", status: str = "new") -> NewUpdate:
    return NewUpdate(ChannelName.TELEGRAM, str(number), chat, {"n": number}, status=status)


async def _put(database: Database, clock: FakeClock, *updates: NewUpdate) -> int:
    async with database.begin() as uow:
        return await uow.inbox.put(updates, now=clock())


async def _handle_round(database: Database, clock: FakeClock, *, limit: int = 10) -> list[str]:
    """Take a round and finish it; the external ids taken."""
    async with database.begin() as uow:
        rows = await uow.inbox.claim(limit=limit, now=clock())
        await uow.inbox.finish([row.id for row in rows], now=clock())
        return [row.external_id for row in rows]


async def test_an_update_that_comes_twice_is_stored_once(database: Database, clock: FakeClock) -> None:
    assert await _put(database, clock, _update(1), _update(2)) == 2
    assert await _put(database, clock, _update(2), _update(3)) == 1
    async with database.read() as uow:
        assert (await uow.inbox.lag(now=clock()))[0] == 3


async def test_chats_go_side_by_side_and_each_in_its_own_order(database: Database, clock: FakeClock) -> None:
    await _put(database, clock, _update(1, chat="a"), _update(2, chat="a"), _update(3, chat="b"))
    assert await _handle_round(database, clock) == ["1", "3"]
    assert await _handle_round(database, clock) == ["2"]
    assert await _handle_round(database, clock) == []


async def test_an_update_whose_file_is_still_coming_holds_up_its_chat_only(
    database: Database, clock: FakeClock
) -> None:
    await _put(database, clock, _update(1, chat="a", status="fetching"), _update(2, chat="a"), _update(3, chat="b"))
    assert await _handle_round(database, clock) == ["3"]
    async with database.begin() as uow:
        (waiting,) = await uow.inbox.waiting_for_files(limit=5, now=clock())
        await uow.inbox.files_ready(waiting.id, {"ref": {"stored_id": 1}}, now=clock())
    assert await _handle_round(database, clock) == ["1"]
    assert await _handle_round(database, clock) == ["2"]


async def test_a_failed_update_waits_before_it_is_tried_again_and_keeps_its_place(
    database: Database, clock: FakeClock
) -> None:
    await _put(database, clock, _update(1), _update(2))
    async with database.begin() as uow:
        (row,) = await uow.inbox.claim(limit=5, now=clock())
        assert not await uow.inbox.fail(row.id, error="boom", now=clock())
    assert await _handle_round(database, clock) == []
    clock.advance(timedelta(seconds=1))
    assert await _handle_round(database, clock) == ["1"]
    assert await _handle_round(database, clock) == ["2"]


async def _fail_until_dead(database: Database, clock: FakeClock) -> list[bool]:
    dead: list[bool] = []
    for _ in range(MAX_ATTEMPTS):
        clock.advance(timedelta(minutes=1))
        async with database.begin() as uow:
            (row,) = await uow.inbox.claim(limit=1, now=clock())
            dead.append(await uow.inbox.fail(row.id, error="ValueError: boom", now=clock()))
    return dead


async def test_three_failures_set_an_update_aside_and_the_next_goes_on(database: Database, clock: FakeClock) -> None:
    await _put(database, clock, _update(1), _update(2))
    assert await _fail_until_dead(database, clock) == [False, False, True]
    assert await _handle_round(database, clock) == ["2"]
    async with database.read() as uow:
        (letter,) = await uow.inbox.dead_letters()
    assert (letter.external_id, letter.error) == ("1", "ValueError: boom")


@pytest.mark.parametrize("by_id", [True, False], ids=["by id", "all"])
async def test_a_dead_letter_can_be_retried(database: Database, clock: FakeClock, by_id: bool) -> None:
    await _put(database, clock, _update(1))
    await _fail_until_dead(database, clock)
    async with database.begin() as uow:
        (letter,) = await uow.inbox.dead_letters()
        assert await uow.inbox.retry([letter.id] if by_id else [], now=clock()) == 1
    assert await _handle_round(database, clock) == ["1"]
    async with database.begin() as uow:
        assert await uow.inbox.retry([], now=clock()) == 0


async def test_lag_is_the_age_of_the_oldest_that_waits(database: Database, clock: FakeClock) -> None:
    await _put(database, clock, _update(1))
    clock.advance(timedelta(seconds=7))
    await _put(database, clock, _update(2))
    async with database.read() as uow:
        assert await uow.inbox.lag(now=clock()) == (2, 7.0)


@pytest.mark.only_on("postgresql")
async def test_two_processes_never_take_the_same_update_nor_one_chat_out_of_order(
    database: Database, database_url: str, clock: FakeClock
) -> None:
    await _put(database, clock, *(_update(number, chat=f"chat-{number % 3}") for number in range(9)))
    other = Database(database_url, clock=clock)
    try:
        async with database.begin() as mine, other.begin() as theirs:
            taken = [row.external_id for row in await mine.inbox.claim(limit=2, now=clock())]
            also = [row.external_id for row in await theirs.inbox.claim(limit=9, now=clock())]
        assert taken == ["0", "1"]
        assert also == ["2"]
    finally:
        await other.close()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chats=st.lists(st.sampled_from("abcd"), min_size=1, max_size=25), limit=st.integers(1, 5))
@pytest.mark.only_on("sqlite")
async def test_whatever_arrives_every_chat_is_handled_once_and_in_order(
    database: Database, clock: FakeClock, chats: Sequence[str], limit: int
) -> None:
    async with database.read() as uow:
        assert (await uow.inbox.lag(now=clock()))[0] == 0
    start = clock.advance(1).timestamp()
    await _put(database, clock, *(_update(int(start * 1000) + n, chat=chat) for n, chat in enumerate(chats)))
    order: dict[str, list[int]] = {}
    while taken := await _handle_round(database, clock, limit=limit):
        for external_id in taken:
            number = int(external_id) - int(start * 1000)
            order.setdefault(chats[number], []).append(number)
    assert order == {
        chat: [number for number, each in enumerate(chats) if each == chat] for chat in dict.fromkeys(chats)
    }

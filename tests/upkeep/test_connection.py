"""Whether a platform answers is known at any moment, not only at the start."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from bot.channels.base import ChannelDown, ChannelError, Identity, NotSent, RateLimited
from bot.channels.recording import RecordingChannel
from bot.connection import Connection, Push

AWAY = NotSent(reason="ConnectError")
REFUSED = ChannelDown(reason="token")


class _Platform(RecordingChannel):
    """Answers getMe with what was planned, and well from then on."""

    def __init__(self, *planned: ChannelError | None) -> None:
        super().__init__()
        self.planned = list(planned)
        self.asked = asyncio.Semaphore(0)

    async def open(self) -> Identity:
        self.asked.release()
        if self.planned and (error := self.planned.pop(0)) is not None:
            raise error
        return await super().open()


def _connection(platform: RecordingChannel, **more: float) -> Connection:
    return Connection(
        platform, push=Push(url="https://bot.example.vn/telegram/webhook", secret="s"), commands=(), **more
    )


async def _connected(*later: ChannelError | None) -> Connection:
    platform = _Platform()
    connection = _connection(platform)
    await connection.connect()
    platform.planned = list(later)
    return connection


async def test_nothing_is_said_of_a_platform_before_it_was_asked() -> None:
    connection = _connection(_Platform())
    assert connection.is_up is None
    await connection.connect()
    assert connection.is_up is True
    assert connection.identity is not None


async def test_a_platform_that_cannot_be_reached_at_the_start_is_down_until_it_can() -> None:
    platform = _Platform(AWAY)
    connection = _connection(platform)
    connecting = asyncio.create_task(connection.connect())
    await platform.asked.acquire()
    await asyncio.sleep(0)
    assert connection.is_up is False
    await connecting
    assert connection.is_up is True


async def test_a_platform_that_goes_away_is_down_after_two_looks_and_up_after_one() -> None:
    connection = await _connected(AWAY, AWAY)
    states: list[bool | None] = []
    for _ in range(3):
        await connection.look()
        states.append(connection.is_up)
    assert states == [True, False, True]


async def test_a_platform_that_asks_to_wait_is_there() -> None:
    connection = await _connected(*[RateLimited(retry_after=60, whole_bot=True)] * 3)
    for _ in range(3):
        await connection.look()
    assert connection.is_up is True


async def test_a_token_that_is_refused_later_is_noticed_and_one_that_is_taken_again_too() -> None:
    connection = await _connected(REFUSED, None)
    with pytest.raises(ChannelDown):
        await connection.look()
    connection.refuse()
    assert connection.is_up is False
    await connection.look()
    assert connection.is_up is True


async def test_it_is_looked_at_again_and_again() -> None:
    platform = _Platform()
    connection = _connection(platform, look_every=0.0)
    looking = asyncio.create_task(connection.keep_looking())
    async with asyncio.timeout(10):
        for _ in range(3):
            await platform.asked.acquire()
    looking.cancel()
    with suppress(asyncio.CancelledError):
        await looking

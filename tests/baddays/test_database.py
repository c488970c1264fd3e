"""The database is away for a while, or full: people are answered afterwards, each once, and nothing is lost."""

from __future__ import annotations

import asyncio
import os
import time
from datetime import datetime, timedelta
from typing import Any

import httpx
import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.domain.messages import Incoming, Outgoing, Reply
from storage.engine import Database, is_outage
from storage.unit_of_work import UnitOfWork
from tests.baddays.outages import outage_of
from tests.clock import FakeClock

AWAY = float(os.environ.get("MANGLUOI_AWAY_SECONDS", "18"))
"""Seconds; longer than SQLite's patience with a lock. `make baddays` has a minute."""
REPORT = "Dự giờ Toán lớp {} trường Phú Hòa 1 hôm nay. Tư vấn: {}"


@pytest.mark.endtoend
@pytest.mark.timeout(300)
@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_a_database_that_goes_away_and_comes_back_loses_nothing(
    webhook: bool, install: Any, join: Any, database_url: str
) -> None:
    async with outage_of(database_url) as outage:
        installation = install(webhook=webhook, database_url=outage.url)
        codes = await installation.set_up_team()
        async with installation.running(), httpx.AsyncClient() as browser:
            phone = await join(installation.playground, "Dung", codes["Lý Ngọc Dung"])
            async with outage.away():
                began = time.monotonic()
                for number in range(3):
                    phone.send(REPORT.format("4A", f"lời khuyên {number}"))
                    await asyncio.sleep(AWAY / 4)
                health = await browser.get(f"http://127.0.0.1:{installation.port}/healthz")
                ready = await browser.get(f"http://127.0.0.1:{installation.port}/readyz", timeout=10)
                await asyncio.sleep(max(0.0, began + AWAY - time.monotonic()))
            back = time.monotonic()
            for number in range(3):
                await phone.wait_for_text(f"lời khuyên {number}", timeout=90)
            kind = "webhook" if webhook else "polling"
            print(f"away {AWAY:.0f} s ({kind}): answered {time.monotonic() - back:.1f} s after it was back")
            await installation.playground.world.quiet(timeout=30)
            cards = [message.text for message in phone.received() if "lời khuyên" in message.text]
        assert health.status_code == 200
        if not database_url.startswith("sqlite"):  # a locked SQLite file can still be read
            assert ready.status_code == 503
        assert [sum(f"lời khuyên {number}" in card for card in cards) for number in range(3)] == [1, 1, 1]
        assert await installation.data("dead-letters", "list", "--json") == []


async def _keep_team(incoming: Incoming, uow: UnitOfWork, now: datetime) -> Reply:
    await uow.teams.create(name=f"{incoming.text} {'x' * 200_000}", now=now)
    return Reply(messages=(Outgoing(chat=incoming.chat, text=f"đã lập {incoming.text}"),))


@pytest.mark.only_on("sqlite")
async def test_a_full_disk_sets_nobodys_message_aside(pipeline: Any, clock: FakeClock) -> None:
    names = [f"Tổ {number}" for number in range(4)]
    await pipeline.hear(*names)
    pages = await _limit_pages(pipeline.database, spare=5)  # too little for a team, enough to count its failure
    for _ in range(5):
        with pytest.raises(OperationalError, match="full"):
            await pipeline.dispatch(_keep_team)
        clock.advance(timedelta(minutes=1))
    async with pipeline.database.read() as uow:
        assert await uow.inbox.dead_letters() == []
        assert (await uow.inbox.lag(now=clock()))[0] == len(names)

    await _limit_pages(pipeline.database, spare=10_000)
    await pipeline.dispatch(_keep_team)
    async with pipeline.delivering():
        await pipeline.channel.wait_for(lambda: len(pipeline.texts()) == len(names))
    print(f"full at {pages} pages: {len(names)} updates waited and were each answered once when there was room")
    assert pipeline.texts() == [f"đã lập {name}" for name in names]


@pytest.mark.only_on("sqlite")
async def test_what_a_full_disk_cannot_store_is_not_acknowledged(pipeline: Any) -> None:
    await _limit_pages(pipeline.database, spare=0)
    raws = [await pipeline.channel.push(pipeline.incoming("x" * 3000)) for _ in range(20)]
    with pytest.raises(OperationalError, match="full"):
        await pipeline.intake.accept(raws)
    await _limit_pages(pipeline.database, spare=10_000)
    stored = await pipeline.intake.accept(raws)
    print(f"full disk: {len(raws)} updates not acknowledged, {stored} stored when there was room")
    assert stored == len(raws)


async def _limit_pages(database: Database, *, spare: int) -> int:
    """Let the SQLite file grow by so many pages only; its one writing connection remembers that."""
    async with database.engine.connect() as connection:
        used = (await connection.execute(text("PRAGMA page_count"))).scalar_one()
        await connection.execute(text(f"PRAGMA max_page_count={used + spare}"))
    return used + spare


async def test_a_wrong_statement_is_no_outage(database: Database) -> None:
    async with database.begin() as uow:
        session = uow._session  # pyright: ignore[reportPrivateUsage] - no repository asks anything wrong
        with pytest.raises(Exception, match="nowhere") as caught:
            async with session.begin_nested():
                await session.execute(text("SELECT * FROM nowhere"))
    assert not is_outage(caught.value)


@pytest.mark.parametrize(
    ("error", "outage"),
    [
        (psycopg.errors.DiskFull, True),
        (psycopg.errors.TooManyConnections, True),
        (psycopg.errors.AdminShutdown, True),
        (psycopg.errors.ConnectionFailure, True),
        (psycopg.errors.UniqueViolation, False),
        (psycopg.errors.StringDataRightTruncation, False),
    ],
)
def test_a_server_without_room_is_an_outage_and_a_refused_row_is_none(error: type[psycopg.Error], outage: bool) -> None:
    assert is_outage(OperationalError("INSERT", {}, error("no"))) is outage


async def test_a_server_that_cannot_be_reached_is_an_outage(clock: FakeClock) -> None:
    away = Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing", clock=clock)
    with pytest.raises(OperationalError) as caught:
        await away.ping()
    assert is_outage(caught.value)

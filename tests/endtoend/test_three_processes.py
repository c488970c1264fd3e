"""Three processes on PostgreSQL behind a round-robin proxy, any of them killed at any time.

`make soak` runs the same for as many reports as MANGLUOI_SOAK_REPORTS says.
"""

from __future__ import annotations

import asyncio
import os
import random
from typing import Any

import pytest
from sqlalchemy import text

from bot.domain.clock import system_clock
from bot.domain.school_year import Month
from storage.engine import Database
from tests.crowds import densest_second, gather_crowd
from tests.endtoend.fleet import Fleet, Proxy
from tests.endtoend.reporters import PATIENCE, REPORTERS, all_marks, assert_in_order, lessons, report_often

pytestmark = [
    pytest.mark.endtoend,
    pytest.mark.crash,
    pytest.mark.timeout(int(os.environ.get("MANGLUOI_SOAK_SECONDS", "400"))),
    pytest.mark.only_on("postgresql"),
]
CLASSES = lessons(int(os.environ.get("MANGLUOI_SOAK_REPORTS", "5")))
PEOPLE = tuple(REPORTERS)[:6]
CROWD = 60
TELEGRAM_ALLOWS = 30
SCHOOLS = ("Kim Đồng", "Trần Phú", "Nguyễn Du", "Nguyễn Trãi", "Lê Văn Tám", "Nguyễn Hiền")


async def test_three_processes_do_what_one_does(install: Any, join: Any, playground: Any, database_url: str) -> None:
    proxy = Proxy()
    async with proxy.serving() as address:
        installation = install().beside(public_url=address)
        codes = await installation.set_up_team()
        crowd = await gather_crowd(playground, database_url=database_url, count=CROWD)
        processes = [installation.beside() for _ in range(3)]
        proxy.ports = [each.port for each in processes]
        fleet = Fleet(processes)
        async with fleet.running():
            leader = await join(playground, "Hiếu", codes["Bùi Quốc Hiếu"])
            await _answered_in_the_order_asked(leader, database_url)
            phones = {name: await join(playground, name, codes[name]) for name in PEOPLE}
            receipts = await _report_while_processes_are_killed(fleet, phones)
            await _nudged_once(installation, playground, [*phones.values(), leader, *crowd], owing=[leader, *crowd])
            assert await densest_second(database_url) <= TELEGRAM_ALLOWS

        assert fleet.kills >= 3
        assert proxy.handed > len(PEOPLE) * len(CLASSES) * 2
        rows = await installation.data("export", "activities", "--format", "json")
        assert sorted(row["advice"] for row in rows) == all_marks(PEOPLE, len(CLASSES))
        assert_in_order(receipts, len(CLASSES))
        print(f"\n{fleet.kills} kills, {proxy.handed} requests, {proxy.refused} to a dead process")


async def _answered_in_the_order_asked(leader: Any, database_url: str) -> None:
    """Several questions, each handed to another process while the first is still held up in its own."""
    before = len(leader.received())
    database = Database(database_url, clock=system_clock)
    async with database.engine.begin() as holding_up:
        await holding_up.execute(
            text("LOCK TABLE account IN ACCESS EXCLUSIVE MODE")
        )  # who is talking is looked up there
        for school in SCHOOLS:
            leader.send(f"/truong {school}")
        async with asyncio.timeout(15):
            while await _waiting(database) < len(SCHOOLS):
                await asyncio.sleep(0.05)
    await database.close()
    await leader.wait_for_text(SCHOOLS[-1], timeout=PATIENCE)
    await leader.world.quiet(timeout=PATIENCE)
    answers = leader.received()[before:]
    assert [next(each for each in SCHOOLS if each in answer.text) for answer in answers] == list(SCHOOLS)


async def _waiting(database: Database) -> int:
    async with database.read() as uow:
        return (await uow.inbox.lag(now=system_clock()))[0]


async def _report_while_processes_are_killed(fleet: Fleet, phones: dict[str, Any]) -> list[list[int]]:
    enough = asyncio.Event()
    killing = asyncio.create_task(fleet.kill_again_and_again(random.Random(20261124), until=enough))
    try:
        return await asyncio.gather(*(report_often(phone, name, CLASSES) for name, phone in phones.items()))
    finally:
        enough.set()
        await killing


async def _nudged_once(installation: Any, playground: Any, everybody: list[Any], *, owing: list[Any]) -> None:
    """All that tick at the same moment write one nudge for each who owes; together they keep to the limit."""
    last = Month.of(playground.world.clock().date()).last
    at = f"{last}T17:00:00+07:00"
    runs = (installation.data("jobs", "run", "monthly-nudges", "--at", at, "--json") for _ in range(3))
    counts = await asyncio.gather(*runs)
    for phone in owing:
        await phone.wait_for_text("còn thiếu", timeout=PATIENCE)
    await playground.world.quiet(timeout=PATIENCE)
    nudged = [sum("còn thiếu" in message.text for message in phone.received()) for phone in everybody]
    assert nudged == [1 if phone in owing else 0 for phone in everybody]
    assert sum(each["sent"] for each in counts) == len(owing)
    assert playground.world.calls.densest(5.0) <= 5 * TELEGRAM_ALLOWS

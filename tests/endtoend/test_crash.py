"""Killed again and again in the middle of everything: nothing is lost, nothing is doubled, order is kept."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import pytest

from bot.domain.school_year import Month
from tests.endtoend.reporters import PATIENCE, REPORTERS, all_marks, assert_in_order, lessons, report_often

pytestmark = [pytest.mark.endtoend, pytest.mark.crash, pytest.mark.timeout(400)]

KILLS = 10
IDLE = ("Dương Bảo Nhung", "Lê Bảo Lan")
CLASSES = lessons(10)


async def test_ten_kills_lose_no_report_and_double_none(install: Any, join: Any) -> None:
    installation = install()
    playground = installation.playground
    codes = await installation.set_up_team()
    chance = random.Random(20261123)
    process = await installation.start()
    phones = {name: await join(playground, name, codes[name]) for name in (*REPORTERS, *IDLE)}

    reporting = [asyncio.create_task(report_often(phones[name], name, CLASSES)) for name in REPORTERS]
    for _ in range(KILLS):
        await asyncio.sleep(chance.uniform(0.5, 3.0))
        process.kill()
        await process.wait()
        process = await installation.start()
    receipts = await asyncio.gather(*reporting)

    await _nudge_and_kill(installation, process, phones)

    rows = await installation.data("export", "activities", "--format", "json")
    marks = [row["advice"] for row in rows]
    assert sorted(marks) == all_marks(REPORTERS, len(CLASSES))
    assert_in_order(receipts, len(CLASSES))


async def _nudge_and_kill(installation: Any, process: Any, phones: dict[str, Any]) -> None:
    """A nudge written while the bot is down goes out once; killed while sending, at most one goes twice."""
    last = Month.of(installation.playground.world.clock().date()).last
    process.kill()
    await process.wait()
    counts = await installation.data("jobs", "run", "monthly-nudges", "--at", f"{last}T17:00:00+07:00", "--json")
    assert counts["sent"] == len(IDLE)
    process = await installation.start()
    await phones[IDLE[0]].wait_for_text("còn thiếu", timeout=PATIENCE)
    process.kill()
    await process.wait()
    async with installation.running():
        for name in IDLE:
            await phones[name].wait_for_text("còn thiếu", timeout=PATIENCE)
        await installation.playground.world.quiet(timeout=PATIENCE)
    nudges = [sum("còn thiếu" in message.text for message in phones[name].received()) for name in IDLE]
    assert min(nudges) == 1
    assert sum(nudges) <= len(IDLE) + 1
    assert not any("còn thiếu" in message.text for name in REPORTERS for message in phones[name].received())

"""Killed again and again in the middle of everything: nothing is lost, nothing is doubled, order is kept."""

from __future__ import annotations

import asyncio
import random
import re
from typing import Any

import pytest

from bot.domain.school_year import Month

pytestmark = [pytest.mark.endtoend, pytest.mark.crash, pytest.mark.timeout(400)]

KILLS = 10
REPORTERS = {
    "Lý Ngọc Dung": "Lê Hồng Phong",
    "Bùi Minh Phượng": "Nguyễn Trãi",
    "Trần Quốc Ánh": "Nguyễn Du",
    "Ngô Thị Quyên": "Nguyễn Hiền",
    "Đặng Hữu Nhung": "Phú Hòa 1",
    "Nguyễn Thanh Nga": "Phú Hòa 2",
    "Hồ Thị Hiếu": "Phú Hòa 3",
    "Võ Hữu Phúc": "Kim Đồng",
    "Phạm Quốc Nga": "Trần Phú",
    "Ngô Minh Trang": "Lê Văn Tám",
}
"""Who reports, and at which school: everybody elsewhere, so that nobody reports a colleague's activity again."""
IDLE = ("Dương Bảo Nhung", "Lê Bảo Lan")
CLASSES = ("1A", "1B", "2A", "2B", "3A", "3B", "4A", "4B", "5A", "5B")
PATIENCE = 150


async def test_ten_kills_lose_no_report_and_double_none(install: Any, join: Any) -> None:
    installation = install()
    playground = installation.playground
    codes = await installation.set_up_team()
    chance = random.Random(20261123)
    process = await installation.start()
    phones = {name: await join(playground, name, codes[name]) for name in (*REPORTERS, *IDLE)}

    reporting = [asyncio.create_task(_report_often(phones[name], name)) for name in REPORTERS]
    for _ in range(KILLS):
        await asyncio.sleep(chance.uniform(0.5, 3.0))
        process.kill()
        await process.wait()
        process = await installation.start()
    receipts = await asyncio.gather(*reporting)

    await _nudge_and_kill(installation, process, phones)

    rows = await installation.data("export", "activities", "--format", "json")
    marks = [row["advice"] for row in rows]
    assert sorted(marks) == sorted(_mark(name, number) for name in REPORTERS for number in range(len(CLASSES)))
    for numbers in receipts:
        assert numbers == sorted(numbers)
        assert len(set(numbers)) == len(CLASSES)


async def _report_often(phone: Any, name: str) -> list[int]:
    """Report and confirm, three updates a round with the answer awaited; returns the receipts' numbers."""
    numbers: list[int] = []
    for number, group in enumerate(CLASSES):
        sent = phone.send(f"dự giờ Toán {group} TH {REPORTERS[name]} hôm nay. Tư vấn: {_mark(name, number)}")
        card = await phone.wait_for_text(_mark(name, number), after=sent, timeout=PATIENCE)
        phone.press("Gửi", message=card)
        receipt = await phone.wait_for_text("Đã nhận báo cáo số", after=card, timeout=PATIENCE)
        found = re.search(r"số (\d+)", receipt.text)
        assert found is not None
        numbers.append(int(found.group(1)))
    return numbers


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


def _mark(name: str, number: int) -> str:
    return f"lời khuyên {name} lần {number:02}"

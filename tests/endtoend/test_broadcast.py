"""An announcement to many people over HTTP: within the limits, once to each, paused, and killed in the middle."""

from __future__ import annotations

from typing import Any

import pytest

from bot.playground.telegram.people import Phone
from tests.crowds import densest_second, gather_crowd

pytestmark = [
    pytest.mark.endtoend,
    pytest.mark.timeout(300),
    pytest.mark.only_on(
        "sqlite"
    ),  # limits and order in the database are tested on both in tests/storage/test_outbox.py
]
TEXT = "Chiều thứ sáu họp chuyên môn tại Trường Tiểu học Kim Đồng"
CROWD = 150
KILLED_AT = (0.2, 0.5, 0.8)
"""Which shares of the crowd have it when the bot is killed."""
PATIENCE = 60


async def announce(leader: Phone) -> None:
    """Write it, choose everybody, confirm."""
    sent = leader.send(f"/thongbao {TEXT}")
    asked = await leader.wait_for_text("Gửi cho ai", after=sent, timeout=PATIENCE)
    leader.press("Cả tổ", message=asked)
    card = await leader.wait_for_text(f"gửi {CROWD} người", after=sent, timeout=PATIENCE)
    leader.press("Gửi", message=card)
    await leader.wait_for_text("📤 Thông báo số 1", timeout=PATIENCE)


def copies(phone: Phone) -> int:
    """How many times somebody got it."""
    return sum(TEXT in message.text for message in phone.received())


def reached(crowd: list[Phone]) -> int:
    """How many people have it."""
    return sum(1 for phone in crowd if copies(phone))


async def test_everybody_gets_it_once_within_the_limits_and_a_question_is_answered_meanwhile(
    install: Any, join: Any, playground: Any, database_url: str
) -> None:
    installation = install()
    codes = await installation.set_up_team()
    crowd = await gather_crowd(playground, database_url=database_url, count=CROWD)
    async with installation.running():
        leader = await join(playground, "Hiếu", codes["Bùi Quốc Hiếu"])
        await announce(leader)
        await playground.world.wait_for(lambda: reached(crowd) > 10, timeout=PATIENCE)
        asked = crowd[-1].send("/toi")
        await crowd[-1].wait_for_text("Tháng", after=asked, timeout=PATIENCE)
        assert reached(crowd) < CROWD, "the question waited behind the broadcast"
        await playground.world.wait_for(lambda: reached(crowd) == CROWD, timeout=PATIENCE)
        crowd[0].press("Đã đọc")
        await crowd[0].wait_for_text("Em đã ghi nhận", timeout=PATIENCE)
        sent = leader.send("/thongbao 1")
        await leader.wait_for_text(f"Đã đọc: 1/{CROWD + 31}", after=sent, timeout=PATIENCE)
    assert {copies(phone) for phone in crowd[1:]} == {1}
    assert await densest_second(database_url) <= 30
    assert playground.world.calls.densest(5.0) <= 5 * 30


async def test_paused_nothing_more_leaves_until_it_goes_on(
    install: Any, join: Any, playground: Any, database_url: str
) -> None:
    installation = install()
    codes = await installation.set_up_team()
    crowd = await gather_crowd(playground, database_url=database_url, count=CROWD)
    async with installation.running():
        leader = await join(playground, "Hiếu", codes["Bùi Quốc Hiếu"])
        await announce(leader)
        leader.press("Tạm dừng")
        await leader.wait_for_text("Đang tạm dừng", timeout=PATIENCE)
        await playground.world.quiet(calm=1.0, timeout=PATIENCE)
        so_far = reached(crowd)
        assert so_far < CROWD
        leader.press("Gửi tiếp")
        await playground.world.wait_for(lambda: reached(crowd) == CROWD, timeout=PATIENCE)
    assert {copies(phone) for phone in crowd} == {1}


@pytest.mark.crash
async def test_killed_in_the_middle_it_goes_on_and_nobody_gets_it_twice(
    install: Any, join: Any, playground: Any, database_url: str
) -> None:
    installation = install()
    codes = await installation.set_up_team()
    crowd = await gather_crowd(playground, database_url=database_url, count=CROWD)
    process = await installation.start()
    leader = await join(playground, "Hiếu", codes["Bùi Quốc Hiếu"])
    await announce(leader)
    for part in KILLED_AT:
        await playground.world.wait_for(lambda part=part: reached(crowd) >= part * CROWD, timeout=PATIENCE)
        process.kill()
        await process.wait()
        process = await installation.start()
    await playground.world.wait_for(lambda: reached(crowd) >= CROWD - 3, timeout=PATIENCE)
    await playground.world.quiet(calm=3.0, timeout=PATIENCE)
    missing = [phone.person.name for phone in crowd if not copies(phone)]
    doubts = [message.text for message in leader.received() if "Có thể chưa tới" in message.text]
    assert max(copies(phone) for phone in crowd) == 1
    assert len(doubts) <= 2 * len(KILLED_AT)  # one a crash; two where a slow machine makes calls overlap
    assert all(any(name in doubt for doubt in doubts) for name in missing), (missing, doubts)

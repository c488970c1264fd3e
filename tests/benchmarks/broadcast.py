"""How fast an announcement is written down for many people, and how evenly it leaves.

Run: python -m tests.benchmarks.broadcast [PEOPLE] [sqlite | DATABASE_URL] [SECONDS A CALL TAKES]

The whole bot runs in a process of its own against the local Telegram, which enforces nothing but counts everything.
While the announcement leaves, one person asks /toi every few seconds. Figures are printed, nothing is asserted.
"""

from __future__ import annotations

import asyncio
import gc
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot.channels.parting import part_message
from bot.channels.telegram import CAPABILITIES
from bot.domain.messages import Chat, Choice, ChoiceList, Delivery, Guard, Outgoing, Priority
from bot.domain.vocabulary import ChannelName
from bot.playground.telegram.people import Phone
from bot.playground.telegram.playground import TelegramPlayground
from storage.engine import Database
from tests.crowds import gather_crowd
from tests.endtoend.conftest import Installation, join

PEOPLE = 10_000
LIMIT = 28.0
_TEXT = "Chiều thứ sáu họp chuyên môn tại Trường Tiểu học Kim Đồng, thầy cô mang theo kế hoạch. "
_ASK_EVERY = 5.0


async def main(people: int, database_url: str, call_seconds: float) -> None:
    """Print one figure a line."""
    with tempfile.TemporaryDirectory() as folder:
        url = database_url or f"sqlite+aiosqlite:///{folder}/broadcast.db"
        async with TelegramPlayground() as playground:
            installation = Installation(playground, directory=Path(folder), database_url=url, webhook=False)
            codes = await installation.set_up_team(school_months=())  # or reminders go first at a month's end
            await _writing(url, people)
            crowd = await gather_crowd(playground, database_url=url, count=people)
            gc.collect()
            gc.freeze()  # the phones of thousands make each later collection a pause of the server that counts
            if call_seconds:
                playground.world.faults.add(method="sendMessage", delay=call_seconds, times=10 * people)
            try:
                async with installation.running():
                    leader = await join(playground, "Hiếu", codes["Bùi Quốc Hiếu"])
                    await _sending(playground, leader, crowd)
            finally:
                installation.kill_all()


async def _writing(url: str, people: int) -> None:
    """Rows of the outbox and their buttons, cut as Telegram needs them, in one transaction; cancelled afterwards."""
    now = datetime.now(UTC)
    cut = partial(part_message, capabilities=CAPABILITIES)
    database = Database(url, clock=lambda: now, splitters={ChannelName.TELEGRAM: cut})
    choices = ChoiceList(rows=((Choice(label="✅ Đã đọc", action="announcement", value="read|1"),),))
    messages = [
        (
            Outgoing(chat=Chat(channel=ChannelName.TELEGRAM, chat_id=str(number)), text=_TEXT * 4, choices=choices),
            Delivery(
                dedupe_key=f"benchmark:{number}",
                priority=Priority.BROADCAST,
                topic="benchmark",
                guard=Guard(name="announcement-stands", arguments={"announcement": 1, "version": 1, "member": number}),
            ),
        )
        for number in range(people)
    ]
    began, busy = time.perf_counter(), time.process_time()
    async with database.begin() as uow:
        await uow.outbox.put_many(messages, now=now)
    took, worked = time.perf_counter() - began, time.process_time() - busy
    async with database.begin() as uow:
        await uow.outbox.cancel_topic("benchmark")
    await database.close()
    print(f"rows for {people} recipients written and committed: {took:.2f} s ({worked:.2f} s of processor time)")


async def _sending(playground: TelegramPlayground, leader: Phone, crowd: list[Phone]) -> None:
    world, people = playground.world, len(crowd)
    asked = leader.send(f"/thongbao {_TEXT}")
    await leader.wait_for_text("Gửi cho ai", after=asked, timeout=60)
    leader.press("Cả tổ")
    await leader.wait_for_text(f"gửi {people} người", after=asked, timeout=60)
    before = len(world.calls.sendings())
    pressed = time.perf_counter()
    leader.press("Gửi")
    await leader.wait_for_text("📤 Thông báo số 1", timeout=60)
    print(f"from the press to the sender's card: {time.perf_counter() - pressed:.2f} s")
    waits = await _ask_meanwhile(crowd[-1], lambda: len(world.calls.sendings()) - before < people)
    sent = sorted(world.calls.sendings())[before:]
    rate = (len(sent) - 1) / (sent[-1] - sent[0])
    twice = sum(1 for phone in crowd if sum(_TEXT.strip() in each.text for each in phone.received()) > 1)
    print(f"sent {len(sent)} messages at {rate:.2f} a second: {rate / LIMIT:.1%} of the limit of {LIMIT:g}")
    print(f"densest second: {world.calls.densest(1.0)} messages; people who got it twice: {twice}")
    if waits:
        print(
            f"/toi meanwhile: median {statistics.median(waits):.2f} s, slowest {max(waits):.2f} s ({len(waits)} times)"
        )
    card = leader.send("/thongbao 1")
    shown = await leader.wait_for_text("📤 Thông báo số 1", after=card, timeout=60)
    print("the card says:", re.sub(r"\s*\n\s*", " | ", shown.text))


async def _ask_meanwhile(phone: Phone, is_under_way: Callable[[], bool]) -> list[float]:
    waits: list[float] = []
    while is_under_way():
        asked, began = phone.send("/toi"), time.perf_counter()
        await phone.wait_for_text("Tháng", after=asked, timeout=60)
        waits.append(time.perf_counter() - began)
        await asyncio.sleep(_ASK_EVERY)
    return waits


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    where = sys.argv[2] if len(sys.argv) > 2 and sys.argv[2] != "sqlite" else ""
    asyncio.run(main(count, where, float(sys.argv[3]) if len(sys.argv) > 3 else 0.0))

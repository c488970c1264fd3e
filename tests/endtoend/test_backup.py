"""A backup is taken while people write: what it holds is whole, and the bot goes on from it elsewhere."""

from __future__ import annotations

import asyncio
import itertools
from pathlib import Path
from typing import Any

import pytest

from tests.endtoend.reporters import lessons, report_often

pytestmark = pytest.mark.endtoend
NAME = "Lý Ngọc Dung"


async def test_a_backup_taken_while_people_write_is_restored_whole(install: Any, join: Any, tmp_path: Path) -> None:
    installation, kept, done = install(), str(tmp_path / "kept.sqlite3"), asyncio.Event()
    codes = await installation.set_up_team()
    async with installation.running():
        phone = await join(installation.playground, "Dung", codes[NAME])
        many = itertools.takewhile(lambda _: not done.is_set(), lessons(120))
        writing = asyncio.create_task(report_often(phone, NAME, many))
        await phone.wait_for_text("Đã nhận báo cáo số 2", timeout=30)
        copies = await installation.data("backup", kept, "--json")
        done.set()
        await writing

    elsewhere = install(database_url=f"sqlite:///{tmp_path / 'elsewhere' / 'bot.sqlite3'}")
    assert await elsewhere.data("restore", kept, "--json") == copies
    before = await elsewhere.data("export", "activities", "--format", "json")
    after = await installation.data("export", "activities", "--format", "json")
    assert 2 <= len(before) < len(after)
    assert before == after[: len(before)]
    async with elsewhere.running():
        sent = phone.send("/toi")
        await phone.wait_for_text(f"{len(before)}/1 hoạt động", after=sent, timeout=30)

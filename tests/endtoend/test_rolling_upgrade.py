"""A new release takes over while people write: three processes, replaced one after the other, with a migration."""

from __future__ import annotations

import asyncio
import itertools
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.domain.clock import system_clock
from storage.engine import Database
from storage.migrate import newest_revision
from tests.endtoend.fleet import Proxy
from tests.endtoend.reporters import REPORTERS, assert_in_order, lessons, mark, report_often

pytestmark = [pytest.mark.endtoend, pytest.mark.crash, pytest.mark.timeout(400), pytest.mark.only_on("postgresql")]
PEOPLE = tuple(REPORTERS)[:4]
MANY = lessons(120)
ROOT = Path(__file__).parents[2]
NEXT = f"{int(newest_revision()) + 1:04}"
MIGRATION = f"""
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "{NEXT}", "{newest_revision()}", None, None


def upgrade() -> None:
    op.add_column("activity", sa.Column("weather", sa.String(), nullable=True))
    op.add_column("outbox", sa.Column("colour", sa.String(), nullable=False, server_default=""))
    op.create_index("ix_activity_weather", "activity", ["weather"])
    op.create_table("weather", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("UPDATE outbox SET colour = 'blue'")
"""
"""What releases do: new columns with and without a default, an index, a table, and a change of every row of a queue."""


@pytest.fixture
def next_release(tmp_path: Path) -> Path:
    """This release's sources, with one migration more."""
    sources = tmp_path / "next"
    for room in ("bot", "handlers", "storage", "scheduler"):
        shutil.copytree(ROOT / room, sources / room, ignore=shutil.ignore_patterns("__pycache__"))
    (sources / "storage/migrations/versions" / f"{NEXT}_weather.py").write_text(MIGRATION)
    return sources


async def test_people_write_on_while_each_process_in_turn_becomes_the_next_release(
    install: Any, join: Any, playground: Any, database_url: str, next_release: Path
) -> None:
    proxy = Proxy()
    async with proxy.serving() as address:
        installation = install().beside(public_url=address)
        codes = await installation.set_up_team()
        old = [installation.beside() for _ in range(3)]
        new = [installation.of_release(next_release) for _ in range(3)]
        proxy.ports = [each.port for each in old]
        running = [await each.start() for each in old]
        phones = {name: await join(playground, name, codes[name]) for name in PEOPLE}
        done = asyncio.Event()
        writing = [
            asyncio.create_task(report_often(phone, name, itertools.takewhile(lambda _: not done.is_set(), MANY)))
            for name, phone in phones.items()
        ]

        for number, each in enumerate(new):
            started = await each.start()
            assert await _revision(database_url) == NEXT
            assert await each.command("migrate")
            proxy.ports[number] = each.port
            await _ended(running[number])
            running[number] = started
            if number == 0:  # one of the old release crashes, and starts again on the new schema
                running[2].kill()
                await running[2].wait()
                running[2] = await old[2].start()

        assert not any(each.done() for each in writing)
        done.set()
        receipts = await asyncio.gather(*writing)
        for process in running:
            await _ended(process)

    rows = await installation.data("export", "activities", "--format", "json")
    reported = [mark(name, number) for name, mine in zip(phones, receipts, strict=True) for number in range(len(mine))]
    assert sorted(row["advice"] for row in rows) == sorted(reported)
    for mine in receipts:
        assert_in_order([mine], len(mine))


async def _ended(process: asyncio.subprocess.Process) -> None:
    process.terminate()
    async with asyncio.timeout(15):
        assert await process.wait() == 0


async def _revision(database_url: str) -> str:
    database = Database(database_url, clock=system_clock)
    try:
        async with database.engine.connect() as connection:
            return (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar_one()
    finally:
        await database.close()

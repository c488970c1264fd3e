"""The month-end job and one team's summary among 1, 100 and 3,000 teams with years of activities.

Run: python -m tests.benchmarks.scale [sqlite | postgresql] [TEAMS ...]
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import func, select

from bot.domain.clock import HOME_ZONE
from bot.domain.periods import Period
from bot.report_sections import read_report
from scheduler.jobs import JobContext
from scheduler.table import find_job
from storage.engine import Database
from storage.migrate import upgrade
from storage.tables import Keyboard, Outbox
from tests.benchmarks.population import Population, fill
from tests.benchmarks.servers import database_of

TEAMS = (1, 100, 3000)
MEMBERS = 33
MONTHS = 45  # five school years
_LAST_DAY = datetime(2026, 11, 30, 17, 0, tzinfo=HOME_ZONE)
_NOVEMBER = Period.between(date(2026, 11, 1), date(2026, 11, 30))
_SUMMARIES = 9


async def measure(kind: str, teams: int) -> None:
    """Print one line."""
    with tempfile.TemporaryDirectory() as name, database_of(kind, Path(name)) as url:
        database = Database(url, clock=lambda: _LAST_DAY)
        try:
            await upgrade(database)
            began = time.perf_counter()
            activities = await fill(database, Population(teams=teams, members=MEMBERS, months=MONTHS))
            filled = time.perf_counter() - began
            summary = await _summary(database, teams)
            before = await _rows(database)
            messages, took = await _month_end(database)
            rows = await _rows(database) - before
            _, again = await _month_end(database)
        finally:
            await database.close()
    print(
        f"{kind:11}{teams:6} teams {activities:9} activities ({filled:4.0f} s to write)"
        f"  a summary {summary * 1000:6.1f} ms"
        f"  month's end {messages:6} messages in {took:6.2f} s ({messages / took:5.0f}/s), which are"
        f" {rows:6} rows ({rows / took:5.0f}/s), once more {again:5.2f} s"
    )


async def _rows(database: Database) -> int:
    """Messages to send and the lists that their numbers and buttons refer to."""
    count = select(select(func.count(Outbox.id)).scalar_subquery() + select(func.count(Keyboard.id)).scalar_subquery())
    async with database.reader.connect() as connection:
        return int((await connection.execute(count)).scalar_one())


async def _month_end(database: Database) -> tuple[int, float]:
    """How many messages the last day's tick writes (nudges, and lists of who owes), and the seconds that it takes."""
    job = find_job("monthly-nudges")
    assert job is not None
    began = time.perf_counter()
    counts = await job.run(JobContext(database=database, now=_LAST_DAY, as_of=_LAST_DAY))
    return counts["sent"] + counts["lists"], time.perf_counter() - began


async def _summary(database: Database, teams: int) -> float:
    """Seconds that the figures of one team's month take, the median of several teams."""
    times: list[float] = []
    for number in range(_SUMMARIES):
        async with database.read() as uow:
            team = await uow.teams.get(1 + number * 7 % teams)
            began = time.perf_counter()
            await read_report(uow, team, _NOVEMBER, _LAST_DAY)
            times.append(time.perf_counter() - began)
    return statistics.median(times)


async def main(kind: str, sizes: list[int]) -> None:
    """One size after the other."""
    for teams in sizes:
        await measure(kind, teams)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else "sqlite", [int(each) for each in sys.argv[2:]] or [*TEAMS]))

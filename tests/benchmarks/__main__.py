"""`python -m tests.benchmarks`: one table, peers in the same run on the same server; medians of several runs.

`make bench` makes this one and those of tests.benchmarks.scale, .broadcast and .report_files.
"""

from __future__ import annotations

import argparse
import asyncio
import platform
import statistics
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks.contenders import Contender, ours, peer
from tests.benchmarks.report_path import Figures, latency, throughput
from tests.benchmarks.servers import database_of, version_of

CONTENDERS = (
    ours("mangluoi, SQLite"),
    ours("mangluoi, PostgreSQL", on="postgresql"),
    ours("mangluoi x 3, PostgreSQL", on="postgresql", processes=3),
    peer("python-telegram-bot ConversationHandler", "ptb_bot"),
    peer("aiogram FSM", "aiogram_bot"),
)


@dataclass(slots=True)
class Runs:
    """What was measured of one contender."""

    fast: list[Figures] = field(default_factory=list[Figures])
    slow: list[Figures] = field(default_factory=list[Figures])

    def median(self, look: Callable[[Figures], float]) -> float:
        """Of the runs under full load."""
        return statistics.median(look(each) for each in self.fast)


async def _run(contender: Contender, runs: Runs) -> None:
    for figures, measure in ((runs.fast, throughput), (runs.slow, latency)):
        with tempfile.TemporaryDirectory() as name, database_of(contender.on, Path(name)) as url:
            figures.append(await measure(contender, database_url=url, directory=Path(name)))


def _row(contender: Contender, runs: Runs) -> str:
    p50, p99 = (statistics.median(getattr(each, name) for each in runs.slow) for name in ("p50", "p99"))
    return (
        f"{contender.name:42}{runs.median(lambda f: f.updates_per_second):10.0f}"
        f"{runs.median(lambda f: f.first_reply_seconds):15.2f}{p50:9.1f}{p99:9.1f}"
        f"{runs.median(lambda f: f.idle_mb):9.0f}{runs.median(lambda f: f.loaded_mb):11.0f}"
    )


async def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    chosen = [each for each in CONTENDERS if options.only in each.name]
    libraries = ", ".join(f"{name} {version(name)}" for name in ("python-telegram-bot", "aiogram", "sqlalchemy"))
    print(f"Python {platform.python_version()}, {libraries}, {version_of('sqlite')}, {version_of('postgresql')}")
    print(f"medians of {options.runs} runs, the contenders in turn")
    print(f"{'':42}{'updates/s':>10}{'first reply s':>15}{'p50 ms':>9}{'p99 ms':>9}{'idle MB':>9}{'loaded MB':>11}")
    results = {each.name: Runs() for each in chosen}
    for _ in range(options.runs):
        for contender in chosen:
            await _run(contender, results[contender.name])
    for contender in chosen:
        print(_row(contender, results[contender.name]))


if __name__ == "__main__":
    asyncio.run(main())

"""`python -m tests.benchmarks`: one table, peers in the same run on the same server; medians of several runs."""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.contenders import Contender, ours, peer
from tests.benchmarks.report_path import Figures, latency, throughput

CONTENDERS = (
    ours("mangluoi"),
    peer("python-telegram-bot ConversationHandler", "ptb_bot"),
    peer("aiogram FSM", "aiogram_bot"),
)


async def _runs(contender: Contender, runs: int) -> tuple[list[Figures], list[Figures]]:
    fast, slow = list[Figures](), list[Figures]()
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as name:
            directory = Path(name)
            url = f"sqlite:///{directory / 'bench.sqlite3'}"
            fast.append(await throughput(contender, database_url=url, directory=directory))
        with tempfile.TemporaryDirectory() as name:
            directory = Path(name)
            url = f"sqlite:///{directory / 'bench.sqlite3'}"
            slow.append(await latency(contender, database_url=url, directory=directory))
    return fast, slow


def _median(figures: list[Figures], look: Callable[[Figures], float]) -> float:
    return statistics.median(look(each) for each in figures)


async def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    print(f"{'':42}{'updates/s':>10}{'first reply s':>15}{'p50 ms':>9}{'p99 ms':>9}")
    for contender in CONTENDERS:
        if options.only not in contender.name:
            continue
        fast, slow = await _runs(contender, options.runs)
        print(
            f"{contender.name:42}{_median(fast, lambda f: f.updates_per_second):10.0f}"
            f"{_median(fast, lambda f: f.first_reply_seconds):15.2f}"
            f"{_median(slow, lambda f: f.p50):9.1f}{_median(slow, lambda f: f.p99):9.1f}"
        )


if __name__ == "__main__":
    asyncio.run(main())

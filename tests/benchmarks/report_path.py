"""The full path of a report, intake to reply arriving: updates a second, and how long a reply takes at 50 a second."""

from __future__ import annotations

import asyncio
import random
import re
import statistics
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.contenders import Contender
from tests.benchmarks.population import Population
from tests.benchmarks.telegram_load import Load, Person, serving

_PATIENCE = 180.0
_WARMING_UP = 5.0
_PAUSE = 2.0  # seconds between seeing a card and pressing its button


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run measured; times in milliseconds."""

    updates_per_second: float = 0.0
    p50: float = 0.0
    p99: float = 0.0
    first_reply_seconds: float = 0.0
    idle_mb: float = 0.0
    loaded_mb: float = 0.0
    """Resident memory of the largest process, after its first reply and after the load."""


async def throughput(
    contender: Contender, *, database_url: str, directory: Path, people: int = 1000, rounds: int = 2
) -> Figures:
    """Everybody reports at once, the next step as soon as the last was answered."""
    population = Population(teams=max(1, people // 50), members=50, duty=False)
    await contender.prepare(database_url, population)
    load = Load(people={number: Person(number) for number in population.user_ids})
    asked = time.perf_counter()

    def go_on(person: Person) -> None:
        person.rounds += 1
        if person.rounds < rounds:
            load.report(person)

    load.behind = contender.ports()
    async with (
        serving(load) as api_url,
        contender.running(api_url, database_url, directory, ports=load.behind) as processes,
    ):
        first = await _first_reply(load, asked)
        idle = max(map(_resident, processes))
        load.on_card, load.on_receipt = load.press, go_on
        count = len(load.latencies)
        began = time.perf_counter()
        for person in load.people.values():
            load.report(person)
        await load.until(lambda: all(each.rounds >= rounds for each in load.people.values()), within=_PATIENCE)
        seconds = time.perf_counter() - began
        loaded = max(map(_resident, processes))
    updates = (len(load.latencies) - count) / seconds
    return Figures(updates_per_second=updates, first_reply_seconds=first, idle_mb=idle, loaded_mb=loaded)


async def latency(
    contender: Contender, *, database_url: str, directory: Path, per_second: float = 50.0, seconds: float = 20.0
) -> Figures:
    """Updates come at random moments, so many a second, whatever becomes of the answers; the first seconds warm up."""
    population = Population(teams=40, members=50, duty=False)
    await contender.prepare(database_url, population)
    load = Load(people={number: Person(number) for number in population.user_ids})
    chance = random.Random(1)
    pressing: set[asyncio.Task[None]] = set()

    def press(person: Person, message: dict[str, Any]) -> None:
        pressing.add(asyncio.create_task(_press_later(load, person, message)))

    load.behind = contender.ports()
    async with (
        serving(load) as api_url,
        contender.running(api_url, database_url, directory, ports=load.behind),
    ):
        await _first_reply(load, time.perf_counter())
        load.on_card = press
        waiting = list(load.people.values())
        chance.shuffle(waiting)
        for phase in (_WARMING_UP, seconds):
            load.latencies.clear()
            until = time.perf_counter() + phase
            while time.perf_counter() < until:
                load.report(waiting.pop())
                await asyncio.sleep(chance.expovariate(per_second / 2))  # each report is two updates
        await asyncio.sleep(_PAUSE)
        await load.until(lambda: not any(each.waits_for for each in load.people.values()), within=_PATIENCE)
        await asyncio.gather(*pressing)
    marks = statistics.quantiles(load.latencies, n=100)
    return Figures(p50=marks[49] * 1000, p99=marks[98] * 1000)


async def _press_later(load: Load, person: Person, message: dict[str, Any]) -> None:
    await asyncio.sleep(_PAUSE)
    load.press(person, message)


async def _first_reply(load: Load, asked: float) -> float:
    """Seconds from starting the processes to the first answer, to a member whose message waits already."""
    stranger = Person(1)
    load.people[stranger.id] = stranger
    load.ask(stranger, "xin chào")
    await load.until(lambda: not stranger.waits_for, within=_PATIENCE)
    del load.people[stranger.id]
    return time.perf_counter() - asked


def _resident(process_id: int) -> float:
    """Megabytes of a process that lie in memory."""
    status = Path(f"/proc/{process_id}/status").read_text()
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024

"""Rules and dashboard on the real /metrics: each rule fires when its condition is true, and not before."""

from __future__ import annotations

import json
import operator
import re
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.domain.messages import Chat, Delivery, Outgoing
from bot.domain.vitals import Vitals
from bot.domain.vocabulary import ChannelName
from bot.pipeline.measures import Measures
from bot.web.file_links import FileLinks
from bot.web.surface import build_surface
from scheduler.table import JOBS
from storage.engine import Database
from storage.inbox import NewUpdate
from tests.clock import FakeClock

OPERATING = Path(__file__).parents[2] / "docs" / "operating"
RULES = {
    name: (expression, text)
    for name, expression, text in re.findall(
        r"- alert: (\w+)\n\s+expr: (.+)((?:\n {8}.+)+)", (OPERATING / "prometheus-alerts.yaml").read_text()
    )
}
"""The expression of each rule, and what else is said of it."""
EXPRESSION = re.compile(
    r"(?P<since>time\(\) - )?(?:(?P<call>sum|increase)\()?(?P<name>\w+)(?:\{(?P<label>\w+)=\"(?P<value>\w+)\"\})?"
    r"(?:\[(?P<hours>\d+)h\])?\)? (?P<compare>==|>=|<=|>|<) (?P<limit>[\d.]+)"
)
COMPARE: dict[str, Callable[[float, float], bool]] = {
    "==": operator.eq, ">": operator.gt, "<": operator.lt, ">=": operator.ge, "<=": operator.le,
}  # fmt: skip
TARGET = {"job": "mangluoi", "instance": "localhost:8080"}
"""The labels that Prometheus gives to all it scrapes from one place."""
Labels = dict[str, str]
Samples = list[tuple[str, Labels, float]]


def _samples(text: str) -> Samples:
    """As Prometheus keeps them: a label that has a name of its own labels is renamed."""
    return [
        (sample.name, {(f"exported_{key}" if key in TARGET else key): value for key, value in sample.labels.items()}
        | TARGET, sample.value)
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    ]  # fmt: skip


def firing(expression: str, scrapes: list[Samples], *, now: float) -> list[Labels]:
    """The series that a rule fires for, by the small part of PromQL that our rules use."""
    match = EXPRESSION.fullmatch(expression)
    assert match is not None, expression

    def chosen(samples: Samples) -> list[tuple[Labels, float]]:
        wanted = match["label"]
        return [
            (labels, value)
            for name, labels, value in samples
            if name == match["name"] and (not wanted or labels.get(wanted) == match["value"])
        ]

    values = chosen(scrapes[-1])
    if match["call"] == "sum":
        values = [(Labels(), sum(value for _, value in values))] if values else []
    if match["call"] == "increase":  # of a series that is new there is none yet
        values = [
            (labels, value - next(old for each in scrapes for known, old in chosen(each) if known == labels))
            for labels, value in values
        ]
    if match["since"]:
        values = [(labels, now - value) for labels, value in values]
    return [labels for labels, value in values if COMPARE[match["compare"]](value, float(match["limit"]))]


@dataclass(slots=True)
class Plant:
    """A bot's surface whose state the test sets."""

    database: Database
    clock: FakeClock
    measures: Measures
    vitals: Vitals
    http: httpx.AsyncClient
    scrapes: list[Samples] = field(default_factory=list[Samples])

    async def scrape(self) -> Samples:
        """The real output; with the `up` that Prometheus adds itself."""
        try:
            answer = await self.http.get("/metrics")
        except httpx.HTTPError:
            self.scrapes.append([("up", TARGET, 0.0)])
        else:
            self.scrapes.append([("up", TARGET, 1.0), *_samples(answer.text)])
        return self.scrapes[-1]

    def firing(self, rule: str) -> list[Labels]:
        """For what the rule fires now."""
        return firing(RULES[rule][0], self.scrapes, now=self.clock().timestamp())

    async def letter(self, *, status: str, at: str = "1") -> None:
        """An update in this state."""
        update = NewUpdate(
            channel=ChannelName.TELEGRAM, external_id=at, chat_key="telegram:1", raw={}, status=status, error=None
        )
        async with self.database.begin() as uow:
            await uow.inbox.put([update], now=self.clock())

    async def uncertain(self) -> None:
        """A message that may not have arrived."""
        chat = Chat(channel=ChannelName.TELEGRAM, chat_id="1")
        async with self.database.begin() as uow:
            await uow.outbox.put(Outgoing(chat=chat, text="x"), Delivery(dedupe_key="x"), now=self.clock())
            number = await uow.queues.newest_of("")
            await uow.delivery.settle(number or 0, "uncertain", now=self.clock())

    async def guesses(self) -> None:
        """Two hundred wrong codes."""
        async with self.database.begin() as uow:
            for number in range(200):
                await uow.join_codes.note_wrong(ChannelName.TELEGRAM, str(number), now=self.clock())


@pytest.fixture
async def plant(database: Database, clock: FakeClock) -> AsyncGenerator[Plant]:
    """A sound installation."""
    sound = Vitals(channels={"telegram": True, "zalo": True}, disk_free=10 * 1024**3, backup_at=clock())
    measures = Measures()
    measures.job_ran("housekeeping", well=True, now=clock())
    surface = build_surface(
        database=database,
        clock=clock,
        webhooks=[],
        channels_up=lambda: True,
        links=FileLinks(secret=b"secret", public_url="", clock=clock),
        measures=measures,
        vitals=lambda: made.vitals,
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(surface), base_url="http://to") as http:
        made = Plant(database, clock, measures, sound, http)
        yield made


async def _break(plant: Plant, rule: str) -> None:
    match rule:
        case "BotGone":
            await plant.http.aclose()
            plant.http = httpx.AsyncClient(base_url="http://127.0.0.1:1")
        case "DatabaseAway":
            away = Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing", clock=plant.clock)
            links = FileLinks(secret=b"secret", public_url="", clock=plant.clock)
            surface = build_surface(
                database=away, clock=plant.clock, webhooks=[], channels_up=lambda: True, links=links
            )
            await plant.http.aclose()
            plant.http = httpx.AsyncClient(transport=httpx.ASGITransport(surface), base_url="http://to")
        case "ChannelDown":
            plant.vitals = Vitals(channels={"telegram": True, "zalo": False})
        case "UpdatesWait":
            await plant.letter(status="new")
            plant.clock.advance(timedelta(seconds=61))
        case "DeadLetters":
            await plant.letter(status="dead")
        case "MessagesNotDelivered":
            await plant.uncertain()
        case "DiskNearlyFull":
            plant.vitals = Vitals(disk_free=499 * 1024**2)
        case "NoBackup":
            plant.clock.advance(timedelta(days=7, seconds=1))
        case "CodesGuessed":
            await plant.guesses()
        case "JobFails":
            for _ in range(2):
                await plant.scrape()
                plant.measures.job_ran("housekeeping", well=False, now=plant.clock())
        case _:
            pytest.fail(f"no condition for {rule}")


@pytest.mark.parametrize("rule", RULES)
async def test_a_rule_fires_when_its_condition_is_true_and_not_before(plant: Plant, rule: str) -> None:
    await plant.scrape()
    assert not plant.firing(rule)
    await _break(plant, rule)
    await plant.scrape()
    fired = plant.firing(rule)
    await plant.http.aclose()
    assert fired
    told = set(re.findall(r"\$labels\.(\w+)", RULES[rule][1]))
    assert told <= fired[0].keys()


async def test_a_sound_installation_fires_nothing(plant: Plant) -> None:
    await plant.scrape()
    assert [rule for rule in RULES if plant.firing(rule)] == []
    assert len(RULES) >= 10


async def test_an_alert_names_the_job_that_fails(plant: Plant) -> None:
    await _break(plant, "JobFails")
    await plant.scrape()
    (labels,) = plant.firing("JobFails")
    told = re.sub(r"\{\{ \$labels\.(\w+) \}\}", lambda match: labels[match[1]], RULES["JobFails"][1])
    assert "The job housekeeping fails" in told


def test_the_alert_on_jobs_looks_back_over_the_rarest_of_them() -> None:
    match = EXPRESSION.fullmatch(RULES["JobFails"][0])
    assert match is not None
    assert int(match["hours"]) * 60 >= 2 * max(job.every_minutes for job in JOBS)


async def test_the_dashboard_asks_only_for_figures_and_labels_that_there_are(plant: Plant) -> None:
    plant.measures.handled("telegram", "telegram:1", received_at=plant.clock())
    plant.measures.sent("telegram", "sent", cause="telegram:1", now=plant.clock())
    plant.measures.failed("telegram")
    await plant.uncertain()
    there = {name: labels.keys() for name, labels, _ in await plant.scrape()}
    panels = json.loads((OPERATING / "grafana-dashboard.json").read_text())["panels"]
    targets = [target for panel in panels for target in panel["targets"]]
    assert len(targets) >= 10
    for target in targets:
        (name,) = re.findall(r"mangluoi_\w+", target["expr"])
        kept = re.search(r"by \(([^)]+)\)", target["expr"])
        labels = {*(kept[1].split(", ") if kept else ()), *re.findall(r"\{\{(\w+)\}\}", target["legendFormat"])}
        assert name in there
        assert labels <= there[name], target

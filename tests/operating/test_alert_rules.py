"""Each rule for Prometheus fires on the real /metrics when its condition is true, and not before."""

from __future__ import annotations

import operator
import re
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
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
from storage.engine import Database
from storage.inbox import NewUpdate
from tests.clock import FakeClock

RULES_FILE = Path(__file__).parents[2] / "docs" / "operating" / "prometheus-alerts.yaml"
RULES = dict(re.findall(r"- alert: (\w+)\n\s+expr: (.+)", RULES_FILE.read_text()))
EXPRESSION = re.compile(
    r"(?P<since>time\(\) - )?(?:(?P<call>sum|increase)\()?(?P<name>\w+)(?:\{(?P<label>\w+)=\"(?P<value>\w+)\"\})?"
    r"(?:\[\d+m\])?\)? (?P<compare>==|>=|<=|>|<) (?P<limit>[\d.]+)"
)
COMPARE: dict[str, Callable[[float, float], bool]] = {
    "==": operator.eq, ">": operator.gt, "<": operator.lt, ">=": operator.ge, "<=": operator.le,
}  # fmt: skip
Samples = list[tuple[str, dict[str, str], float]]


def _samples(text: str) -> Samples:
    return [
        (sample.name, dict(sample.labels), sample.value)
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    ]


def fires(expression: str, before: Samples, after: Samples, *, now: float) -> bool:
    """The small part of PromQL that our rules use, over two scrapes."""
    match = EXPRESSION.fullmatch(expression)
    assert match is not None, expression

    def chosen(samples: Samples) -> list[float]:
        wanted = match["label"]
        return [
            value
            for name, labels, value in samples
            if name == match["name"] and (not wanted or labels.get(wanted) == match["value"])
        ]

    values = chosen(after)
    if match["call"] == "sum":
        values = [sum(values)] if values else []
    if match["call"] == "increase":
        values = [sum(values) - sum(chosen(before))]
    if match["since"]:
        values = [now - value for value in values]
    return any(COMPARE[match["compare"]](value, float(match["limit"])) for value in values)


@dataclass(slots=True)
class Plant:
    """A bot's surface whose state the test sets."""

    database: Database
    clock: FakeClock
    measures: Measures
    vitals: Vitals
    http: httpx.AsyncClient

    async def scrape(self) -> Samples:
        """The real output; with the `up` that Prometheus adds itself."""
        try:
            answer = await self.http.get("/metrics")
        except httpx.HTTPError:
            return [("up", {"job": "mangluoi"}, 0.0)]
        return [("up", {"job": "mangluoi"}, 1.0), *_samples(answer.text)]

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
            plant.measures.job_ran("housekeeping", well=False, now=plant.clock())
        case _:
            pytest.fail(f"no condition for {rule}")


@pytest.mark.parametrize("rule", RULES)
async def test_a_rule_fires_when_its_condition_is_true_and_not_before(plant: Plant, rule: str) -> None:
    sound = await plant.scrape()
    assert not fires(RULES[rule], sound, sound, now=plant.clock().timestamp())
    await _break(plant, rule)
    broken = await plant.scrape()
    assert fires(RULES[rule], sound, broken, now=plant.clock().timestamp())
    await plant.http.aclose()


async def test_a_sound_installation_fires_nothing(plant: Plant) -> None:
    sound = await plant.scrape()
    now = plant.clock().timestamp()
    assert [name for name, rule in RULES.items() if fires(rule, sound, sound, now=now)] == []
    assert len(RULES) >= 10

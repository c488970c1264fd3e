"""The operator is told of each trouble once a day, and once when all is well again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.messages import Chat
from bot.domain.vitals import BACKUP_LIMIT, AlertKind, QueueFigures, Vitals, alerts
from bot.domain.vocabulary import ChannelName
from scheduler import operator_alerts
from scheduler.jobs import JobContext
from storage.inbox import NewUpdate
from tests.clock import FakeClock
from tests.office import Office

OPERATOR = Chat(channel=ChannelName.TELEGRAM, chat_id="42")


async def _look(office: Office, vitals: Vitals | None = None, *, operator: Chat | None = OPERATOR) -> dict[str, int]:
    context = JobContext(office.database, office.clock(), operator=operator, vitals=vitals or Vitals())
    counts = await operator_alerts.run(context)
    await office.deliver()
    return counts


def _told(office: Office) -> list[str]:
    return [each.text for each in office.screens.get(OPERATOR.key, [])]


async def test_a_trouble_is_told_once_a_day_and_its_end_once(office: Office, clock: FakeClock) -> None:
    down = Vitals(channels={"telegram": True, "zalo": False})
    for _ in range(3):
        await _look(office, down)
        clock.advance(timedelta(minutes=5))
    assert len(_told(office)) == 1
    assert "zalo" in _told(office)[0]

    clock.advance(timedelta(days=1))
    await _look(office, down)
    assert len(_told(office)) == 2

    for _ in range(3):
        await _look(office, Vitals(channels={"telegram": True, "zalo": True}))
        clock.advance(timedelta(minutes=5))
    assert len(_told(office)) == 3
    assert "bình thường" in _told(office)[2]


async def test_a_dead_letter_is_told_with_its_remedy(office: Office, clock: FakeClock) -> None:
    letter = NewUpdate(
        channel=ChannelName.TELEGRAM, external_id="1", chat_key="telegram:1", raw={}, status="dead", error="x"
    )
    async with office.database.begin() as uow:
        await uow.inbox.put([letter], now=clock())
    await _look(office)
    assert "mangluoi dead-letters list" in _told(office)[0]


async def test_without_trouble_or_without_an_operator_nothing_is_said(office: Office) -> None:
    assert await _look(office) == {"wrong": 0, "told": 0}
    assert await _look(office, Vitals(channels={"zalo": False}), operator=None) == {"wrong": 0, "told": 0}
    assert _told(office) == []


@pytest.mark.parametrize(
    ("vitals", "queues", "kind"),
    [
        (Vitals(channels={"zalo": False}), QueueFigures(), AlertKind.CHANNEL_DOWN),
        (Vitals(disk_free=1024), QueueFigures(), AlertKind.DISK),
        (Vitals(), QueueFigures(lag=61), AlertKind.LAG),
        (Vitals(), QueueFigures(dead_letters=1), AlertKind.DEAD_LETTERS),
        (Vitals(), QueueFigures(uncertain=1), AlertKind.NOT_DELIVERED),
        (Vitals(), QueueFigures(guesses=200), AlertKind.GUESSING),
    ],
)
def test_each_trouble_has_its_alert(clock: FakeClock, vitals: Vitals, queues: QueueFigures, kind: AlertKind) -> None:
    assert alerts(vitals, queues, now=clock()) == [kind]


def test_a_week_without_a_backup_is_told_not_a_day_sooner(clock: FakeClock) -> None:
    fresh = Vitals(backup_at=clock() - BACKUP_LIMIT)
    assert alerts(fresh, QueueFigures(), now=clock()) == []
    stale = Vitals(backup_at=clock() - BACKUP_LIMIT - timedelta(seconds=1))
    assert alerts(stale, QueueFigures(), now=clock()) == [AlertKind.BACKUP]
    assert alerts(Vitals(installed_at=clock() - timedelta(days=8)), QueueFigures(), now=clock()) == [AlertKind.BACKUP]

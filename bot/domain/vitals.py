"""How an installation is doing, as its operator must know it; pure rules over figures that others collect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.join_codes import GUESSES_IN_ALL

LAG_LIMIT = 60.0
"""Seconds that the oldest update may wait; /readyz and the alert rules use the same."""
DISK_LIMIT = 500 * 1024 * 1024
"""Bytes that must stay free where the data lie."""
BACKUP_LIMIT = timedelta(days=7)


class AlertKind(StrEnum):
    """What an operator is told of; each has an entry on the operator's page (docs/operating)."""

    DEAD_LETTERS = "dead-letters"
    LAG = "lag"
    NOT_DELIVERED = "not-delivered"
    CHANNEL_DOWN = "channel-down"
    DISK = "disk"
    BACKUP = "backup"
    GUESSING = "guessing"


@dataclass(frozen=True, slots=True)
class Vitals:
    """What a process sees of itself and its machine."""

    channels: Mapping[str, bool] = field(default_factory=dict[str, bool])
    """For each platform whether it is connected; empty when nobody knows."""
    disk_free: int | None = None
    """Bytes."""
    backup_at: datetime | None = None
    """When `mangluoi backup` last succeeded here."""
    installed_at: datetime | None = None
    """Since when there is something to back up."""


@dataclass(frozen=True, slots=True)
class QueueFigures:
    """What the database tells: updates set aside, seconds of waiting, messages of the last day that did not arrive."""

    dead_letters: int = 0
    lag: float = 0.0
    failed: int = 0
    uncertain: int = 0
    guesses: int = 0


def alerts(vitals: Vitals, queues: QueueFigures, *, now: datetime) -> list[AlertKind]:
    """What is wrong at this moment, the gravest first."""
    last = vitals.backup_at or vitals.installed_at
    wrong = {
        AlertKind.CHANNEL_DOWN: not all(vitals.channels.values()),
        AlertKind.DISK: vitals.disk_free is not None and vitals.disk_free < DISK_LIMIT,
        AlertKind.LAG: queues.lag > LAG_LIMIT,
        AlertKind.DEAD_LETTERS: queues.dead_letters > 0,
        AlertKind.NOT_DELIVERED: queues.failed + queues.uncertain > 0,
        AlertKind.GUESSING: queues.guesses >= GUESSES_IN_ALL,
        AlertKind.BACKUP: last is not None and now - last > BACKUP_LIMIT,
    }
    return [kind for kind, is_so in wrong.items() if is_so]

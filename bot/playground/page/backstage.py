"""What the page shows besides chats, and what can be done there; handed in, since the playground knows no database."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.playground.page.sides import Json, Side


@dataclass(slots=True)
class Persona:
    """Somebody whose phone can be looked at; `person` is the id on their platform."""

    side: str
    person: str
    name: str
    role: str
    """In Vietnamese, as the page shows it."""
    open: int = 0
    """From 1 on: their phone lies on the table at the beginning, in this order."""
    code: str = ""
    """The join code that this person was given and has not used."""

    @property
    def key(self) -> str:
        """As the page names them."""
        return f"{self.side}:{self.person}"


@dataclass(frozen=True, slots=True)
class Hint:
    """Something to try: what it shows, and what to write on whose phone (or where to move the clock)."""

    title: str
    person: str = ""
    text: str = ""
    move: str = ""


@dataclass(slots=True)
class Scene:
    """One run of the sample team, from a beginning to "Làm lại từ đầu"."""

    sides: Sequence[Side]
    personas: list[Persona]
    hints: Sequence[Hint] = ()
    story: list[Json] = field(default_factory=list[Any])

    def side(self, name: str) -> Side:
        """The platform of this name; LookupError for none."""
        for side in self.sides:
            if side.name == name:
                return side
        raise LookupError(f"no platform {name}")


@dataclass(frozen=True, slots=True)
class Moment:
    """A place that the clock can be moved to with one press."""

    name: str
    label: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Backstage:
    """What is behind the page. `move` takes the name of a moment or an ISO time; ValueError says why not."""

    scene: Callable[[], Scene]
    now: Callable[[], datetime]
    moments: Callable[[], Sequence[Moment]]
    move: Callable[[str], Awaitable[None]]
    queues: Callable[[], Awaitable[Json]]
    reset: Callable[[], Awaitable[None]]
    read_code: Callable[[str], str | None]

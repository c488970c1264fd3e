"""Schools that were renamed or became part of another: what was there on a day. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.domain.roster_words import school_key
from bot.domain.school_matching import SchoolName
from bot.domain.text import fold

LONGEST_NAME = 150


class TurnKind(StrEnum):
    """What becomes of a school on a day."""

    RENAME = "rename"
    MERGE = "merge"


@dataclass(frozen=True, slots=True)
class SchoolTurn:
    """From `on` the school of this code no longer bears `old_name`; or, with `into`, is part of that one."""

    code: str
    on: date
    old_name: str
    into: str | None = None


@dataclass(frozen=True, slots=True)
class SchoolHistory:
    """What has happened to the schools of a team."""

    turns: tuple[SchoolTurn, ...] = ()

    def code_on(self, code: str, day: date) -> str:
        """The school that this one is on a day: itself, or the one that it is part of by then."""
        seen = {code}
        while (turn := self._merge_of(code)) is not None and turn.on <= day and turn.into not in seen:
            code = turn.into or code
            seen.add(code)
        return code

    def name_on(self, code: str, name: str, day: date) -> str:
        """Its name on a day; `name` is the one it has now."""
        later = [turn for turn in self.turns if turn.code == code and turn.into is None and turn.on > day]
        return min(later, key=lambda turn: turn.on).old_name if later else name

    def ended_on(self, code: str) -> date | None:
        """From which day it is part of another one; None while it is a school of its own."""
        turn = self._merge_of(code)
        return turn.on if turn else None

    def _merge_of(self, code: str) -> SchoolTurn | None:
        return next((turn for turn in self.turns if turn.code == code and turn.into is not None), None)


def told_apart(active: Iterable[SchoolName], gone: Sequence[SchoolName]) -> tuple[SchoolName, ...]:
    """All schools as a report of any day may name them: the names of one that is gone mean that one.

    The school that took it in bears them as aliases; here they would make every such name a question.
    """
    if not gone:
        return tuple(active)
    taken = {fold(word) for each in gone for word in (each.name, each.code, *each.aliases)}
    kept = (replace(each, aliases=tuple(a for a in each.aliases if fold(a) not in taken)) for each in active)
    return (*kept, *gone)


def is_name_free(name: str, names: Iterable[str]) -> bool:
    """Whether no school bears the name yet, however it is written."""
    return school_key(name) not in {school_key(each) for each in names}


def with_alias(aliases: Sequence[str], *more: str) -> list[str]:
    """Aliases that grow: what is new comes last, nothing stands there twice."""
    kept: dict[str, str] = {}
    for each in (*aliases, *more):
        if fold(each):
            kept.setdefault(fold(each), each)
    return list(kept.values())

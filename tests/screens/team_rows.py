"""All rows of one team, whatever tables there are: to see whether anything of it changed, and what it would tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import Base

PIPELINE = {"inbox", "keyboard", "dialogue", "rate_slot", "join_attempt", "message_use", "stored_file"}
"""What any update may write, whoever sends it."""
NO_TEAMS = PIPELINE | {"person", "installation", "file_reference", "file_revocation"}
"""What belongs to no team."""
_APART = NO_TEAMS | {"team", "account", "outbox"}
_ROOT = Path(__file__).parents[2]
_TOLD = {"outbox", "audit_entry", "summary_report"}
"""Whose texts are the program's own."""
_SHORTEST = 6

Rows = Mapping[str, tuple[tuple[Any, ...], ...]]


class TeamRows:
    """The rows that are a team's, or that name one of its rows; and what has been written to its chats."""

    def __init__(self, team_id: int, *, chats_of_others: frozenset[str]) -> None:
        """`chats_of_others`: messages to these are none of the team's business."""
        self._others = chats_of_others
        tables: dict[str, Table[Any]] = {table.name: table for table in Base.metadata.sorted_tables}
        self._conditions: dict[str, ColumnElement[bool]] = {"team": tables["team"].c.id == team_id}
        for table in tables.values():
            if table.name not in _APART and (condition := self._owned(table)) is not None:
                self._conditions[table.name] = condition
        mine = select(tables["member"].c.person_id).where(tables["member"].c.team_id == team_id)
        self._conditions["account"] = tables["account"].c.person_id.in_(mine)
        self._tables = tables

    def _owned(self, table: Table[Any]) -> ColumnElement[bool] | None:
        """Rows that point at something of the team."""
        found: list[ColumnElement[bool]] = []
        for key in table.foreign_keys:
            target = key.column.table
            if target is table or target.name not in self._conditions:
                continue
            owned = select(key.column).where(self._conditions[target.name])
            found.append(table.c[key.parent.name].in_(owned))
        return or_(*found) if found else None

    @property
    def watched(self) -> set[str]:
        """The tables it reads."""
        return {*self._conditions, "outbox"}

    async def read(self, session: AsyncSession) -> Rows:
        """Everything as it is now within this transaction."""
        await session.flush()
        rows: dict[str, tuple[tuple[Any, ...], ...]] = {}
        for name, condition in self._conditions.items():
            table = self._tables[name]
            found = await session.execute(select(table).where(condition).order_by(*table.primary_key.columns))
            rows[name] = tuple(tuple(row) for row in found)
        outbox = self._tables["outbox"]
        sent = select(outbox.c.id, outbox.c.status).where(outbox.c.chat_key.not_in(self._others))
        rows["outbox"] = tuple(tuple(row) for row in await session.execute(sent.order_by(outbox.c.id)))
        return rows


def differences(before: Rows, after: Rows) -> list[str]:
    """Which tables are no longer the same, with the rows."""
    return [
        f"{name}: {sorted(set(map(str, after[name])) ^ set(map(str, before[name])))}"
        for name in before
        if before[name] != after[name]
    ]


@cache
def _program() -> str:
    sources = [path for room in ("bot", "handlers") for path in sorted(_ROOT.glob(f"{room}/**/*.py"))]
    return "\n".join(path.read_text().lower() for path in sources)


def secrets_of(rows: Rows) -> frozenset[str]:
    """Texts that only the team's rows hold: names, places, what was written; no word of the program itself."""
    found = {text for name, each in rows.items() if name not in _TOLD for row in each for text in _texts(row)}
    return frozenset(text for text in found if _tells(text) and text.lower() not in _program())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from (line.strip() for line in value.splitlines())
    elif isinstance(value, dict):
        for each in cast("dict[str, Any]", value).values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in cast("list[Any]", value):
            yield from _texts(each)


def _tells(text: str) -> bool:
    """Long enough, in words people write, and no key or code of ours."""
    return (
        len(text) >= _SHORTEST and re.search(r"[^\W\d_]{2}", text) is not None and not re.fullmatch(r"[\w:.-]+", text)
    )

"""Unfinished conversations: one active for each person and chat, others parked."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import table_of, upsert
from storage.tables import Dialogue

_KEY = ("chat_key", "user_id", "name")


@dataclass(slots=True)
class OpenDialogue:
    """A row of `dialogue`; what is changed in it is kept by `Dialogues.save`."""

    chat_key: str
    user_id: str
    name: str
    active: bool
    step: str
    draft: dict[str, Any]
    draft_version: int
    version: int
    updated_at: datetime


class Dialogues:
    """Queries over dialogues; those of a person are read once in a transaction."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session
        self._read: dict[tuple[str, str], list[OpenDialogue]] = {}

    async def open_of(self, chat_key: str, user_id: str) -> list[OpenDialogue]:
        """All unfinished dialogues of a person in a chat, the active one first, then the latest.

        They are locked: of two presses handled at once, the second finds what the first left.
        """
        whose = (chat_key, user_id)
        if whose not in self._read:
            rows: Any = await self._session.execute(_open_of(), {"chat": chat_key, "user": user_id})
            self._read[whose] = [OpenDialogue(*row) for row in rows]
        return sorted(self._read[whose], key=lambda each: (each.active, each.updated_at), reverse=True)

    async def save(self, dialogue: OpenDialogue) -> None:
        """Keep a new or changed dialogue."""
        columns = [each for each in OpenDialogue.__slots__ if each not in _KEY]
        await self._session.execute(upsert(self._session, Dialogue, _KEY, columns), [asdict(dialogue)])
        known = self._read.get((dialogue.chat_key, dialogue.user_id))
        if known is not None and all(each is not dialogue for each in known):
            known.append(dialogue)

    async def end(self, dialogue: OpenDialogue) -> None:
        """It is finished or given up."""
        key = {"chat": dialogue.chat_key, "user": dialogue.user_id, "dialogue": dialogue.name}
        await self._session.execute(_ending(), key)
        known = self._read.get((dialogue.chat_key, dialogue.user_id), [])
        known[:] = [each for each in known if each.name != dialogue.name]


# Built once: every update asks them.


@cache
def _open_of() -> Any:
    rows = table_of(Dialogue).c
    return (
        select(*(rows[each] for each in OpenDialogue.__slots__))
        .where(rows.chat_key == bindparam("chat"), rows.user_id == bindparam("user"))
        .with_for_update()
    )


@cache
def _ending() -> Any:
    rows = table_of(Dialogue).c
    return delete(table_of(Dialogue)).where(
        rows.chat_key == bindparam("chat"), rows.user_id == bindparam("user"), rows.name == bindparam("dialogue")
    )

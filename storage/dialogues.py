"""Unfinished conversations: one active for each person and chat, others parked."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import Dialogue


class Dialogues:
    """Queries over dialogues."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def open_of(self, chat_key: str, user_id: str) -> list[Dialogue]:
        """All unfinished dialogues of a person in a chat, the active one first, then the latest.

        They are locked: of two presses handled at once, the second finds what the first left.
        """
        return list(await self._session.scalars(_open_of(), {"chat": chat_key, "user": user_id}))

    async def save(self, dialogue: Dialogue) -> None:
        """Keep a new or changed dialogue."""
        self._session.add(dialogue)
        await self._session.flush()

    async def end(self, dialogue: Dialogue) -> None:
        """It is finished or given up."""
        await self._session.delete(dialogue)
        await self._session.flush()


@cache
def _open_of() -> Any:
    """Built once: every update asks it."""
    return (
        select(Dialogue)
        .where(Dialogue.chat_key == bindparam("chat"), Dialogue.user_id == bindparam("user"))
        .order_by(Dialogue.active.desc(), Dialogue.updated_at.desc())
        .with_for_update()
    )

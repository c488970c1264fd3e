"""The lists of choices that were shown, so that a press or a number can be understood and checked."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.messages import ChoiceList
from storage.rows import table_of
from storage.tables import Keyboard


@dataclass(frozen=True, slots=True)
class ShownList:
    """A list as it was shown, to whom, and where."""

    key: str
    chat_key: str
    user_id: str | None
    choices: ChoiceList
    shown_at: datetime


class Keyboards:
    """Queries over shown lists."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def remember_many(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Keep lists made by `new_keyboard`, in one statement."""
        if rows:
            await self._session.execute(insert(table_of(Keyboard)), list(rows))

    async def find(self, key: str) -> ShownList | None:
        """The list of this key."""
        return _shown(await self._session.scalar(select(Keyboard).where(Keyboard.key == key)))

    async def latest(self, chat_key: str, *, now: datetime) -> ShownList | None:
        """The list shown last in a chat; those that are still to be sent do not count."""
        return _shown(
            await self._session.scalar(
                select(Keyboard)
                .where(Keyboard.chat_key == chat_key, Keyboard.shown_at <= now)
                .order_by(Keyboard.shown_at.desc(), Keyboard.id.desc())
                .limit(1)
            )
        )

    async def arrived(self, key: str, *, now: datetime) -> None:
        """The list has been sent at this moment."""
        await self._session.execute(update(Keyboard).where(Keyboard.key == key).values(shown_at=now))


def new_keyboard(choices: ChoiceList, *, chat_key: str, user_id: str | None, now: datetime) -> dict[str, Any]:
    """The columns of a list that is to be shown at this moment, with an unguessable key."""
    return {
        "key": secrets.token_urlsafe(12),
        "chat_key": chat_key,
        "user_id": user_id if choices.personal else None,
        "dialogue_version": choices.dialogue_version,
        "choices": choices.model_dump(mode="json", exclude_defaults=True),
        "shown_at": now,
    }


def _shown(row: Keyboard | None) -> ShownList | None:
    if row is None:
        return None
    return ShownList(row.key, row.chat_key, row.user_id, ChoiceList.model_validate(row.choices), row.shown_at)

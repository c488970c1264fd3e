"""Deleting what is old enough; used by housekeeping only."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import Base, Inbox, JoinAttempt, JoinCode, Keyboard, Leave, Member, Outbox


class Cleaning:
    """Deletions by age; each returns how many rows went."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def handled_updates(self, *, before: datetime) -> int:
        """Updates that were handled before then."""
        return await self._delete(Inbox, Inbox.status == "done", Inbox.received_at < before)

    async def sent_messages(self, *, before: datetime) -> int:
        """Messages that were sent, dropped or cancelled; failed and uncertain ones stay to be seen."""
        settled = Outbox.status.in_(("sent", "dropped", "cancelled"))
        return await self._delete(Outbox, settled, Outbox.created_at < before)

    async def guesses(self, *, before: datetime) -> int:
        """Wrong codes that no longer count."""
        return await self._delete(JoinAttempt, JoinAttempt.at < before)

    async def expired_codes(self, *, before: datetime) -> int:
        """Codes that nobody used in time."""
        return await self._delete(JoinCode, JoinCode.used_at.is_(None), JoinCode.expires_at < before)

    async def keyboards(self, *, before: datetime) -> int:
        """Lists of choices that nobody will press any more."""
        return await self._delete(Keyboard, Keyboard.shown_at < before)

    async def leave_reasons(self, *, before: datetime) -> int:
        """Why somebody was away long ago: the days stay, the reason goes."""
        old = (Leave.asked_at < before) & (Leave.reason != "")
        result: Any = await self._session.execute(update(Leave).where(old).values(reason=""))
        return int(result.rowcount)

    async def phones(self, *, ended_before: datetime) -> int:
        """Phone numbers of those who left long ago."""
        old = (Member.ended_at < ended_before) & Member.phone.is_not(None)
        result: Any = await self._session.execute(update(Member).where(old).values(phone=None))
        return int(result.rowcount)

    async def _delete(self, table: type[Base], *conditions: ColumnElement[bool]) -> int:
        result: Any = await self._session.execute(delete(table).where(*conditions))
        return int(result.rowcount)

"""Deleting what is old enough; used by housekeeping only."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import (
    Activity,
    ActivityFile,
    Base,
    Dialogue,
    FileReference,
    FileRevocation,
    Inbox,
    JoinAttempt,
    JoinCode,
    Keyboard,
    Leave,
    Member,
    Outbox,
    PaperOrder,
    StoredFile,
)

_IDS_A_STATEMENT = 500


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

    async def dead_updates(self, *, before: datetime) -> int:
        """Updates that nobody could handle and nobody has asked for since."""
        return await self._delete(Inbox, Inbox.status == "dead", Inbox.received_at < before)

    async def unsent_messages(self, *, before: datetime) -> int:
        """Messages whose failure or doubt is long past."""
        unsettled = Outbox.status.in_(("failed", "uncertain"))
        return await self._delete(Outbox, unsettled, Outbox.created_at < before)

    async def drafts(self, *, before: datetime) -> int:
        """Forms that nobody has gone on with."""
        return await self._delete(Dialogue, Dialogue.updated_at < before)

    async def photos(self, *, taken_before: date) -> int:
        """Photos of activities of long ago; as files they go with the loose ones."""
        old = select(Activity.id).where(Activity.date < taken_before)
        return await self._delete(ActivityFile, ActivityFile.activity_id.in_(old))

    async def loose_files(self, *, before: datetime) -> int:
        """Files that no record and no open form names."""
        named = [
            select(table.c[column.name])
            for table in Base.metadata.sorted_tables
            for column in table.columns
            if table.name != FileReference.__tablename__
            and any(key.column.table.name == StoredFile.__tablename__ for key in column.foreign_keys)
        ]
        loose = select(StoredFile.id).where(
            StoredFile.created_at < before,
            *(StoredFile.id.not_in(each.where(each.selected_columns[0].is_not(None))) for each in named),
        )
        waiting = await self._in_drafts()
        ids = [each for each in await self._session.scalars(loose) if each not in waiting]
        for start in range(0, len(ids), _IDS_A_STATEMENT):
            some = ids[start : start + _IDS_A_STATEMENT]
            await self._delete(FileReference, FileReference.file_id.in_(some))
            await self._delete(FileRevocation, FileRevocation.file_id.in_(some))
            await self._delete(StoredFile, StoredFile.id.in_(some))
        return len(ids)

    async def _in_drafts(self) -> set[int]:
        found: set[int] = set()
        for draft in await self._session.scalars(select(Dialogue.draft)):
            files = draft.get("values", {}).get("files") or ()
            found.update(each for each in files if isinstance(each, int))
        return found

    async def settled_orders(self, *, before: datetime) -> int:
        """Orders of files that were drawn or given up; not before their messages, which are known by their ids."""
        settled = PaperOrder.status.in_(("done", "failed"))
        return await self._delete(PaperOrder, settled, PaperOrder.created_at < before)

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

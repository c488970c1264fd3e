"""Files that came in or were made; equal ones are kept once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, undefer

from bot.domain.errors import NotFound
from bot.domain.vocabulary import ChannelName
from storage.rows import upsert
from storage.tables import FileReference, FileRevocation, Outbox, StoredFile

_ALL_FILES = 0


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A stored file with its bytes, and the channel's reference where it has one."""

    id: int
    name: str
    mime: str
    data: bytes
    reference: str = ""


FileLine = tuple[int, str, str]
"""Id, name and type of a stored file."""


async def files_named_by(
    session: AsyncSession, file_id: InstrumentedAttribute[int], *belonging: ColumnElement[bool]
) -> list[FileLine]:
    """The files that rows of a linking table name, in the order they came; `belonging` says which rows."""
    rows = await session.execute(
        select(StoredFile.id, StoredFile.name, StoredFile.mime)
        .join(file_id.class_, file_id == StoredFile.id)
        .where(*belonging)
        .order_by(StoredFile.id)
    )
    return [(row[0], row[1], row[2]) for row in rows]


class Files:
    """Queries over stored files."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def keep(self, *, data: bytes, name: str, mime: str, now: datetime) -> int:
        """Store the bytes, or find them stored under the same name; returns the id."""
        digest = sha256(data).hexdigest()
        known = await self._session.scalar(
            select(StoredFile.id).where(StoredFile.sha256 == digest, StoredFile.name == name)
        )
        if known is not None:  # kept from now on, since files that no record names go after a while
            await self._session.execute(update(StoredFile).where(StoredFile.id == known).values(created_at=now))
            return known
        row = StoredFile(sha256=digest, name=name, mime=mime, size=len(data), data=data, created_at=now)
        self._session.add(row)
        await self._session.flush()
        return row.id

    async def load(self, file_id: int) -> KeptFile:
        """One file with its bytes; NotFound otherwise."""
        row = await self._session.scalar(
            select(StoredFile).where(StoredFile.id == file_id).options(undefer(StoredFile.data))
        )
        if row is None:
            raise NotFound(what="file", id=file_id)
        return KeptFile(id=row.id, name=row.name, mime=row.mime, data=row.data)

    async def load_for(self, channel: ChannelName, file_ids: Iterable[int]) -> dict[int, KeptFile]:
        """Files with the references that the channel knows them by."""
        rows = await self._session.execute(
            select(StoredFile, FileReference.reference)
            .outerjoin(
                FileReference,
                (FileReference.file_id == StoredFile.id) & (FileReference.channel == channel),
            )
            .where(StoredFile.id.in_(list(file_ids)))
            .options(undefer(StoredFile.data))
        )
        return {
            file.id: KeptFile(id=file.id, name=file.name, mime=file.mime, data=file.data, reference=reference or "")
            for file, reference in rows
        }

    async def remember_reference(self, file_id: int, channel: ChannelName, reference: str) -> None:
        """What the platform calls a file that was uploaded."""
        statement = upsert(self._session, FileReference, ["file_id", "channel"], ["reference"])
        await self._session.execute(statement, [{"file_id": file_id, "channel": channel, "reference": reference}])

    async def revoke_links(self, file_id: int | None, *, now: datetime) -> None:
        """Addresses given out so far no longer lead to this file, or to any file when none is named."""
        statement = upsert(self._session, FileRevocation, ["file_id"], ["revoked_at"])
        await self._session.execute(statement, [{"file_id": file_id or _ALL_FILES, "revoked_at": now}])

    async def revoke_sent_to(self, chat_keys: Sequence[str], *, now: datetime) -> int:
        """The same for every file that went to these chats, or is about to; returns how many files."""
        payloads = await self._session.scalars(select(Outbox.payload).where(Outbox.chat_key.in_(list(chat_keys))))
        sent = {int(each["stored_id"]) for payload in payloads for each in payload.get("attachments", ())}
        for file_id in sorted(sent):
            await self.revoke_links(file_id, now=now)
        return len(sent)

    async def is_revoked(self, file_id: int, *, issued_at: datetime) -> bool:
        """Whether an address of that moment has been revoked since."""
        found = await self._session.scalar(
            select(FileRevocation.file_id)
            .where(FileRevocation.file_id.in_((file_id, _ALL_FILES)), FileRevocation.revoked_at >= issued_at)
            .limit(1)
        )
        return found is not None

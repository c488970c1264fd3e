"""What the bot remembers of conversations: dialogues in progress, buttons it showed, files it was sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, deferred, mapped_column

from storage.tables.base import Base


class Dialogue(Base):
    """One person's unfinished form in one chat; parked ones wait while another is active."""

    __tablename__ = "dialogue"
    chat_key: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    active: Mapped[bool]
    step: Mapped[str]
    draft: Mapped[dict[str, Any]]
    draft_version: Mapped[int]
    version: Mapped[int]
    updated_at: Mapped[datetime]


class Keyboard(Base):
    """A list of choices that was shown; `key` is what its buttons carry."""

    __tablename__ = "keyboard"
    __table_args__ = (Index("ix_keyboard_chat", "chat_key", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    """Grows: the last list of a chat is what a typed number means."""
    key: Mapped[str] = mapped_column(unique=True)
    chat_key: Mapped[str]
    user_id: Mapped[str | None]
    dialogue_version: Mapped[int | None]
    choices: Mapped[dict[str, Any]]
    shown_at: Mapped[datetime]
    """When it was, or is to be, sent; by our clock, which orders the lists of a chat."""
    arrived_at: Mapped[datetime | None]
    """From when on people can have seen it, by the clock that dates what they write; None: not shown yet, or never."""


class StoredFile(Base):
    """A file that was sent to the bot or made by it; kept in the database, so backups and all processes have it."""

    __tablename__ = "stored_file"
    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    mime: Mapped[str]
    size: Mapped[int]
    data: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    created_at: Mapped[datetime]


class FileReference(Base):
    """How a channel knows a stored file already, so that it is uploaded once."""

    __tablename__ = "file_reference"
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str]


class FileRevocation(Base):
    """Addresses of a file issued up to this moment are void; file 0 stands for all files."""

    __tablename__ = "file_revocation"
    file_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revoked_at: Mapped[datetime]

"""The queues: what came in, what is to go out, and the limits on going out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Float, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base

_BigId = BigInteger().with_variant(Integer(), "sqlite")


class Inbox(Base):
    """An update as it came, stored before it is acknowledged. status: fetching, new, done, dead."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "external_id"),
        Index(
            "ix_inbox_open",
            "chat_key",
            "id",
            sqlite_where=text("status IN ('new', 'fetching')"),
            postgresql_where=text("status IN ('new', 'fetching')"),
        ),
        Index("ix_inbox_status", "status", "id"),
    )
    id: Mapped[int] = mapped_column(_BigId, primary_key=True)
    channel: Mapped[str]
    external_id: Mapped[str]
    chat_key: Mapped[str]
    raw: Mapped[dict[str, Any]]
    status: Mapped[str]
    received_at: Mapped[datetime]
    available_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]
    files: Mapped[dict[str, Any] | None]
    handled_at: Mapped[datetime | None]


class Outbox(Base):
    """One call to make on a platform.

    status: scheduled (for later, or waiting to be tried again), pending, leased, sending, sent, failed, uncertain,
    dropped (no longer due), cancelled.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_open",
            "priority",
            "id",
            sqlite_where=text("status = 'pending'"),
            postgresql_where=text("status = 'pending'"),
        ),
        Index(
            "ix_outbox_chat_open",
            "chat_key",
            "priority",
            "id",
            sqlite_where=text("status IN ('scheduled', 'pending', 'leased', 'sending')"),
            postgresql_where=text("status IN ('scheduled', 'pending', 'leased', 'sending')"),
        ),
        Index(
            "ix_outbox_lease",
            "lease_until",
            sqlite_where=text("status IN ('leased', 'sending')"),
            postgresql_where=text("status IN ('leased', 'sending')"),
        ),
        Index(
            "ix_outbox_scheduled",
            "not_before",
            sqlite_where=text("status = 'scheduled'"),
            postgresql_where=text("status = 'scheduled'"),
        ),
        Index("ix_outbox_chat_sent", "chat_key", "sending_at"),
        Index("ix_outbox_topic", "topic"),
        Index("ix_outbox_created", "created_at"),
    )
    id: Mapped[int] = mapped_column(_BigId, primary_key=True)
    dedupe_key: Mapped[str] = mapped_column(unique=True)
    channel: Mapped[str]
    chat_key: Mapped[str]
    is_group: Mapped[bool]
    priority: Mapped[int]
    status: Mapped[str]
    payload: Mapped[dict[str, Any]]
    guard: Mapped[dict[str, Any] | None]
    as_of: Mapped[datetime | None]
    not_before: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    resend_when_unsure: Mapped[bool]
    member_id: Mapped[int | None]
    author_member_id: Mapped[int | None]
    topic: Mapped[str]
    cause: Mapped[str] = mapped_column(default="", server_default="")
    """The update that this message came of ("telegram:700000001"), empty for what time said."""
    created_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    leased_by: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    sending_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    message_id: Mapped[str | None]
    error: Mapped[str | None]


class RateSlot(Base):
    """When the next message may go: one row for a whole bot, one for a chat. Seconds since 1970."""

    __tablename__ = "rate_slot"
    key: Mapped[str] = mapped_column(primary_key=True)
    next_at: Mapped[float] = mapped_column(Float(53))

"""What is announced (thông báo), to whom, and who has read it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


class Announcement(Base):
    """Thông báo. status: scheduled, sent, paused, stopped."""

    __tablename__ = "announcement"
    __table_args__ = (
        UniqueConstraint("team_id", "number"),
        UniqueConstraint("source"),
        Index("ix_announcement_status", "status", "send_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    number: Mapped[int]
    source: Mapped[str]
    text: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    to_group: Mapped[bool] = mapped_column(default=False)
    audience: Mapped[str] = mapped_column(default="")
    """How the recipients were chosen, in words."""
    status: Mapped[str]
    created_by: Mapped[int] = mapped_column(ForeignKey("member.id"))
    created_at: Mapped[datetime]
    send_at: Mapped[datetime]


class AnnouncementRecipient(Base):
    """Somebody it is for, and when they said they had read it."""

    __tablename__ = "announcement_recipient"
    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcement.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, index=True)
    read_at: Mapped[datetime | None]


class AnnouncementVersion(Base):
    """What it said before it was edited."""

    __tablename__ = "announcement_version"
    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcement.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    changed_by: Mapped[int] = mapped_column(ForeignKey("member.id"))
    changed_at: Mapped[datetime]


class AnnouncementFile(Base):
    """A file that goes along."""

    __tablename__ = "announcement_file"
    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcement.id"), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), primary_key=True)

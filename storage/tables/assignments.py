"""Work that is given to members (phân công), who may give it in the leader's place, and what the office asks for."""

from __future__ import annotations

from datetime import date as Date
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


class Assignment(Base):
    """Phân công: work given out. status: scheduled (to be sent at `send_at`), open, cancelled.

    `version` counts what its givers change, not what assignees answer.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("team_id", "number"),
        UniqueConstraint("source"),
        Index(
            "ix_assignment_next",
            "next_at",
            sqlite_where=text("next_at IS NOT NULL"),
            postgresql_where=text("next_at IS NOT NULL"),
        ),
        Index("ix_assignment_status", "status", "send_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    number: Mapped[int]
    source: Mapped[str]
    """The dialogue or repetition it came from, so that it is given out once."""
    kind: Mapped[str]
    """An activity kind, or "other"."""
    title: Mapped[str]
    school_id: Mapped[int | None] = mapped_column(ForeignKey("school.id"), index=True)
    place: Mapped[str | None]
    class_or_grade: Mapped[str | None]
    subject: Mapped[str | None]
    starts_at: Mapped[datetime | None]
    all_day: Mapped[bool] = mapped_column(default=False)
    """Only the day of `starts_at` was said."""
    due_at: Mapped[datetime | None]
    confidential: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    created_by: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    created_at: Mapped[datetime]
    send_at: Mapped[datetime]
    recurrence: Mapped[str] = mapped_column(default="")
    next_at: Mapped[datetime | None]
    """When the next of a repetition is to be sent; on its latest row only."""
    request_id: Mapped[int | None]
    """The officer's request it answers."""


class AssignmentAssignee(Base):
    """Somebody who was given it. status: waiting, sent, accepted, declined, done, removed."""

    __tablename__ = "assignment_assignee"
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, index=True)
    status: Mapped[str]
    sent_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    reason: Mapped[str | None]
    result: Mapped[str | None]
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id"))
    done_at: Mapped[datetime | None]


class AssignmentChange(Base):
    """What a giver changed: for each field what it said before and after. Rows are only ever added."""

    __tablename__ = "assignment_change"
    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    version: Mapped[int]
    content: Mapped[dict[str, Any]]
    changed_by: Mapped[int] = mapped_column(ForeignKey("member.id"))
    changed_at: Mapped[datetime]


class AssignmentFile(Base):
    """A file that goes along."""

    __tablename__ = "assignment_file"
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), primary_key=True)


class Delegation(Base):
    """Ủy quyền: which kinds of work a deputy may give out, until when (the day included)."""

    __tablename__ = "delegation"
    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    kinds: Mapped[list[str]]
    until: Mapped[Date]
    granted_by: Mapped[int] = mapped_column(ForeignKey("member.id"))
    granted_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class WorkRequest(Base):
    """Điều động: what an officer asks of the leader. status: asked, accepted, refused."""

    __tablename__ = "work_request"
    __table_args__ = (UniqueConstraint("source"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    source: Mapped[str]
    officer_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    text: Mapped[str]
    status: Mapped[str]
    answer: Mapped[str | None]
    asked_at: Mapped[datetime]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    answered_at: Mapped[datetime | None]

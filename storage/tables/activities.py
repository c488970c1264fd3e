"""What members took part in, who counts for it, what was said about it, and when nothing is owed."""

from __future__ import annotations

from datetime import date as Date
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


class Activity(Base):
    """Hoạt động: one thing members took part in, on a date, at a school."""

    __tablename__ = "activity"
    __table_args__ = (
        Index("ix_activity_team_date", "team_id", "date"),
        UniqueConstraint("team_id", "number"),
        UniqueConstraint("source"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    number: Mapped[int]
    source: Mapped[str]
    """The dialogue it came from, so that "Gửi" twice files one report."""
    origin: Mapped[str] = mapped_column(default="", server_default="", index=True)
    """What it was reported for ("assignment:12", "follow-up:7"); empty when for itself."""
    kind: Mapped[str]
    date: Mapped[Date]
    school_id: Mapped[int | None] = mapped_column(ForeignKey("school.id"), index=True)
    class_or_grade: Mapped[str | None]
    subject: Mapped[str | None]
    topic: Mapped[str | None]
    strengths: Mapped[str | None]
    difficulties: Mapped[str | None]
    advice: Mapped[str | None]
    encouragement: Mapped[str | None]
    exemplary: Mapped[bool] = mapped_column(default=False)
    needs_support: Mapped[bool] = mapped_column(default=False)
    urgent: Mapped[bool] = mapped_column(default=False)
    urgent_passed_at: Mapped[datetime | None]
    """When the leader passed it to the office; once."""
    follow_up_on: Mapped[Date | None]
    reporter_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    reported_at: Mapped[datetime]
    late: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(default="filed")
    version: Mapped[int] = mapped_column(default=1)


class ActivityParticipant(Base):
    """Somebody it counts for once confirmed; the reporter is one of them."""

    __tablename__ = "activity_participant"
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, index=True)
    status: Mapped[str]
    answered_at: Mapped[datetime | None]


class ActivityRevision(Base):
    """What an activity said before it was corrected or withdrawn."""

    __tablename__ = "activity_revision"
    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), index=True)
    version: Mapped[int]
    content: Mapped[dict[str, Any]]
    changed_by: Mapped[int] = mapped_column(ForeignKey("member.id"))
    changed_at: Mapped[datetime]
    after_month_reported: Mapped[bool] = mapped_column(default=False)


class ReportedPeriod(Base):
    """Days, both included, whose summary has been confirmed to the supervising office."""

    __tablename__ = "reported_period"
    __table_args__ = (Index("ix_reported_period_team_first", "team_id", "first"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    first: Mapped[Date]
    last: Mapped[Date]
    confirmed_at: Mapped[datetime]


class ActivityFile(Base):
    """A photo or file kept with an activity."""

    __tablename__ = "activity_file"
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), primary_key=True)


class Leave(Base):
    """Nghỉ, miễn: days on which a member owes no duty."""

    __tablename__ = "leave"
    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    first: Mapped[Date]
    last: Mapped[Date]
    reason: Mapped[str]
    status: Mapped[str]
    asked_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    decided_at: Mapped[datetime | None]

"""What changes about people and schools: schools renamed and merged, leadership handed over, own data."""

from __future__ import annotations

from datetime import date as Date
from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


class SchoolChange(Base):
    """From a day on a school bears another name, or is part of another one; what was before keeps the old name."""

    __tablename__ = "school_change"
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), index=True)
    on: Mapped[Date]
    old_name: Mapped[str]
    new_name: Mapped[str]
    into_id: Mapped[int | None] = mapped_column(ForeignKey("school.id"))
    """The school it became part of; None: it was only renamed."""
    by: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime]
    done: Mapped[bool] = mapped_column(default=False)
    """Whether the school's own row says so already; a day to come waits."""


class LeadershipOffer(Base):
    """The leader offers the team to another; it takes both. status: offered, accepted, refused, withdrawn."""

    __tablename__ = "leadership_offer"
    __table_args__ = (
        Index(
            "uq_leadership_offer_open",
            "team_id",
            unique=True,
            sqlite_where=text("status = 'offered'"),
            postgresql_where=text("status = 'offered'"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    from_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    status: Mapped[str]
    offered_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class PrivacyRequest(Base):
    """What somebody asks about their own data. kind: correct, withdraw, erase; the law sets both dates."""

    __tablename__ = "privacy_request"
    __table_args__ = (Index("ix_privacy_request_team", "team_id", "done_at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    kind: Mapped[str]
    words: Mapped[str]
    asked_at: Mapped[datetime]
    answer_by: Mapped[Date]
    done_by: Mapped[Date]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    done_at: Mapped[datetime | None]
    taken_back_at: Mapped[datetime | None]

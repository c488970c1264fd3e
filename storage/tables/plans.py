"""Plans: the team's by month, each member's own, and what became of every line."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


class PersonalPlan(Base):
    """A member's plan of one month. status: draft, sent, approved, returned (with a word)."""

    __tablename__ = "personal_plan"
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    status: Mapped[str]
    word: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    decided_at: Mapped[datetime | None]


class PlanItem(Base):
    """One line of a plan, of the team (no member) or of a member, in one month ("2026-11"). status: open, done."""

    __tablename__ = "plan_item"
    __table_args__ = (
        Index("ix_plan_item_team_month", "team_id", "month"),
        Index("ix_plan_item_member_month", "member_id", "month"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    month: Mapped[str]
    text: Mapped[str]
    kind: Mapped[str | None]
    school_id: Mapped[int | None] = mapped_column(ForeignKey("school.id"))
    source: Mapped[str] = mapped_column(default="", server_default="")
    """What it was taken from ("plan:3", "assignment:12"); empty when typed."""
    status: Mapped[str]
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id"), index=True)
    done_at: Mapped[datetime | None]

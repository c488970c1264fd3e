"""Official papers: reports from draft to confirmed, their numbers, and files that wait to be drawn."""

from __future__ import annotations

from datetime import date as Date
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, JsonDocument


class NumberSeries(Base):
    """The last number given in a team's series: one for each kind of paper ("BC") and calendar year."""

    __tablename__ = "number_series"
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class SummaryReport(Base):
    """A report to the office: drafted, confirmed; once confirmed, nothing of it changes but `sent_at`.

    `content` and `paper` are empty while it is a draft, whose figures are read anew each time. `requested_by`, `due_on`
    and `note` are left of requests that are work given to the secretary by now (bot.domain.report_requests).
    """

    __tablename__ = "summary_report"
    __table_args__ = (
        UniqueConstraint("team_id", "year", "number"),
        Index("ix_summary_report_team_first", "team_id", "first"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    first: Mapped[Date]
    last: Mapped[Date]
    status: Mapped[str]
    supplement: Mapped[bool] = mapped_column(default=False)
    year: Mapped[int | None]
    number: Mapped[int | None]
    content: Mapped[dict[str, Any] | None] = mapped_column(JsonDocument)
    paper: Mapped[dict[str, Any] | None] = mapped_column(JsonDocument)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    created_at: Mapped[datetime]
    requested_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    due_on: Mapped[Date | None]
    note: Mapped[str] = mapped_column(default="")
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    confirmed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]


class SummaryReportFile(Base):
    """A file of a confirmed report, drawn once."""

    __tablename__ = "summary_report_file"
    report_id: Mapped[int] = mapped_column(ForeignKey("summary_report.id"), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), primary_key=True)
    position: Mapped[int]


class PaperOrder(Base):
    """A file that somebody waits for; drawn outside every transaction."""

    __tablename__ = "paper_order"
    __table_args__ = (Index("ix_paper_order_open", "status", "not_before"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    chat: Mapped[dict[str, Any]]
    what: Mapped[dict[str, Any]]
    """Nothing any more once it is drawn or given up."""
    status: Mapped[str] = mapped_column(default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime]
    """Taken again then, should whoever took it not come back."""
    error: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]

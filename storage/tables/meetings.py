"""Meetings: invitations and presence, what is on the agenda, what was written down and decided."""

from __future__ import annotations

from datetime import date as Date
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


class Meeting(Base):
    """Cuộc họp. While its time is voted on, `starts_at` is the first slot's."""

    __tablename__ = "meeting"
    __table_args__ = (
        Index("ix_meeting_team_starts", "team_id", "starts_at"),
        UniqueConstraint("team_id", "number"),
        UniqueConstraint("source"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    number: Mapped[int]
    source: Mapped[str]
    """The dialogue it came from, so that "Gửi" twice calls one meeting."""
    uid: Mapped[str]
    """What calendars know it by, for ever."""
    sequence: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    status: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str]
    school_id: Mapped[int | None] = mapped_column(ForeignKey("school.id"))
    """The school a topical meeting is held with."""
    board: Mapped[str] = mapped_column(default="")
    """Who takes part for the school (ban giám hiệu)."""
    chair_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    chair_changes: Mapped[int] = mapped_column(default=0)
    check_in_word: Mapped[str | None]
    cancel_reason: Mapped[str | None]
    created_by: Mapped[int] = mapped_column(ForeignKey("member.id"))
    created_at: Mapped[datetime]
    called_at: Mapped[datetime]
    """When its time was last told; reminders from before that are not due."""


class MeetingSlot(Base):
    """A time that is voted on."""

    __tablename__ = "meeting_slot"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    starts_at: Mapped[datetime]


class MeetingSlotVote(Base):
    """Somebody could come then."""

    __tablename__ = "meeting_slot_vote"
    slot_id: Mapped[int] = mapped_column(ForeignKey("meeting_slot.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)


class MeetingInvitation(Base):
    """What an invited member answered, and whether they were there."""

    __tablename__ = "meeting_invitation"
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, index=True)
    answer: Mapped[str | None]
    reason: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    presence: Mapped[str | None]
    """As marked or checked in; None: nobody said."""
    wrong_words: Mapped[int] = mapped_column(default=0)


class AgendaItem(Base):
    """One point of the agenda; status: accepted, proposed, declined."""

    __tablename__ = "agenda_item"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    text: Mapped[str]
    status: Mapped[str]
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))


class Minutes(Base):
    """Biên bản of one meeting; status: writing, sent, confirmed. Numbered when first confirmed."""

    __tablename__ = "minutes"
    __table_args__ = (UniqueConstraint("team_id", "year", "number"), UniqueConstraint("meeting_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    year: Mapped[int | None]
    number: Mapped[int | None]
    status: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    """Of what is being written; 2 is the first correction."""
    rounds: Mapped[int] = mapped_column(default=0)
    """How often it was put before the chair."""
    secretary_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class MinutesWriter(Base):
    """Whose typed lines go into which minutes."""

    __tablename__ = "minutes_writer"
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"))
    wrote_at: Mapped[datetime]


class MinutesLine(Base):
    """One line as it came; never overwritten. kind: note, resolution, spread, mend, photo."""

    __tablename__ = "minutes_line"
    id: Mapped[int] = mapped_column(primary_key=True)
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"), index=True)
    place: Mapped[int]
    """Its order; a corrected line takes the place of the one it replaces."""
    kind: Mapped[str]
    text: Mapped[str]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    written_at: Mapped[datetime]
    gone_at: Mapped[datetime | None]
    """When it was replaced or struck out."""


class MinutesVersion(Base):
    """What the chair confirmed, and the files that went out; none until they are drawn."""

    __tablename__ = "minutes_version"
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]
    word_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    pdf_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    confirmed_by: Mapped[int] = mapped_column(ForeignKey("member.id"))
    confirmed_at: Mapped[datetime]


class Resolution(Base):
    """Nghị quyết: work – person – due. status: draft (in minutes not yet confirmed), open, done, dropped."""

    __tablename__ = "resolution"
    __table_args__ = (Index("ix_resolution_team_status", "team_id", "status"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("minutes_line.id"), unique=True)
    work: Mapped[str]
    due: Mapped[Date | None]
    everyone: Mapped[bool] = mapped_column(default=False)
    unknown: Mapped[str] = mapped_column(default="")
    """A name that fits nobody, or several: to be asked about."""
    is_checked: Mapped[bool] = mapped_column(default=False)
    """The secretary has confirmed what was recognised."""
    status: Mapped[str] = mapped_column(default="draft")
    done_at: Mapped[datetime | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))


class ResolutionMember(Base):
    """Who is to do it."""

    __tablename__ = "resolution_member"
    resolution_id: Mapped[int] = mapped_column(ForeignKey("resolution.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, index=True)

"""Teams, people, members, schools, and how they come in."""

from __future__ import annotations

from datetime import date as Date
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


class Team(Base):
    """Tổ mạng lưới. `settings` holds what differs from the defaults (bot.domain.team_settings)."""

    __tablename__ = "team"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]


class Person(Base):
    """Somebody who chats with the bot; may be a member of several teams and have an account on each channel."""

    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    current_member_id: Mapped[int | None]
    created_at: Mapped[datetime]


class Account(Base):
    """A person's account on a chat platform."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("channel", "user_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    channel: Mapped[str]
    user_id: Mapped[str]
    chat_id: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    reachable: Mapped[bool] = mapped_column(default=True)
    last_used_at: Mapped[datetime]


class School(Base):
    """Trường / đơn vị of a team's area; `aliases` are acronyms and other spellings."""

    __tablename__ = "school"
    __table_args__ = (UniqueConstraint("team_id", "code"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    code: Mapped[str]
    name: Mapped[str]
    aliases: Mapped[list[str]] = mapped_column(default=list)
    area: Mapped[str] = mapped_column(default="")
    active: Mapped[bool] = mapped_column(default=True)


class Member(Base):
    """Tổ viên: a person in a team, with one role. `person_id` is empty until they join."""

    __tablename__ = "member"
    __table_args__ = (
        UniqueConstraint("team_id", "person_id"),
        Index(
            "uq_member_leader",
            "team_id",
            unique=True,
            sqlite_where=text("role = 'leader' AND ended_at IS NULL"),
            postgresql_where=text("role = 'leader' AND ended_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str]
    phone: Mapped[str | None]
    role: Mapped[str]
    deputy_order: Mapped[int] = mapped_column(default=0)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("school.id"))
    since: Mapped[Date | None]
    """When they came to a team that was at work already; None: they were there from the start."""
    joined_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    """When name and contacts went, on their own demand."""


class MemberSchool(Base):
    """A school that a member is in charge of (trường phụ trách, regulation II.2)."""

    __tablename__ = "member_school"
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"), primary_key=True)


class JoinCode(Base):
    """A one-time code; only its hash is kept."""

    __tablename__ = "join_code"
    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class JoinAttempt(Base):
    """A wrong code somebody typed, to limit guessing."""

    __tablename__ = "join_attempt"
    __table_args__ = (Index("ix_join_attempt_who", "channel", "user_id", "at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str]
    user_id: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)


class Consent(Base):
    """That a member agreed to a version of the consent text (Law 91/2025)."""

    __tablename__ = "consent"
    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    version: Mapped[str]
    channel: Mapped[str]
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class GroupChat(Base):
    """A group chat bound to a team."""

    __tablename__ = "group_chat"
    __table_args__ = (UniqueConstraint("channel", "chat_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    channel: Mapped[str]
    chat_id: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    active: Mapped[bool] = mapped_column(default=True)
    bound_at: Mapped[datetime]
    bound_by: Mapped[int] = mapped_column(ForeignKey("member.id"))


class AuditEntry(Base):
    """Who did what to whom and when; rows are only ever added."""

    __tablename__ = "audit_entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    actor_member_id: Mapped[int | None]
    action: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime]


class Installation(Base):
    """Facts of this installation, such as the salt of its codes."""

    __tablename__ = "installation"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]

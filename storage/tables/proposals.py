"""Proposals and votes. A secret vote keeps who has voted and how often each answer was chosen, and no link between."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


class Proposal(Base):
    """Đề xuất: from any member. status: open, answered, assigned, voting, decided, withdrawn."""

    __tablename__ = "proposal"
    __table_args__ = (UniqueConstraint("team_id", "number"), UniqueConstraint("source"))
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    number: Mapped[int]
    source: Mapped[str]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    text: Mapped[str]
    status: Mapped[str]
    made_at: Mapped[datetime]
    answer: Mapped[str | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    answered_at: Mapped[datetime | None]


class ProposalFile(Base):
    """A file that came with a proposal."""

    __tablename__ = "proposal_file"
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), primary_key=True)


class Vote(Base):
    """A vote on a proposal; `quorum` is how many must take part. outcome: passed, failed, no_quorum, tied."""

    __tablename__ = "vote"
    __table_args__ = (Index("ix_vote_open", "closed_at", "closes_at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), unique=True)
    secret: Mapped[bool]
    quorum: Mapped[int]
    opened_by: Mapped[int] = mapped_column(ForeignKey("member.id"))
    opened_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str | None]


class VoteOption(Base):
    """One answer of a vote and how often it was chosen."""

    __tablename__ = "vote_option"
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=0)


class VoteVoter(Base):
    """Somebody who may vote, and whether they have; written when the vote opens, so its order tells nothing."""

    __tablename__ = "vote_voter"
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    voted: Mapped[bool] = mapped_column(default=False)
    option: Mapped[str | None]
    """What they chose in a named vote; always empty in a secret one."""

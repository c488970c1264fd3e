"""A meeting as people look at it: in chat, in a calendar, on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.meetings import MeetingKind, MeetingStatus
from bot.domain.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Chair:
    """Who chairs, and as what."""

    member_id: int
    name: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFacts:
    """Everything an invitation says; moments are aware, in the team's zone."""

    id: int
    uid: str
    sequence: int
    kind: MeetingKind
    status: MeetingStatus
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    school: str | None = None
    board: str = ""
    chair: Chair | None = None
    agenda: tuple[str, ...] = ()
    unfinished: tuple[str, ...] = ()
    """Resolutions of earlier meetings that are still open; they open the agenda."""

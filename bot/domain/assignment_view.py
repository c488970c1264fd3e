"""Work as people read it, without its records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.assignments import AssigneeStatus, AssignmentStatus
from bot.domain.recurrence import Recurrence


@dataclass(frozen=True, slots=True)
class AssignmentView:
    """One piece of work; times in the team's zone."""

    id: int
    number: int
    version: int
    kind: str
    title: str
    giver: str
    giver_id: int
    status: AssignmentStatus = AssignmentStatus.OPEN
    school: str | None = None
    place: str | None = None
    group: str | None = None
    subject: str | None = None
    starts_at: datetime | None = None
    all_day: bool = False
    due_at: datetime | None = None
    confidential: bool = False
    recurrence: Recurrence = Recurrence.ONCE
    send_at: datetime | None = None
    """Set while it waits to be sent."""
    report: str = ""
    """The key of the period whose report is asked for; empty for other work."""

    @property
    def topic(self) -> str:
        """What its messages are about."""
        return f"assignment:{self.id}"

    @property
    def secret_topic(self) -> str:
        """What else is said of it where it is confidential: shown again, asked, answered."""
        return f"assignment-secret:{self.id}"

    @property
    def board_topic(self) -> str:
        """What its boards are about."""
        return f"assignment-board:{self.id}"


@dataclass(frozen=True, slots=True)
class BoardLine:
    """How one assignee stands, as the board shows it."""

    member_id: int
    name: str
    status: AssigneeStatus
    reason: str | None = None
    result: str | None = None
    received: bool = False
    seen: bool = False
    joined: bool = True
    reachable: bool = True
    overdue: bool = False
    has_left: bool = False

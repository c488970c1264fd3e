"""Work that is given out: its states, who may give it, and whom a reminder still concerns (regulation II.1, II.2)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.vocabulary import ActivityKind, Role

OTHER_WORK = "other"
WORK_KINDS: tuple[str, ...] = (*ActivityKind, OTHER_WORK)
CONFIDENTIAL_BY_DEFAULT = frozenset({ActivityKind.EXAM_SETTING})
_CLASH = timedelta(hours=2)  # how near two pieces of work may begin
_A_DAY = timedelta(days=1)


class AssignmentStatus(StrEnum):
    """A piece of work: waiting for its hour, given out, or taken back."""

    SCHEDULED = "scheduled"
    OPEN = "open"
    CANCELLED = "cancelled"


class AssigneeStatus(StrEnum):
    """How one assignee stands."""

    WAITING = "waiting"
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DONE = "done"
    REMOVED = "removed"

    @property
    def is_active(self) -> bool:
        """Whether it is still theirs to do."""
        return self in {AssigneeStatus.WAITING, AssigneeStatus.SENT, AssigneeStatus.ACCEPTED}


ACTIVE = tuple(each for each in AssigneeStatus if each.is_active)
"""The states in which it is still theirs to do, for queries."""


class Step(StrEnum):
    """What can happen to an assignee."""

    SEND = "send"
    ACCEPT = "accept"
    DECLINE = "decline"
    FINISH = "finish"
    REMOVE = "remove"


_A, _S = AssigneeStatus, Step
_STEPS: Mapping[tuple[AssigneeStatus, Step], AssigneeStatus] = {
    (_A.WAITING, _S.SEND): _A.SENT,
    (_A.WAITING, _S.REMOVE): _A.REMOVED,
    (_A.SENT, _S.ACCEPT): _A.ACCEPTED,
    (_A.SENT, _S.DECLINE): _A.DECLINED,
    (_A.SENT, _S.FINISH): _A.DONE,
    (_A.SENT, _S.REMOVE): _A.REMOVED,
    (_A.ACCEPTED, _S.DECLINE): _A.DECLINED,
    (_A.ACCEPTED, _S.FINISH): _A.DONE,
    (_A.ACCEPTED, _S.REMOVE): _A.REMOVED,
    (_A.DECLINED, _S.ACCEPT): _A.ACCEPTED,
    (_A.DECLINED, _S.REMOVE): _A.REMOVED,
    (_A.REMOVED, _S.SEND): _A.SENT,
}


def step(status: AssigneeStatus, what: Step) -> AssigneeStatus | None:
    """The state after a step; None where it cannot happen: what is done stays done."""
    return _STEPS.get((status, what))


@dataclass(frozen=True, slots=True)
class Delegated:
    """What the leader let a deputy give out, up to and including a day."""

    kinds: tuple[str, ...]
    until: date

    def covers(self, kind: str, on: date) -> bool:
        """Whether it holds for this kind on this day."""
        return on <= self.until and kind in self.kinds


def may_assign(role: Role | None, kind: str, *, delegated: Iterable[Delegated] = (), on: date) -> bool:
    """The leader gives out everything, a deputy what was delegated, nobody else anything."""
    if role is Role.LEADER:
        return True
    return role is Role.DEPUTY and any(each.covers(kind, on) for each in delegated)


def may_manage(role: Role | None, *, is_giver: bool) -> bool:
    """Who changes work that was given out: the leader, and a deputy who gave it out."""
    return role is Role.LEADER or (role is Role.DEPUTY and is_giver)


def may_nudge(role: Role | None, *, is_giver: bool, confidential: bool) -> bool:
    """The secretary conveys too, except what is confidential."""
    return may_manage(role, is_giver=is_giver) or (role is Role.SECRETARY and not confidential)


def may_see_board(role: Role | None) -> bool:
    """Boards are for those who lead; what is confidential shows a number there."""
    return role in {Role.LEADER, Role.DEPUTY, Role.SECRETARY}


def may_be_given(role: Role) -> bool:
    """Officers give and read; they are given nothing."""
    return role is not Role.OFFICER


def deadline(*, starts_at: datetime | None, due_at: datetime | None) -> datetime | None:
    """From when it is overdue: once it is due, else a day after it began."""
    if due_at is not None:
        return due_at
    return starts_at + _A_DAY if starts_at is not None else None


class ReminderReason(StrEnum):
    """Why an assignee is reminded."""

    UNANSWERED = "unanswered"
    BEFORE = "before"
    OVERDUE = "overdue"


def reminder_due(
    *,
    status: AssigneeStatus,
    sent_at: datetime | None,
    starts_at: datetime | None,
    due_at: datetime | None,
    now: datetime,
) -> ReminderReason | None:
    """The most pressing reason to remind somebody at this moment; None for those whom it no longer concerns."""
    if status not in {AssigneeStatus.SENT, AssigneeStatus.ACCEPTED} or sent_at is None:
        return None
    end = deadline(starts_at=starts_at, due_at=due_at)
    if end is not None and now >= end:
        return ReminderReason.OVERDUE
    ahead = [each for each in (starts_at, due_at) if each is not None and now < each]
    near = [each for each in ahead if each - now <= _A_DAY and each - sent_at > _A_DAY]
    if near:
        return ReminderReason.BEFORE
    if status is AssigneeStatus.SENT and now - sent_at >= _A_DAY:
        return ReminderReason.UNANSWERED
    return None


@dataclass(frozen=True, slots=True)
class Engagement:
    """Something a member has to do at a time already; without a title where it is confidential."""

    starts_at: datetime
    all_day: bool
    title: str
    is_meeting: bool = False


def clashes(engagement: Engagement, *, starts_at: datetime | None, all_day: bool) -> bool:
    """Whether both would begin within two hours, or on the same day where only a day is known."""
    if starts_at is None:
        return False
    if all_day or engagement.all_day:
        zone = starts_at.tzinfo
        return engagement.starts_at.astimezone(zone).date() == starts_at.date()
    return abs(engagement.starts_at - starts_at) < _CLASH


def least_loaded(
    loads: Mapping[int, int], candidates: Sequence[int], count: int, *, busy: Collection[int]
) -> list[int]:
    """The `count` candidates with the least work this school year, those who are free before those who are not."""
    order = {member_id: index for index, member_id in enumerate(candidates)}
    ranked = sorted(candidates, key=lambda each: (each in busy, loads.get(each, 0), order[each]))
    return ranked[: max(0, count)]

"""Họp: who chairs (regulation II.1), which reminder is due, who was there, three general meetings a year (III.2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.calendar import sendable_from
from bot.domain.school_year import Month, SchoolYear
from bot.domain.team_settings import TeamSettings
from bot.domain.vocabulary import Role

USUAL_LENGTH = timedelta(hours=2)
MOST_SLOTS = 5
MOST_WRONG_WORDS = 5
_CHECK_IN_MARGIN = timedelta(minutes=30)
_LATE_AFTER = timedelta(minutes=10)
_HELD_BACK_FROM = 180  # minutes: reminders this long or longer before the beginning respect quiet hours and holidays
_LAST_WARNING = timedelta(days=30)


class MeetingKind(StrEnum):
    """A general meeting counts toward the three a year; a topical one may be held with a school (chuyên đề)."""

    GENERAL = "general"
    TOPICAL = "topical"


class MeetingStatus(StrEnum):
    """A meeting whose time is still voted on has not been called."""

    VOTING = "voting"
    CALLED = "called"
    CANCELLED = "cancelled"


class Answer(StrEnum):
    """What somebody says to an invitation."""

    ATTENDING = "attending"
    ABSENT = "absent"
    UNSURE = "unsure"


class Presence(StrEnum):
    """Whether somebody was there."""

    PRESENT = "present"
    LATE = "late"
    EXCUSED = "excused"
    UNEXCUSED = "unexcused"

    @property
    def was_there(self) -> bool:
        """Present, even if late."""
        return self in {Presence.PRESENT, Presence.LATE}


@dataclass(frozen=True, slots=True)
class Official:
    """Somebody who may chair; `is_on_leave` on the day of the meeting, `presence` as marked once it has begun."""

    member_id: int
    role: Role
    order: int = 0
    answer: Answer | None = None
    is_on_leave: bool = False
    presence: Presence | None = None

    @property
    def is_away(self) -> bool:
        """Marked so, or said so, or is on leave and has not said otherwise."""
        if self.presence is not None:
            return not self.presence.was_there
        return self.answer is Answer.ABSENT or (self.is_on_leave and self.answer is not Answer.ATTENDING)


_CHAIRING = (Role.LEADER, Role.DEPUTY, Role.SECRETARY)


def who_chairs(officials: Iterable[Official]) -> int | None:
    """The leader; away, the first deputy who comes; none, the secretary; None when nobody is left."""
    present = [each for each in officials if each.role in _CHAIRING and not each.is_away]
    ranked = sorted(present, key=lambda each: (_CHAIRING.index(each.role), each.order, each.member_id))
    return ranked[0].member_id if ranked else None


def due_reminder(starts_at: datetime, *, called_at: datetime, now: datetime, settings: TeamSettings) -> int | None:
    """The stage (minutes before the beginning) that is due; None before the first, after the beginning, and
    when everything that has come due lies before the meeting was called or moved.
    """
    if now >= starts_at:
        return None
    due: int | None = None
    for minutes in sorted(settings.meeting_stages, reverse=True):
        at = stage_moment(starts_at, minutes, settings)
        if at <= now:
            due = minutes if at > called_at else None
    return due


def stage_moment(starts_at: datetime, minutes: int, settings: TeamSettings) -> datetime:
    """When a stage falls; those of a day or more wait for a working morning."""
    at = starts_at - timedelta(minutes=minutes)
    return sendable_from(at, settings) if held_back(minutes) else at


def held_back(minutes: int) -> bool:
    """Whether a stage waits for the end of quiet hours and holidays; shortly before the beginning none does."""
    return minutes >= _HELD_BACK_FROM


def overlapping(first: tuple[datetime, datetime], second: tuple[datetime, datetime]) -> bool:
    """Whether two stretches of time share a moment."""
    return first[0] < second[1] and second[0] < first[1]


class CheckIn(StrEnum):
    """What a moment means for a check-in word."""

    TOO_EARLY = "too_early"
    IN_TIME = "in_time"
    LATE = "late"
    OVER = "over"


def check_in(now: datetime, *, starts_at: datetime, ends_at: datetime) -> CheckIn:
    """Whether the word is taken now."""
    if now < starts_at - _CHECK_IN_MARGIN:
        return CheckIn.TOO_EARLY
    if now > ends_at + _CHECK_IN_MARGIN:
        return CheckIn.OVER
    return CheckIn.IN_TIME if now <= starts_at + _LATE_AFTER else CheckIn.LATE


def presence(marked: Presence | None, answer: Answer | None) -> Presence:
    """What is recorded of somebody once the meeting is over."""
    if marked is not None:
        return marked
    return Presence.EXCUSED if answer is Answer.ABSENT else Presence.UNEXCUSED


@dataclass(frozen=True, slots=True)
class YearOfMeetings:
    """How the general meetings of a school year stand."""

    held: int
    called: int
    required: int
    thirds_over: int

    @property
    def is_behind(self) -> bool:
        """Fewer held or called than thirds of the year have passed."""
        return self.held + self.called < min(self.thirds_over, self.required)


def year_of_meetings(
    beginnings: Sequence[datetime], *, now: datetime, settings: TeamSettings
) -> tuple[SchoolYear, YearOfMeetings]:
    """From the beginnings of general meetings that were not cancelled; others than this school year's do not count."""
    today = now.astimezone(settings.zone).date()
    year = SchoolYear.of(today)
    mine = [each for each in beginnings if year.first <= each.astimezone(settings.zone).date() <= year.last]
    held = sum(1 for each in mine if each <= now)
    required = settings.in_month(Month.of(year.last)).general_meetings_a_year
    return year, YearOfMeetings(held, len(mine) - held, required, _thirds_over(year, today))


def _thirds_over(year: SchoolYear, today: date) -> int:
    """How many thirds are over; the last one counts a month before its end, when there is still time to meet."""
    length = (year.last - year.first).days + 1
    if today >= year.last - _LAST_WARNING:
        return 3
    return max(0, (today - year.first).days * 3 // length)

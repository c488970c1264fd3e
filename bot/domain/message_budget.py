"""How many messages a month a platform's plan still allows, and until when they will last. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.school_year import Month

WARN_AT = 0.8
SHORT_AT = 0.95
_DAYS_TO_JUDGE = 3  # a busy first of the month says little about the rest


class MessageKind(StrEnum):
    """What a message was for: an answer, a private reminder, an announcement, or a post in a group."""

    ANSWER = "answer"
    REMINDER = "reminder"
    BROADCAST = "broadcast"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class MessageBudget:
    """One team's month on one platform, as of a day."""

    today: date
    plan: int
    used_by_kind: Mapping[MessageKind, int]

    @property
    def used(self) -> int:
        """Messages sent this month."""
        return sum(self.used_by_kind.values())

    @property
    def left(self) -> int:
        """What the plan still allows, never below zero."""
        return max(0, self.plan - self.used)

    @property
    def runs_out_on(self) -> date | None:
        """The day of this month on which nothing will be left at the pace so far; None when it lasts."""
        if self.left == 0:
            return self.today
        if self.today.day < _DAYS_TO_JUDGE or not self.used:
            return None
        day = self.today.day * self.plan // self.used + 1
        last = Month.of(self.today).last
        return self.today.replace(day=max(day, self.today.day)) if day <= last.day else None

    @property
    def is_to_be_warned_of(self) -> bool:
        """Whether four fifths are gone."""
        return self.used >= WARN_AT * self.plan

    @property
    def is_short(self) -> bool:
        """Whether private reminders must give way, so that what people ask is answered to the month's end."""
        if self.used >= SHORT_AT * self.plan:
            return True
        return self.is_to_be_warned_of and self.runs_out_on is not None

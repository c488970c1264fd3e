"""What the law gives everybody over their own data (Law 91/2025): which requests there are and when they are due."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from bot.domain.calendar import is_holiday

ANSWER_WORKING_DAYS = 2
CARRY_OUT_DAYS = 20
ERASED_NAME = "thành viên đã rút"
KEEP_LEAVE_REASONS = timedelta(days=730)
KEEP_PHONES_AFTER_END = timedelta(days=365)


class RequestKind(StrEnum):
    """What somebody may ask the team to do with their data; seeing and withdrawing consent ask nobody."""

    CORRECT = "correct"
    ERASE = "erase"


def answer_by(asked: date) -> date:
    """The second working day after the request; weekends and public holidays are none."""
    day, left = asked, ANSWER_WORKING_DAYS
    while left:
        day += timedelta(days=1)
        if day.weekday() < 5 and not is_holiday(day):
            left -= 1
    return day


def carry_out_by(asked: date) -> date:
    """Twenty days after the request."""
    return asked + timedelta(days=CARRY_OUT_DAYS)

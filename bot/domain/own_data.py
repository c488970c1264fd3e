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
KEEP_UPDATES = timedelta(days=30)
"""What people wrote, as the platform handed it on; what it says is in the records by then."""
KEEP_DEAD_UPDATES = timedelta(days=180)
"""Those that could not be handled, for whoever looks after the machine."""
KEEP_MESSAGES = timedelta(days=90)
KEEP_UNSENT_MESSAGES = timedelta(days=365)
KEEP_DRAFTS = timedelta(days=60)
"""Since somebody last went on with it."""
KEEP_LOOSE_FILES = timedelta(days=60)
"""Files that belong to no record: exports, lists, drawings made to be taken away."""
KEEP_PHOTOS = timedelta(days=3 * 365)
"""Photos of an activity, from its day on; what was reported stays."""
KEEP_KEYBOARDS = timedelta(days=365)
KEEP_GUESSES = timedelta(days=1)
REMIND_OF_ANSWER = timedelta(days=1)
REMIND_OF_DEED = timedelta(days=5)


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

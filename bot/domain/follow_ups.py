"""When somebody means to look again: "kiểm tra lại 15/12", "tháng sau dự lại", "tái dự giờ tuần sau"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.day_phrases import FoundDate, ImpossibleDate, find_date
from bot.domain.phrases import Source
from bot.domain.text import skeleton

_AGAIN = re.compile(
    r"\b(?:kiem tra lai|du gio lai|du lai|xem lai|tham lai|theo doi lai|quay lai|tro lai|tai du gio|tai du|tai kiem tra"
    r"|hen gap|hen)\b"
)
_CLAUSE_END = re.compile(r"[;\n]|\.(?!\d)")
_BEFORE = 28  # letters in which "tháng sau sẽ" may stand before "dự lại"
_FURTHEST = timedelta(days=300)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The day, and the stretch of the text that speaks of it."""

    day: date
    start: int
    end: int


def find_follow_up(text: str, *, now: datetime) -> FollowUp | None:
    """The day on which to look again, after `now` (aware, local); None when the text promises none."""
    source = Source.of(text)
    for again in _AGAIN.finditer(source.plain):
        stop = _CLAUSE_END.search(source.plain, again.end())
        after = source.text[again.end() : stop.start() if stop else len(source.text)]
        if day := _coming(after.split(",")[0], now) or _coming(after, now):
            return FollowUp(day.date, again.start(), again.end() + day.end)
        clause = re.split(r"[;\n,:]|\.(?!\d)", source.text[max(0, again.start() - _BEFORE) : again.start()])[-1]
        if day := _coming(clause, now):
            return FollowUp(day.date, again.start() - len(clause) + day.start, again.end())
    return None


def read_follow_up(text: str, *, now: datetime) -> date | None:
    """The day of an answer that names one; None when it names none that is still to come."""
    found = _coming(text, now)
    return found.date if found else None


def is_none_wanted(text: str) -> bool:
    """Whether an answer means that nothing is to be looked at again."""
    return skeleton(text).strip(" .") in {"khong", "khong can", "thoi", "bo", "ko", "k"}


def _coming(text: str, now: datetime) -> FoundDate | None:
    try:
        found = find_date(text, now=now, prefer="future")
    except ImpossibleDate:
        return None
    if found is None or not now.date() < found.date <= now.date() + _FURTHEST:
        return None
    return found

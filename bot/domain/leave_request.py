"""Reading the days of a request for leave: "từ 25/11 đến 5/12 con ốm", "đến 5/12", "tháng 12", "ngày 25/11", "mai"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.dates import ImpossibleDate, find_date
from bot.domain.phrases import Source
from bot.domain.school_year import Month

_LONGEST = timedelta(days=366)
_LOOKS_BACK = timedelta(days=31)
_DAY = r"[0-9]{1,2}[/.-][0-9]{1,2}(?:[/.-]20[0-9]{2})?(?![0-9/])"
_SPAN = re.compile(
    rf"(?:\btu (?:nay|hom nay|bay gio) |(?:\btu )?(?:\bngay )?(?<![0-9/])(?P<first>{_DAY}|[0-9]{{1,2}}) ?)?"
    rf"(?:\bden\b|\btoi\b|[-–])(?: het)?(?: ngay)? ?(?P<last>{_DAY})"
)
_MONTH_NUMBER = r"(?P<{name}>[0-9]{{1,2}})(?:(?:/| nam )(?P<{name}_year>20[0-9]{{2}}))?"
_MONTHS = re.compile(
    r"(?:\btu )?(?:\b(?:ca|het|trong) )?\bthang " + _MONTH_NUMBER.format(name="first") + r"(?![0-9/])"
    r"(?: ?(?:den|toi|-)(?: het)?(?: thang)? " + _MONTH_NUMBER.format(name="last") + r"(?![0-9/]))?"
)
_THIS_MONTH = re.compile(r"\b(?:(?:ca|het|trong) )?thang (?P<which>nay|sau|toi)\b")
_FILLERS = re.compile(r"\b(?:em|toi|xin|phep|nghi|duoc|tu|den|ngay|vi|ly|do|cho)\b|[^\w]|[0-9]")


class LeaveTrouble(StrEnum):
    """Why days that were named cannot be taken."""

    IMPOSSIBLE = "impossible"
    OVER = "over"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class LeaveDays:
    """The days asked for, both included; `has_reason`: whether the text says more than the days."""

    first: date
    last: date
    has_reason: bool


def read_leave_days(text: str, *, now: datetime, spans_only: bool = False) -> LeaveDays | LeaveTrouble | None:
    """The days that a text names, seen from the local time `now`; None when it names none.

    `spans_only`: a single day ("con ốm hôm nay") is part of the reason, not the days.
    """
    try:
        found = _find(text, now=now, spans_only=spans_only)
    except (ImpossibleDate, ValueError):
        return LeaveTrouble.IMPOSSIBLE
    if found is None:
        return None
    first, last, rest = found
    if last < Month.of(now.date()).first:
        return LeaveTrouble.OVER
    if last < first or last - first > _LONGEST:
        return LeaveTrouble.TOO_LONG if last > first else LeaveTrouble.IMPOSSIBLE
    return LeaveDays(first, last, has_reason=bool(_FILLERS.sub("", rest)))


def _find(text: str, *, now: datetime, spans_only: bool) -> tuple[date, date, str] | None:
    plain, today = Source.of(text).plain, now.date()
    if match := _SPAN.search(plain):
        last = _last_day(match["last"], today)
        return _first_day(match["first"], last) if match["first"] else today, last, _without(plain, match)
    if match := _MONTHS.search(plain):
        first = _month(match["first"], match["first_year"], Month.of(today))
        last_month = _month(match["last"], match["last_year"], first) if match["last"] else first
        return first.first, last_month.last, _without(plain, match)
    if match := _THIS_MONTH.search(plain):
        month = Month.of(today) if match["which"] == "nay" else Month.of(today).next
        return month.first, month.last, _without(plain, match)
    if spans_only:
        return None
    day = find_date(text, now=now, prefer="future")
    return (day.date, day.date, plain[: day.start] + plain[day.end :]) if day else None


def _without(plain: str, match: re.Match[str]) -> str:
    return f"{plain[: match.start()]} {plain[match.end() :]}"


def _last_day(text: str, today: date) -> date:
    """The first such day that is not long over; a year that is named is meant."""
    day, month, *year = (int(number) for number in re.split(r"[/.-]", text))
    if year:
        return date(year[0], month, day)
    return next(each for each in _in_years(day, month, today.year) if each >= today - _LOOKS_BACK)


def _first_day(text: str, last: date) -> date:
    """The latest such day not after the last one; a bare number is a day of that month or the one before."""
    day, *more = (int(number) for number in re.split(r"[/.-]", text))
    if len(more) > 1:
        return date(more[1], more[0], day)
    if more:
        return next(each for each in reversed(_in_years(day, more[0], last.year)) if each <= last)
    month = Month.of(last) if day <= last.day else Month.of(last).previous
    return date(month.year, month.month, day)


def _in_years(day: int, month: int, year: int) -> list[date]:
    """This day of the years around; ValueError when none of them has it."""
    found: list[date] = []
    for each in range(year - 4, year + 5):
        try:
            found.append(date(each, month, day))
        except ValueError:
            continue
    if not found:
        raise ValueError(day, month)
    near = [each for each in found if abs(each.year - year) <= 1]
    return near if len(near) == 3 else found


def _month(number: str, year: str | None, earliest: Month) -> Month:
    """The first month of this number from `earliest` on."""
    if year:
        return Month.of(date(int(year), int(number), 1))
    month = Month.of(date(earliest.year, int(number), 1))
    return month if month >= earliest else Month(month.year + 1, month.month)

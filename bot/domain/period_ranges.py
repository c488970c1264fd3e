"""Stretches of days in words: "từ 1/9 đến 20/11", "từ tháng 9 đến nay", "đến hết 20/11", "30 ngày qua", "quý 3"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from bot.domain.calendar_arithmetic import month_from, nearest_month
from bot.domain.clock import HOME_ZONE
from bot.domain.day_phrases import FoundDate, find_date
from bot.domain.phrases import Source
from bot.domain.school_year import Month, SchoolYear
from bot.domain.text import fold

Stretch = tuple[date, date]
"""First and last day."""
Named = Callable[[str, date], Stretch | None]
"""The month, semester or school year that words name, seen from a day."""

_BETWEEN = (
    re.compile(r"(?:\btu\b|\bke tu\b)?(?P<from>.{1,40}?)\b(?:den|toi)\b(?P<to>.{1,40})"),
    re.compile(r"(?:\btu\b)?(?P<from>.{1,40}?) [-–—] (?P<to>.{1,40})"),
    re.compile(r"(?:\btu\b)?(?P<from>.{1,40}?)(?<=[0-9])[-–—](?=[0-9])(?P<to>.{1,40})"),
)
_SINCE = re.compile(r"^(?:tinh |ke )?tu (?P<edge>.{1,40})$")
_UNTIL = re.compile(r"^(?:tinh )?(?:den|toi)(?P<edge> .{1,40})$")
_NOW = re.compile(r"(?:het )?(?:nay|hien nay|bay gio|gio|hom nay|thoi diem nay)")
_PART = re.compile(r"(?P<part>dau|cuoi) (?P<whole>.+)")
_MONTH_ALONE = re.compile(r"(?:dau |cuoi )?thang [0-9]{1,2}")
_LATELY = re.compile(
    r"\b(?P<count>[0-9]{1,3}) (?P<unit>ngay|tuan|thang)(?: (?:qua|gan day|gan nhat|vua qua|vua roi|tro lai day))\b"
)
_QUARTER = re.compile(r"\bquy (?P<number>[1-4]|i{1,3}|iv)\b(?:(?: ?[/,-] ?| nam | )(?P<year>20[0-9]{2}))?")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_AND = r" ?(?:,| va|&) ?(?:thang )?"
_MONTHS = re.compile(rf"\bthang (?P<first>[0-9]{{1,2}})(?:{_AND}[0-9]{{1,2}})*{_AND}(?P<last>[0-9]{{1,2}})\b(?! ?[/-])")
_YEAR_SAID = re.compile(r"\b20[0-9]{2}\b")
_EXTRA = 6  # characters beside a day that is asked for alone


def find_range(text: str, *, today: date, named: Named) -> Stretch | None:
    """The stretch a text names, seen from `today`. Raises ImpossibleDate for a day that no calendar has."""
    plain = Source.of(text).plain
    return (
        _between(text, today, named)
        or _open_ended(text, today, named)
        or _lately(plain, today)
        or _quarter(plain, today)
        or _months(plain, today)
    )


def find_single_day(text: str, *, today: date) -> Stretch | None:
    """A day that is all the text says."""
    found = _day(text, today)
    if found is None or not found.exact or len(text.strip()) - len(found.text) > _EXTRA:
        return None
    return found.date, found.date


def _between(text: str, today: date, named: Named) -> Stretch | None:
    source = Source.of(text)
    match = next((found for pattern in _BETWEEN if (found := pattern.search(source.plain))), None)
    if match is None:
        return None
    left, right = (source.text[match.start(side) : match.end(side)].strip() for side in ("from", "to"))
    if _MONTH_ALONE.fullmatch(fold(left)) and right.isdecimal():
        right = f"tháng {right}"
    end = _edge(right, today, named)
    begin = end and _edge(left, end[1], named)
    if begin is None or end is None:
        return None
    return _ordered(begin, end, today=today, said=(_says_year(left), _says_year(right)))


def _ordered(begin: Stretch, end: Stretch, *, today: date, said: tuple[bool, bool]) -> Stretch:
    """From the first to the last day; a year that only one side says holds for the other, and none is ahead."""
    if said == (True, False):
        end = _moved(end, begin[0].year - end[1].year)
        end = end if end[1] >= begin[0] else _moved(end, 1)
    if begin[0] > end[1]:
        begin, end = end, begin
    first, last = begin[0], end[1]
    if first > today and not any(said):
        first, last = _moved((first, last), -1)
    return first, last


def _moved(stretch: Stretch, years: int) -> Stretch:
    first, last = (_in_year(day, day.year + years) for day in stretch)
    return first, last


def _in_year(day: date, year: int) -> date:
    return day.replace(year=year, day=min(day.day, Month(year, day.month).last.day))


def _says_year(piece: str) -> bool:
    return _YEAR_SAID.search(piece) is not None


def _open_ended(text: str, today: date, named: Named) -> Stretch | None:
    source = Source.of(text)
    if match := _SINCE.match(source.plain):
        begin = _edge(source.text[match.start("edge") : match.end("edge")], today, named)
        return (begin[0], max(begin[0], today)) if begin else None
    if match := _UNTIL.match(source.plain):
        end = _edge(source.text[match.start("edge") : match.end("edge")], today, named)
        return (SchoolYear.of(end[1]).first, end[1]) if end else None
    return None


def _edge(piece: str, today: date, named: Named) -> Stretch | None:
    """One side: a day, or a month, semester or school year of which either end may be meant."""
    words = re.sub(r"^(?:het|ngay het) ", "", fold(piece))
    if _NOW.fullmatch(words):
        return today, today
    part = _PART.fullmatch(words)
    whole = named(part["whole"], today) if part else None
    if part and whole:
        return (whole[0], whole[0]) if part["part"] == "dau" else (whole[1], whole[1])
    found = _day(piece, today)
    if found is not None and found.exact:
        return found.date, found.date
    return named(piece, today) or ((found.date, found.date) if found else None)


def _day(text: str, seen_from: date) -> FoundDate | None:
    # "ngày" tells the grammar that "1/9" is no class
    now = datetime.combine(seen_from, time(12), tzinfo=HOME_ZONE)
    bare = text.strip()
    return find_date(f"ngày {bare}" if bare[:1].isdigit() else bare, now=now, prefer="past")


def _lately(plain: str, today: date) -> Stretch | None:
    match = _LATELY.search(plain)
    if match is None:
        return None
    count = int(match["count"])
    if match["unit"] == "thang":
        month = month_from(Month.of(today), -count)
        return month.first.replace(day=min(today.day, month.last.day)) + timedelta(days=1), today
    days = count * (7 if match["unit"] == "tuan" else 1)
    return today - timedelta(days=max(1, days) - 1), today


def _quarter(plain: str, today: date) -> Stretch | None:
    match = _QUARTER.search(plain)
    if match is None:
        return None
    number = _QUARTERS.get(match["number"]) or int(match["number"])
    begins = 3 * number - 2
    first = Month(int(match["year"]), begins) if match["year"] else nearest_month(begins, today, "past")
    return first.first, month_from(first, 2).last


def _months(plain: str, today: date) -> Stretch | None:
    match = _MONTHS.search(plain)
    if match is None or not all(1 <= int(match[side]) <= 12 for side in ("first", "last")):
        return None
    last = nearest_month(int(match["last"]), today, "past")
    return nearest_month(int(match["first"]), last.first, "past").first, last.last

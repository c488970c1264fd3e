"""Finding the period that a summary is asked for: "tháng 9/2026", "HK1", "cả năm", "từ 1/9 đến 20/11"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.calendar_arithmetic import monday, month_from, nearest_month
from bot.domain.clock import HOME_ZONE
from bot.domain.day_phrases import FoundDate, find_date
from bot.domain.phrases import Source
from bot.domain.school_year import Month, SchoolYear


class PeriodKind(StrEnum):
    """What stretch of time a summary covers."""

    MONTH = "month"
    SEMESTER = "semester"
    YEAR = "year"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, both ends included."""

    kind: PeriodKind
    first: date
    last: date

    @classmethod
    def between(cls, first: date, last: date) -> Period:
        """The period of these days, by whatever name it has."""
        month, year = Month.of(first), SchoolYear.of(first)
        if (first, last) == (month.first, month.last):
            return cls(PeriodKind.MONTH, first, last)
        if (first, last) in {year.semester(1), year.semester(2)}:
            return cls(PeriodKind.SEMESTER, first, last)
        if (first, last) == (year.first, year.last):
            return cls(PeriodKind.YEAR, first, last)
        return cls(PeriodKind.RANGE, first, last)

    @classmethod
    def parse(cls, key: str) -> Period:
        """Read "2026-11-01_2026-11-30"; ValueError for anything else."""
        first, _, last = key.partition("_")
        return cls.between(date.fromisoformat(first), date.fromisoformat(last))

    @property
    def key(self) -> str:
        """As buttons and keys carry it: "2026-11-01_2026-11-30"."""
        return f"{self.first}_{self.last}"


_YEARS = r"(?:nam hoc |nam )?(?P<first>20[0-9]{2}) ?[-–/] ?(?P<last>20[0-9]{2}|[0-9]{2})\b"
_SEMESTER = re.compile(
    rf"\b(?:hk|hoc ki|hoc ky|ki|ky) ?(?P<number>[12]|i{{1,2}}|mot|hai|nay|truoc|vua roi|vua qua)\b"
    rf"(?:[ ,/-]{{1,2}}{_YEARS})?"
)
_SCHOOL_YEAR = re.compile(rf"\b(?:nam hoc|ca nam|nam hoc nay)\b(?P<which> (?:truoc|nay|vua roi|vua qua))?|\b{_YEARS}")
_YEAR_NAMED = re.compile(rf"\b{_YEARS}")
_MONTH = re.compile(
    r"\bthang (?:(?P<which>nay|truoc|vua roi|vua qua|roi|sau|toi)"
    r"|(?P<number>[0-9]{1,2})(?:(?: ?[/-] ?| nam |,? ?)(?P<year>20[0-9]{2}))?)\b(?![0-9])"
)
_SLASHED_MONTH = re.compile(r"(?<![\w/.-])(?P<number>[0-9]{1,2})[/-](?P<year>20[0-9]{2})\b")
_ISO_MONTH = re.compile(r"(?<![\w/.-])(?P<year>20[0-9]{2})-(?P<number>[0-9]{2})(?![\w-])")
_WEEK = re.compile(r"\btuan (?P<which>nay|truoc|vua roi|vua qua|roi|qua)\b")
_RANGE = re.compile(
    r"(?:\btu\b(?: ngay)?)?(?P<from>.{1,40}?)(?:\b(?:den|toi)\b| [-–] |(?<=[0-9])[-–](?=[0-9]))(?P<to>.{1,40})"
)
_NUMBERS = {"1": 1, "i": 1, "mot": 1, "2": 2, "ii": 2, "hai": 2}
_EARLIER = {"truoc", "vua roi", "vua qua", "roi", "qua"}


def find_period(text: str, *, today: date) -> Period | None:
    """The period a text names, seen from `today`; a month without a year is the last begun one, a
    semester that of this school year.

    Raises ImpossibleDate for a range with a day that no calendar has.
    """
    plain = Source.of(text).plain
    return (
        _semester(plain, today)
        or _range(text, today)
        or _month(plain, today)
        or _school_year(plain, today)
        or _week(plain, today)
    )


def _semester(plain: str, today: date) -> Period | None:
    match = _SEMESTER.search(plain)
    if match is None:
        return None
    named = _YEAR_NAMED.search(plain)
    year = SchoolYear(int(named["first"])) if named else SchoolYear.of(today)
    number = _NUMBERS.get(match["number"])
    if number is None:
        year, number = _current_semester(today)
        if match["number"] in _EARLIER:
            year, number = (SchoolYear(year.first_year - 1), 2) if number == 1 else (year, 1)
    first, last = year.semester(number)
    return Period(PeriodKind.SEMESTER, first, last)


def _current_semester(today: date) -> tuple[SchoolYear, int]:
    year = SchoolYear.of(today)
    return year, 1 if today <= year.semester(1)[1] else 2


def _school_year(plain: str, today: date) -> Period | None:
    match = _SCHOOL_YEAR.search(plain)
    if match is None:
        return None
    named = _YEAR_NAMED.search(plain)
    year = SchoolYear(int(named["first"])) if named else SchoolYear.of(today)
    if named is None and (match["which"] or "").strip() in _EARLIER:
        year = SchoolYear(year.first_year - 1)
    return Period(PeriodKind.YEAR, year.first, year.last)


def _month(plain: str, today: date) -> Period | None:
    match = _MONTH.search(plain)
    if match is not None and match["which"]:
        step = 0 if match["which"] == "nay" else 1 if match["which"] in {"sau", "toi"} else -1
        return _whole(month_from(Month.of(today), step))
    match = match or _SLASHED_MONTH.search(plain) or _ISO_MONTH.search(plain)
    if match is None or not 1 <= int(match["number"]) <= 12:
        return None
    number = int(match["number"])
    return _whole(Month(int(match["year"]), number) if match["year"] else nearest_month(number, today, "past"))


def _whole(month: Month) -> Period:
    return Period(PeriodKind.MONTH, month.first, month.last)


def _week(plain: str, today: date) -> Period | None:
    match = _WEEK.search(plain)
    if match is None:
        return None
    first = monday(today) - timedelta(days=0 if match["which"] == "nay" else 7)
    return Period(PeriodKind.RANGE, first, first + timedelta(days=6))


def _range(text: str, today: date) -> Period | None:
    source = Source.of(text)
    match = _RANGE.search(source.plain)
    if match is None:
        return None
    last = _edge(source.text[match.start("to") : match.end("to")], today)
    first = last and _edge(source.text[match.start("from") : match.end("from")], last.date)
    if first is None or last is None:
        return None
    start, end = sorted((first.date, last.date))
    return Period(PeriodKind.RANGE, start, end)


def _edge(text: str, seen_from: date) -> FoundDate | None:
    # "ngày" tells the grammar that "1/9" is no class
    now = datetime.combine(seen_from, time(12), tzinfo=HOME_ZONE)
    bare = text.strip()
    return find_date(f"ngày {bare}" if bare[:1].isdigit() else bare, now=now, prefer="past")

"""Finding the period that a summary is asked for: "tháng 9/2026", "HK1", "cả năm", "từ 1/9 đến 20/11"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.calendar_arithmetic import monday, month_from, nearest_month
from bot.domain.period_ranges import find_range, find_single_day
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
_SCHOOL_YEAR = re.compile(
    rf"\b(?:nam hoc|ca nam|nam(?= (?:nay|ngoai|truoc|vua)\b))\b"
    rf"(?P<which> (?:truoc|nay|ngoai|vua roi|vua qua))?|\b{_YEARS}"
)
_YEAR_NAMED = re.compile(rf"\b{_YEARS}")
_MONTH = re.compile(
    r"\bthang (?:(?P<which>nay|truoc|vua roi|vua qua|roi|sau|toi)"
    r"|(?P<number>[0-9]{1,2})(?:(?: ?[/-] ?| nam |,? ?)(?P<year>20[0-9]{2}))?)\b(?![0-9])"
)
_SLASHED_MONTH = re.compile(r"(?<![\w/.-])(?P<number>[0-9]{1,2})[/-](?P<year>20[0-9]{2})\b")
_ISO_MONTH = re.compile(r"(?<![\w/.-])(?P<year>20[0-9]{2})-(?P<number>[0-9]{2})(?![\w-])")
_WEEK = re.compile(r"\btuan (?P<which>nay|truoc|vua roi|vua qua|roi|qua)\b")
_NUMBERS = {"1": 1, "i": 1, "mot": 1, "2": 2, "ii": 2, "hai": 2}
_EARLIER = {"truoc", "vua roi", "vua qua", "roi", "qua", "ngoai"}
_YEAR_BEFORE = re.compile(r"\bnam (?:hoc )?(?:ngoai|truoc|vua roi|vua qua)\b")
_CALENDAR_YEAR = re.compile(r"\bnam (?P<year>20[0-9]{2})\b")
_ARROW = re.compile(r"\s*(?:→|->|=>)\s*")
_ISO_DAY = re.compile(r"(?<![\w/.-])(20[0-9]{2})-([0-9]{2})-([0-9]{2})(?![\w-])")
_SHORT_YEARS = re.compile(r"(n[aă]m h[oọ]c|nh) ([0-9]{2}) ?[-–/] ?([0-9]{2})\b", re.IGNORECASE)
_MONTH_WORDS = {
    **{"gieng": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9},
    **{"muoi": 10, "muoi mot": 11, "muoi hai": 12, "chap": 12},
}
_MONTH_WORD = re.compile(
    r"\bthang (muoi mot|muoi hai|muoi|gieng|chap|mot|hai|ba|tu|bon|nam|sau|bay|tam|chin)\b(?! nay)"
)
_MONTH_LETTER = re.compile(r"t ?([0-9]{1,2}(?: ?[/-] ?20[0-9]{2})?)")


def find_period(text: str, *, today: date) -> Period | None:
    """The period a text names, seen from `today`; a month without a year is the last begun one, a
    semester that of this school year.

    Raises ImpossibleDate for a range with a day that no calendar has.
    """
    text = _spelled_out(text)
    plain = Source.of(text).plain
    stretch = find_range(text, today=today, named=_named)
    if stretch is not None:
        return Period.between(*stretch)
    found = _whole_of(plain, today) or _week(plain, today)
    if found is None and (day := find_single_day(text, today=today)):
        return Period.between(*day)
    return found


def _whole_of(plain: str, today: date) -> Period | None:
    return _semester(plain, today) or _month(plain, today) or _school_year(plain, today) or _calendar_year(plain)


def _named(words: str, today: date) -> tuple[date, date] | None:
    found = _whole_of(Source.of(words).plain, today)
    return (found.first, found.last) if found else None


def _spelled_out(text: str) -> str:
    """The text with arrows, ISO dates, months in words and short school years as the grammar has them."""
    text = _ISO_DAY.sub(r"\3/\2/\1", _ARROW.sub(" đến ", text))
    text = _SHORT_YEARS.sub(lambda match: f"{match[1]} 20{match[2]}-20{match[3]}", text)
    source = Source.of(text)
    for match in reversed(list(_MONTH_WORD.finditer(source.plain))):
        typed = source.text[match.start(1) : match.end(1)].lower()
        if typed != "sau":  # which is "next"; June has a mark
            text = f"{source.text[: match.start(1)]}{_MONTH_WORDS[match[1]]}{source.text[match.end(1) :]}"
            source = Source.of(text)
    if alone := _MONTH_LETTER.fullmatch(source.plain.strip()):
        return f"tháng {alone[1]}"
    return source.text


def _semester(plain: str, today: date) -> Period | None:
    match = _SEMESTER.search(plain)
    if match is None:
        return None
    named = _YEAR_NAMED.search(plain)
    year = SchoolYear(int(named["first"])) if named else SchoolYear.of(today)
    if named is None and _YEAR_BEFORE.search(plain):
        year = SchoolYear(year.first_year - 1)
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


def _calendar_year(plain: str) -> Period | None:
    match = _CALENDAR_YEAR.search(plain)
    return Period(PeriodKind.RANGE, date(int(match["year"]), 1, 1), date(int(match["year"]), 12, 31)) if match else None


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

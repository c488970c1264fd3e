"""Finding the day that a text speaks of: "hôm qua", "thứ ba tuần trước", "20/11", "mùng 5", "cuối tháng"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.calendar_arithmetic import (
    ImpossibleDate,
    Prefer,
    day_of_month,
    day_of_some_month,
    month_from,
    nearest_month,
    nearest_weekday,
    weekday_of_week,
)
from bot.domain.day_patterns import (
    AFTER_NAME,
    AGO,
    ALONE,
    CEREMONY,
    DAY_ALONE,
    DAY_MONTH,
    FIRST_OF_RANGE,
    LEAD_IN,
    MARKED,
    MONTH_DAY,
    NUMBERS,
    ORDINAL_OF,
    PART_OF,
    RELATIVE,
    REPORTING,
    SINCE,
    STEPS,
    THEME,
    WEEK_FIRST,
    WEEKDAY,
    WEEKDAYS,
    WHOLE,
)
from bot.domain.number_pairs import PairKind, read_pairs
from bot.domain.phrases import Source
from bot.domain.school_year import Month
from bot.domain.text import agrees

__all__ = ["FoundDate", "ImpossibleDate", "Prefer", "find_date"]


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A day that a text names; `text` is `source[start:end]`.

    `exact` is False for words that name a stretch of days ("tuần trước", "đầu tháng 12"): `date` is then its first
    day, or the last for "cuối".
    """

    date: date
    start: int
    end: int
    text: str
    exact: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    rank: int
    day: date | None
    exact: bool = True


_Rule = Callable[[Source, date, Prefer], Iterator[_Candidate]]

_EXPLICIT, _PLAIN, _SHORT, _DOUBTFUL, _VAGUE = range(5)


def find_date(text: str, *, now: datetime, prefer: Prefer) -> FoundDate | None:
    """The day a text most clearly names, seen from `now` (aware, local); None if it names none.

    Raises ImpossibleDate when what it names is on no calendar. Offsets count in the NFC form of the text.
    """
    source = Source.of(text)
    today = now.date()
    best = min(_candidates(source, today, prefer), key=lambda found: (found.rank, found.start), default=None)
    if best is None:
        return None
    if best.day is None:
        raise ImpossibleDate(source.text[best.start : best.end])
    start = _with_lead_in(source.plain, best.start)
    return FoundDate(best.day, start, best.end, source.text[start : best.end], best.exact)


def _candidates(source: Source, today: date, prefer: Prefer) -> Iterator[_Candidate]:
    for rule in _RULES:
        try:
            for found in rule(source, today, prefer):
                if _words_agree(source, found) and not CEREMONY.search(source.plain[: found.start]):
                    yield found
        except OverflowError:  # a count that leads out of the calendar is no date
            continue


def _words_agree(source: Source, found: _Candidate) -> bool:
    typed = re.findall(r"[^\W\d_]+", source.text[found.start : found.end])
    plain = re.findall(r"[^\W\d_]+", source.plain[found.start : found.end])
    return all(
        any(agrees(one, form) for form in MARKED.get(other, (one,))) for one, other in zip(typed, plain, strict=True)
    )


def _with_lead_in(plain: str, start: int) -> int:
    lead_in = LEAD_IN.search(plain[max(0, start - 40) : start])
    return start - len(lead_in.group()) if lead_in else start


def _relative_days(source: Source, today: date, prefer: Prefer) -> Iterator[_Candidate]:
    del prefer
    steps = {"today": 0, "yesterday": -1, "before": -2, "other": -1, "later": 2, "tomorrow": 1}
    for match in RELATIVE.finditer(source.plain):
        name = match.lastgroup or ""
        typed = source.text[match.start() : match.end()]
        if name == "before" and agrees(typed.split()[-1], "kìa") and not agrees(typed.split()[-1], "kia"):
            step = -3
        elif name == "later" and match.group().endswith("mot") and not _is_mot(typed, match.group()):
            continue
        else:
            step = steps[name]
        reports = name == "today" and REPORTING.match(source.plain, match.end()) is not None
        rank = _DOUBTFUL if reports or name == "other" else _PLAIN
        yield _Candidate(match.start(), match.end(), rank, today + timedelta(days=step), name != "other")


def _is_mot(typed: str, plain: str) -> bool:
    """Whether "mốt" (the day after tomorrow) is meant: unmarked only in "ngày mốt"."""
    word = typed.rsplit(maxsplit=1)[-1].lower()
    return word == "mốt" or (word == "mot" and plain.startswith("ngay"))


def _lone_words(source: Source, today: date, prefer: Prefer) -> Iterator[_Candidate]:
    del prefer
    for match in ALONE.finditer(source.plain):
        typed, before = source.text[match.start() : match.end()], source.plain[: match.start()]
        if typed.lower() == "nay" and re.search(r"(?:^|[\n,.;:!?(] ?)$", before):
            reports = REPORTING.match(source.plain, match.end()) is not None
            yield _Candidate(match.start(), match.end(), _DOUBTFUL if reports else _PLAIN, today)
        elif typed.lower() == "mai" and _stands_for_tomorrow(typed, before, source.plain[match.end() :]):
            yield _Candidate(match.start(), match.end(), _PLAIN, today + timedelta(days=1))
        elif typed.lower() == "mốt" and not before.endswith("mai "):
            yield _Candidate(match.start(), match.end(), _PLAIN, today + timedelta(days=2))


def _stands_for_tomorrow(typed: str, before: str, after: str) -> bool:
    if AFTER_NAME.search(before) or re.match(r" mot\b", after):
        return False
    return typed == "mai" or before.strip() == "" or before.rstrip(" ")[-1] in "\n.,;:!?"


def _weekdays(source: Source, today: date, prefer: Prefer) -> Iterator[_Candidate]:
    for match in (*WEEK_FIRST.finditer(source.plain), *WEEKDAY.finditer(source.plain)):
        groups = match.groupdict()
        word = groups["day"] or groups["short"] or groups["sunday"] or groups["cn"]
        if ORDINAL_OF.search(source.plain[: match.start()]) and not groups["week"]:
            continue
        if groups.get("cn") and not _may_be_sunday(source, match):
            continue
        rank = _SHORT if groups["short"] or groups.get("cn") else _PLAIN
        day = _modified_weekday(WEEKDAYS[word], groups, today, prefer)
        yield _Candidate(match.start(), match.end(), rank, day)


def _may_be_sunday(source: Source, match: re.Match[str]) -> bool:
    """CN is also a school's and a subject's short name: it is Sunday only where a day is expected."""
    before = source.plain[: match.start()]
    expected = re.search(r"(?:^|[,;(\n] ?|\b(?:sang|trua|chieu|toi|ngay|hom|buoi) )$", before)
    return bool(match["week"] or (expected and source.text[match.start() : match.end()].startswith("CN")))


def _modified_weekday(weekday: int, groups: dict[str, str | None], today: date, prefer: Prefer) -> date:
    week = groups["week"]
    if week:
        return weekday_of_week(weekday, STEPS[week.removeprefix("tuan ")], today)
    following = groups.get("next")
    if groups.get("last") or following == "truoc":
        return nearest_weekday(weekday, today - timedelta(days=1), "past")
    if groups.get("this"):
        return weekday_of_week(weekday, 0, today)
    if following:
        return nearest_weekday(weekday, today + timedelta(days=1), "future")
    return nearest_weekday(weekday, today, prefer)


def _counted(source: Source, today: date, prefer: Prefer) -> Iterator[_Candidate]:
    del prefer
    for match in (*AGO.finditer(source.plain), *SINCE.finditer(source.plain)):
        word = match["count"]
        count = NUMBERS.get(word) or int(word)
        sign = 1 if match.groupdict().get("way") == "nua" else -1
        unit = match["unit"]
        if unit == "thang":
            day = _month_later(today, sign * count)
        else:
            day = today + timedelta(days=sign * count * (7 if unit == "tuan" else 1))
        yield _Candidate(match.start(), match.end(), _PLAIN, day, unit in {"ngay", "hom", "bua"})


def _month_later(today: date, steps: int) -> date:
    month = month_from(Month.of(today), steps)
    return month.first.replace(day=min(today.day, month.last.day))


def _pairs(source: Source, today: date, prefer: Prefer) -> Iterator[_Candidate]:
    ranges = [match.span() for match in FIRST_OF_RANGE.finditer(source.plain) if int(match["day"]) <= 31]
    previous_end = -1
    for pair in read_pairs(source):
        ends_range = re.fullmatch(r" den (?:het )?(?:ngay )?", source.plain[previous_end : pair.start])
        previous_end = pair.end
        if ends_range or pair.kind is not PairKind.DAY:
            continue
        if any(start < pair.end and pair.start < end for start, end in ranges):
            continue
        rank = _EXPLICIT if pair.is_named else _PLAIN
        if THEME.search(source.plain[: pair.start]) or REPORTING.match(source.plain, pair.end):
            rank = _DOUBTFUL
        day = _day_of(pair.first, pair.second, pair.year, today, prefer)
        yield _Candidate(pair.start, pair.end, rank, day)


def _ranges(source: Source, today: date, prefer: Prefer) -> Iterator[_Candidate]:
    for match in FIRST_OF_RANGE.finditer(source.plain):
        day, last, month = int(match["day"]), int(match["last"]), int(match["month"])
        named = re.search(r"\b(?:ngay|tu) $", source.plain[: match.start()])
        if (named or "-" in match.group() or "–" in match.group()) and day < last <= 31 and month <= 12:
            found = _day_of(day, month, int(match["year"]) if match["year"] else None, today, prefer)
            yield _Candidate(match.start(), match.end(), _EXPLICIT, found)


def _day_of(day: int, month: int, year: int | None, today: date, prefer: Prefer) -> date | None:
    try:
        if year is not None:
            return date(year + 2000 if year < 100 else year, month, day)
        return day_of_month(day, month, today, prefer)
    except ValueError:
        return None


def _spelled(source: Source, today: date, prefer: Prefer) -> Iterator[_Candidate]:
    for match in (*DAY_MONTH.finditer(source.plain), *MONTH_DAY.finditer(source.plain)):
        groups = match.groupdict()
        day, which, year = int(match["day"]), groups.get("which"), groups.get("year")
        if which:
            month = month_from(Month.of(today), STEPS[which])
            found = _day_of(day, month.month, month.year, today, prefer)
        else:
            found = _day_of(day, int(match["month"]), int(year) if year else None, today, prefer)
        yield _Candidate(match.start(), match.end(), _EXPLICIT, found)


def _days_alone(source: Source, today: date, prefer: Prefer) -> Iterator[_Candidate]:
    for match in DAY_ALONE.finditer(source.plain):
        try:
            day = day_of_some_month(int(match["day"]), today, prefer)
        except ValueError:
            day = None
        yield _Candidate(match.start(), match.end(), _SHORT, day)


def _vague(source: Source, today: date, prefer: Prefer) -> Iterator[_Candidate]:
    for match in (*PART_OF.finditer(source.plain), *WHOLE.finditer(source.plain)):
        groups = match.groupdict()
        part, which, number = groups.get("part"), match["which"], match["month"]
        if number and not 1 <= int(number) <= 12:
            continue
        if match["unit"] == "tuan":
            if number:
                continue  # "tuần 12" is a week of the curriculum
            day = _in_week(part, STEPS[which or "nay"], today, prefer, is_named=bool(which))
        else:
            year = groups.get("year")
            day = _in_month(part, _month_named(which, number, year, today, prefer))
        yield _Candidate(match.start(), match.end(), _VAGUE, day, exact=False)


def _in_week(part: str | None, weeks: int, today: date, prefer: Prefer, *, is_named: bool) -> date:
    weekday = {"dau": 0, "giua": 2, "cuoi": 5, None: 0}[part]
    if part and not is_named:
        return nearest_weekday(weekday, today, prefer)
    return weekday_of_week(weekday, weeks, today)


def _month_named(which: str | None, number: str | None, year: str | None, today: date, prefer: Prefer) -> Month:
    if number and year:
        return Month(int(year), int(number))
    if number:
        return nearest_month(int(number), today, prefer)
    return month_from(Month.of(today), STEPS[which or "nay"])


def _in_month(part: str | None, month: Month) -> date:
    if part == "cuoi":
        return month.last
    return month.first.replace(day=15) if part == "giua" else month.first


_RULES: tuple[_Rule, ...] = (
    _relative_days, _lone_words, _weekdays, _counted, _pairs, _ranges, _spelled, _days_alone, _vague,
)  # fmt: skip

"""Finding the time of day and the moment that a text names: "8h sáng mai", "14h30 ngày 20/11", "9 giờ rưỡi"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.day_phrases import find_date
from bot.domain.phrases import Source

END_OF_WORKING_DAY = time(17, 0)
_SCHOOL_DAY_BEGINS = 6  # "2h" without more is two in the afternoon: nobody meets at two in the night

_HOURS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi mot": 11, "muoi hai": 12, "muoi": 10,
}  # fmt: skip
_CLOCK = re.compile(
    rf"(?<![\w.,/:])(?:(?P<hour>[0-9]{{1,2}})|(?P<word>{'|'.join(_HOURS)})(?= gio\b))"
    r"(?::(?P<colon>[0-9]{2})(?::[0-9]{2})?| ?(?:h|g|gio)(?![a-z])(?: ?(?P<half>ruoi)| kem ?(?P<less>[0-9]{1,2})"
    r"| ?(?P<minute>[0-9]{2})(?: ?(?:p|phut))?)?)(?![\w/]|[.,:][0-9])"
    r"(?: (?:buoi )?(?P<part>sang|trua|chieu|toi|dem|khuya)\b)?"
)
_DURATION_AFTER = re.compile(r" ?(?:dong ho|day|hoc|lien|nua|truoc|len lop)\b")
_DURATION_BEFORE = re.compile(r"\b(?:trong|suot|keo dai|het|mat|du|(?<!thu )sau|them|khoang thoi gian) $")
_PART_BEFORE = re.compile(
    r"\b(?P<part>sang|trua|chieu|toi|dem)\b(?: (?:ngay|hom|nay|mai|mot|qua|thu|chu|nhat|hai|ba|tu|nam|sau|bay|tuan"
    r"|t?[0-9/.-]+|toi|luc|vao)\b,?){0,5},? ?(?:luc |vao )?$"
)
_IN_A_WHILE = re.compile(
    r"(?:\bsau )?(?<!\w)(?P<count>[0-9]{1,3}) ?(?P<unit>phut|p|tieng|gio|h)(?: (?P<half>ruoi))?(?: dong ho)? nua\b"
)


@dataclass(frozen=True, slots=True)
class FoundTime:
    """A time of day that a text names; `text` is `source[start:end]`."""

    time: time
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class FoundMoment:
    """A moment that a text names; `time` is None where only a day is named.

    `moment` is aware, in the zone of `now`, and takes 17:00 where only a day is named. `start` and `end` enclose
    both. `exact` is False for "cuối tháng" and the like.
    """

    moment: datetime
    time: time | None
    start: int
    end: int
    text: str
    exact: bool

    @property
    def date(self) -> date:
        """The day, in the zone of the moment."""
        return self.moment.date()


def find_time(text: str) -> FoundTime | None:
    """The first time of day in a text; None if it names none or no clock shows it (25h)."""
    source = Source.of(text)
    for match in _CLOCK.finditer(source.plain):
        before = source.plain[max(0, match.start() - 60) : match.start()]
        if _DURATION_AFTER.match(source.plain, match.end()) or _DURATION_BEFORE.search(before):
            continue
        earlier = _PART_BEFORE.search(before)
        found = _clock_time(match, match["part"] or (earlier["part"] if earlier else None))
        if found is not None:
            return FoundTime(found, match.start(), match.end(), source.text[match.start() : match.end()])
    return None


def _clock_time(match: re.Match[str], part: str | None) -> time | None:
    hour = _HOURS[match["word"]] if match["word"] else int(match["hour"])
    minute = int(match["colon"] or match["minute"] or 0)
    if match["half"]:
        minute = 30
    if match["less"]:
        hour, minute = hour - 1, 60 - int(match["less"])
    hour = _on_24_hours(hour, part)
    return time(hour, minute) if 0 <= hour <= 23 and 0 <= minute <= 59 else None


def _on_24_hours(hour: int, part: str | None) -> int:
    if part in {"chieu", "toi"}:
        return hour + 12 if hour < 12 else hour
    if part == "trua":
        return hour + 12 if hour < 4 else hour
    if part in {"dem", "khuya"}:
        return {12: 0}.get(hour, hour + 12 if 7 <= hour < 12 else hour)
    if part is None and 1 <= hour < _SCHOOL_DAY_BEGINS:
        return hour + 12
    return hour


def find_moment(text: str, *, now: datetime) -> FoundMoment | None:
    """The moment a text names, looking ahead from `now` (aware, local); None if it names neither day nor time.

    A time without a day is its next occurrence. Raises ImpossibleDate.
    """
    source = Source.of(text)
    if match := _IN_A_WHILE.search(source.plain):
        return _in_a_while(source, match, now)
    clock = find_time(source.text)
    # the time is blanked, so that the digits of "8.30" or "14h" are never read as a day
    day = find_date(_blank(source.text, clock), now=now, prefer="future")
    if day is None and clock is None:
        return None
    spans = [(found.start, found.end) for found in (day, clock) if found is not None]
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    at = clock.time if clock else None
    chosen = _day_for(day.date if day else None, at, now)
    if day and at and _is_over(chosen, at, now) and _names_weekday_only(source.plain[day.start : day.end]):
        chosen += timedelta(days=7)
    moment = datetime.combine(chosen, at or END_OF_WORKING_DAY, tzinfo=now.tzinfo)
    return FoundMoment(moment, at, start, end, source.text[start:end], day.exact if day else True)


def _blank(text: str, clock: FoundTime | None) -> str:
    if clock is None:
        return text
    part = re.search(r"(?:sáng|trưa|chiều|tối|đêm|sang|trua|chieu|toi|dem)$", clock.text, re.IGNORECASE)
    kept = clock.text[part.start() :] if part else ""
    filler = "\x1f" * (len(clock.text) - len(kept))
    return text[: clock.start] + filler + kept + text[clock.end :]


def _day_for(day: date | None, at: time | None, now: datetime) -> date:
    if day is not None:
        return day
    today = now.date()
    return today + timedelta(days=1) if at and _is_over(today, at, now) else today


def _is_over(day: date, at: time, now: datetime) -> bool:
    return datetime.combine(day, at, tzinfo=now.tzinfo) <= now


def _names_weekday_only(plain: str) -> bool:
    return re.search(r"\b(?:thu|t[2-7]|nhat|cn)\b", plain) is not None and not re.search(r"[0-9]{2}|tuan|nay", plain)


def _in_a_while(source: Source, match: re.Match[str], now: datetime) -> FoundMoment:
    minutes = int(match["count"]) * (1 if match["unit"].startswith("p") else 60)
    if match["half"]:
        minutes += 30
    moment = now + timedelta(minutes=minutes)
    text = source.text[match.start() : match.end()]
    return FoundMoment(moment, moment.time(), match.start(), match.end(), text, exact=True)

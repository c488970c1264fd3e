"""What a leader types for a setting, read into the fields it changes; or what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Any

from bot.domain.calendar import is_quiet
from bot.domain.phrases import Source
from bot.domain.report_kinds import find_kind
from bot.domain.team_settings import StageSetting, TeamSettings
from bot.domain.text import fold, skeleton
from bot.domain.vocabulary import ActivityKind, NudgeStage

MOST_ACTIVITIES = 10
MOST_MEETINGS = 12
EARLIEST_STAGE = 20
LONGEST_NAME = 150
_EARLY = 2  # stages before the last two
_LONGEST_AHEAD = 14 * 24 * 60
_MOST_REMINDERS = 4


class SettingName(StrEnum):
    """What a leader may set by words."""

    DUTY = "duty"
    MONTHS = "months"
    KINDS = "kinds"
    STAGES = "stages"
    MEETINGS_A_YEAR = "meetings"
    MEETING_STAGES = "meeting-stages"
    QUIET = "quiet"
    OFFICE = "office"

    @property
    def is_monthly(self) -> bool:
        """Whether it holds from a month on; others hold at once."""
        return self in {SettingName.DUTY, SettingName.MONTHS, SettingName.KINDS, SettingName.STAGES}


class SettingTroubleKind(StrEnum):
    """Why an answer is none."""

    NUMBER = "number"
    MONTHS = "months"
    KINDS = "kinds"
    STAGES = "stages"
    LATE_STAGES = "late_stages"
    IN_QUIET_HOURS = "in_quiet_hours"
    QUIET = "quiet"
    SWALLOWS_STAGES = "swallows_stages"
    MEETING_STAGES = "meeting_stages"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class SettingTrouble:
    """What is wrong, with the words or the bounds it is about."""

    kind: SettingTroubleKind
    words: str = ""
    least: int = 0
    most: int = 0


Read = Mapping[str, Any] | SettingTrouble


def read_setting(name: SettingName, text: str, settings: TeamSettings) -> Read:
    """The fields of TeamSettings that the text sets, or what is wrong with it."""
    return _READERS[name](text.strip(), settings)


def _duty(text: str, settings: TeamSettings) -> Read:
    del settings
    return _number(text, "activities_a_month", least=1, most=MOST_ACTIVITIES)


def _meetings(text: str, settings: TeamSettings) -> Read:
    del settings
    return _number(text, "general_meetings_a_year", least=1, most=MOST_MEETINGS)


def _number(text: str, field: str, *, least: int, most: int) -> Read:
    numbers = re.findall(r"(?<![\d.,-])\d{1,3}(?![\d.,]*\d)", text)
    if len(numbers) != 1 or not least <= int(numbers[0]) <= most:
        return SettingTrouble(SettingTroubleKind.NUMBER, least=least, most=most)
    return {field: int(numbers[0])}


def _months(text: str, settings: TeamSettings) -> Read:
    del settings
    plain = skeleton(text)
    if fold(text) in {"ca nam", "tat ca", "12 thang"}:
        return {"school_months": tuple(range(1, 13))}
    found: list[int] = []
    for part in re.split(r"[,;+]|\bva\b", plain):
        match = re.fullmatch(r"\D*(\d{1,2})(?:\D+(\d{1,2}))?\D*", part)
        if match is None:
            return SettingTrouble(SettingTroubleKind.MONTHS)
        first, last = int(match[1]), int(match[2] or match[1])
        if not (1 <= first <= 12 and 1 <= last <= 12):
            return SettingTrouble(SettingTroubleKind.MONTHS)
        found += [(first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1)]
    return {"school_months": _as_school_year(found)}


def _as_school_year(months: list[int]) -> tuple[int, ...]:
    """Each once, August first, as a school year has them."""
    return tuple(sorted(set(months), key=lambda month: (month - 8) % 12))


def _kinds(text: str, settings: TeamSettings) -> Read:
    del settings
    plain = skeleton(text)
    but = re.match(r"\s*(?:tat ca\s*)?(?:tru|ngoai tru|khong tinh)\b[\s:]*", plain)
    if fold(text) in {"tat ca", "moi loai", "tat ca cac loai"}:
        return {"kinds_that_count": tuple(ActivityKind)}
    named: set[ActivityKind] = set()
    for part in re.split(r"[,;\n]| và ", text[but.end() :] if but else text):
        found = find_kind(Source.of(part))
        if found is None:
            return SettingTrouble(SettingTroubleKind.KINDS, words=part.strip()[:60])
        named.add(found[0])
    counting = tuple(kind for kind in ActivityKind if (kind in named) is (but is None))
    return {"kinds_that_count": counting} if counting else SettingTrouble(SettingTroubleKind.KINDS)


_STAGE = re.compile(
    r"(?P<last>\b(?:ngay cuoi|ngay cuoi cung|ngay chot)\b)?\D*?(?:(?P<days>\d{1,2}) ?ngay\b(?: truoc)?)?\D*?"
    r"(?P<hour>\d{1,2}) ?(?:h|:|gio) ?(?P<minute>\d{2})?\D*"
)


def _stages(text: str, settings: TeamSettings) -> Read:
    moments: dict[int, time] = {}
    for part in re.split(r"[,;\n+]", skeleton(text)):
        match = _STAGE.fullmatch(part.strip())
        at = _time(match["hour"], match["minute"]) if match else None
        if match is None or at is None or (match["last"] is None) == (match["days"] is None):
            return SettingTrouble(SettingTroubleKind.STAGES)
        days = int(match["days"] or 0)
        if days > EARLIEST_STAGE or days in moments:
            return SettingTrouble(SettingTroubleKind.STAGES)
        if is_quiet(at, settings):
            return SettingTrouble(SettingTroubleKind.IN_QUIET_HOURS, words=f"{at:%H:%M}")
        moments[days] = at
    early = sorted((days for days in moments if days > 1), reverse=True)
    if len(early) > _EARLY or len(early) == len(moments):
        return SettingTrouble(SettingTroubleKind.LATE_STAGES)
    named = dict(zip(early, (NudgeStage.SEVEN_DAYS, NudgeStage.THREE_DAYS), strict=False))
    named |= {1: NudgeStage.ONE_DAY, 0: NudgeStage.LAST_DAY}
    days_before = sorted(moments, reverse=True)
    return {
        "stages": tuple(StageSetting(stage=named[days], days_before=days, at=moments[days]) for days in days_before)
    }


_HOURS = re.compile(
    r"\D*(\d{1,2})(?: ?(?:h|:|gio) ?(\d{2})?)?\s*(?:-|–|den|toi)\D*(\d{1,2})(?: ?(?:h|:|gio) ?(\d{2})?)?\D*"
)


def _quiet(text: str, settings: TeamSettings) -> Read:
    match = _HOURS.fullmatch(skeleton(text))
    start = _time(match[1], match[2]) if match else None
    end = _time(match[3], match[4]) if match else None
    if start is None or end is None or start == end:
        return SettingTrouble(SettingTroubleKind.QUIET)
    changed = settings.model_copy(update={"quiet_from": start, "quiet_until": end})
    for stage in settings.stages:
        if is_quiet(stage.at, changed):
            return SettingTrouble(SettingTroubleKind.SWALLOWS_STAGES, words=f"{stage.at:%H:%M}")
    return {"quiet_from": start, "quiet_until": end}


def _time(hour: str, minute: str | None) -> time | None:
    try:
        return time(int(hour), int(minute or 0))
    except ValueError:
        return None


_UNITS = {"ngay": 24 * 60, "gio": 60, "tieng": 60, "phut": 1}


def _meeting_stages(text: str, settings: TeamSettings) -> Read:
    del settings
    found: set[int] = set()
    for part in re.split(r"[,;\n+]|\bva\b", skeleton(text)):
        match = re.fullmatch(r"\s*(?:truoc )?(\d{1,3}) ?(ngay|gio|tieng|phut)(?: truoc)?\s*", part)
        if match is None:
            return SettingTrouble(SettingTroubleKind.MEETING_STAGES)
        found.add(int(match[1]) * _UNITS[match[2]])
    if len(found) > _MOST_REMINDERS or not all(10 <= each <= _LONGEST_AHEAD for each in found):
        return SettingTrouble(SettingTroubleKind.MEETING_STAGES)
    return {"meeting_stages": tuple(sorted(found, reverse=True))}


def _office(text: str, settings: TeamSettings) -> Read:
    del settings
    name = " ".join(text.split())
    if not 2 <= len(name) <= LONGEST_NAME:
        return SettingTrouble(SettingTroubleKind.NAME, least=2, most=LONGEST_NAME)
    return {"office_name": name}


_READERS: dict[SettingName, Callable[[str, TeamSettings], Read]] = {
    SettingName.DUTY: _duty,
    SettingName.MONTHS: _months,
    SettingName.KINDS: _kinds,
    SettingName.STAGES: _stages,
    SettingName.MEETINGS_A_YEAR: _meetings,
    SettingName.MEETING_STAGES: _meeting_stages,
    SettingName.QUIET: _quiet,
    SettingName.OFFICE: _office,
}

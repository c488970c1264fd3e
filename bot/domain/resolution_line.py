"""Lines of minutes: "việc – người – hạn" is a resolution, "Nhân rộng: …" and "Khắc phục: …" are lessons."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.choosing import ROLE_WORDS
from bot.domain.day_phrases import ImpossibleDate, find_date
from bot.domain.member_matching import MemberMatch, MemberName, match_member, match_members
from bot.domain.phrases import Source
from bot.domain.school_year import Month
from bot.domain.text import fold, normalise
from bot.domain.vocabulary import Role

_DASH = re.compile(r"\s+[-–—]+\s+|\s*[–—]\s*")
_LEAD = re.compile(r"^(?:nq|nghi quyet|quyet dinh|quyet nghi|ket luan)\s*\d*\s*[:.\-–]\s*")
_SPREAD = re.compile(r"^(?:nhan rong|dieu can nhan rong|can nhan rong|dien hinh)\s*[:\-–]\s*")
_MEND = re.compile(r"^(?:khac phuc|can khac phuc|dieu can khac phuc|ton tai)\s*[:\-–]\s*")
_NUMBERING = re.compile(r"^\s*(?:\d{1,2}[.)]|[-–•*+])\s+")
_SATURDAY = 5
_EVERYBODY = {"ca to", "toan to", "tat ca", "moi nguoi", "toan the", "cac thanh vien", "cac to vien", "tat ca to vien"}
_DUE_LEAD = re.compile(r"^(?:han|het|trong|truoc|xong truoc|hoan thanh truoc|den|chot)\b\s*:?\s*(?:ngay\b)?")


Roles = Mapping[Role, Sequence[int]]
"""Who has which role, by the id of the member."""


class LineKind(StrEnum):
    """What a line of minutes is."""

    NOTE = "note"
    RESOLUTION = "resolution"
    SPREAD = "spread"
    MEND = "mend"
    PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class ReadResolution:
    """Work, who is to do it and by when, as far as the line says so.

    `unknown` is a name that fits nobody or several; `candidates` are those it may mean.
    """

    work: str
    member_ids: tuple[int, ...] = ()
    everyone: bool = False
    due: date | None = None
    unknown: str = ""
    candidates: tuple[int, ...] = ()
    trouble: str = ""
    """A day that is on no calendar or has passed, as it was written."""


@dataclass(frozen=True, slots=True)
class ReadLine:
    """What a line is, and its text without the words that said so."""

    kind: LineKind
    text: str
    resolution: ReadResolution | None = None


PeopleIn = Callable[[str], ReadResolution]
"""Reads who is meant."""


def read_line(text: str, *, now: datetime, members: Sequence[MemberName], roles: Roles | None = None) -> ReadLine:
    """Read one line as of `now` (aware, in the team's zone). Never raises."""
    source = Source.of(normalise(text))
    for pattern, kind in ((_SPREAD, LineKind.SPREAD), (_MEND, LineKind.MEND)):
        if lead := pattern.match(source.plain):
            return ReadLine(kind, source.text[lead.end() :].strip())
    lead = _LEAD.match(source.plain)
    body = source.text[lead.end() :] if lead else source.text
    parts = [part.strip() for part in _DASH.split(_NUMBERING.sub("", body)) if part.strip()]
    resolution = _resolution(parts, now, lambda text: read_people(text, members, roles), led_in=lead is not None)
    return ReadLine(LineKind.RESOLUTION, body, resolution) if resolution else ReadLine(LineKind.NOTE, source.text)


def read_people(text: str, members: Sequence[MemberName], roles: Roles | None = None) -> ReadResolution:
    """Only who is meant, for an answer to "ai làm?"; `work` is empty. `roles` says who is "tổ phó", "thư ký"."""
    if fold(text) in _EVERYBODY:
        return ReadResolution("", everyone=True)
    matches = [_by_role(each, roles or {}) for each in match_members(text, members)]
    unsure = next((each for each in matches if each.sure is None or _is_slip(each, members)), None)
    if not matches or unsure is not None:
        typed = unsure.typed.strip() if unsure else text.strip()
        return ReadResolution("", unknown=typed[:80], candidates=unsure.best if unsure else ())
    return ReadResolution("", tuple(dict.fromkeys(each.sure for each in matches if each.sure is not None)))


def _by_role(match: MemberMatch, roles: Roles) -> MemberMatch:
    """Whoever has the role that was typed in place of a name."""
    role = ROLE_WORDS.get(fold(match.typed))
    return MemberMatch(match.typed, tuple(roles[role])) if role is not None and role in roles else match


def _is_slip(match: MemberMatch, members: Sequence[MemberName]) -> bool:
    """Whether a name is only near to one of the team's: in minutes that is asked about, not taken."""
    if fold(match.typed) in ROLE_WORDS:
        return False
    return match_member(match.typed, members, slips=False).sure is None


def _resolution(parts: list[str], now: datetime, people_in: PeopleIn, *, led_in: bool) -> ReadResolution | None:
    if not parts or (len(parts) < 3 and not led_in):
        return None
    parts = _day_last(parts, now, people_in)
    due, trouble = _due(parts[-1], now) if len(parts) > 1 else (None, "")
    dated = due is not None or bool(trouble)
    if not dated and not led_in:
        return None
    rest = parts[:-1] if dated else parts
    people = people_in(rest[-1]) if len(rest) > 1 else None
    work = " – ".join(rest[:-1] if people else rest)
    if people is None:
        return ReadResolution(work, due=due, unknown="?", trouble=trouble)
    return ReadResolution(
        work, people.member_ids, people.everyone, due, people.unknown, people.candidates, trouble=trouble
    )


def _day_last(parts: list[str], now: datetime, people_in: PeopleIn) -> list[str]:
    """ "việc – hạn – người" as "việc – người – hạn", where the last part is somebody of the team for certain."""
    if len(parts) < 3 or _due(parts[-1], now) != (None, "") or _due(parts[-2], now) == (None, ""):
        return parts
    return parts if people_in(parts[-1]).unknown else [*parts[:-2], parts[-1], parts[-2]]


def _due(text: str, now: datetime) -> tuple[date | None, str]:
    """The day a part names when it names nothing else; and what was written when that cannot be."""
    lead = _DUE_LEAD.match(Source.of(text).plain)
    bare = text[lead.end() :] if lead else text
    try:
        found = find_date(f"ngày {bare.strip()}" if bare.strip()[:1].isdigit() else bare, now=now, prefer="future")
    except ImpossibleDate:
        return None, text
    if found is None or len(fold(bare)) > len(fold(found.text)) + 12:
        return None, ""
    day = found.date if found.exact else _end_of(found.date, fold(bare), before=lead is not None and "truoc" in lead[0])
    return (None, text) if day < now.date() else (day, "")


def _end_of(first: date, words: str, *, before: bool) -> date:
    """The last day of a stretch that is due ("hết tháng 12", "trong tuần này"), or the day before it begins."""
    if re.search(r"\b(?:dau|giua|cuoi)\b", words):
        return first
    if before:
        return first - timedelta(days=1)
    if "thang" in words:
        return Month.of(first).last
    return first + timedelta(days=_SATURDAY - first.weekday()) if "tuan" in words else first

"""Lines of minutes: "việc – người – hạn" is a resolution, "Nhân rộng: …" and "Khắc phục: …" are lessons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.day_phrases import ImpossibleDate, find_date
from bot.domain.member_matching import MemberName, match_member, match_members
from bot.domain.phrases import Source
from bot.domain.text import fold, normalise

_DASH = re.compile(r"\s+[-–—]+\s+|\s*[–—]\s*")
_LEAD = re.compile(r"^(?:nq|nghi quyet|quyet dinh|quyet nghi|ket luan)\s*\d*\s*[:.\-–]\s*")
_SPREAD = re.compile(r"^(?:nhan rong|dieu can nhan rong|can nhan rong|dien hinh)\s*[:\-–]\s*")
_MEND = re.compile(r"^(?:khac phuc|can khac phuc|dieu can khac phuc|ton tai)\s*[:\-–]\s*")
_EVERYBODY = {"ca to", "toan to", "tat ca", "moi nguoi", "toan the", "cac thanh vien", "cac to vien", "tat ca to vien"}
_DUE_LEAD = re.compile(r"^(?:han|truoc|xong truoc|hoan thanh truoc|den|chot)\b\s*:?\s*(?:ngay\b)?")


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


def read_line(text: str, *, now: datetime, members: Sequence[MemberName]) -> ReadLine:
    """Read one line as of `now` (aware, in the team's zone). Never raises."""
    source = Source.of(normalise(text))
    for pattern, kind in ((_SPREAD, LineKind.SPREAD), (_MEND, LineKind.MEND)):
        if lead := pattern.match(source.plain):
            return ReadLine(kind, source.text[lead.end() :].strip())
    lead = _LEAD.match(source.plain)
    body = source.text[lead.end() :] if lead else source.text
    parts = [part.strip() for part in _DASH.split(body) if part.strip()]
    resolution = _resolution(parts, now, members, led_in=lead is not None)
    return ReadLine(LineKind.RESOLUTION, body, resolution) if resolution else ReadLine(LineKind.NOTE, source.text)


def read_people(text: str, members: Sequence[MemberName]) -> ReadResolution:
    """Only who is meant, for an answer to "ai làm?"; `work` is empty."""
    if fold(text) in _EVERYBODY:
        return ReadResolution("", everyone=True)
    matches = match_members(text, members)
    unsure = next((each for each in matches if each.sure is None or _is_slip(each.typed, members)), None)
    if not matches or unsure is not None:
        typed = unsure.typed.strip() if unsure else text.strip()
        return ReadResolution("", unknown=typed[:80], candidates=unsure.best if unsure else ())
    return ReadResolution("", tuple(dict.fromkeys(each.sure for each in matches if each.sure is not None)))


def _is_slip(typed: str, members: Sequence[MemberName]) -> bool:
    """Whether a name is only near to one of the team's: in minutes that is asked about, not taken."""
    return match_member(typed, members, slips=False).sure is None


def _resolution(
    parts: list[str], now: datetime, members: Sequence[MemberName], *, led_in: bool
) -> ReadResolution | None:
    if not parts or (len(parts) < 3 and not led_in):
        return None
    due, trouble = _due(parts[-1], now) if len(parts) > 1 else (None, "")
    dated = due is not None or bool(trouble)
    if not dated and not led_in:
        return None
    rest = parts[:-1] if dated else parts
    people = read_people(rest[-1], members) if len(rest) > 1 else None
    work = " – ".join(rest[:-1] if people else rest)
    if people is None:
        return ReadResolution(work, due=due, unknown="?", trouble=trouble)
    return ReadResolution(
        work, people.member_ids, people.everyone, due, people.unknown, people.candidates, trouble=trouble
    )


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
    return (None, text) if found.date < now.date() else (found.date, "")

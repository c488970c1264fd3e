"""One message, one report: kind, date, school, class, subject and the four notes from free Vietnamese text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.dates import ImpossibleDate, find_date
from bot.domain.phrases import PhraseList, Source
from bot.domain.report_kinds import find_kind
from bot.domain.report_notes import find_notes
from bot.domain.school_matching import SchoolName, find_school
from bot.domain.subjects import find_class, find_subject
from bot.domain.text import normalise
from bot.domain.vocabulary import ActivityKind

_EXEMPLARY = PhraseList(("điển hình", "đáng nhân rộng", "cần nhân rộng", "nhân rộng"))
_SUPPORT = PhraseList(("cần hỗ trợ", "đề nghị hỗ trợ", "cần giúp đỡ"))
_URGENT = PhraseList(("báo gấp", "khẩn", "khẩn cấp"))
_GRADE = re.compile(r"[1-5]")


@dataclass(frozen=True, slots=True)
class ParsedReport:
    """What a message says; None or empty where it says nothing. Several `school_codes`: ask."""

    kind: ActivityKind | None = None
    date: date | None = None
    school_codes: tuple[str, ...] = ()
    class_or_grade: str | None = None
    subject: str | None = None
    strengths: str | None = None
    difficulties: str | None = None
    advice: str | None = None
    encouragement: str | None = None
    impossible_date: str | None = None
    exemplary: bool = False
    needs_support: bool = False
    urgent: bool = False
    head: str = ""
    """The part before the notes, as typed."""


def parse_report(text: str, *, now: datetime, schools: Sequence[SchoolName]) -> ParsedReport:
    """Read a message as of `now` (aware, in the team's zone). Never raises."""
    text = normalise(text)
    notes = find_notes(text)
    head = text[: notes.start]
    kind = find_kind(Source.of(head)) or find_kind(Source.of(text))
    day, impossible, span = _find_day(head if head.strip() else text, now)
    without_day = head[: span[0]] + " · " + head[span[1] :] if span else head
    school = find_school(without_day, schools)
    rest = without_day[: school.start] + " · " + without_day[school.end :] if school.best else without_day
    subject, group = find_subject(rest), find_class(rest)
    source = Source.of(text)
    return ParsedReport(
        kind=kind[0] if kind else None,
        date=day,
        school_codes=school.best,
        class_or_grade=group.value if group else None,
        subject=subject.value if subject else None,
        strengths=notes.notes.get("strengths"),
        difficulties=notes.notes.get("difficulties"),
        advice=notes.notes.get("advice"),
        encouragement=notes.notes.get("encouragement"),
        impossible_date=impossible,
        exemplary=_EXEMPLARY.find_first(source) is not None,
        needs_support=_SUPPORT.find_first(source) is not None,
        urgent=_URGENT.find_first(source) is not None,
        head=head.strip(),
    )


def looks_like_report(text: str) -> bool:
    """Whether a message is worth reading as a report: it names a kind with something more, or leads notes in."""
    text = normalise(text)
    if text.endswith("?") or len(text) < len("dự giờ 4A"):
        return False
    notes = find_notes(text)
    if len(notes.notes) > 1:
        return True
    source = Source.of(text)
    if find_kind(source) is None:
        return False
    return bool(notes.notes) or _GRADE.search(source.plain) is not None or len(source.plain.split()) > 3


def _find_day(head: str, now: datetime) -> tuple[date | None, str | None, tuple[int, int] | None]:
    try:
        found = find_date(head, now=now, prefer="past")
    except ImpossibleDate as error:
        return None, str(error.facts.get("text", "")), None
    return (found.date, None, (found.start, found.end)) if found else (None, None, None)

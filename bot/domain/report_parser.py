"""One message, one report: kind, date, school, class, subject and the four notes from free Vietnamese text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.companions import Companions, find_companions, read_companions, without_spans
from bot.domain.dates import ImpossibleDate, find_date
from bot.domain.follow_ups import find_follow_up
from bot.domain.member_matching import MemberMatch, MemberName
from bot.domain.phrases import PhraseList, Source
from bot.domain.report_kinds import find_kind
from bot.domain.report_notes import COMPANIONS, find_notes
from bot.domain.report_topic import find_topic
from bot.domain.school_matching import SchoolName, find_school
from bot.domain.subjects import Found, find_class, find_subject
from bot.domain.text import normalise
from bot.domain.vocabulary import ActivityKind

_EXEMPLARY = PhraseList(("điển hình", "đáng nhân rộng", "cần nhân rộng", "nhân rộng"))
_SUPPORT = PhraseList(("cần hỗ trợ", "đề nghị hỗ trợ", "xin hỗ trợ", "cần giúp đỡ"))
_URGENT = PhraseList(("báo gấp", "báo khẩn", "khẩn cấp", "việc gấp"))
_URGENT_OPENING = re.compile(r"(?:gap|khan)\s*[:!.,]")
_DENIED = re.compile(r"\b(?:chua|khong|chang|khong phai|chua phai|chua that su|chua co)(?: la)? $")
_OF_PUPILS = re.compile(r"\b(?:hs|em|hoc sinh|cac em)(?: \w+)? $")
_GRADE_AFTER_SUBJECT = re.compile(r" ([1-5])(?![\w/.-]|,\d| ?(?:tiet|bai|hs|em|gv|buoi|phut|lan)\b)")
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
    topic: str | None = None
    follow_up_on: date | None = None
    companions: tuple[MemberMatch, ...] = ()
    unknown_companions: tuple[str, ...] = ()
    head: str = ""
    """The part before the notes, without the day and the companions."""


def parse_report(
    text: str, *, now: datetime, schools: Sequence[SchoolName], members: Sequence[MemberName] = ()
) -> ParsedReport:
    """Read a message as of `now` (aware, in the team's zone). Never raises."""
    text = _headline_first(single_spaced(text))
    notes = find_notes(text)
    head, source = text[: notes.start], Source.of(text)
    beside = _companions(head, notes.notes.pop(COMPANIONS, ""), members)
    again = find_follow_up(text, now=now)
    spans = [*beside.spans, *([(again.start, again.end)] if again and again.end <= len(head) else [])]
    told = without_spans(head, spans)
    kind = find_kind(Source.of(told)) or find_kind(source)
    day, impossible, span = _find_day(told if told.strip() else text, now)
    without_day = told[: span[0]] + " · " + told[span[1] :] if span else told
    school = find_school(without_day, schools)
    rest = without_day[: school.start] + " · " + without_day[school.end :] if school.best else without_day
    subject = find_subject(rest)
    return ParsedReport(
        kind=kind[0] if kind else None,
        date=None if again and day == again.day else day,
        school_codes=school.best,
        class_or_grade=_find_group(rest, subject),
        subject=subject.value if subject else None,
        strengths=notes.notes.get("strengths"),
        difficulties=notes.notes.get("difficulties"),
        advice=notes.notes.get("advice"),
        encouragement=notes.notes.get("encouragement"),
        impossible_date=impossible,
        exemplary=_is_said(_EXEMPLARY, source),
        needs_support=_is_said(_SUPPORT, source, unless=_OF_PUPILS),
        urgent=_is_said(_URGENT, source) or _URGENT_OPENING.match(source.plain) is not None,
        topic=find_topic(told),
        follow_up_on=again.day if again else None,
        companions=beside.found,
        unknown_companions=beside.unknown,
        head=without_day.strip(),
    )


def single_spaced(text: str) -> str:
    """The text as it is read and kept: NFC, and never two spaces or a tab within a line."""
    return re.sub(r"[^\S\n]+", " ", normalise(text))


def _headline_first(text: str) -> str:
    """Some write the notes first and what it was in the last line: that line goes to the front."""
    if find_notes(text).start > 0:
        return text
    lines = text.split("\n")
    for index, line in enumerate(lines):
        kind = find_kind(Source.of(line))
        if kind and kind[1].start == 0 and not find_notes(line).notes:
            return "\n".join([line, *lines[:index], *lines[index + 1 :]])
    return text


def _companions(head: str, listed: str, members: Sequence[MemberName]) -> Companions:
    """Those named in the sentence, and those listed after "Cùng dự:"."""
    told, named = find_companions(head, members), read_companions(listed, members)
    return Companions((*told.found, *named.found), (*told.unknown, *named.unknown), told.spans)


def _find_group(rest: str, subject: Found | None) -> str | None:
    """A class or grade; the bare number of "Toán 5" is a grade as well."""
    if group := find_class(rest):
        return group.value
    if subject and (grade := _GRADE_AFTER_SUBJECT.match(rest, subject.end)):
        return grade.group(1)
    return None


def _is_said(phrases: PhraseList, source: Source, unless: re.Pattern[str] | None = None) -> bool:
    """Whether one of the phrases stands there and is not denied."""
    for hit in phrases.find_all(source):
        before = source.plain[: hit.start]
        if not _DENIED.search(before) and not (unless and unless.search(before)):
            return True
    return False


def looks_like_report(text: str) -> bool:
    """Whether a message is worth reading as a report: it names a kind with something more, or leads notes in."""
    text = single_spaced(text)
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

"""A report in the making: what it holds, and how a message becomes one or changes one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date as Date
from datetime import datetime

from pydantic import BaseModel

from bot.domain.advice_guard import find_scoring
from bot.domain.member_matching import MemberName
from bot.domain.phrases import Source
from bot.domain.report_kinds import find_kind
from bot.domain.report_parser import ParsedReport, parse_report
from bot.domain.rich_text import Markup, join_lines
from bot.domain.school_history import SchoolHistory
from bot.domain.school_matching import SchoolName
from bot.domain.school_year import SchoolYear
from bot.domain.text import fold
from bot.domain.vocabulary import ActivityKind
from bot.texts import forms as form_texts
from bot.texts import reporting as texts
from bot.texts.vocabulary import NOTE_NAMES
from handlers.forms.form import Refusal

LONGEST_NOTE = 6000
MARKS = ("exemplary", "needs_support", "urgent")
_MEANT = re.compile(
    r",?\s*(?:chứ |chu )?(?:không|khong|ko) (?:phải|phai)(?: (?:là|la))?\s+.*?(?=\s(?:mà là|ma la|mà|ma)\s|[,.;\n]|$)",
    re.I,
)
_MORE = re.compile(r"\s*(?:thêm|them|bổ sung|bo sung)\s+(?!\w*\s*(?:thời|thoi))", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[;\n])|(?<=\.)(?!\d)")


class Unsure(BaseModel):
    """A companion whose typed name fits several members."""

    typed: str
    members: tuple[int, ...]


class ReportDraft(BaseModel):
    """A report in the making; schools by code, members and files by id."""

    kind: ActivityKind | None = None
    date: Date | None = None
    school: str | None = None
    school_candidates: tuple[str, ...] = ()
    school_typed: str = ""
    class_or_grade: str | None = None
    subject: str | None = None
    topic: str | None = None
    strengths: str | None = None
    difficulties: str | None = None
    advice: str | None = None
    encouragement: str | None = None
    exemplary: bool = False
    needs_support: bool = False
    urgent: bool = False
    follow_up_on: Date | None = None
    companions: tuple[int, ...] = ()
    unsure_companions: tuple[Unsure, ...] = ()
    files: tuple[int, ...] = ()
    origin: str = ""
    """What it is reported for ("assignment:12"); kept with the activity."""
    corrects: int | None = None
    """The filed activity that it is to replace."""
    own_twin: int | None = None
    """The number of an activity of one's own that looks the same."""
    twin: int | None = None
    twin_number: int = 0
    twin_reporter: str = ""
    """A colleague's activity that looks the same."""
    joins: bool = False
    """It is that activity: take part in it instead of filing another."""
    other_than: tuple[int, ...] = ()
    """Colleagues' activities that it is not."""


@dataclass(frozen=True, slots=True)
class ReportContext:
    """What reading needs to know: the local time, the team's schools, and who else is in the team."""

    now: datetime
    schools: tuple[SchoolName, ...]
    members: tuple[MemberName, ...] = ()
    history: SchoolHistory = field(default_factory=SchoolHistory)

    def school_name(self, code: str | None) -> str | None:
        """The name of a school of the team."""
        return next((school.name for school in self.schools if school.code == code), None)

    def school_on(self, code: str | None, day: Date | None) -> str | None:
        """The school it is on the day of the activity: what was merged is part of another from that day on."""
        return self.history.code_on(code, day or self.now.date()) if code else None

    def school_name_on(self, code: str | None, day: Date | None) -> str | None:
        """What that school is called on that day."""
        code = self.school_on(code, day)
        name = self.school_name(code)
        return self.history.name_on(code, name, day or self.now.date()) if code and name else None

    def member_name(self, member_id: int) -> str:
        """The name of a colleague; empty for others."""
        return next((each.name for each in self.members if each.id == member_id), "")


def clearing(name: str) -> Callable[[ReportDraft], ReportDraft]:
    """A change that leaves one field empty."""
    return lambda draft: draft.model_copy(update={name: None})


def check_day(day: Date, context: ReportContext) -> Refusal | None:
    """Why a day cannot be reported: it has not come yet, or lies before this school year."""
    today = context.now.date()
    if day > today:
        return Refusal(texts.date_in_future(day))
    if day < SchoolYear.of(today).first:
        return Refusal(texts.date_too_old(day))
    return None


def draft_from(parsed: ParsedReport, context: ReportContext) -> tuple[ReportDraft, Markup | None]:
    """The draft of a parsed message, and what must be said about what could not be taken."""
    troubles: list[Markup] = []
    day = parsed.date
    if parsed.impossible_date is not None:
        troubles.append(texts.date_impossible(parsed.impossible_date))
    elif day is None:
        day = context.now.date()
    elif refusal := check_day(day, context):
        troubles.append(refusal.text)
        day = None
    notes = {name: getattr(parsed, name) for name in NOTE_NAMES}
    scoring = find_scoring(parsed.head)
    for name, note in notes.items():
        if note and (words := find_scoring(note)):
            scoring, notes[name] = words, _without_scoring(note)
        if len(notes[name] or "") > LONGEST_NOTE:
            troubles.append(form_texts.too_long(LONGEST_NOTE))
            notes[name] = None
    if scoring:
        troubles.append(texts.no_scoring(scoring))
    if parsed.unknown_companions:
        troubles.append(texts.companion_unknown(parsed.unknown_companions))
    sure = parsed.school_codes[0] if len(parsed.school_codes) == 1 else None
    draft = ReportDraft(
        kind=parsed.kind,
        date=day,
        school=sure,
        school_candidates=() if sure else parsed.school_codes,
        school_typed="" if sure or not parsed.school_codes else "trường trong tin",
        class_or_grade=parsed.class_or_grade,
        subject=parsed.subject,
        topic=parsed.topic if parsed.kind is None or not parsed.kind.is_observation else None,
        exemplary=parsed.exemplary,
        needs_support=parsed.needs_support,
        urgent=parsed.urgent,
        follow_up_on=parsed.follow_up_on,
        companions=tuple(each.sure for each in parsed.companions if each.sure is not None),
        unsure_companions=tuple(
            Unsure(typed=each.typed, members=each.best) for each in parsed.companions if each.sure is None
        ),
        **notes,
    )
    return draft, join_lines(*troubles) if troubles else None


def _without_scoring(note: str) -> str | None:
    """The note without the sentences that score; nothing else that was entered is lost."""
    kept = "".join(part for part in _SENTENCE.split(note) if part and not find_scoring(part))
    return kept.strip(" \n;,") or None


def absorb(text: str, draft: ReportDraft, context: ReportContext) -> ReportDraft | Refusal | None:
    """A correction typed freely: only what it names changes; a refusal says why not, None that it names nothing."""
    if (cleared := _cleared(text, draft)) is not None:
        return cleared
    said = _MEANT.sub(" ", text)
    parsed = parse_report(said, now=context.now, schools=context.schools, members=context.members)
    fresh, trouble = draft_from(parsed, context)
    if trouble is not None:
        return Refusal(trouble)
    named: dict[str, object] = {
        name: getattr(fresh, name)
        for name in ("class_or_grade", "subject", "topic", "follow_up_on", *NOTE_NAMES)
        if getattr(fresh, name) is not None
    }
    named |= {name: True for name in MARKS if getattr(fresh, name)}
    if found := find_kind(Source.of(parsed.head)):
        named["kind"] = found[0]
    if parsed.date is not None:
        named["date"] = parsed.date
    if parsed.school_codes:
        named |= {"school": fresh.school, "school_candidates": fresh.school_candidates}
    if parsed.companions:
        both = tuple(dict.fromkeys((*draft.companions, *fresh.companions)))
        named |= {"companions": both, "unsure_companions": fresh.unsure_companions}
    if _MORE.match(said):
        named |= _added_notes(draft, fresh)
    return draft.model_copy(update=named) if named else None


def _added_notes(draft: ReportDraft, fresh: ReportDraft) -> dict[str, object]:
    """ "thêm tư vấn: …" goes below what is there."""
    both = {name: (getattr(draft, name), getattr(fresh, name)) for name in NOTE_NAMES}
    return {name: f"{old}\n{new}" for name, (old, new) in both.items() if old and new}


_CLEARABLE: dict[str, dict[str, object]] = {
    **{fold(label): {name: None} for name, label in NOTE_NAMES.items()},
    "lop": {"class_or_grade": None},
    "mon": {"subject": None},
    "chu de": {"topic": None},
    "noi dung": {"topic": None},
    "hen": {"follow_up_on": None},
    "hen xem lai": {"follow_up_on": None},
    "nguoi cung tham gia": {"companions": (), "unsure_companions": ()},
    "dien hinh": {"exemplary": False},
    "can ho tro": {"needs_support": False},
    "bao gap": {"urgent": False},
    "gap": {"urgent": False},
    "anh": {"files": ()},
}


def _cleared(text: str, draft: ReportDraft) -> ReportDraft | None:
    """ "bỏ hạn chế", "xóa môn"."""
    match = re.fullmatch(r"(?:bo|xoa|khong) (?:phan |muc |dau )?(.+)", fold(text))
    change = _CLEARABLE.get(match.group(1)) if match else None
    return draft.model_copy(update=change) if change is not None else None

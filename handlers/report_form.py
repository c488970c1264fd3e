"""The report as a form: what it holds, how each field is asked and read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime

from pydantic import BaseModel

from bot.domain.advice_guard import find_pupil_names, find_scoring
from bot.domain.dates import ImpossibleDate, find_date
from bot.domain.phrases import Source
from bot.domain.report_kinds import find_kind
from bot.domain.report_parser import ParsedReport, parse_report
from bot.domain.rich_text import Markup
from bot.domain.school_matching import SchoolName, match_school
from bot.domain.school_year import SchoolYear
from bot.domain.subjects import find_class, find_subject
from bot.domain.vocabulary import ActivityKind
from bot.texts import reporting as texts
from bot.texts.vocabulary import KIND_NAMES
from handlers.forms.form import Field, Option, Question, Refusal

LONGEST_NOTE = 6000
NOTE_LABELS = {
    "strengths": "Ưu điểm",
    "difficulties": "Hạn chế",
    "advice": "Tư vấn",
    "encouragement": "Thúc đẩy",
}
_COMMON_SUBJECTS = ("Toán", "Tiếng Việt", "Tiếng Anh", "Khoa học", "Đạo đức", "Lịch sử và Địa lí")


class ReportDraft(BaseModel):
    """A report in the making; schools by code."""

    kind: ActivityKind | None = None
    date: Date | None = None
    school: str | None = None
    school_candidates: tuple[str, ...] = ()
    school_typed: str = ""
    class_or_grade: str | None = None
    subject: str | None = None
    strengths: str | None = None
    difficulties: str | None = None
    advice: str | None = None
    encouragement: str | None = None
    exemplary: bool = False
    needs_support: bool = False
    urgent: bool = False
    files: tuple[int, ...] = ()
    origin: str = ""
    """What it is reported for ("assignment:12"); kept with the activity."""


@dataclass(frozen=True, slots=True)
class ReportContext:
    """What reading needs to know: the local time and the team's schools."""

    now: datetime
    schools: tuple[SchoolName, ...]

    def school_name(self, code: str | None) -> str | None:
        """The name of a school of the team."""
        return next((school.name for school in self.schools if school.code == code), None)


Reading = ReportDraft | Refusal


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
    trouble: Markup | None = None
    day = parsed.date
    if parsed.impossible_date is not None:
        trouble = texts.date_impossible(parsed.impossible_date)
    elif day is None:
        day = context.now.date()
    elif refusal := check_day(day, context):
        trouble, day = refusal.text, None
    notes = {name: getattr(parsed, name) for name in NOTE_LABELS}
    for name, note in notes.items():
        if note and (words := find_scoring(note)):
            trouble, notes[name] = texts.no_scoring(words), None
    if words := find_scoring(parsed.head):
        trouble = texts.no_scoring(words)
    sure = parsed.school_codes[0] if len(parsed.school_codes) == 1 else None
    draft = ReportDraft(
        kind=parsed.kind,
        date=day,
        school=sure,
        school_candidates=() if sure else parsed.school_codes,
        school_typed="" if sure or not parsed.school_codes else "trường trong tin",
        class_or_grade=parsed.class_or_grade,
        subject=parsed.subject,
        exemplary=parsed.exemplary,
        needs_support=parsed.needs_support,
        urgent=parsed.urgent,
        **notes,
    )
    return draft, trouble


def preview(draft: ReportDraft, context: ReportContext) -> Markup:
    """The card."""
    notes = [(label, getattr(draft, name)) for name, label in NOTE_LABELS.items() if getattr(draft, name)]
    return texts.card(
        kind=draft.kind,
        day=draft.date,
        school=context.school_name(draft.school),
        group=draft.class_or_grade,
        subject=draft.subject,
        notes=notes,
        pupils=tuple(name for _, text in notes for name in find_pupil_names(text)),
    )


def absorb(text: str, draft: ReportDraft, context: ReportContext) -> ReportDraft | None:
    """A correction typed at the preview: only what it names changes; None when it names nothing."""
    parsed = parse_report(text, now=context.now, schools=context.schools)
    fresh, trouble = draft_from(parsed, context)
    if trouble is not None:
        return None
    named: dict[str, object] = {
        name: getattr(fresh, name)
        for name in ("class_or_grade", "subject", *NOTE_LABELS)
        if getattr(fresh, name) is not None
    }
    if parsed.date is not None:
        named["date"] = parsed.date
    if parsed.school_codes:
        named |= {"school": fresh.school, "school_candidates": fresh.school_candidates}
    return draft.model_copy(update=named) if named else None


def _ask_kind(draft: ReportDraft, context: ReportContext) -> Question:
    del draft, context
    return Question(texts.ask_kind(), tuple(Option(name, kind) for kind, name in KIND_NAMES.items()))


def _read_kind(text: str, draft: ReportDraft, context: ReportContext) -> Reading:
    del context
    found = find_kind(Source.of(text))
    return draft.model_copy(update={"kind": found[0]}) if found else Refusal(texts.kind_unknown())


def _pick_kind(value: str, draft: ReportDraft, context: ReportContext) -> Reading:
    del context
    if value not in list(ActivityKind):
        return Refusal(texts.kind_unknown())
    return draft.model_copy(update={"kind": ActivityKind(value)})


def _ask_date(draft: ReportDraft, context: ReportContext) -> Question:
    del draft, context
    return Question(texts.ask_date(), (Option("Hôm nay", "hôm nay"), Option("Hôm qua", "hôm qua")))


def _read_date(text: str, draft: ReportDraft, context: ReportContext) -> Reading:
    try:
        found = find_date(text, now=context.now, prefer="past")
    except ImpossibleDate as error:
        return Refusal(texts.date_impossible(str(error.facts.get("text", ""))))
    if found is None:
        return Refusal(texts.date_unknown())
    return check_day(found.date, context) or draft.model_copy(update={"date": found.date})


def _ask_school(draft: ReportDraft, context: ReportContext) -> Question:
    options = tuple(Option(context.school_name(code) or code, code) for code in draft.school_candidates)
    return Question(texts.ask_school(len(options), draft.school_typed), options)


def _read_school(text: str, draft: ReportDraft, context: ReportContext) -> Reading:
    found = match_school(text, context.schools)
    if not found.best:
        return Refusal(texts.school_unknown(text[:80]))
    if len(found.best) == 1:
        return draft.model_copy(update={"school": found.best[0], "school_candidates": ()})
    return draft.model_copy(update={"school": None, "school_candidates": found.best, "school_typed": text[:60]})


def _pick_school(value: str, draft: ReportDraft, context: ReportContext) -> Reading:
    if context.school_name(value) is None:
        return Refusal(texts.school_unknown(value))
    return draft.model_copy(update={"school": value, "school_candidates": ()})


def _read_class(text: str, draft: ReportDraft, context: ReportContext) -> Reading:
    del context
    found = find_class(text)
    return draft.model_copy(update={"class_or_grade": found.value if found else text.strip()[:20] or None})


def _ask_subject(draft: ReportDraft, context: ReportContext) -> Question:
    del draft, context
    return Question(texts.ask_subject(), tuple(Option(name, name) for name in _COMMON_SUBJECTS))


def _read_subject(text: str, draft: ReportDraft, context: ReportContext) -> Reading:
    del context
    found = find_subject(text)
    return draft.model_copy(update={"subject": found.value if found else text.strip()[:60] or None})


def _note(name: str) -> Field[ReportDraft, ReportContext]:
    label = NOTE_LABELS[name]

    def read(text: str, draft: ReportDraft, context: ReportContext) -> Reading:
        del context
        if words := find_scoring(text):
            return Refusal(texts.no_scoring(words))
        if len(text) > LONGEST_NOTE:
            return Refusal(texts.text_too_long(LONGEST_NOTE))
        return draft.model_copy(update={name: text.strip() or None})

    return Field(
        name=name,
        label=label,
        ask=lambda draft, context: Question(texts.ask_note(label)),
        read=read,
        applies=lambda draft: (draft.kind is not None and draft.kind.is_observation) or bool(getattr(draft, name)),
        skip=_clearing(name),
    )


def _clearing(name: str) -> Callable[[ReportDraft], ReportDraft]:
    return lambda draft: draft.model_copy(update={name: None})


def _school_missing(draft: ReportDraft) -> bool:
    needed = draft.kind is not None and draft.kind.needs_school
    return draft.school is None and (needed or bool(draft.school_candidates))


def _kind_missing(draft: ReportDraft) -> bool:
    return draft.kind is None


FIELDS: tuple[Field[ReportDraft, ReportContext], ...] = (
    Field("kind", "Loại hoạt động", _ask_kind, _read_kind, _pick_kind, missing=_kind_missing, optional=False),
    Field("date", "Ngày", _ask_date, _read_date, missing=lambda draft: draft.date is None, optional=False),
    Field("school", "Trường", _ask_school, _read_school, _pick_school, missing=_school_missing, optional=False),
    Field(
        "class_or_grade",
        "Lớp",
        lambda draft, context: Question(texts.ask_class()),
        _read_class,
        skip=_clearing("class_or_grade"),
    ),
    Field("subject", "Môn", _ask_subject, _read_subject, skip=_clearing("subject")),
    *(_note(name) for name in NOTE_LABELS),
)

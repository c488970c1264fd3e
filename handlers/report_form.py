"""The report as a form: how each field is asked and read, and the card."""

from __future__ import annotations

from bot.domain.advice_guard import find_pupil_names, find_scoring
from bot.domain.dates import ImpossibleDate, find_date
from bot.domain.phrases import Source
from bot.domain.report_kinds import find_kind
from bot.domain.rich_text import Markup
from bot.domain.school_matching import match_school
from bot.domain.subjects import find_class, find_subject
from bot.domain.vocabulary import ActivityKind
from bot.texts import forms as form_texts
from bot.texts import reporting as texts
from bot.texts.vocabulary import KIND_NAMES, NOTE_NAMES
from handlers.forms.form import Field, Option, Question, Refusal
from handlers.report_draft import LONGEST_NOTE, ReportContext, ReportDraft, check_day, clearing
from handlers.report_extras import EXTRAS, TOPIC, has_class

_COMMON_SUBJECTS = ("Toán", "Tiếng Việt", "Tiếng Anh", "Khoa học", "Đạo đức", "Lịch sử và Địa lí")

Reading = ReportDraft | Refusal


def preview(draft: ReportDraft, context: ReportContext) -> Markup:
    """The card."""
    notes = [(label, getattr(draft, name)) for name, label in NOTE_NAMES.items() if getattr(draft, name)]
    return texts.card(
        kind=draft.kind,
        day=draft.date,
        school=context.school_name_on(draft.school, draft.date),
        group=draft.class_or_grade,
        subject=draft.subject,
        topic=draft.topic,
        notes=notes,
        marks=(draft.exemplary, draft.needs_support, draft.urgent),
        follow_up_on=draft.follow_up_on,
        companions=[context.member_name(each) for each in draft.companions],
        files=len(draft.files),
        pupils=tuple(name for _, text in notes for name in find_pupil_names(text)),
        own_twin=draft.own_twin,
        is_correction=draft.corrects is not None,
    )


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
    label = NOTE_NAMES[name]

    def read(text: str, draft: ReportDraft, context: ReportContext) -> Reading:
        del context
        if words := find_scoring(text):
            return Refusal(texts.no_scoring(words))
        if len(text) > LONGEST_NOTE:
            return Refusal(form_texts.too_long(LONGEST_NOTE))
        return draft.model_copy(update={name: text.strip() or None})

    return Field(
        name=name,
        label=label,
        ask=lambda draft, context: Question(texts.ask_note(label)),
        read=read,
        applies=lambda draft: (draft.kind is not None and draft.kind.is_observation) or bool(getattr(draft, name)),
        skip=clearing(name),
    )


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
        skip=clearing("class_or_grade"),
        asked=has_class,
    ),
    Field("subject", "Môn", _ask_subject, _read_subject, skip=clearing("subject"), asked=has_class),
    TOPIC,
    *(_note(name) for name in NOTE_NAMES),
    *EXTRAS,
)

"""The fields of a meeting: how each is asked and read."""

from __future__ import annotations

from datetime import datetime, time

from bot.domain.calendar import is_holiday
from bot.domain.dates import FoundMoment, ImpossibleDate, find_date, find_time
from bot.domain.meeting_parser import read_slots, split_agenda
from bot.domain.meetings import MeetingKind
from bot.domain.phrases import PhraseList, Source
from bot.domain.school_matching import match_school
from bot.texts import forms as form_texts
from bot.texts import meeting_form as texts
from handlers.forms.form import Field, Option, Question, Refusal
from handlers.meeting_draft import (
    LONGEST_LINE,
    MeetingContext,
    MeetingDraft,
    Reading,
    check_moment,
    check_slots,
    named_place,
    on_day,
    with_slots,
)

_TOPICAL = PhraseList(("chuyên đề", "sinh hoạt chuyên môn"))
_GENERAL = PhraseList(("chung", "toàn tổ", "định kỳ", "định kì"))
_LONGEST_AGENDA = 3000


def _ask_kind(draft: MeetingDraft, context: MeetingContext) -> Question:
    del draft, context
    return Question(
        texts.ask_kind(), (Option("Họp chung", MeetingKind.GENERAL), Option("Chuyên đề", MeetingKind.TOPICAL))
    )


def _read_kind(text: str, draft: MeetingDraft, context: MeetingContext) -> Reading:
    del context
    source = Source.of(text)
    if text in list(MeetingKind):
        return draft.model_copy(update={"kind": MeetingKind(text)})
    if _TOPICAL.find_first(source):
        return draft.model_copy(update={"kind": MeetingKind.TOPICAL})
    if _GENERAL.find_first(source):
        return draft.model_copy(update={"kind": MeetingKind.GENERAL, "title": ""})
    return Refusal(texts.kind_unknown())


def _read_title(text: str, draft: MeetingDraft, context: MeetingContext) -> Reading:
    del context
    title = " ".join(text.split())
    if not title or len(title) > LONGEST_LINE:
        return Refusal(form_texts.too_long(LONGEST_LINE) if title else texts.ask_title())
    named = title if _TOPICAL.find_first(Source.of(title)) else f"Chuyên đề {title}"
    return draft.model_copy(update={"title": named})


def _ask_school(draft: MeetingDraft, context: MeetingContext) -> Question:
    options = tuple(Option(context.school_name(code) or code, code) for code in draft.school_candidates)
    return Question(texts.ask_school(len(options)), options)


def _read_school(text: str, draft: MeetingDraft, context: MeetingContext) -> Reading:
    if context.school_name(text) is not None:
        return draft.model_copy(update={"school": text, "school_candidates": ()})
    found = match_school(text, context.schools)
    if len(found.best) == 1:
        return draft.model_copy(update={"school": found.best[0], "school_candidates": ()})
    if found.best:
        return draft.model_copy(update={"school": None, "school_candidates": found.best})
    return Refusal(texts.ask_school(0))


def _read_board(text: str, draft: MeetingDraft, context: MeetingContext) -> Reading:
    del context
    board = " ".join(text.split())
    if len(board) > LONGEST_LINE:
        return Refusal(form_texts.too_long(LONGEST_LINE))
    return draft.model_copy(update={"board": board})


def _ask_when(draft: MeetingDraft, context: MeetingContext) -> Question:
    del context
    hours = (Option("8 giờ", "8h"), Option("14 giờ", "14h")) if draft.day else ()
    return Question(texts.ask_when(draft.day), hours)


def _read_when(text: str, draft: MeetingDraft, context: MeetingContext) -> Reading:
    try:
        found = read_slots(text, now=context.now)
    except ImpossibleDate as error:
        return Refusal(texts.impossible_day(str(error.facts.get("text", ""))))
    if not found:
        return Refusal(texts.when_unknown())
    if len(found) == 1:
        return _one_moment(text, found[0], draft, context)
    for each in found:
        if each.time is None:
            return Refusal(texts.hour_missing(each.date))
    slots = check_slots([each.moment for each in found], draft, context)
    return slots if isinstance(slots, Refusal) else with_slots(draft, slots)


def _one_moment(text: str, found: FoundMoment, draft: MeetingDraft, context: MeetingContext) -> Reading:
    at: datetime = found.moment
    clock = find_time(text)
    if found.time is None:
        if found.date < context.now.date():
            return Refusal(texts.in_the_past(at))
        return on_day(draft, found.date)
    if draft.day is not None and clock and find_date(text, now=context.now, prefer="future") is None:
        at = datetime.combine(draft.day, time(clock.time.hour, clock.time.minute), tzinfo=context.now.tzinfo)
    if refusal := check_moment(at, draft, context):
        return refusal
    return with_slots(draft, (at,))


def _holidays(draft: MeetingDraft) -> list[datetime]:
    return [slot for slot in draft.slots if is_holiday(slot.date())]


def _ask_holiday(draft: MeetingDraft, context: MeetingContext) -> Question:
    at = (_holidays(draft) or [context.now])[0].astimezone(context.now.tzinfo)
    return Question(texts.ask_holiday(at), (Option("Vẫn họp", "yes"), Option("Chọn ngày khác", "no")))


def _read_holiday(text: str, draft: MeetingDraft, context: MeetingContext) -> Reading:
    if text == "no":
        return draft.model_copy(update={"slots": (), "day": None})
    if text == "yes":
        return draft.model_copy(update={"holiday_meant": True})
    return _read_when(text, draft, context)


def _read_place(text: str, draft: MeetingDraft, context: MeetingContext) -> Reading:
    place = " ".join(text.split())
    if not place or len(place) > LONGEST_LINE:
        return Refusal(texts.place_too_long())
    return draft.model_copy(update={"place": named_place(place, context)})


def _read_agenda(text: str, draft: MeetingDraft, context: MeetingContext) -> Reading:
    del context
    if len(text) > _LONGEST_AGENDA:
        return Refusal(form_texts.too_long(_LONGEST_AGENDA))
    return draft.model_copy(update={"agenda": split_agenda(text)})


def _is_topical(draft: MeetingDraft) -> bool:
    return draft.kind is MeetingKind.TOPICAL


FIELDS: tuple[Field[MeetingDraft, MeetingContext], ...] = (
    Field("kind", "Loại họp", _ask_kind, _read_kind, missing=lambda draft: draft.kind is None, optional=False),
    Field(
        "title",
        "Tên chuyên đề",
        lambda draft, context: Question(texts.ask_title()),
        _read_title,
        missing=lambda draft: not draft.title,
        applies=_is_topical,
        optional=False,
    ),
    Field(
        "school",
        "Trường phối hợp",
        _ask_school,
        _read_school,
        missing=lambda draft: bool(draft.school_candidates),
        applies=_is_topical,
        skip=lambda draft: draft.model_copy(update={"school": None, "school_candidates": ()}),
    ),
    Field(
        "board",
        "Phía trường dự",
        lambda draft, context: Question(texts.ask_board()),
        _read_board,
        applies=lambda draft: _is_topical(draft) and draft.school is not None,
        skip=lambda draft: draft.model_copy(update={"board": ""}),
    ),
    Field("when", "Giờ họp", _ask_when, _read_when, missing=lambda draft: not draft.slots, optional=False),
    Field(
        "holiday",
        "Ngày lễ",
        _ask_holiday,
        _read_holiday,
        missing=lambda draft: not draft.holiday_meant,
        applies=lambda draft: bool(_holidays(draft)),
        optional=False,
        correctable=False,
    ),
    Field(
        "place",
        "Nơi họp",
        lambda draft, context: Question(texts.ask_place()),
        _read_place,
        missing=lambda draft: not draft.place,
        optional=False,
    ),
    Field(
        "agenda",
        "Nội dung",
        lambda draft, context: Question(texts.ask_agenda()),
        _read_agenda,
        skip=lambda draft: draft.model_copy(update={"agenda": ()}),
    ),
)

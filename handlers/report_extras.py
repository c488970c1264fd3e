"""What a report may hold besides: topic, companions, when to look again, marks, and whose activity it is already."""

from __future__ import annotations

from bot.domain.advice_guard import find_scoring
from bot.domain.companions import read_companions
from bot.domain.follow_ups import is_none_wanted, read_follow_up
from bot.domain.member_matching import match_member
from bot.domain.rich_text import Markup
from bot.domain.text import fold
from bot.domain.vocabulary import ActivityKind
from bot.texts import reporting as texts
from handlers.forms.form import Field, Option, Question, Refusal
from handlers.report_draft import ReportContext, ReportDraft, Unsure, clearing

_LONGEST_TOPIC = 300
_HAS_CLASS = {ActivityKind.EXAM_SETTING, ActivityKind.EXAM_MARKING}
Reading = ReportDraft | Refusal


def _ask_topic(draft: ReportDraft, context: ReportContext) -> Question:
    del context
    return Question(texts.ask_topic(draft.kind))


def _read_topic(text: str, draft: ReportDraft, context: ReportContext) -> Reading:
    del context
    if words := find_scoring(text):
        return Refusal(texts.no_scoring(words))
    return draft.model_copy(update={"topic": " ".join(text.split())[:_LONGEST_TOPIC] or None})


def _ask_companions(draft: ReportDraft, context: ReportContext) -> Question:
    return Question(texts.ask_companions([context.member_name(each) for each in draft.companions]))


def _read_companions(text: str, draft: ReportDraft, context: ReportContext) -> Reading:
    found = read_companions(text, context.members)
    if found.unknown or not found.found:
        return Refusal(texts.companion_unknown(found.unknown or (text[:60],)))
    sure = tuple(each.sure for each in found.found if each.sure is not None)
    unsure = tuple(Unsure(typed=each.typed, members=each.best) for each in found.found if each.sure is None)
    return draft.model_copy(update={"companions": sure, "unsure_companions": unsure})


def _ask_which(draft: ReportDraft, context: ReportContext) -> Question:
    first = draft.unsure_companions[0]
    return Question(
        texts.ask_which_companion(first.typed),
        tuple(Option(context.member_name(each), str(each)) for each in first.members),
    )


def _read_which(text: str, draft: ReportDraft, context: ReportContext) -> Reading:
    offered = [each for each in context.members if each.id in draft.unsure_companions[0].members]
    found = match_member(text, offered).sure or match_member(text, context.members).sure
    return _settle_companion(draft, found) if found is not None else Refusal(texts.companion_unknown((text[:60],)))


def _pick_which(value: str, draft: ReportDraft, context: ReportContext) -> Reading:
    if not value.isdecimal() or not context.member_name(int(value)):
        return Refusal(texts.companion_unknown((value[:60],)))
    return _settle_companion(draft, int(value))


def _settle_companion(draft: ReportDraft, member_id: int | None) -> ReportDraft:
    chosen = (*draft.companions, member_id) if member_id is not None else draft.companions
    return draft.model_copy(
        update={"companions": tuple(dict.fromkeys(chosen)), "unsure_companions": draft.unsure_companions[1:]}
    )


def _ask_follow_up(draft: ReportDraft, context: ReportContext) -> Question:
    del draft, context
    return Question(texts.ask_follow_up(), tuple(Option(words, words) for words in ("Tuần sau", "Tháng sau")))


def _read_follow_up(text: str, draft: ReportDraft, context: ReportContext) -> Reading:
    if is_none_wanted(text):
        return draft.model_copy(update={"follow_up_on": None})
    day = read_follow_up(text, now=context.now)
    return draft.model_copy(update={"follow_up_on": day}) if day else Refusal(texts.follow_up_unknown())


def _ask_twin(draft: ReportDraft, context: ReportContext) -> Question:
    del context
    options = (Option("Cùng tham gia", "join"), Option("Hoạt động khác", "other"))
    return Question(texts.ask_twin(draft.twin_reporter, draft.twin_number), options)


def _pick_twin(value: str, draft: ReportDraft, context: ReportContext) -> Reading:
    del context
    if draft.twin is None or value not in {"join", "other"}:
        return Refusal(Markup(""))
    if value == "join":
        return draft.model_copy(update={"joins": True})
    return draft.model_copy(update={"twin": None, "other_than": (*draft.other_than, draft.twin)})


def _said_of_twin(text: str) -> str:
    words = fold(text)
    if words in {"co", "dung", "dung roi", "cung", "cung tham gia", "vang"}:
        return "join"
    return "other" if words in {"khong", "khac", "khong phai", "hoat dong khac"} else text


def _mark(name: str, label: str) -> Field[ReportDraft, ReportContext]:
    return Field(
        name=name,
        label=label,
        ask=lambda draft, context: Question(Markup("")),
        read=lambda text, draft, context: draft,
        toggle=lambda draft: draft.model_copy(update={name: not getattr(draft, name)}),
        is_on=lambda draft: bool(getattr(draft, name)),
    )


def has_class(draft: ReportDraft) -> bool:
    """Whether it is about a class and a subject; as long as nobody has said otherwise, it is."""
    return draft.kind is None or draft.kind.is_observation or draft.kind in _HAS_CLASS


def _has_topic(draft: ReportDraft) -> bool:
    return not has_class(draft)


TOPIC: Field[ReportDraft, ReportContext] = Field(
    "topic",
    "Chủ đề, nội dung",
    _ask_topic,
    _read_topic,
    applies=lambda draft: _has_topic(draft) or draft.topic is not None,
    skip=clearing("topic"),
)
EXTRAS: tuple[Field[ReportDraft, ReportContext], ...] = (
    Field(
        "which_companion",
        "Người cùng tham gia",
        _ask_which,
        _read_which,
        _pick_which,
        missing=lambda draft: bool(draft.unsure_companions),
        applies=lambda draft: bool(draft.unsure_companions),
        skip=lambda draft: _settle_companion(draft, None),
        correctable=False,
    ),
    Field(
        "companions",
        "Người cùng tham gia",
        _ask_companions,
        _read_companions,
        skip=lambda draft: draft.model_copy(update={"companions": ()}),
        asked=lambda draft: False,
    ),
    Field(
        "follow_up_on",
        "Hẹn xem lại",
        _ask_follow_up,
        _read_follow_up,
        skip=clearing("follow_up_on"),
        asked=lambda draft: False,
    ),
    _mark("exemplary", "Điển hình"),
    _mark("needs_support", "Cần hỗ trợ"),
    _mark("urgent", "Báo gấp"),
    Field(
        "twin",
        "Hoạt động chung",
        _ask_twin,
        lambda text, draft, context: _pick_twin(_said_of_twin(text), draft, context),
        _pick_twin,
        missing=lambda draft: draft.twin is not None and not draft.joins,
        applies=lambda draft: draft.twin is not None,
        optional=False,
        correctable=False,
    ),
)

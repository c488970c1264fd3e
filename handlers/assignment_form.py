"""Work that is being given out, as a form: how each field is asked and read."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.assignment_parser import parse_assignment, read_recurrence
from bot.domain.assignments import OTHER_WORK
from bot.domain.choosing import Candidate, Chosen, by_load, choose, troubles
from bot.domain.phrases import Source
from bot.domain.recurrence import Recurrence
from bot.domain.report_kinds import find_kind
from bot.domain.rich_text import Markup
from bot.domain.school_matching import match_school
from bot.domain.text import fold
from bot.domain.vocabulary import Role
from bot.texts import assignment_form as texts
from bot.texts.assignments import REPEATS, kind_name
from bot.texts.lists import turns
from bot.texts.vocabulary import ROLE_NAMES
from handlers.assignment_draft import (
    LONGEST_TITLE,
    AssignmentContext,
    AssignmentDraft,
    Unclear,
    draft_from,
    least_lines,
    load_line,
    read_moment,
    with_people,
)
from handlers.forms.form import Field, Option, Question, Refusal

_LEAST = "Ít việc nhất"
_LOADS_A_PAGE = 10
_NAMED = ("school", "class_or_grade", "subject")
_NEW = ("school_candidates", "starts_at", "due_at", "who", "unclear", "confidential", "recurrence")


Reading = AssignmentDraft | Refusal


def preview(draft: AssignmentDraft, context: AssignmentContext) -> Markup:
    """The card."""
    found = troubles(draft.who, context.people, context.occasion(draft))
    zone = context.now.tzinfo
    place = ", ".join(each for each in (context.school_name(draft.school), draft.place) if each)
    return texts.card(
        kind=draft.kind,
        title=draft.title,
        place=place,
        starts_at=draft.starts_at.astimezone(zone) if draft.starts_at else None,
        all_day=draft.all_day,
        due_at=draft.due_at.astimezone(zone) if draft.due_at else None,
        names=[context.name(each) for each in draft.who],
        away=[context.name(each) for each in found.away],
        not_joined=[context.name(each) for each in found.not_joined],
        unreachable=[context.name(each) for each in found.unreachable],
        clashing=[f"{context.name(each)} ({texts.busy_with(what)})" for each, what in found.clashing],
        confidential=draft.is_confidential,
        send_at=draft.send_at.astimezone(zone) if draft.send_at else None,
        recurrence=draft.recurrence,
        files=len(draft.files),
    )


def keeps(draft: AssignmentDraft, context: AssignmentContext) -> Markup:
    """What is confidential does not stay on the card."""
    return texts.confidential_card() if draft.is_confidential else preview(draft, context)


def absorb(text: str, draft: AssignmentDraft, context: AssignmentContext) -> AssignmentDraft | None:
    """A correction typed at the preview: "hạn 2/12", "gửi lúc 7h sáng mai", "lặp lại hằng tuần", "thêm cô Mai"."""
    words = fold(text)
    if words.startswith(("gui luc", "gui vao", "hen gio", "lap lai")) or read_recurrence(text):
        read = _read_send(text, draft, context)
        return None if isinstance(read, Refusal) else read
    if words.startswith(("them ", "bo ")):
        chosen = choose(text.split(None, 1)[1], context.people, context.occasion(draft))
        if not chosen.ids or chosen.unknown or chosen.unclear:
            return None
        kept = [each for each in draft.who if each not in chosen.ids]
        return draft.model_copy(update={"who": (*kept, *(chosen.ids if words.startswith("them ") else ()))})
    parsed = parse_assignment(text, now=context.now, schools=context.schools)
    fresh, trouble = draft_from(parsed, context)
    if trouble is not None:
        return None
    named: dict[str, object] = {}
    if fresh.due_at is not None:
        named["due_at"] = fresh.due_at
    if fresh.starts_at is not None:
        named |= {"starts_at": fresh.starts_at, "all_day": fresh.all_day}
    if fresh.school is not None:
        named["school"] = fresh.school
    return draft.model_copy(update=named) if named else None


def _ask_kind(draft: AssignmentDraft, context: AssignmentContext) -> Question:
    del draft
    return Question(texts.ask_kind(), tuple(Option(kind_name(kind), kind) for kind in context.kinds))


def _read_kind(text: str, draft: AssignmentDraft, context: AssignmentContext) -> Reading:
    """A kind by name, with whatever else is said; several words that name none are the work, which is other work."""
    found = find_kind(Source.of(text))
    is_the_work = found is None and not draft.title and len(text.split()) > 1
    kind = str(found[0]) if found else OTHER_WORK if is_the_work else None
    if kind not in context.kinds:
        return Refusal(texts.kind_unknown())
    named = draft.model_copy(update={"kind": kind})
    return named if draft.title else _read_title(text, named, context)


def _pick_kind(value: str, draft: AssignmentDraft, context: AssignmentContext) -> Reading:
    if value not in context.kinds:
        return Refusal(texts.kind_unknown())
    return draft.model_copy(update={"kind": value})


def _read_title(text: str, draft: AssignmentDraft, context: AssignmentContext) -> Reading:
    """What it is; class, subject and school that it names are taken, and what nobody has said yet: times, people."""
    title = " ".join(text.split())
    if not title or len(title) > LONGEST_TITLE:
        return Refusal(texts.title_missing())
    parsed = parse_assignment(title, now=context.now, schools=context.schools)
    if parsed.who and choose(parsed.who, context.people, context.occasion(draft)).unknown:
        parsed = replace(parsed, who="", title=title)  # "cho trang web" is for nobody
    fresh, _ = draft_from(parsed, context)
    named = {name: value for name in _NAMED if (value := getattr(fresh, name))}
    new = {name: value for name in _NEW if (value := getattr(fresh, name)) and not getattr(draft, name)}
    if "starts_at" in new:
        new["all_day"] = fresh.all_day
    if named.get("school") or draft.school:
        new.pop("school_candidates", None)
    return draft.model_copy(update={"title": fresh.title or title, **named, **new})


def _ask_place(draft: AssignmentDraft, context: AssignmentContext) -> Question:
    options = tuple(Option(context.school_name(code) or code, code) for code in draft.school_candidates)
    return Question(texts.ask_place(len(options)), options)


def _read_place(text: str, draft: AssignmentDraft, context: AssignmentContext) -> Reading:
    found = match_school(text, context.schools)
    if len(found.best) == 1:
        return draft.model_copy(update={"school": found.best[0], "school_candidates": (), "place": None})
    if found.best:
        return draft.model_copy(update={"school": None, "school_candidates": found.best})
    return draft.model_copy(update={"school": None, "school_candidates": (), "place": text.strip()[:200]})


def _pick_place(value: str, draft: AssignmentDraft, context: AssignmentContext) -> Reading:
    if context.school_name(value) is None:
        return Refusal(texts.ask_place(0))
    return draft.model_copy(update={"school": value, "school_candidates": ()})


def _read_start(text: str, draft: AssignmentDraft, context: AssignmentContext) -> Reading:
    found = read_moment(text, context.now)
    if isinstance(found, Refusal):
        return found
    return draft.model_copy(update={"starts_at": found.moment, "all_day": found.time is None})


def _read_due(text: str, draft: AssignmentDraft, context: AssignmentContext) -> Reading:
    found = read_moment(text, context.now)
    if isinstance(found, Refusal):
        return found
    if draft.starts_at is not None and not draft.all_day and found.moment < draft.starts_at:
        return Refusal(texts.due_before_start())
    return draft.model_copy(update={"due_at": found.moment})


def _ask_who(draft: AssignmentDraft, context: AssignmentContext) -> Question:
    if draft.unclear:
        first = draft.unclear[0]
        options = tuple(Option(context.name(each), f"id:{each}") for each in first.ids)
        return Question(texts.ask_which(first.typed), options)
    if draft.loads_from is not None:
        return _ask_by_load(draft.loads_from, draft, context)
    areas = sorted({each.area for each in context.people if each.area})
    roles = {each.role for each in context.people}
    names = ["Tất cả", _LEAST, *(["Phụ trách trường"] if draft.school else [])]
    names += [ROLE_NAMES[role].capitalize() for role in (Role.DEPUTY, Role.SECRETARY, Role.MEMBER) if role in roles]
    options = tuple(Option(name, name) for name in [*names, *areas[:6]])
    return Question(texts.ask_who(least_lines(context, draft)), options)


def _offered_by_load(draft: AssignmentDraft, context: AssignmentContext) -> list[Candidate]:
    """Everybody, once the list by load is asked for."""
    return by_load(context.people, context.occasion(draft)) if draft.loads_from is not None else []


def _ask_by_load(start: int, draft: AssignmentDraft, context: AssignmentContext) -> Question:
    """A page of everybody, each with their load this year and what speaks against them."""
    people, occasion = _offered_by_load(draft, context), context.occasion(draft)
    options = [Option(load_line(each, occasion), f"id:{each.id}") for each in people[start : start + _LOADS_A_PAGE]]
    options += [Option(label, f"loads:{to}") for label, to in turns(start, len(people), step=_LOADS_A_PAGE)]
    return Question(texts.ask_by_load(len(people)), (*options, Option("Chọn cách khác", "otherwise")))


def _read_who(text: str, draft: AssignmentDraft, context: AssignmentContext) -> Reading:
    if draft.unclear:
        first, *rest = draft.unclear
        among = [each for each in context.people if each.id in first.ids]
        chosen = choose(text, among, context.occasion(draft))
        if len(chosen.ids) == 1:
            return _settled(draft, chosen.ids[0], rest)
    if draft.loads_from is None and fold(text) == fold(_LEAST):
        return draft.model_copy(update={"loads_from": 0})
    chosen = choose(text, context.people, context.occasion(draft))
    if chosen.unknown:
        return Refusal(texts.nobody_found(chosen.unknown))
    if not chosen.ids and not chosen.unclear:
        return Refusal(texts.who_missing())
    return with_people(draft, chosen)


def _pick_who(value: str, draft: AssignmentDraft, context: AssignmentContext) -> Reading:
    verb, _, number = value.partition(":")
    if draft.loads_from is not None and verb in ("loads", "otherwise"):
        return draft.model_copy(
            update={"loads_from": int(number)} if verb == "loads" else {"loads_from": None, "who": ()}
        )
    if verb != "id":
        return _read_who(value, draft, context)
    if draft.unclear and number in map(str, draft.unclear[0].ids):
        return _settled(draft, int(number), list(draft.unclear[1:]))
    if not draft.unclear and number in (str(each.id) for each in _offered_by_load(draft, context)):
        return with_people(draft, Chosen((int(number),)))
    return Refusal(texts.who_missing())


def _settled(draft: AssignmentDraft, member_id: int, rest: list[Unclear]) -> AssignmentDraft:
    who = draft.who if member_id in draft.who else (*draft.who, member_id)
    return draft.model_copy(update={"who": who, "unclear": tuple(rest)})


def _read_confidential(text: str, draft: AssignmentDraft, context: AssignmentContext) -> Reading:
    del context
    words = fold(text)
    if words in {"mat", "co", "bao mat"}:
        return draft.model_copy(update={"confidential": True})
    if words in {"khong", "thuong", "khong mat"}:
        return draft.model_copy(update={"confidential": False})
    return Refusal(texts.ask_confidential())


def _ask_send(draft: AssignmentDraft, context: AssignmentContext) -> Question:
    del draft, context
    options = [Option("Gửi ngay", "ngay"), Option("7h sáng mai", "7h sáng mai")]
    options += [Option(REPEATS[each].capitalize(), f"repeat:{each}") for each in Recurrence if each]
    return Question(texts.ask_send(), tuple(options))


def _read_send(text: str, draft: AssignmentDraft, context: AssignmentContext) -> Reading:
    if fold(text) in {"ngay", "gui ngay", "bay gio"}:
        return draft.model_copy(update={"send_at": None, "recurrence": Recurrence.ONCE})
    recurrence = read_recurrence(text)
    found = read_moment(text, context.now)
    if isinstance(found, Refusal):
        return draft.model_copy(update={"recurrence": recurrence}) if recurrence else found
    return draft.model_copy(update={"send_at": found.moment, "recurrence": recurrence})


def _pick_send(value: str, draft: AssignmentDraft, context: AssignmentContext) -> Reading:
    verb, _, name = value.partition(":")
    if verb == "repeat" and name in list(Recurrence):
        return draft.model_copy(update={"recurrence": Recurrence(name)})
    return _read_send(value, draft, context)


def _no_time(draft: AssignmentDraft) -> bool:
    return draft.starts_at is None and draft.due_at is None


FIELDS: tuple[Field[AssignmentDraft, AssignmentContext], ...] = (
    Field("kind", "Loại việc", _ask_kind, _read_kind, _pick_kind, missing=lambda d: d.kind is None, optional=False),
    Field(
        "title",
        "Việc cụ thể",
        lambda draft, context: Question(texts.ask_title()),
        _read_title,
        missing=lambda draft: not draft.title,
        optional=False,
    ),
    Field(
        "place",
        "Nơi",
        _ask_place,
        _read_place,
        _pick_place,
        missing=lambda draft: bool(draft.school_candidates),
        asked=lambda draft: not (draft.school or draft.place),
    ),
    Field(
        "start",
        "Bắt đầu",
        lambda draft, context: Question(texts.ask_start()),
        _read_start,
        asked=lambda draft: draft.starts_at is None,
    ),
    Field(
        "due",
        "Hạn",
        lambda draft, context: Question(texts.ask_due()),
        _read_due,
        missing=_no_time,
        asked=lambda draft: draft.due_at is None,
    ),
    Field(
        "who",
        "Người nhận",
        _ask_who,
        _read_who,
        _pick_who,
        missing=lambda draft: not draft.who or bool(draft.unclear) or draft.loads_from is not None,
        optional=False,
    ),
    Field(
        "confidential",
        "Bảo mật",
        lambda draft, context: Question(texts.ask_confidential(), (Option("Mật", "mật"), Option("Không", "không"))),
        _read_confidential,
    ),
    Field("send", "Lúc gửi", _ask_send, _read_send, _pick_send),
)

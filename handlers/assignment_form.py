"""Work that is being given out, as a form: what it holds, how each field is asked and read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from pydantic import BaseModel

from bot.domain.assignment_parser import ParsedAssignment, parse_assignment, read_recurrence
from bot.domain.assignments import CONFIDENTIAL_BY_DEFAULT, OTHER_WORK, WORK_KINDS
from bot.domain.choosing import Candidate, Chosen, Occasion, by_load, choose, troubles
from bot.domain.dates import FoundMoment, ImpossibleDate, find_moment
from bot.domain.phrases import Source
from bot.domain.recurrence import Recurrence
from bot.domain.report_kinds import find_kind
from bot.domain.rich_text import Markup
from bot.domain.school_matching import SchoolName, match_school
from bot.domain.text import fold
from bot.domain.vocabulary import Role
from bot.texts import assignment_form as texts
from bot.texts.assignments import REPEATS, kind_name
from bot.texts.vocabulary import ROLE_NAMES
from handlers.forms.form import Field, Option, Question, Refusal

LONGEST_TITLE = 500
_LEAST = "Ít việc nhất"
_LEAST_SHOWN = 3
_LOADS_A_PAGE = 10
_NAMED = ("school", "class_or_grade", "subject")
_NEW = ("school_candidates", "starts_at", "due_at", "who", "unclear", "confidential", "recurrence")


class Unclear(BaseModel):
    """A typed name and the members it fits."""

    typed: str
    ids: tuple[int, ...]


class AssignmentDraft(BaseModel):
    """Work in the making; schools by code, members by id, times aware."""

    kind: str | None = None
    title: str | None = None
    school: str | None = None
    school_candidates: tuple[str, ...] = ()
    place: str | None = None
    class_or_grade: str | None = None
    subject: str | None = None
    starts_at: datetime | None = None
    all_day: bool = False
    due_at: datetime | None = None
    who: tuple[int, ...] = ()
    unclear: tuple[Unclear, ...] = ()
    loads_from: int | None = None
    """From which place on everybody with their load is offered, while that is asked."""
    confidential: bool | None = None
    send_at: datetime | None = None
    recurrence: Recurrence = Recurrence.ONCE
    files: tuple[int, ...] = ()
    request_id: int | None = None
    proposal_id: int | None = None
    """The proposal it comes of."""

    @property
    def is_confidential(self) -> bool:
        """As said; otherwise by its kind."""
        return self.kind in CONFIDENTIAL_BY_DEFAULT if self.confidential is None else self.confidential


@dataclass(frozen=True, slots=True)
class AssignmentContext:
    """What reading needs to know: the local time, the schools, the people, and what may be given out."""

    now: datetime
    schools: tuple[SchoolName, ...]
    people: tuple[Candidate, ...]
    giver: int | None = None
    kinds: tuple[str, ...] = WORK_KINDS

    def school_name(self, code: str | None) -> str | None:
        """The name of a school of the team."""
        return next((school.name for school in self.schools if school.code == code), None)

    def name(self, member_id: int) -> str:
        """A member's name; empty for those who are gone."""
        return next((each.name for each in self.people if each.id == member_id), "")

    def occasion(self, draft: AssignmentDraft) -> Occasion:
        """The work as choosing people sees it."""
        starts_at = draft.starts_at.astimezone(self.now.tzinfo) if draft.starts_at else None
        return Occasion(self.now, starts_at, draft.all_day, draft.school, self.schools, self.giver)


Reading = AssignmentDraft | Refusal


def read_moment(text: str, now: datetime) -> FoundMoment | Refusal:
    """A moment that lies ahead, or why it cannot be taken."""
    try:
        found = find_moment(text, now=now)
    except ImpossibleDate as error:
        return Refusal(texts.time_impossible(str(error.facts.get("text", ""))))
    if found is None:
        return Refusal(texts.time_unknown())
    return Refusal(texts.time_past(found.moment)) if is_over(found.moment, now) else found


def is_over(moment: datetime, now: datetime) -> bool:
    """Whether a moment has passed; work of today may be given out until the day ends at 17:00."""
    return moment <= now


def draft_from(
    parsed: ParsedAssignment, context: AssignmentContext, *, default_who: str = ""
) -> tuple[AssignmentDraft, Markup | None]:
    """The draft of a parsed message, and what must be said about what could not be taken."""
    trouble = texts.time_impossible(parsed.impossible_date) if parsed.impossible_date else None
    starts_at, due_at = parsed.starts_at, parsed.due_at
    if starts_at is not None and is_over(starts_at, context.now):
        trouble, starts_at = texts.time_past(starts_at), None
    if due_at is not None and is_over(due_at, context.now):
        trouble, due_at = texts.time_past(due_at), None
    if starts_at is not None and due_at is not None and due_at < starts_at and not parsed.all_day:
        trouble, due_at = texts.due_before_start(), None
    sure = parsed.school_codes[0] if len(parsed.school_codes) == 1 else None
    draft = AssignmentDraft(
        kind=parsed.kind or (OTHER_WORK if parsed.title else None),
        title=parsed.title[:LONGEST_TITLE] or None,
        school=sure,
        school_candidates=() if sure else parsed.school_codes,
        class_or_grade=parsed.class_or_grade,
        subject=parsed.subject,
        starts_at=starts_at,
        all_day=parsed.all_day,
        due_at=due_at,
        confidential=True if parsed.confidential else None,
        recurrence=parsed.recurrence,
    )
    who = parsed.who or default_who
    if who:
        chosen = choose(who, context.people, context.occasion(draft))
        draft = with_people(draft, chosen)
        trouble = texts.nobody_found(chosen.unknown) if chosen.unknown else trouble
    return draft, trouble


def with_people(draft: AssignmentDraft, chosen: Chosen) -> AssignmentDraft:
    """The draft for exactly these people; names that fit several are still to be asked."""
    unclear = tuple(Unclear(typed=match.typed.strip(), ids=match.best) for match in chosen.unclear)
    return draft.model_copy(update={"who": chosen.ids, "unclear": unclear, "loads_from": None})


def least_lines(context: AssignmentContext, draft: AssignmentDraft, *, besides: tuple[int, ...] = ()) -> list[str]:
    """Those with the least work, each with their load and what speaks against them."""
    occasion = context.occasion(draft)
    people = [each for each in context.people if each.id not in besides]
    return [_load_line(each, occasion) for each in by_load(people, occasion)[:_LEAST_SHOWN]]


def _load_line(person: Candidate, occasion: Occasion) -> str:
    return texts.load_line(
        person.name,
        person.load,
        person.clash(occasion.starts_at, all_day=occasion.all_day),
        away=person.is_away(occasion.day),
        joined=person.joined,
    )


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
    options = [Option(_load_line(each, occasion), f"id:{each.id}") for each in people[start : start + _LOADS_A_PAGE]]
    turns = (("‹ Trước", start - _LOADS_A_PAGE), ("Sau ›", start + _LOADS_A_PAGE))
    options += [Option(label, f"loads:{to}") for label, to in turns if 0 <= to < len(people)]
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


def day_of(moment: datetime, now: datetime) -> date:
    """The day of a moment for the team."""
    return moment.astimezone(now.tzinfo).date()

"""Work that is being given out: what is held of it, and how a message in one go becomes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel

from bot.domain.assignment_parser import ParsedAssignment
from bot.domain.assignments import CONFIDENTIAL_BY_DEFAULT, OTHER_WORK, WORK_KINDS
from bot.domain.choosing import Candidate, Chosen, Occasion, by_load, choose
from bot.domain.dates import FoundMoment, ImpossibleDate, find_moment
from bot.domain.recurrence import Recurrence
from bot.domain.rich_text import Markup
from bot.domain.school_matching import SchoolName
from bot.texts import assignment_form as texts
from handlers.forms.form import Refusal

LONGEST_TITLE = 500
_LEAST_SHOWN = 3


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
    """Whether a moment has passed."""
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
    return [load_line(each, occasion) for each in by_load(people, occasion)[:_LEAST_SHOWN]]


def load_line(person: Candidate, occasion: Occasion) -> str:
    """A member, their load this year and what speaks against them."""
    return texts.load_line(
        person.name,
        person.load,
        person.clash(occasion.starts_at, all_day=occasion.all_day),
        away=person.is_away(occasion.day),
        joined=person.joined,
    )

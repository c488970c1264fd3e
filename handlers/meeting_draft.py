"""A meeting in the making: what it holds, what is checked, how a message becomes one, how it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime

from pydantic import BaseModel

from bot.domain.dates import find_date
from bot.domain.meeting_parser import ParsedMeeting, parse_meeting
from bot.domain.meetings import MOST_SLOTS, USUAL_LENGTH, MeetingKind, overlapping
from bot.domain.rich_text import Markup
from bot.domain.school_matching import SchoolName, core_name, find_school
from bot.texts import meeting_form as texts
from bot.texts import meetings as meeting_texts
from handlers.forms.form import Refusal

_FARTHEST_DAYS = 366


class MeetingDraft(BaseModel):
    """A meeting in the making; schools by code, moments aware. Several `slots` are voted on."""

    meeting_id: int | None = None
    kind: MeetingKind | None = None
    title: str = ""
    school: str | None = None
    school_candidates: tuple[str, ...] = ()
    board: str = ""
    day: Date | None = None
    slots: tuple[datetime, ...] = ()
    holiday_meant: bool = False
    place: str = ""
    agenda: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Busy:
    """Another meeting of the team."""

    meeting_id: int
    name: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class MeetingContext:
    """What reading needs to know: the local time, the team's schools, its other meetings."""

    now: datetime
    schools: tuple[SchoolName, ...]
    busy: tuple[Busy, ...] = ()

    def school_name(self, code: str | None) -> str | None:
        """The name of a school of the team."""
        return next((school.name for school in self.schools if school.code == code), None)


Reading = MeetingDraft | Refusal
LONGEST_LINE = 200


def check_moment(at: datetime, draft: MeetingDraft, context: MeetingContext) -> Refusal | None:
    """Why no meeting can be called for this moment."""
    if at <= context.now:
        return Refusal(texts.in_the_past(at))
    if (at - context.now).days > _FARTHEST_DAYS:
        return Refusal(texts.too_far(at))
    for other in context.busy:
        mine = (at, at + USUAL_LENGTH)
        if other.meeting_id != draft.meeting_id and overlapping(mine, (other.starts_at, other.ends_at)):
            return Refusal(texts.overlaps(at, other.name, other.starts_at.astimezone(at.tzinfo)))
    return None


def draft_from(parsed: ParsedMeeting, context: MeetingContext) -> tuple[MeetingDraft, Markup | None]:
    """The draft of a parsed message, and what must be said about what could not be taken."""
    draft = MeetingDraft(
        kind=parsed.kind,
        title=parsed.title[:LONGEST_LINE],
        school=parsed.school_codes[0] if len(parsed.school_codes) == 1 else None,
        school_candidates=parsed.school_codes if len(parsed.school_codes) > 1 else (),
        board=parsed.board[:LONGEST_LINE] if parsed.kind is MeetingKind.TOPICAL else "",
        place=named_place(parsed.place, context)[:LONGEST_LINE],
        agenda=parsed.agenda,
    )
    if parsed.impossible_date is not None:
        return draft, texts.impossible_day(parsed.impossible_date)
    if parsed.starts_at is None:
        return draft, None
    if parsed.slots:
        slots = check_slots(parsed.slots, draft, context)
        return (draft, slots.text) if isinstance(slots, Refusal) else (with_slots(draft, slots), None)
    if not parsed.has_time:
        over = parsed.starts_at.date() < context.now.date()
        return (draft, texts.in_the_past(parsed.starts_at)) if over else (on_day(draft, parsed.starts_at.date()), None)
    if refusal := check_moment(parsed.starts_at, draft, context):
        return draft, refusal.text
    doubt = texts.another_weekday(parsed.starts_at) if parsed.weekday_differs else None
    return with_slots(draft, (parsed.starts_at,)), doubt


def with_slots(draft: MeetingDraft, slots: tuple[datetime, ...]) -> MeetingDraft:
    """At these times; whether a holiday is meant is asked anew."""
    return draft.model_copy(update={"slots": slots, "day": None, "holiday_meant": False})


def check_slots(
    slots: Sequence[datetime], draft: MeetingDraft, context: MeetingContext
) -> tuple[datetime, ...] | Refusal:
    """Times to be voted on, in order, each once; or why they cannot be. A meeting that is called moves to one time."""
    if draft.meeting_id is not None:
        return Refusal(texts.one_time_only())
    if len(slots) > MOST_SLOTS:
        return Refusal(texts.too_many_slots())
    refused = (check_moment(each, draft, context) for each in slots)
    return next((each for each in refused if each), tuple(sorted(set(slots))))


def absorb(text: str, draft: MeetingDraft, context: MeetingContext) -> Reading | None:
    """A correction typed at the preview: only what it names changes; None when it names nothing.

    Raises nothing: a time that cannot be taken is refused with its reason.
    """
    parsed = parse_meeting(text, now=context.now, schools=context.schools)
    named: dict[str, object] = {}
    if parsed.place:
        named["place"] = named_place(parsed.place, context)[:LONGEST_LINE]
    if parsed.agenda:
        named["agenda"] = parsed.agenda
    if parsed.kind is not None and parsed.kind is not draft.kind:
        named |= {"kind": parsed.kind, "title": parsed.title}
    named |= _host(text, parsed, draft, context)
    changed = draft.model_copy(update=named)
    if parsed.impossible_date is not None:
        return Refusal(texts.impossible_day(parsed.impossible_date))
    if parsed.slots:
        slots = check_slots(parsed.slots, changed, context)
        return slots if isinstance(slots, Refusal) else with_slots(changed, slots)
    if parsed.starts_at is None:
        return changed if named else None
    at = _completed(parsed, text, draft, context)
    if at is None:
        return on_day(changed, parsed.starts_at.date())
    return check_moment(at, changed, context) or with_slots(changed, (at,))


def _host(text: str, parsed: ParsedMeeting, draft: MeetingDraft, context: MeetingContext) -> dict[str, object]:
    """The school a topical meeting is held with, and who takes part for it, as far as the text names them."""
    if MeetingKind.TOPICAL not in (parsed.kind, draft.kind) or not parsed.board:
        return {}
    schools = find_school(text, context.schools).best
    named: dict[str, object] = {"board": parsed.board[:LONGEST_LINE]}
    if len(schools) == 1:
        named["school"] = schools[0]
    return named


def _completed(parsed: ParsedMeeting, text: str, draft: MeetingDraft, context: MeetingContext) -> datetime | None:
    """The new moment: a day alone keeps the hour, an hour alone keeps the day."""
    before = draft.slots[0].astimezone(context.now.tzinfo) if draft.slots else None
    at = parsed.starts_at
    if at is None or before is None:
        return at if parsed.has_time else None
    if not parsed.has_time:
        return datetime.combine(at.date(), before.timetz())
    if find_date(text, now=context.now, prefer="future") is None:
        return datetime.combine(before.date(), at.timetz())
    return at


def preview(draft: MeetingDraft, context: MeetingContext) -> Markup:
    """The invitation as it will be read, or the vote."""
    name = meeting_texts.name(draft.kind or MeetingKind.GENERAL, draft.title)
    slots = tuple(slot.astimezone(context.now.tzinfo) for slot in draft.slots)
    if len(slots) > 1:
        return texts.vote_preview(name, slots, draft.place)
    host = ", ".join(part for part in (context.school_name(draft.school), draft.board) if part)
    return texts.preview(name, slots[0] if slots else None, place=draft.place, host=host, agenda=draft.agenda)


def named_place(place: str, context: MeetingContext) -> str:
    """A place that is nothing but a school is written as the school is."""
    found = find_school(place, context.schools)
    if len(found.best) == 1:
        school = context.school_name(found.best[0]) or place
        if core_name(school) == core_name(place):
            return school
    return place


def on_day(draft: MeetingDraft, day: Date) -> MeetingDraft:
    """A day whose hour is still to be asked."""
    return draft.model_copy(update={"day": day, "slots": (), "holiday_meant": False})

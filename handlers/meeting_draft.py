"""A meeting in the making: what it holds, what is checked, how a message becomes one, how it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime

from pydantic import BaseModel

from bot.domain.dates import find_date
from bot.domain.meeting_parser import ParsedMeeting, parse_meeting
from bot.domain.meetings import USUAL_LENGTH, MeetingKind, overlapping
from bot.domain.rich_text import Markup, join_lines
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
        board=parsed.board[:LONGEST_LINE],
        place=named_place(parsed.place, context)[:LONGEST_LINE],
        agenda=parsed.agenda,
    )
    if parsed.impossible_date is not None:
        return draft, texts.impossible_day(parsed.impossible_date)
    if parsed.starts_at is None:
        return draft, None
    if not parsed.has_time:
        over = parsed.starts_at.date() < context.now.date()
        return (draft, texts.in_the_past(parsed.starts_at)) if over else (on_day(draft, parsed.starts_at.date()), None)
    refusal = check_moment(parsed.starts_at, draft, context)
    return (draft, refusal.text) if refusal else (draft.model_copy(update={"slots": (parsed.starts_at,)}), None)


def absorb(text: str, draft: MeetingDraft, context: MeetingContext) -> MeetingDraft | None:
    """A correction typed at the preview: only what it names changes; None when it names nothing that can be taken."""
    parsed = parse_meeting(text, now=context.now, schools=context.schools)
    named: dict[str, object] = {}
    if parsed.place:
        named["place"] = named_place(parsed.place, context)[:LONGEST_LINE]
    if parsed.agenda:
        named["agenda"] = parsed.agenda
    if parsed.kind is not None and parsed.kind is not draft.kind:
        named |= {"kind": parsed.kind, "title": parsed.title}
    if parsed.starts_at is not None:
        at = _completed(parsed, text, draft, context)
        if at is None or check_moment(at, draft, context):
            return None
        named |= {"slots": (at,), "day": None, "holiday_meant": False}
    return draft.model_copy(update=named) if named else None


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
    return join_lines(
        Markup("📅 <b>{}</b>").format(name),
        Markup("🕑 {}").format(meeting_texts.moment(slots[0])) if slots else None,
        Markup("📍 {}").format(draft.place),
        Markup("🏫 Phối hợp: {}").format(host) if host else None,
        Markup("<b>Nội dung:</b>") if draft.agenda else None,
        *(Markup("• {}").format(each) for each in draft.agenda),
    )


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

"""From a draft to a filed activity and back: what is recorded, what a correction begins from, what history keeps."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.domain.activity_likeness import Outline, is_same_activity
from bot.domain.rich_text import Markup
from bot.domain.school_year import Month
from bot.domain.vocabulary import ActivityKind, ActivityStatus, ParticipantStatus
from bot.texts import reporting as texts
from bot.texts.vocabulary import NOTE_NAMES
from handlers.report_draft import MARKS, ReportContext, ReportDraft
from handlers.talk import Talk
from storage.tables import Activity, School

ActivityNews = Callable[[Talk, Activity], Awaitable[None]]
"""Told of an activity in the same transaction in which something became of it."""
COPIED = ("class_or_grade", "subject", "topic", *NOTE_NAMES, *MARKS, "follow_up_on")
_STILL_WITH = (ParticipantStatus.ASKED, ParticipantStatus.CONFIRMED)


async def new_activity(talk: Talk, draft: ReportDraft, context: ReportContext, source: str) -> Activity:
    """File the draft under the team's next number."""
    member = talk.member()
    day = draft.date or context.now.date()
    activity = Activity(
        team_id=member.team_id,
        number=await talk.uow.activities.next_number(member.team_id),
        source=source,
        origin=draft.origin,
        kind=draft.kind,
        date=day,
        school_id=await _school_id(talk, context.school_on(draft.school, day)),
        reporter_id=member.id,
        reported_at=talk.now,
        late=Month.of(day) < Month.of(talk.today),
        status=ActivityStatus.FILED,
        version=1,
        **{name: getattr(draft, name) for name in COPIED},
    )
    return await talk.uow.activities.file(activity, files=draft.files)


async def rewrite(talk: Talk, activity: Activity, draft: ReportDraft, context: ReportContext) -> None:
    """Let a filed activity say what the draft says; its month is that of its date, late by when it was reported."""
    activity.kind = draft.kind or ActivityKind(activity.kind)
    activity.date = draft.date or activity.date
    activity.school_id = await _school_id(talk, context.school_on(draft.school, activity.date))
    reported = activity.reported_at.astimezone(talk.settings.zone).date()
    activity.late = Month.of(activity.date) < Month.of(reported)
    for name in COPIED:
        setattr(activity, name, getattr(draft, name))
    await talk.uow.participations.set_files(activity.id, draft.files)


async def draft_of(talk: Talk, activity: Activity) -> ReportDraft:
    """The filled-in form that corrects a filed activity."""
    people = await talk.uow.participations.of(activity.id)
    school = await _school(talk, activity)
    return ReportDraft(
        kind=ActivityKind(activity.kind),
        date=activity.date,
        school=school.code if school else None,
        companions=tuple(
            each for each, status in people.items() if each != activity.reporter_id and status in _STILL_WITH
        ),
        files=tuple(await talk.uow.participations.files_of(activity.id)),
        origin=activity.origin,
        corrects=activity.id,
        **{name: getattr(activity, name) for name in COPIED},
    )


async def content_of(talk: Talk, activity: Activity) -> dict[str, Any]:
    """What history keeps of an activity before it changes, readable without other tables."""
    content: dict[str, Any] = {name: getattr(activity, name) for name in COPIED if name != "follow_up_on"}
    return content | {
        "kind": activity.kind,
        "date": activity.date.isoformat(),
        "school": await _school_name(talk, activity),
        "follow_up_on": activity.follow_up_on.isoformat() if activity.follow_up_on else None,
        "files": len(await talk.uow.participations.files_of(activity.id)),
        "status": activity.status,
    }


async def settle(talk: Talk, draft: ReportDraft, context: ReportContext) -> ReportDraft:
    """Find out whether the activity has been reported already, by a colleague or by oneself."""
    found: dict[str, object] = {"own_twin": None, "twin": None, "twin_number": 0, "twin_reporter": ""}
    outline = _outline(draft, context)
    if outline is not None and draft.corrects is None:
        member = talk.member()
        there = await talk.uow.participations.alike(
            member.team_id, outline.day, outline.kind, school=outline.school, member_id=member.id
        )
        for each in there:
            alike = Outline(outline.kind, outline.day, outline.school, each.class_or_grade, each.subject)
            if each.id in draft.other_than or not is_same_activity(outline, alike):
                continue
            if each.mine is ParticipantStatus.CONFIRMED:
                found["own_twin"] = each.number
            elif found["twin"] is None:
                found |= {"twin": each.id, "twin_number": each.number, "twin_reporter": each.reporter}
    return draft.model_copy(update=found)


def _outline(draft: ReportDraft, context: ReportContext) -> Outline | None:
    if draft.kind is None or draft.date is None or (draft.school is None and draft.kind.needs_school):
        return None
    school = context.school_on(draft.school, draft.date)
    return Outline(draft.kind, draft.date, school, draft.class_or_grade, draft.subject)


async def describe(talk: Talk, activity: Activity) -> Markup:
    """An activity in one line, for those who are asked or told about it."""
    return texts.outline(
        kind=activity.kind,
        day=activity.date,
        school=await _school_name(talk, activity),
        group=activity.class_or_grade,
        subject=activity.subject,
    )


async def month_line(talk: Talk, month: Month) -> Markup:
    """How whoever talks stands in a month, counted now."""
    return texts.month_count(month, await count_in(talk, month), talk.settings.in_month(month).activities_a_month)


async def count_in(talk: Talk, month: Month) -> int:
    """How many activities that count whoever talks has in a month."""
    member, kinds = talk.member(), talk.settings.in_month(month).kinds_that_count
    return await talk.uow.activities.count_of(
        member.id, team_id=member.team_id, first=month.first, last=month.last, kinds=kinds
    )


async def _school(talk: Talk, activity: Activity) -> School | None:
    if activity.school_id is None:
        return None
    return await talk.uow.schools.get(activity.school_id, team_id=activity.team_id)


async def _school_name(talk: Talk, activity: Activity) -> str | None:
    """As the school was called on that day."""
    school = await _school(talk, activity)
    if school is None:
        return None
    history = await talk.uow.school_changes.history(activity.team_id)
    return history.name_on(school.code, school.name, activity.date)


async def _school_id(talk: Talk, code: str | None) -> int | None:
    school = await talk.uow.schools.by_code(talk.member().team_id, code) if code else None
    return school.id if school else None

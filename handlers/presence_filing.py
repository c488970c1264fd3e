"""Presence at a topical meeting with a school, which may become the month's activity of whoever was there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.meetings import MeetingKind, Presence
from bot.domain.permissions import Act, require
from bot.domain.school_year import Month
from bot.domain.vocabulary import ActivityKind, ParticipantStatus
from bot.texts import attendance as texts
from handlers.meeting_answers import invitation_of
from handlers.report_filing import count_in
from handlers.reporting import Filed
from handlers.talk import Talk
from storage.participations import Alike
from storage.tables import Activity, Meeting


class PresenceFiling:
    """The answer to the offer that is made after the meeting; nothing is filed unasked."""

    def __init__(self, filed: Sequence[Filed]) -> None:
        """`filed` are told of activities that presence becomes."""
        self._filed = tuple(filed)

    async def answered(self, talk: Talk, meeting: Meeting, *, wanted: bool) -> None:
        """Filed as my activity of that month, once, or not."""
        require(talk.role, Act.REPORT)
        invitation = await invitation_of(talk, meeting)
        was_there = invitation.presence is not None and Presence(invitation.presence).was_there
        if not wanted:
            talk.say(texts.not_filed(), in_place=True)
        elif not was_there or meeting.kind != MeetingKind.TOPICAL or meeting.starts_at > talk.now:
            talk.say(texts.was_not_there(), in_place=True)
        else:
            activity = await self._file(talk, meeting)
            month = Month.of(activity.date)
            wanted_in_month = talk.settings.in_month(month).activities_a_month
            receipt = texts.filed(activity.number, month.month, await count_in(talk, month), wanted_in_month)
            talk.say(receipt, in_place=True)

    async def _file(self, talk: Talk, meeting: Meeting) -> Activity:
        """The meeting is one activity, filed by the first who wants it and joined by the others.

        What somebody has reported of it by themselves already is that activity.
        """
        member, kind = talk.member(), ActivityKind.PEER_SCHOOL_ACTIVITY
        day = meeting.starts_at.astimezone(talk.settings.zone).date()
        school = await talk.uow.schools.get(meeting.school_id, team_id=member.team_id) if meeting.school_id else None
        same: Sequence[Alike] = ()
        if school is not None:
            same = await talk.uow.participations.alike(
                member.team_id, day, kind, school=school.code, member_id=member.id
            )
        own = next((each.id for each in same if each.mine is ParticipantStatus.CONFIRMED), None)
        if own is not None:
            return await talk.uow.activities.get(own, team_id=member.team_id)
        shared = next((each.id for each in same if each.origin == f"meeting:{meeting.id}"), None)
        if shared is not None:
            await talk.uow.participations.answer(shared, member.id, ParticipantStatus.CONFIRMED, now=talk.now)
            activity = await talk.uow.activities.get(shared, team_id=member.team_id)
        else:
            activity = await _first(talk, meeting, day)
        for tell in self._filed:
            await tell(talk, activity)
        return activity


async def _first(talk: Talk, meeting: Meeting, day: date) -> Activity:
    member = talk.member()
    activity = Activity(
        team_id=member.team_id,
        number=await talk.uow.activities.next_number(member.team_id),
        source=f"meeting:{meeting.id}:member-{member.id}:{talk.now.isoformat()}",
        origin=f"meeting:{meeting.id}",
        kind=ActivityKind.PEER_SCHOOL_ACTIVITY,
        date=day,
        school_id=meeting.school_id,
        class_or_grade=None,
        subject=None,
        topic=meeting.title,
        strengths=None,
        difficulties=None,
        advice=None,
        encouragement=None,
        exemplary=False,
        needs_support=False,
        urgent=False,
        follow_up_on=None,
        reporter_id=member.id,
        reported_at=talk.now,
        late=Month.of(day) < Month.of(talk.today),
        status="filed",
        version=1,
    )
    return await talk.uow.activities.file(activity)

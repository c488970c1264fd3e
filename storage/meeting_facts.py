"""Meetings as people look at them: names in place of ids, the agenda with what earlier meetings left open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.meeting_facts import Chair, MeetingFacts
from bot.domain.meetings import Answer, MeetingKind, MeetingStatus, Official, Presence
from bot.domain.vocabulary import LeaveStatus, Role
from storage.leaves import Leaves
from storage.meetings import Meetings
from storage.members import Members
from storage.tables import Meeting, MeetingInvitation, Member, Resolution, School


class MeetingFactsReader:
    """Reads a meeting with everything an invitation says."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def read(self, meeting: Meeting, zone: ZoneInfo) -> MeetingFacts:
        """The meeting; moments in this zone."""
        school = await self._session.get(School, meeting.school_id) if meeting.school_id else None
        agenda = [each.text for each in await Meetings(self._session).agenda(meeting.id) if each.status == "accepted"]
        return MeetingFacts(
            id=meeting.id,
            uid=meeting.uid,
            sequence=meeting.sequence,
            kind=MeetingKind(meeting.kind),
            status=MeetingStatus(meeting.status),
            title=meeting.title,
            starts_at=meeting.starts_at.astimezone(zone),
            ends_at=meeting.ends_at.astimezone(zone),
            place=meeting.place,
            school=school.name if school else None,
            board=meeting.board,
            chair=await self._chair(meeting),
            agenda=tuple(agenda),
            unfinished=tuple(await self._unfinished(meeting)),
        )

    async def _chair(self, meeting: Meeting) -> Chair | None:
        chair = await self._session.get(Member, meeting.chair_id) if meeting.chair_id else None
        return Chair(chair.id, chair.name, Role(chair.role)) if chair else None

    async def _unfinished(self, meeting: Meeting) -> Sequence[str]:
        """What earlier meetings decided and nobody has done; a general meeting opens with it."""
        if meeting.kind != MeetingKind.GENERAL:
            return []
        rows = await self._session.scalars(
            select(Resolution.work)
            .join(Meeting, Meeting.id == Resolution.meeting_id)
            .where(
                Resolution.team_id == meeting.team_id,
                Resolution.status == "open",
                Meeting.starts_at < meeting.starts_at,
            )
            .order_by(Resolution.due.is_(None), Resolution.due, Resolution.id)
        )
        return list(rows)

    async def officials(self, meeting: Meeting, *, starts_at: datetime) -> list[Official]:
        """Who may chair, with their answers and leave on that day (local `starts_at`)."""
        roles = (Role.LEADER, Role.DEPUTY, Role.SECRETARY)
        members = await Members(self._session).with_roles(meeting.team_id, *roles)
        day = starts_at.date()
        leaves = await Leaves(self._session).within(meeting.team_id, day, day)
        away = {each.member_id for each in leaves if each.status == LeaveStatus.GRANTED}
        invited = {each.member_id: each for each in await Meetings(self._session).invitations(meeting.id)}
        return [
            Official(
                member_id=each.id,
                role=Role(each.role),
                order=each.deputy_order,
                answer=_answer(invited.get(each.id)),
                is_on_leave=each.id in away,
                presence=_presence(invited.get(each.id)),
            )
            for each in members
        ]


def _answer(invitation: MeetingInvitation | None) -> Answer | None:
    return Answer(invitation.answer) if invitation and invitation.answer else None


def _presence(invitation: MeetingInvitation | None) -> Presence | None:
    return Presence(invitation.presence) if invitation and invitation.presence else None

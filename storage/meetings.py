"""Meetings, invitations and their answers, the agenda, times that are voted on."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.assignments import Engagement
from bot.domain.errors import NotFound
from bot.domain.meetings import Answer, MeetingKind, MeetingStatus, Presence
from bot.domain.vocabulary import Role
from storage.number_series import next_in_team
from storage.tables import AgendaItem, Meeting, MeetingInvitation, MeetingSlot, MeetingSlotVote, Member

_OPEN = (MeetingStatus.VOTING, MeetingStatus.CALLED)


class Meetings:
    """Queries over meetings; every one that a person asks for names the team."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def made_from(self, source: str) -> Meeting | None:
        """The meeting that this dialogue has made already."""
        return await self._session.scalar(select(Meeting).where(Meeting.source == source))

    async def add(
        self, meeting: Meeting, *, invited: Iterable[int], agenda: Sequence[str], slots: Sequence[datetime] = ()
    ) -> Meeting:
        """A new meeting with its next number and a name for calendars."""
        meeting.number = await next_in_team(self._session, Meeting, meeting.team_id)
        meeting.uid = f"{secrets.token_hex(16)}@mangluoi"
        self._session.add(meeting)
        await self._session.flush()
        self._session.add_all(_invitation(meeting.id, member_id) for member_id in invited)
        self._session.add_all(
            AgendaItem(meeting_id=meeting.id, text=text, status="accepted", proposed_by=None) for text in agenda
        )
        self._session.add_all(MeetingSlot(meeting_id=meeting.id, starts_at=slot) for slot in slots)
        await self._session.flush()
        return meeting

    async def get(self, meeting_id: int, *, team_id: int) -> Meeting:
        """The meeting if it is this team's; NotFound otherwise."""
        meeting = await self._session.get(Meeting, meeting_id)
        if meeting is None or meeting.team_id != team_id:
            raise NotFound(what="meeting", id=meeting_id)
        return meeting

    async def open(self, team_id: int, *, now: datetime) -> list[Meeting]:
        """Not cancelled and not over, the next one first."""
        return list(
            await self._session.scalars(
                select(Meeting)
                .where(Meeting.team_id == team_id, Meeting.status.in_(_OPEN), Meeting.ends_at > now)
                .order_by(Meeting.starts_at, Meeting.id)
            )
        )

    async def called(self, team_id: int, since: datetime, until: datetime) -> list[Meeting]:
        """Called and not cancelled, beginning between two moments, in order."""
        return list(
            await self._session.scalars(
                select(Meeting)
                .where(
                    Meeting.team_id == team_id,
                    Meeting.status == MeetingStatus.CALLED,
                    Meeting.starts_at >= since,
                    Meeting.starts_at <= until,
                )
                .order_by(Meeting.starts_at, Meeting.id)
            )
        )

    async def engagements(self, team_id: int, *, first: datetime, last: datetime) -> dict[int, list[Engagement]]:
        """The meetings between two moments of those who have not said that they will be absent."""
        meetings = {each.id: each for each in await self.called(team_id, first, last)}
        found: dict[int, list[Engagement]] = {}
        for meeting_id, invitations in (await self.invitations_of(meetings)).items():
            meeting = meetings[meeting_id]
            engagement = Engagement(meeting.starts_at, all_day=False, title=meeting.title, is_meeting=True)
            for each in invitations:
                if each.answer != Answer.ABSENT:
                    found.setdefault(each.member_id, []).append(engagement)
        return found

    async def general(self, team_id: int, *, since: datetime) -> list[datetime]:
        """When the general meetings from then on begin, cancelled ones left out."""
        found = await self.called(team_id, since, since + timedelta(days=700))
        return [each.starts_at for each in found if each.kind == MeetingKind.GENERAL]

    async def in_days(self, team_id: int, first: datetime, last: datetime) -> list[Meeting]:
        """Everything between two moments, cancelled ones included, in order."""
        return list(
            await self._session.scalars(
                select(Meeting)
                .where(Meeting.team_id == team_id, Meeting.starts_at >= first, Meeting.starts_at < last)
                .order_by(Meeting.starts_at, Meeting.id)
            )
        )

    async def invitations(self, meeting_id: int) -> list[MeetingInvitation]:
        """Of those who are still in force, as the roster orders them."""
        return list(
            await self._session.scalars(
                select(MeetingInvitation)
                .join(Member, Member.id == MeetingInvitation.member_id)
                .where(MeetingInvitation.meeting_id == meeting_id, Member.ended_at.is_(None))
                .order_by(MeetingInvitation.member_id)
            )
        )

    async def attendance(self, meeting: Meeting) -> list[MeetingInvitation]:
        """Of those who were in the team when the meeting began, whoever has left since included."""
        return (await self.attendances([meeting.id])).get(meeting.id, [])

    async def attendances(self, meeting_ids: Iterable[int]) -> dict[int, list[MeetingInvitation]]:
        """The same of several meetings, in one query; meetings to which nobody was invited are left out."""
        return await self._invitations(
            MeetingInvitation.meeting_id.in_(list(meeting_ids)),
            or_(Member.ended_at.is_(None), Member.ended_at > Meeting.starts_at),
        )

    async def invitations_of(self, meeting_ids: Iterable[int]) -> dict[int, list[MeetingInvitation]]:
        """All invitations of several meetings, whoever has left the team since included."""
        return await self._invitations(MeetingInvitation.meeting_id.in_(list(meeting_ids)))

    async def _invitations(self, *which: ColumnElement[bool]) -> dict[int, list[MeetingInvitation]]:
        rows = await self._session.scalars(
            select(MeetingInvitation)
            .join(Meeting, Meeting.id == MeetingInvitation.meeting_id)
            .join(Member, Member.id == MeetingInvitation.member_id)
            .where(*which)
            .order_by(MeetingInvitation.meeting_id, MeetingInvitation.member_id)
        )
        found: dict[int, list[MeetingInvitation]] = {}
        for row in rows:
            found.setdefault(row.meeting_id, []).append(row)
        return found

    async def invitation(self, meeting_id: int, member_id: int) -> MeetingInvitation | None:
        """What this member was asked; None when they are not invited."""
        return await self._session.get(MeetingInvitation, (meeting_id, member_id))

    async def invite(self, meeting_id: int, member_id: int) -> MeetingInvitation:
        """Somebody who came to the team later."""
        row = _invitation(meeting_id, member_id)
        self._session.add(row)
        await self._session.flush()
        return row

    async def invite_newcomers(self, meeting: Meeting) -> list[int]:
        """Who came to the team after it was called and is in force, officers left out; returns those invited now."""
        known = select(MeetingInvitation.member_id).where(MeetingInvitation.meeting_id == meeting.id)
        fresh = list(
            await self._session.scalars(
                select(Member.id)
                .where(
                    Member.team_id == meeting.team_id,
                    Member.ended_at.is_(None),
                    Member.role != Role.OFFICER,
                    Member.id.not_in(known),
                )
                .order_by(Member.id)
            )
        )
        self._session.add_all(_invitation(meeting.id, each) for each in fresh)
        await self._session.flush()
        return fresh

    async def answer(
        self, invitation: MeetingInvitation, answer: Answer, *, reason: str | None = None, now: datetime
    ) -> None:
        """What they say now; the reason of an earlier answer goes with it."""
        invitation.answer, invitation.reason, invitation.answered_at = answer, reason, now
        await self._session.flush()

    async def ask_again(self, meeting_id: int) -> None:
        """The time is another: nobody has answered."""
        for row in await self._session.scalars(
            select(MeetingInvitation).where(MeetingInvitation.meeting_id == meeting_id)
        ):
            row.answer = row.reason = row.answered_at = None
        await self._session.flush()

    async def mark(self, invitation: MeetingInvitation, presence: Presence | None) -> None:
        """Whether they are there."""
        invitation.presence = presence
        await self._session.flush()

    async def agenda(self, meeting_id: int) -> list[AgendaItem]:
        """Every point, declined ones too, in order."""
        return list(
            await self._session.scalars(
                select(AgendaItem).where(AgendaItem.meeting_id == meeting_id).order_by(AgendaItem.id)
            )
        )

    async def set_agenda(self, meeting_id: int, texts: Sequence[str]) -> None:
        """Exactly these points of the team's own; proposals of members stay as they are."""
        await self._session.execute(
            delete(AgendaItem).where(AgendaItem.meeting_id == meeting_id, AgendaItem.proposed_by.is_(None))
        )
        self._session.add_all(
            AgendaItem(meeting_id=meeting_id, text=text, status="accepted", proposed_by=None) for text in texts
        )
        await self._session.flush()

    async def propose(self, meeting_id: int, text: str, *, by: int, status: str) -> AgendaItem:
        """A point that a member would like to speak about."""
        item = AgendaItem(meeting_id=meeting_id, text=text, status=status, proposed_by=by)
        self._session.add(item)
        await self._session.flush()
        return item

    async def agenda_item(self, item_id: int, *, team_id: int) -> AgendaItem:
        """The point if its meeting is this team's; NotFound otherwise."""
        item = await self._session.get(AgendaItem, item_id)
        if item is None:
            raise NotFound(what="agenda_item", id=item_id)
        await self.get(item.meeting_id, team_id=team_id)
        return item

    async def slots(self, meeting_id: int) -> list[MeetingSlot]:
        """The times that are voted on, the earliest first."""
        return list(
            await self._session.scalars(
                select(MeetingSlot)
                .where(MeetingSlot.meeting_id == meeting_id)
                .order_by(MeetingSlot.starts_at, MeetingSlot.id)
            )
        )

    async def of_slot(self, slot_id: int, *, team_id: int) -> Meeting | None:
        """The meeting whose time this slot may become, if it is this team's."""
        return await self._session.scalar(
            select(Meeting)
            .join(MeetingSlot, MeetingSlot.meeting_id == Meeting.id)
            .where(MeetingSlot.id == slot_id, Meeting.team_id == team_id)
        )

    async def votes(self, meeting_id: int) -> Mapping[int, set[int]]:
        """For each slot who could come."""
        rows = await self._session.execute(
            select(MeetingSlotVote.slot_id, MeetingSlotVote.member_id)
            .join(MeetingSlot, MeetingSlot.id == MeetingSlotVote.slot_id)
            .where(MeetingSlot.meeting_id == meeting_id)
        )
        found: dict[int, set[int]] = {}
        for slot_id, member_id in rows:
            found.setdefault(slot_id, set()).add(member_id)
        return found

    async def vote(self, slot_id: int, member_id: int) -> None:
        """Say or take back that one could come then."""
        known = await self._session.get(MeetingSlotVote, (slot_id, member_id))
        if known is None:
            self._session.add(MeetingSlotVote(slot_id=slot_id, member_id=member_id))
        else:
            await self._session.delete(known)
        await self._session.flush()


def _invitation(meeting_id: int, member_id: int) -> MeetingInvitation:
    return MeetingInvitation(
        meeting_id=meeting_id,
        member_id=member_id,
        answer=None,
        reason=None,
        answered_at=None,
        presence=None,
        wrong_words=0,
    )

"""How those who were given work stand, gathered for its board; and who could be given work."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.assignment_view import BoardLine
from bot.domain.assignments import AssigneeStatus, AssignmentStatus, deadline
from bot.domain.choosing import Candidate
from bot.domain.school_year import SchoolYear
from bot.domain.vocabulary import LeaveStatus, Role
from storage.accounts import Accounts
from storage.leaves import Leaves
from storage.meetings import Meetings
from storage.members import Members
from storage.schools import Schools
from storage.tables import Assignment, AssignmentAssignee, Member, Outbox
from storage.workloads import Workloads

_AHEAD = timedelta(days=400)  # how far ahead work is given out at most


class Boards:
    """Queries over the boards of work."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def lines(self, work: Assignment, *, now: datetime) -> list[BoardLine]:
        """Each assignee; a few queries however many they are."""
        rows = await self._session.execute(
            select(AssignmentAssignee, Member)
            .join(Member, Member.id == AssignmentAssignee.member_id)
            .where(AssignmentAssignee.assignment_id == work.id)
            .order_by(Member.id)
        )
        reach = await Accounts(self._session).reach(work.team_id)
        sent = await self._sent(f"assignment:{work.id}")
        end = deadline(starts_at=work.starts_at, due_at=work.due_at)
        is_open = work.status == AssignmentStatus.OPEN
        lines: list[BoardLine] = []
        for mine, member in rows:
            status = AssigneeStatus(mine.status)
            reached = reach.get(member.id)
            sent_at = sent.get(member.id)
            seen = mine.answered_at is not None or (
                sent_at is not None and reached is not None and reached.last_used_at > sent_at
            )
            lines.append(
                BoardLine(
                    member_id=member.id,
                    name=member.name,
                    status=status,
                    reason=mine.reason,
                    result=mine.result,
                    received=sent_at is not None,
                    seen=seen,
                    joined=member.person_id is not None,
                    reachable=reached is None or reached.reachable,
                    overdue=is_open and status.is_active and end is not None and end <= now,
                    has_left=member.ended_at is not None,
                )
            )
        return lines

    async def _sent(self, topic: str) -> dict[int, datetime]:
        rows = await self._session.execute(
            select(Outbox.member_id, func.min(Outbox.sent_at))
            .where(Outbox.topic == topic, Outbox.status == "sent", Outbox.member_id.is_not(None))
            .group_by(Outbox.member_id)
        )
        return {member_id: sent_at for member_id, sent_at in rows if member_id and sent_at}


class Candidates:
    """Queries over the people of a team, among whom somebody chooses."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def of_team(self, team_id: int, *, now: datetime) -> tuple[Candidate, ...]:
        """Everybody in force, as work and announcements know them; `now` in the team's zone."""
        members = await Members(self._session).current(team_id)
        schools = {school.id: school for school in await Schools(self._session).all_of_team(team_id)}
        charges = await Members(self._session).schools_in_charge(team_id)
        year = SchoolYear.of(now.date())
        since = datetime(year.first.year, year.first.month, year.first.day, tzinfo=now.tzinfo)
        work = Workloads(self._session)
        loads = await work.loads(team_id, since=since)
        days = {"first": now - timedelta(days=1), "last": now + _AHEAD}
        engagements = await work.engagements(team_id, **days)
        meetings = await Meetings(self._session).engagements(team_id, **days)
        reach = await Accounts(self._session).reach(team_id)
        absent = await self._absences(team_id, now)
        return tuple(
            Candidate(
                id=member.id,
                name=member.name,
                role=Role(member.role),
                area=schools[member.school_id].area if member.school_id in schools else "",
                in_charge=tuple(schools[each].code for each in charges.get(member.id, []) if each in schools),
                load=loads.get(member.id, 0),
                joined=member.person_id is not None,
                reachable=member.id in reach and reach[member.id].reachable,
                leaves=absent.get(member.id, ()),
                engagements=(*meetings.get(member.id, ()), *engagements.get(member.id, ())),
            )
            for member in members
        )

    async def for_work(self, team_id: int, *, now: datetime) -> tuple[Candidate, ...]:
        """Those of them who could be given work."""
        return tuple(each for each in await self.of_team(team_id, now=now) if each.may_be_given_work)

    async def _absences(self, team_id: int, now: datetime) -> dict[int, tuple[tuple[date, date], ...]]:
        """Granted leave from now on, by member."""
        found: dict[int, tuple[tuple[date, date], ...]] = {}
        for leave in await Leaves(self._session).within(team_id, now.date(), (now + _AHEAD).date()):
            if leave.status == LeaveStatus.GRANTED:
                found[leave.member_id] = (*found.get(leave.member_id, ()), (leave.first, leave.last))
        return found

"""The people of a team, among whom somebody chooses: who could be given work, and who is written to."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.choosing import Candidate
from bot.domain.school_year import SchoolYear
from bot.domain.vocabulary import LeaveStatus, Role
from storage.accounts import Accounts
from storage.leaves import Leaves
from storage.meetings import Meetings
from storage.members import Members
from storage.schools import Schools
from storage.workloads import Workloads

_AHEAD = timedelta(days=400)  # how far ahead work is given out at most


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

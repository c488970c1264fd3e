"""What decides who owes a month, gathered for a whole team."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.duty import Absence, DutyFacts
from bot.domain.school_year import Month
from bot.domain.team_settings import TeamSettings
from bot.domain.vocabulary import LeaveStatus, Role
from storage.activities import Activities
from storage.leaves import Leaves
from storage.members import Members


class Duties:
    """Queries over the monthly duty."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._members = Members(session)
        self._activities = Activities(session)
        self._leaves = Leaves(session)

    async def facts(self, team_id: int, month: Month, settings: TeamSettings) -> list[DutyFacts]:
        """The facts of every member in force, in three queries however large the team."""
        members = await self._members.current(team_id)
        kinds = settings.in_month(month).kinds_that_count
        done = await self._activities.counts(team_id, month.first, month.last, kinds=kinds)
        absences: dict[int, list[Absence]] = {}
        for leave in await self._leaves.within(team_id, month.first, month.last):
            absence = Absence(first=leave.first, last=leave.last, status=LeaveStatus(leave.status), reason=leave.reason)
            absences.setdefault(leave.member_id, []).append(absence)
        return [
            DutyFacts(
                member_id=member.id,
                role=Role(member.role),
                activities=done.get(member.id, 0),
                absences=tuple(absences.get(member.id, ())),
                since=member.since,
            )
            for member in members
        ]

"""What decides who owes a month, gathered for a whole team, or for many."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.duty import Absence, DutyFacts
from bot.domain.school_year import Month
from bot.domain.team_settings import TeamSettings
from bot.domain.vocabulary import ActivityKind, LeaveStatus, Role
from storage.activities import Activities
from storage.leaves import Leaves
from storage.tables import Leave, Member


class Duties:
    """Queries over the monthly duty."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session
        self._activities = Activities(session)
        self._leaves = Leaves(session)

    async def facts(self, team_id: int, month: Month, settings: TeamSettings) -> list[DutyFacts]:
        """The facts of every member in force, in three queries however large the team."""
        return (await self.of_teams({team_id: settings}, month))[team_id]

    async def of_member(
        self, member_id: int, *, team_id: int, month: Month, settings: TeamSettings
    ) -> DutyFacts | None:
        """The facts of one member; None when the membership is not in force. Asked before each reminder leaves."""
        member = await self._session.get(Member, member_id)
        if member is None or member.team_id != team_id or member.ended_at is not None:
            return None
        kinds = settings.in_month(month).kinds_that_count
        done = await self._activities.count_of(
            member_id, team_id=team_id, first=month.first, last=month.last, kinds=kinds
        )
        leaves = await self._leaves.of_member_within(member_id, month.first, month.last)
        return DutyFacts(
            member_id=member_id,
            role=Role(member.role),
            activities=done,
            absences=tuple(map(_absence, leaves)),
            since=member.since,
        )

    async def of_teams(self, teams: Mapping[int, TeamSettings], month: Month) -> dict[int, list[DutyFacts]]:
        """The same for many teams by id, in as many queries as long as they count the same kinds of activities."""
        done = await self._done(teams, month)
        absences: dict[int, list[Absence]] = {}
        for leave in await self._leaves.within_teams(list(teams), month.first, month.last):
            absences.setdefault(leave.member_id, []).append(_absence(leave))
        rows = await self._session.execute(
            select(Member.id, Member.team_id, Member.role, Member.since)
            .where(Member.team_id.in_(list(teams)), Member.ended_at.is_(None))
            .order_by(Member.id)
        )
        found: dict[int, list[DutyFacts]] = {team_id: [] for team_id in teams}
        for member_id, team_id, role, since in rows:
            found[team_id].append(
                DutyFacts(
                    member_id=member_id,
                    role=Role(role),
                    activities=done.get(member_id, 0),
                    absences=tuple(absences.get(member_id, ())),
                    since=since,
                )
            )
        return found

    async def _done(self, teams: Mapping[int, TeamSettings], month: Month) -> dict[int, int]:
        alike: dict[tuple[ActivityKind, ...], list[int]] = {}
        for team_id, settings in teams.items():
            alike.setdefault(tuple(settings.in_month(month).kinds_that_count), []).append(team_id)
        done: dict[int, int] = {}
        for kinds, ids in alike.items():
            done |= await self._activities.counts_of_teams(ids, month.first, month.last, kinds=kinds)
        return done


def _absence(leave: Leave) -> Absence:
    return Absence(first=leave.first, last=leave.last, status=LeaveStatus(leave.status), reason=leave.reason)

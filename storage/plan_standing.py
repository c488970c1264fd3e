"""How everybody of a team stands with their plan of a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.duty import DutyFacts
from bot.domain.plans import PlanStatus, is_asked_to_plan, may_be_reminded_to_plan, year_of_plan
from bot.domain.school_year import Month
from bot.domain.team_settings import TeamSettings
from bot.domain.vocabulary import Role
from storage.duties import Duties
from storage.leaves import Leaves
from storage.plans import Plans
from storage.tables import PersonalPlan


@dataclass(frozen=True, slots=True)
class MemberPlan:
    """One member: what decides whether the month asks a plan of them, and their plan; `lines` are how many it has."""

    facts: DutyFacts
    plan: PersonalPlan | None
    lines: int
    is_asked: bool

    @property
    def status(self) -> PlanStatus | None:
        """How it stands; None when there is none."""
        return PlanStatus(self.plan.status) if self.plan else None

    @property
    def is_handed_in(self) -> bool:
        """Whether the leader has it."""
        return self.status in (PlanStatus.SENT, PlanStatus.APPROVED)


class PlanStandings:
    """Queries over everybody's plans."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._plans = Plans(session)
        self._duties = Duties(session)
        self._leaves = Leaves(session)

    async def of_month(self, team_id: int, month: Month, settings: TeamSettings) -> list[MemberPlan]:
        """Every member in force but the officers, in the order of the roster."""
        there = await self._plans.of_team(team_id, [month])
        counts = {each.member_id: each.lines for each in await self._plans.figures(team_id, [month])}
        return [
            MemberPlan(
                facts=facts,
                plan=there.get((facts.member_id, month)),
                lines=counts.get(facts.member_id, 0),
                is_asked=is_asked_to_plan(facts, month, settings),
            )
            for facts in await self._duties.facts(team_id, month, settings)
            if facts.role is not Role.OFFICER
        ]

    async def to_remind(self, team_id: int, month: Month, settings: TeamSettings, *, now: datetime) -> list[int]:
        """Those who have handed in nothing for the month and may be reminded at this moment.

        Nobody where nothing has been planned this school year: such a team is not pressed for plans.
        """
        if not await self._plans.are_in_use(team_id, year_of_plan(month)):
            return []
        today = now.astimezone(settings.zone).date()
        away = {each.member_id for each in await self._leaves.granted_on(team_id, today)}
        return [
            each.facts.member_id
            for each in await self.of_month(team_id, month, settings)
            if each.facts.member_id not in away
            and may_be_reminded_to_plan(each.facts, month, settings, status=each.status)
        ]

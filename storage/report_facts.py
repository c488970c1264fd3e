"""What the summary is computed from: a few queries, however long the period and large the team."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.duty import Absence
from bot.domain.periods import Period
from bot.domain.report_building import MemberFacts, ReportFacts
from bot.domain.report_model import Person, Visit
from bot.domain.school_year import Month
from bot.domain.team_settings import TeamSettings
from bot.domain.vocabulary import ActivityKind, ActivityStatus, LeaveStatus, ParticipantStatus, Role
from storage.activities import Activities, ActivityRow
from storage.leaves import Leaves
from storage.members import Members
from storage.school_changes import SchoolChanges, school_name_on
from storage.schools import Schools
from storage.tables import Activity, ActivityParticipant, School, Team


class ReportFactsReader:
    """The queries."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def read(self, team: Team, period: Period, settings: TeamSettings) -> ReportFacts:
        """Members in force, their leave, the activities of the period, and what counts in its months."""
        first, last = Month.of(period.first).first, Month.of(period.last).last
        history = await SchoolChanges(self._session).history(team.id)
        schools = await Schools(self._session).on(team.id, history, period.last)
        rows = await Activities(self._session).between(team.id, period.first, period.last)
        return ReportFacts(
            team=team.name,
            members=await self._members(team.id, first, last, settings.zone),
            visits=tuple(visit_of(row) for row in rows),
            schools=schools,
            counted=await self._counted(team.id, first, last, settings),
            founded=team.created_at.astimezone(settings.zone).date(),
        )

    async def at_school(self, team_id: int, school_id: int) -> tuple[Visit, ...]:
        """Every filed activity at a school, oldest first."""
        rows = (
            await self._session.execute(
                select(Activity, School.code, school_name_on(Activity.date))
                .join(School, School.id == Activity.school_id)
                .where(
                    Activity.team_id == team_id,
                    Activity.school_id == school_id,
                    Activity.status == ActivityStatus.FILED,
                )
                .order_by(Activity.date, Activity.id)
            )
        ).all()
        people = await self._session.scalars(
            select(ActivityParticipant)
            .join(Activity, Activity.id == ActivityParticipant.activity_id)
            .where(Activity.school_id == school_id)
        )
        by_activity: dict[int, list[ActivityParticipant]] = {}
        for person in people:
            by_activity.setdefault(person.activity_id, []).append(person)
        return tuple(
            visit_of(ActivityRow(activity, code, name, tuple(by_activity.get(activity.id, ()))))
            for activity, code, name in rows
        )

    async def _members(self, team_id: int, first: date, last: date, zone: ZoneInfo) -> tuple[MemberFacts, ...]:
        absences: dict[int, list[Absence]] = {}
        for leave in await Leaves(self._session).within(team_id, first, last):
            absence = Absence(leave.first, leave.last, LeaveStatus(leave.status), leave.reason)
            absences.setdefault(leave.member_id, []).append(absence)
        return tuple(
            MemberFacts(
                Person(member.id, member.name, Role(member.role)),
                tuple(absences.get(member.id, ())),
                member.since,
                member.ended_at.astimezone(zone).date() if member.ended_at else None,
            )
            for member in await Members(self._session).in_force_since(team_id, datetime.combine(first, time(), zone))
        )

    async def _counted(
        self, team_id: int, first: date, last: date, settings: TeamSettings
    ) -> Mapping[tuple[int, Month], int]:
        rows = await self._session.execute(
            select(ActivityParticipant.member_id, Activity.date, Activity.kind)
            .join(Activity, Activity.id == ActivityParticipant.activity_id)
            .where(
                Activity.team_id == team_id,
                Activity.date.between(first, last),
                Activity.status == ActivityStatus.FILED,
                ActivityParticipant.status == ParticipantStatus.CONFIRMED,
            )
        )
        found = [(member_id, Month.of(day), kind) for member_id, day, kind in rows]
        kinds = {month: settings.in_month(month).kinds_that_count for _, month, _ in found}
        return Counter((member_id, month) for member_id, month, kind in found if kind in kinds[month])


def visit_of(row: ActivityRow) -> Visit:
    """A stored activity as the report has it."""
    activity = row.activity
    return Visit(
        id=activity.id,
        number=activity.number,
        kind=ActivityKind(activity.kind),
        day=activity.date,
        school_code=row.school_code,
        school=row.school_name,
        group=activity.class_or_grade,
        subject=activity.subject,
        topic=activity.topic,
        strengths=activity.strengths,
        difficulties=activity.difficulties,
        advice=activity.advice,
        encouragement=activity.encouragement,
        exemplary=activity.exemplary,
        needs_support=activity.needs_support,
        late=activity.late,
        follow_up_on=activity.follow_up_on,
        members=tuple(person.member_id for person in row.participants if person.status == ParticipantStatus.CONFIRMED),
    )

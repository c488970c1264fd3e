"""Closing lines of plans by reports and opening them again, as the reports of a month say."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.plan_matching import DoneActivity, PlannedLine, closed_by
from bot.domain.school_year import Month
from bot.domain.vocabulary import ActivityKind, ActivityStatus, ParticipantStatus
from storage.tables import Activity, ActivityParticipant, PlanItem


class PlanClosing:
    """Settles plans against what was done; settling again changes nothing."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def settle(self, team_id: int, *, member_id: int | None, month: Month) -> list[int]:
        """Close what a report of the month meets, open what none meets any more; returns the lines newly closed.

        Lines that were ticked off by hand stay as they are.
        """
        owner = PlanItem.member_id.is_(None) if member_id is None else PlanItem.member_id == member_id
        items = list(
            await self._session.scalars(
                select(PlanItem)
                .where(PlanItem.team_id == team_id, owner, PlanItem.month == str(month))
                .order_by(PlanItem.id)
            )
        )
        by_hand = {each.id for each in items if each.status == "done" and each.activity_id is None}
        items = [each for each in items if each.id not in by_hand]
        if not items:
            return []
        activities = await self._done(team_id, member_id, month)
        found = closed_by([_planned(each) for each in items], [_done(each) for each in activities])
        reported_at = {each.id: each.reported_at for each in activities}
        closed: list[int] = []
        for item in items:
            activity_id = found[item.id]
            if activity_id is not None and item.activity_id != activity_id:
                closed.append(item.id)
            item.activity_id = activity_id
            item.status = "open" if activity_id is None else "done"
            item.done_at = reported_at[activity_id] if activity_id is not None else None
        await self._session.flush()
        return closed

    async def settle_report(self, activity: Activity) -> dict[int | None, list[int]]:
        """After a report was filed, joined, corrected or withdrawn: by member (None: the team) the lines newly closed.

        The plans that it closed a line of are settled too, wherever it has moved.
        """
        values = {"activity": activity.id, "team": activity.team_id, "month": str(Month.of(activity.date))}
        rows: Any = await self._session.execute(_plans_concerned(), values)
        concerned = {(row[0], Month.parse(row[1])) for row in rows}
        found: dict[int | None, list[int]] = {}
        for member_id, month in sorted(concerned, key=lambda each: (each[0] or 0, each[1])):
            closed = await self.settle(activity.team_id, member_id=member_id, month=month)
            found[member_id] = [*found.get(member_id, []), *closed]
        return found

    async def _done(self, team_id: int, member_id: int | None, month: Month) -> list[Activity]:
        statement = select(Activity).where(
            Activity.team_id == team_id,
            Activity.status == ActivityStatus.FILED,
            Activity.date.between(month.first, month.last),
        )
        if member_id is not None:
            mine = select(ActivityParticipant.activity_id).where(
                ActivityParticipant.member_id == member_id,
                ActivityParticipant.status == ParticipantStatus.CONFIRMED,
            )
            statement = statement.where(Activity.id.in_(mine))
        return list(await self._session.scalars(statement.order_by(Activity.date, Activity.id)))


def _planned(item: PlanItem) -> PlannedLine:
    kind = ActivityKind(item.kind) if item.kind else None
    return PlannedLine(item.id, item.text, kind, item.school_id, item.source, item.activity_id)


def _done(activity: Activity) -> DoneActivity:
    return DoneActivity(activity.id, ActivityKind(activity.kind), activity.school_id, activity.topic, activity.origin)


@cache
def _plans_concerned() -> Any:
    """Built once: every report asks it."""
    confirmed = select(ActivityParticipant.member_id).where(
        ActivityParticipant.activity_id == bindparam("activity"),
        ActivityParticipant.status == ParticipantStatus.CONFIRMED,
    )
    could_close = and_(
        PlanItem.team_id == bindparam("team"),
        PlanItem.month == bindparam("month"),
        or_(PlanItem.member_id.is_(None), PlanItem.member_id.in_(confirmed)),
    )
    closed = PlanItem.activity_id == bindparam("activity")
    return select(PlanItem.member_id, PlanItem.month).where(or_(closed, could_close)).distinct()

"""Which activities are to be looked at again, and whether they have been."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.vocabulary import ActivityStatus
from storage.tables import Activity, Member, School, Team


def origin_of(activity_id: int) -> str:
    """What a report that follows an activity up says it came of."""
    return f"follow-up:{activity_id}"


@dataclass(frozen=True, slots=True)
class Promised:
    """An activity that its reporter meant to look at again."""

    activity: Activity
    team: Team
    school: str | None


class FollowUps:
    """Queries over the days on which to look again."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def due(self, first: date, last: date) -> Sequence[Promised]:
        """What was promised for these days, both included, by members in force, and was not done; all teams."""
        rows = await self._session.execute(
            select(Activity, Team, School.name)
            .join(Member, Member.id == Activity.reporter_id)
            .join(Team, Team.id == Activity.team_id)
            .outerjoin(School, School.id == Activity.school_id)
            .where(
                Activity.follow_up_on.between(first, last),
                Activity.status == ActivityStatus.FILED,
                Member.ended_at.is_(None),
            )
            .order_by(Activity.id)
        )
        promised = [Promised(activity, team, school) for activity, team, school in rows]
        done = await self._done(each.activity.id for each in promised)
        return [each for each in promised if each.activity.id not in done]

    async def is_wanted(self, activity_id: int, day: date) -> bool:
        """Whether it is still to be looked at again on this day."""
        activity = await self._session.get(Activity, activity_id)
        if activity is None or activity.status != ActivityStatus.FILED or activity.follow_up_on != day:
            return False
        return not await self._done([activity_id])

    async def is_done(self, activity_id: int) -> bool:
        """Whether it has been reported again."""
        return bool(await self._done([activity_id]))

    async def _done(self, activity_ids: Iterable[int]) -> set[int]:
        by_origin = {origin_of(each): each for each in activity_ids}
        found = await self._session.scalars(
            select(Activity.origin).where(Activity.origin.in_(list(by_origin)), Activity.status == ActivityStatus.FILED)
        )
        return {by_origin[origin] for origin in found}

"""Activities: filing, correcting, withdrawing, counting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.errors import NotFound
from bot.domain.vocabulary import ActivityKind, ActivityStatus, ParticipantStatus
from storage.number_series import next_in_team
from storage.school_changes import school_name_on
from storage.tables import Activity, ActivityFile, ActivityParticipant, ActivityRevision, School


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """An activity with its school's code and name, and who it counts for."""

    activity: Activity
    school_code: str | None
    school_name: str | None
    participants: tuple[ActivityParticipant, ...]


class Activities:
    """Queries over activities."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def filed_from(self, source: str) -> Activity | None:
        """The activity that this dialogue has filed already."""
        return await self._session.scalar(_filed_from(), {"source": source})

    async def by_number(self, team_id: int, number: int) -> Activity | None:
        """The team's activity of this receipt number, withdrawn or not."""
        return await self._session.scalar(
            select(Activity).where(Activity.team_id == team_id, Activity.number == number)
        )

    async def next_number(self, team_id: int) -> int:
        """The next receipt number of the team."""
        return await next_in_team(self._session, Activity, team_id)

    async def file(self, activity: Activity, *, files: Sequence[int] = ()) -> Activity:
        """Record it; it counts for its reporter at once."""
        self._session.add(activity)
        await self._session.flush()
        self._session.add(
            ActivityParticipant(
                activity_id=activity.id,
                member_id=activity.reporter_id,
                status=ParticipantStatus.CONFIRMED,
                answered_at=activity.reported_at,
            )
        )
        self._session.add_all(ActivityFile(activity_id=activity.id, file_id=file_id) for file_id in files)
        await self._session.flush()
        return activity

    async def get(self, activity_id: int, *, team_id: int) -> Activity:
        """The activity if it is this team's; NotFound otherwise."""
        activity = await self._session.get(Activity, activity_id)
        if activity is None or activity.team_id != team_id:
            raise NotFound(what="activity", id=activity_id)
        return activity

    async def is_reported_by(self, activity_id: int, member_id: int) -> bool:
        """Whether this member reported it."""
        found = await self._session.scalar(
            select(Activity.id).where(Activity.id == activity_id, Activity.reporter_id == member_id)
        )
        return found is not None

    async def keep_revision(
        self,
        activity: Activity,
        content: dict[str, Any],
        *,
        by: int,
        now: datetime,
        after_month_reported: bool = False,
    ) -> None:
        """Remember what it said before a change, and count the change; mark it when the office had its number."""
        self._session.add(
            ActivityRevision(
                activity_id=activity.id,
                version=activity.version,
                content=content,
                changed_by=by,
                changed_at=now,
                after_month_reported=after_month_reported,
            )
        )
        activity.version += 1
        await self._session.flush()

    async def counts(self, team_id: int, first: date, last: date, *, kinds: Sequence[ActivityKind]) -> dict[int, int]:
        """How many confirmed activities of these kinds each member has between two days, both included."""
        return await self.counts_of_teams([team_id], first, last, kinds=kinds)

    async def counts_of_teams(
        self, team_ids: Sequence[int], first: date, last: date, *, kinds: Sequence[ActivityKind]
    ) -> dict[int, int]:
        """The same for the members of several teams, in one query."""
        values = {"teams": list(team_ids), "first": first, "last": last, "kinds": list(kinds)}
        rows: Any = await self._session.execute(_counts(), values)
        return {row[0]: row[1] for row in rows}

    async def count_of(
        self, member_id: int, *, team_id: int, first: date, last: date, kinds: Sequence[ActivityKind]
    ) -> int:
        """The same for one member."""
        values = {"teams": [team_id], "first": first, "last": last, "kinds": list(kinds), "member": member_id}
        rows: Any = await self._session.execute(_counts(of_one=True), values)
        return next((row[1] for row in rows), 0)

    async def between(
        self, team_id: int, first: date, last: date, *, member_id: int | None = None
    ) -> list[ActivityRow]:
        """Filed activities of these days in order of date, with schools and participants; two queries."""
        statement = (
            select(Activity, School.code, school_name_on(Activity.date))
            .outerjoin(School, School.id == Activity.school_id)
            .where(
                Activity.team_id == team_id,
                Activity.date.between(first, last),
                Activity.status == ActivityStatus.FILED,
            )
            .order_by(Activity.date, Activity.id)
        )
        if member_id is not None:
            mine = select(ActivityParticipant.activity_id).where(
                ActivityParticipant.member_id == member_id,
                ActivityParticipant.status == ParticipantStatus.CONFIRMED,
            )
            statement = statement.where(Activity.id.in_(mine))
        rows = (await self._session.execute(statement)).all()
        people = await self._participants(team_id, first, last)
        return [ActivityRow(activity, code, name, tuple(people.get(activity.id, ()))) for activity, code, name in rows]

    async def _participants(self, team_id: int, first: date, last: date) -> dict[int, list[ActivityParticipant]]:
        rows = await self._session.scalars(
            select(ActivityParticipant)
            .join(Activity, Activity.id == ActivityParticipant.activity_id)
            .where(Activity.team_id == team_id, Activity.date.between(first, last))
            .order_by(ActivityParticipant.activity_id, ActivityParticipant.member_id)
        )
        found: dict[int, list[ActivityParticipant]] = {}
        for row in rows:
            found.setdefault(row.activity_id, []).append(row)
        return found


@cache
def _filed_from() -> Any:
    """Built once, like the next: every report asks them."""
    return select(Activity).where(Activity.source == bindparam("source"))


@cache
def _counts(*, of_one: bool = False) -> Any:
    """Built once: every report asks it, and every reminder before it leaves."""
    statement = (
        select(ActivityParticipant.member_id, func.count())
        .join(Activity, Activity.id == ActivityParticipant.activity_id)
        .where(
            Activity.team_id.in_(bindparam("teams", expanding=True)),
            Activity.date.between(bindparam("first"), bindparam("last")),
            Activity.status == ActivityStatus.FILED,
            Activity.kind.in_(bindparam("kinds", expanding=True)),
            ActivityParticipant.status == ParticipantStatus.CONFIRMED,
        )
        .group_by(ActivityParticipant.member_id)
    )
    return statement.where(ActivityParticipant.member_id == bindparam("member")) if of_one else statement

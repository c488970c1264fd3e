"""Who takes part in an activity besides its reporter, and which activities are the same as one being reported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.vocabulary import ActivityKind, ActivityStatus, ParticipantStatus
from storage.rows import table_of
from storage.tables import Activity, ActivityFile, ActivityParticipant, Member, School


@dataclass(frozen=True, slots=True)
class Alike:
    """A filed activity that another may be the same as, who reported it, and how a certain member takes part."""

    id: int
    number: int
    class_or_grade: str | None
    subject: str | None
    origin: str
    reporter: str
    mine: ParticipantStatus | None


class Participations:
    """Queries over participants and files of activities."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def alike(
        self, team_id: int, day: date, kind: ActivityKind, *, school: str | None, member_id: int
    ) -> Sequence[Alike]:
        """Filed activities of a team of one day, kind and school (by code; None: without one), the oldest first."""
        values = {"team": team_id, "day": day, "kind": kind, "school": school, "member": member_id}
        rows: Any = await self._session.execute(_alike(), values)
        return [
            Alike(activity, number, group, subject, origin, name, ParticipantStatus(mine) if mine else None)
            for activity, number, group, subject, origin, name, mine in rows
        ]

    async def of(self, activity_id: int) -> dict[int, ParticipantStatus]:
        """How each takes part, the reporter included."""
        rows: Any = await self._session.execute(_of(), {"activity": activity_id})
        return {member_id: ParticipantStatus(status) for member_id, status in rows}

    async def those_at(self, team_id: int, day: date, kind: ActivityKind, *, school_id: int) -> set[int]:
        """Members with a filed activity of this day, kind and school, confirmed as theirs."""
        rows = await self._session.scalars(
            select(ActivityParticipant.member_id)
            .join(Activity, Activity.id == ActivityParticipant.activity_id)
            .where(
                Activity.team_id == team_id,
                Activity.date == day,
                Activity.kind == kind,
                Activity.school_id == school_id,
                Activity.status == ActivityStatus.FILED,
                ActivityParticipant.status == ParticipantStatus.CONFIRMED,
            )
        )
        return set(rows)

    async def ask(self, activity_id: int, member_ids: Iterable[int]) -> list[int]:
        """Those who are to be asked whether they took part and had not been; returns them."""
        known = await self.of(activity_id)
        new = [each for each in dict.fromkeys(member_ids) if each not in known]
        self._session.add_all(
            ActivityParticipant(
                activity_id=activity_id, member_id=each, status=ParticipantStatus.ASKED, answered_at=None
            )
            for each in new
        )
        await self._session.flush()
        return new

    async def answer(self, activity_id: int, member_id: int, status: ParticipantStatus, *, now: datetime) -> None:
        """They took part or did not; whoever joins by themselves becomes a participant."""
        row = await self._session.get(ActivityParticipant, (activity_id, member_id))
        if row is None:
            row = ActivityParticipant(activity_id=activity_id, member_id=member_id, status=status, answered_at=now)
            self._session.add(row)
        row.status, row.answered_at = status, now
        await self._session.flush()

    async def ask_no_longer(self, activity_id: int, member_ids: Iterable[int]) -> None:
        """Those who have not answered are no longer asked."""
        await self._session.execute(
            delete(ActivityParticipant).where(
                ActivityParticipant.activity_id == activity_id,
                ActivityParticipant.member_id.in_(list(member_ids)),
                ActivityParticipant.status == ParticipantStatus.ASKED,
            )
        )

    async def files_of(self, activity_id: int) -> list[int]:
        """The files kept with it."""
        found = await self._session.scalars(
            select(ActivityFile.file_id).where(ActivityFile.activity_id == activity_id).order_by(ActivityFile.file_id)
        )
        return list(found)

    async def set_files(self, activity_id: int, file_ids: Iterable[int]) -> None:
        """Exactly these files."""
        wanted, kept = set(file_ids), set(await self.files_of(activity_id))
        await self._session.execute(
            delete(ActivityFile).where(
                ActivityFile.activity_id == activity_id, ActivityFile.file_id.in_(list(kept - wanted))
            )
        )
        self._session.add_all(ActivityFile(activity_id=activity_id, file_id=each) for each in sorted(wanted - kept))
        await self._session.flush()

    async def latest_of(self, reporter_id: int, *, since: datetime) -> Activity | None:
        """The last activity that somebody has reported since then, if it still counts."""
        return await self._session.scalar(
            select(Activity)
            .where(
                Activity.reporter_id == reporter_id,
                Activity.reported_at >= since,
                Activity.status == ActivityStatus.FILED,
            )
            .order_by(Activity.id.desc())
            .limit(1)
        )


@cache
def _of() -> Any:
    """Built once, like the next: every report asks them."""
    rows = table_of(ActivityParticipant).c
    return select(rows.member_id, rows.status).where(rows.activity_id == bindparam("activity"))


@cache
def _alike() -> Any:
    mine = (
        select(ActivityParticipant.activity_id, ActivityParticipant.status)
        .where(ActivityParticipant.member_id == bindparam("member"))
        .subquery()
    )
    return (
        select(
            Activity.id,
            Activity.number,
            Activity.class_or_grade,
            Activity.subject,
            Activity.origin,
            Member.name,
            mine.c.status,
        )
        .join(Member, Member.id == Activity.reporter_id)
        .outerjoin(School, School.id == Activity.school_id)
        .outerjoin(mine, mine.c.activity_id == Activity.id)
        .where(
            Activity.team_id == bindparam("team"),
            Activity.date == bindparam("day"),
            Activity.kind == bindparam("kind"),
            Activity.status == ActivityStatus.FILED,
            School.code.is_not_distinct_from(bindparam("school")),
        )
        .order_by(Activity.id)
    )

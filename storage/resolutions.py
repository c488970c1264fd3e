"""Resolutions: recognised in lines of minutes, in force from the chair's confirmation, done in the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.errors import NotFound
from storage.tables import Meeting, MinutesLine, Resolution, ResolutionMember


class Resolutions:
    """Queries over resolutions."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def add(self, resolution: Resolution, member_ids: Iterable[int]) -> Resolution:
        """A resolution recognised in a line."""
        self._session.add(resolution)
        await self._session.flush()
        self._session.add_all(ResolutionMember(resolution_id=resolution.id, member_id=each) for each in member_ids)
        await self._session.flush()
        return resolution

    async def set_people(self, resolution: Resolution, member_ids: Iterable[int]) -> None:
        """Exactly these members are to do it."""
        await self._session.execute(delete(ResolutionMember).where(ResolutionMember.resolution_id == resolution.id))
        self._session.add_all(ResolutionMember(resolution_id=resolution.id, member_id=each) for each in member_ids)
        await self._session.flush()

    async def get(self, resolution_id: int, *, team_id: int) -> Resolution:
        """The resolution if it is this team's; NotFound otherwise."""
        found = await self._session.get(Resolution, resolution_id)
        if found is None or found.team_id != team_id:
            raise NotFound(what="resolution", id=resolution_id)
        return found

    async def of_line(self, line_id: int) -> Resolution | None:
        """The resolution that this line is."""
        return await self._session.scalar(select(Resolution).where(Resolution.line_id == line_id))

    async def of_meetings(self, meeting_ids: Sequence[int]) -> dict[int, list[Resolution]]:
        """Of each meeting in the order they were written; dropped ones left out."""
        rows = await self._session.scalars(
            select(Resolution)
            .where(Resolution.meeting_id.in_(meeting_ids), Resolution.status != "dropped")
            .order_by(Resolution.id)
        )
        found: dict[int, list[Resolution]] = {}
        for row in rows:
            found.setdefault(row.meeting_id, []).append(row)
        return found

    async def by_line(self, meeting_id: int, *, standing: bool) -> list[tuple[Resolution, int]]:
        """Those of lines that stand, or of lines that were struck out, with their places; dropped ones left out."""
        gone = MinutesLine.gone_at.is_(None) if standing else MinutesLine.gone_at.is_not(None)
        rows = await self._session.execute(
            select(Resolution, MinutesLine.place)
            .join(MinutesLine, MinutesLine.id == Resolution.line_id)
            .where(Resolution.meeting_id == meeting_id, Resolution.status != "dropped", gone)
            .order_by(MinutesLine.place, Resolution.id)
        )
        return [(resolution, place) for resolution, place in rows]

    async def with_status(
        self, team_id: int, *statuses: str, meeting_id: int | None = None
    ) -> list[tuple[Resolution, Meeting]]:
        """The team's resolutions with their meetings, of all or of one, the earliest due first."""
        of_meeting = [Resolution.meeting_id == meeting_id] if meeting_id else []
        rows = await self._session.execute(
            select(Resolution, Meeting)
            .join(Meeting, Meeting.id == Resolution.meeting_id)
            .where(Resolution.team_id == team_id, Resolution.status.in_(statuses), *of_meeting)
            .order_by(Resolution.due.is_(None), Resolution.due, Resolution.id)
        )
        return [(resolution, meeting) for resolution, meeting in rows]

    async def meetings(self, team_id: int, *, limit: int) -> list[Meeting]:
        """The latest meetings that decided something."""
        decided = select(Resolution.meeting_id).where(
            Resolution.team_id == team_id, Resolution.status.in_(("open", "done"))
        )
        return list(
            await self._session.scalars(
                select(Meeting).where(Meeting.id.in_(decided)).order_by(Meeting.starts_at.desc()).limit(limit)
            )
        )

    async def people(self, resolution_ids: Iterable[int]) -> Mapping[int, list[int]]:
        """For each resolution who is to do it."""
        rows = await self._session.execute(
            select(ResolutionMember.resolution_id, ResolutionMember.member_id)
            .where(ResolutionMember.resolution_id.in_(list(resolution_ids)))
            .order_by(ResolutionMember.resolution_id, ResolutionMember.member_id)
        )
        found: dict[int, list[int]] = {}
        for resolution_id, member_id in rows:
            found.setdefault(resolution_id, []).append(member_id)
        return found

    async def settle(self, resolution: Resolution, status: str, *, by: int, now: datetime) -> None:
        """Done, or open again."""
        resolution.status = status
        resolution.done_at, resolution.done_by = (now, by) if status == "done" else (None, None)
        await self._session.flush()


def new_resolution(
    *, team_id: int, meeting_id: int, line_id: int, work: str, due: date | None, everyone: bool, unknown: str
) -> Resolution:
    """A resolution as recognised, not yet checked by anybody."""
    return Resolution(
        team_id=team_id,
        meeting_id=meeting_id,
        line_id=line_id,
        work=work,
        due=due,
        everyone=everyone,
        unknown=unknown,
        is_checked=False,
        status="draft",
        done_at=None,
        done_by=None,
    )

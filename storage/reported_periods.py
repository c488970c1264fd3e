"""Which days have been reported to the supervising office; what changes there afterwards is marked."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import ReportedPeriod


class ReportedPeriods:
    """Queries over confirmed summaries."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def confirm(self, team_id: int, *, first: date, last: date, now: datetime) -> ReportedPeriod:
        """These days, both included, have been confirmed to the office."""
        period = ReportedPeriod(team_id=team_id, first=first, last=last, confirmed_at=now)
        self._session.add(period)
        await self._session.flush()
        return period

    async def day_reported(self, team_id: int, day: date) -> bool:
        """Whether a confirmed summary covers this day."""
        found = await self._session.scalar(
            select(ReportedPeriod.id)
            .where(ReportedPeriod.team_id == team_id, ReportedPeriod.first <= day, ReportedPeriod.last >= day)
            .limit(1)
        )
        return found is not None

"""The numbers of a team's papers: one series for each kind and calendar year, given once and without gaps."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import insert_ignoring
from storage.tables import NumberSeries


async def take_number(session: AsyncSession, *, team_id: int, kind: str, year: int) -> int:
    """The next number of a team's series. The row is locked until the commit, so none is doubled or left out."""
    insert = insert_ignoring(session, NumberSeries, ["team_id", "kind", "year"])
    await session.execute(insert, [{"team_id": team_id, "kind": kind, "year": year, "last": 0}])
    number = await session.scalar(
        update(NumberSeries)
        .where(NumberSeries.team_id == team_id, NumberSeries.kind == kind, NumberSeries.year == year)
        .values(last=NumberSeries.last + 1)
        .returning(NumberSeries.last)
    )
    return number or 0

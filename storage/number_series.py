"""The numbers of a team's papers: one series for each kind and calendar year, given once and without gaps."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import insert_ignoring
from storage.tables import AuditEntry, NumberSeries, Team


async def take_number(
    session: AsyncSession, *, team_id: int, kind: str, year: int, given: Select[int | None] | None = None
) -> int:
    """The next number of a team's series. The row is locked until the commit, so none is doubled or left out.

    `given` finds the highest number that was given before the series was kept here.
    """
    last = await _lock(session, team_id=team_id, kind=kind, year=year)
    if given is not None:
        last = max(last, await session.scalar(given) or 0)
    await _keep(session, team_id=team_id, kind=kind, year=year, last=last + 1)
    return last + 1


async def begin_series(session: AsyncSession, *, team_id: int, kind: str, year: int, last: int) -> bool:
    """Numbers up to `last` were given on paper; False when the series has gone on already, which is not undone."""
    if await _lock(session, team_id=team_id, kind=kind, year=year):
        return False
    await _keep(session, team_id=team_id, kind=kind, year=year, last=last)
    return True


async def last_number(session: AsyncSession, *, team_id: int, kind: str, year: int) -> int:
    """The number that was given last; 0 when the year has none."""
    return await session.scalar(_of(select(NumberSeries.last), team_id=team_id, kind=kind, year=year)) or 0


async def _lock(session: AsyncSession, *, team_id: int, kind: str, year: int) -> int:
    insert = insert_ignoring(session, NumberSeries, ["team_id", "kind", "year"])
    await session.execute(insert, [{"team_id": team_id, "kind": kind, "year": year, "last": 0}])
    series = _of(select(NumberSeries.last), team_id=team_id, kind=kind, year=year).with_for_update()
    return await session.scalar(series) or 0


async def _keep(session: AsyncSession, *, team_id: int, kind: str, year: int, last: int) -> None:
    await session.execute(
        update(NumberSeries)
        .where(NumberSeries.team_id == team_id, NumberSeries.kind == kind, NumberSeries.year == year)
        .values(last=last)
    )


def _of(statement: Select[int], *, team_id: int, kind: str, year: int) -> Select[int]:
    return statement.where(NumberSeries.team_id == team_id, NumberSeries.kind == kind, NumberSeries.year == year)


async def number_of_paper(
    session: AsyncSession, *, team_id: int, action: str, subject: str, series: str, by: int, now: datetime, year: int
) -> int:
    """The number of the paper about this; a new one of the series when it has none yet.

    The paper is an entry of the audit log (who had it written, about what, under which number); none is ever removed.
    The team is locked until the commit, so that one paper gets one number. `year`: the calendar year in its zone.
    """
    await session.execute(select(Team.id).where(Team.id == team_id).with_for_update())
    written = select(AuditEntry).where(AuditEntry.team_id == team_id, AuditEntry.action == action)
    known = await session.scalar(written.where(AuditEntry.subject == subject).limit(1))
    if known is not None:
        return int(known.detail["number"])
    number = await take_number(session, team_id=team_id, kind=series, year=year)
    entry = AuditEntry(
        team_id=team_id, actor_member_id=by, action=action, subject=subject, detail={"number": number}, at=now
    )
    session.add(entry)
    await session.flush()
    return number

"""The numbers of a team's papers and of what it does: given once and without gaps, however many processes give them."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import insert_ignoring, is_sqlite, table_of
from storage.tables import Activity, Announcement, Assignment, AuditEntry, Meeting, NumberSeries, Proposal, Team

Numbered = Activity | Announcement | Assignment | Meeting | Proposal


HOLDS_A_TEAM = "holds a team"
"""What a session's `info` has of a transaction that others wait for, who number something of the same team."""


async def next_in_team(session: AsyncSession, numbered: type[Numbered], team_id: int) -> int:
    """The number of a team's next activity, announcement and so on.

    The team is locked until the commit, or the next one to ask would be given the same number; SQLite has one writer.
    """
    await _hold(session, team_id)
    return (await session.scalar(_newest(numbered), {"team": team_id}) or 0) + 1


async def _hold(session: AsyncSession, team_id: int) -> None:
    if not is_sqlite(session):
        await session.execute(_holding(), {"team": team_id})
        session.info[HOLDS_A_TEAM] = True


@cache
def _holding() -> Any:
    """Records that only refer to the team are not held up."""
    team = table_of(Team).c
    return select(team.id).where(team.id == bindparam("team")).with_for_update(key_share=True)


@cache
def _newest(numbered: type[Numbered]) -> Any:
    rows = table_of(numbered).c
    return select(func.max(rows.number)).where(rows.team_id == bindparam("team"))


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
    await _hold(session, team_id)
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
    await _hold(session, team_id)
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

"""Schools of a team's area."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.errors import NotFound
from bot.domain.school_history import SchoolHistory, told_apart
from bot.domain.school_matching import SchoolName
from storage.rows import table_of
from storage.tables import School


class Schools:
    """Queries over schools."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def of_team(self, team_id: int) -> list[School]:
        """The schools in use, by name."""
        return list(
            await self._session.scalars(
                select(School).where(School.team_id == team_id, School.active).order_by(School.name)
            )
        )

    async def all_of_team(self, team_id: int) -> list[School]:
        """Every school the team ever had, merged ones included."""
        return list(await self._session.scalars(select(School).where(School.team_id == team_id).order_by(School.id)))

    async def names(self, team_id: int) -> tuple[SchoolName, ...]:
        """As the matcher wants them."""
        return tuple(_name_of(school) for school in await self.of_team(team_id))

    async def names_since(self, team_id: int, history: SchoolHistory, first: date) -> tuple[SchoolName, ...]:
        """The schools of the days from `first` on: those in use, and those that were merged into another since then."""
        rows: Any = await self._session.execute(_names_of_team(), {"team": team_id})
        schools = [(SchoolName(code, name, tuple(aliases)), active) for code, name, aliases, active in rows]
        gone = [each for each, active in schools if not active and (history.ended_on(each.code) or first) > first]
        return told_apart(sorted((each for each, active in schools if active), key=_by_its_name), gone)

    async def on(self, team_id: int, history: SchoolHistory, day: date) -> dict[str, str]:
        """The schools of a day by code, as they were called then, in the order of these names."""
        schools = await self.all_of_team(team_id)
        there = [each for each in schools if each.active or (history.ended_on(each.code) or day) > day]
        names = {each.code: history.name_on(each.code, each.name, day) for each in there}
        return dict(sorted(names.items(), key=lambda item: item[1]))

    async def by_code(self, team_id: int, code: str) -> School:
        """The school of this code; NotFound otherwise."""
        school: School | None = await self._session.scalar(_by_code(), {"team": team_id, "code": code})
        if school is None:
            raise NotFound(what="school", code=code)
        return school

    async def get(self, school_id: int, *, team_id: int) -> School:
        """The school if it is this team's; NotFound otherwise."""
        school = await self._session.get(School, school_id)
        if school is None or school.team_id != team_id:
            raise NotFound(what="school", id=school_id)
        return school

    async def add(self, *, team_id: int, code: str, name: str, aliases: list[str], area: str) -> School:
        """A new school."""
        school = School(team_id=team_id, code=code, name=name, aliases=aliases, area=area, active=True)
        self._session.add(school)
        await self._session.flush()
        return school


def _name_of(school: School) -> SchoolName:
    return SchoolName(code=school.code, name=school.name, aliases=tuple(school.aliases))


def _by_its_name(school: SchoolName) -> str:
    return school.name


@cache
def _names_of_team() -> Any:
    """Built once, like the next: every report asks them."""
    rows = table_of(School).c
    columns = (rows.code, rows.name, rows.aliases, rows.active)
    return select(*columns).where(rows.team_id == bindparam("team")).order_by(rows.id)


@cache
def _by_code() -> Any:
    return select(School).where(School.team_id == bindparam("team"), School.code == bindparam("code"))

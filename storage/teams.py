"""Teams and the facts of the installation."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.errors import NotFound
from bot.domain.team_settings import TeamSettings
from storage.rows import insert_ignoring
from storage.tables import Installation, Team


class Teams:
    """Queries over teams."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def create(self, *, name: str, now: datetime) -> Team:
        """A new team with the default settings."""
        team = Team(name=name, settings={}, created_at=now)
        self._session.add(team)
        await self._session.flush()
        return team

    async def get(self, team_id: int) -> Team:
        """The team; NotFound when there is none."""
        team = await self._session.get(Team, team_id)
        if team is None:
            raise NotFound(what="team", id=team_id)
        return team

    async def all(self) -> list[Team]:
        """Every team, oldest first."""
        return list(await self._session.scalars(select(Team).order_by(Team.id)))

    async def there_is_one(self) -> bool:
        """Whether anybody has made a team."""
        return await self._session.scalar(select(Team.id).limit(1)) is not None

    async def named(self, name: str) -> Team | None:
        """The team of exactly this name."""
        return await self._session.scalar(select(Team).where(Team.name == name))

    @staticmethod
    def settings(team: Team) -> TeamSettings:
        """The team's settings over the defaults."""
        return TeamSettings.model_validate(team.settings)

    @staticmethod
    def change_settings(team: Team, settings: TeamSettings) -> None:
        """Keep only what differs from the defaults."""
        team.settings = settings.model_dump(mode="json", exclude_defaults=True)

    async def installation_salt(self) -> str:
        """A random text made once for this installation."""
        row = await self._session.get(Installation, "salt")
        if row is None:
            insert = insert_ignoring(self._session, Installation, ["name"])
            await self._session.execute(insert, [{"name": "salt", "value": secrets.token_hex(16)}])
            row = await self._session.get_one(Installation, "salt")
        return row.value

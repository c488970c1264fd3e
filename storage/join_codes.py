"""One-time codes: kept as hashes, good for 14 days, used once; guessing is counted."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.join_codes import hash_code, new_code
from bot.domain.vocabulary import ChannelName
from storage.tables import JoinAttempt, JoinCode
from storage.teams import Teams

VALID_FOR = timedelta(days=14)


class JoinCodes:
    """Queries over codes."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def issue(self, member_id: int, *, now: datetime, valid_for: timedelta = VALID_FOR) -> str:
        """A fresh code for the member, to be told once: only its hash is kept. Earlier unused ones stop working."""
        await self.void(member_id)
        code = new_code()
        kept = await self._hash(code)
        self._session.add(
            JoinCode(member_id=member_id, code_hash=kept, issued_at=now, expires_at=now + valid_for, used_at=None)
        )
        await self._session.flush()
        return code

    async def void(self, member_id: int) -> None:
        """Codes that nobody has used stop working."""
        await self._session.execute(delete(JoinCode).where(JoinCode.member_id == member_id, JoinCode.used_at.is_(None)))

    async def usable(self, code: str, *, now: datetime) -> JoinCode | None:
        """The code if there is such a one, unused and not expired."""
        kept = await self._hash(code)
        return await self._session.scalar(
            select(JoinCode).where(JoinCode.code_hash == kept, JoinCode.used_at.is_(None), JoinCode.expires_at > now)
        )

    async def by_id(self, code_id: int, *, now: datetime) -> JoinCode | None:
        """The code that somebody was asked about, if it is still unused and not expired."""
        return await self._session.scalar(
            select(JoinCode).where(JoinCode.id == code_id, JoinCode.used_at.is_(None), JoinCode.expires_at > now)
        )

    async def note_wrong(self, channel: ChannelName, user_id: str, *, now: datetime) -> None:
        """Count a wrong guess."""
        self._session.add(JoinAttempt(channel=channel, user_id=user_id, at=now))
        await self._session.flush()

    async def all_wrong_guesses(self, *, since: datetime) -> int:
        """Wrong guesses of everybody since then."""
        counted = select(func.count()).select_from(JoinAttempt).where(JoinAttempt.at > since)
        return await self._session.scalar(counted) or 0

    async def wrong_guesses(self, channel: ChannelName, user_id: str, *, since: datetime) -> tuple[int, int]:
        """Wrong guesses since then: by this person, and by everybody."""
        mine = func.count().filter(JoinAttempt.channel == channel, JoinAttempt.user_id == user_id)
        row = (await self._session.execute(select(mine, func.count()).where(JoinAttempt.at > since))).one()
        return row[0], row[1]

    async def _hash(self, code: str) -> str:
        return hash_code(code, salt=await Teams(self._session).installation_salt())

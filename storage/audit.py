"""The audit log: who did what to whom and when. Nothing here changes or removes a row."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import AuditEntry


class Audit:
    """Writing and reading the log."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def note(
        self, *, team_id: int, actor: int | None, action: str, subject: str, now: datetime, **detail: Any
    ) -> None:
        """Add an entry; `actor` None means the operator or the clock."""
        self._session.add(
            AuditEntry(team_id=team_id, actor_member_id=actor, action=action, subject=subject, detail=detail, at=now)
        )

    async def latest(self, team_id: int, *, limit: int) -> list[AuditEntry]:
        """The newest entries of a team."""
        return list(
            await self._session.scalars(
                select(AuditEntry).where(AuditEntry.team_id == team_id).order_by(AuditEntry.id.desc()).limit(limit)
            )
        )

    async def page(self, team_id: int, *, offset: int, limit: int) -> list[AuditEntry]:
        """Entries of a team, the newest first, from an offset on."""
        newest = select(AuditEntry).where(AuditEntry.team_id == team_id).order_by(AuditEntry.id.desc())
        return list(await self._session.scalars(newest.offset(offset).limit(limit)))

    async def about(self, member_id: int, *, team_id: int) -> list[AuditEntry]:
        """What a member did, and what was done to them, oldest first."""
        theirs = (AuditEntry.actor_member_id == member_id) | (AuditEntry.subject == f"member:{member_id}")
        return list(
            await self._session.scalars(
                select(AuditEntry).where(AuditEntry.team_id == team_id, theirs).order_by(AuditEntry.id)
            )
        )

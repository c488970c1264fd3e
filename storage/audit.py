"""The audit log: who did what to whom and when. Nothing here changes or removes a row."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import AuditEntry

_ALL = 1_000_000


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

    async def page(self, team_id: int, *, offset: int, limit: int, about: int | None = None) -> list[AuditEntry]:
        """Entries of a team, the newest first, from an offset on; `about`: what a member did or had done to them."""
        wanted = select(AuditEntry).where(AuditEntry.team_id == team_id)
        if about is not None:
            wanted = wanted.where((AuditEntry.actor_member_id == about) | (AuditEntry.subject == f"member:{about}"))
        return list(await self._session.scalars(wanted.order_by(AuditEntry.id.desc()).offset(offset).limit(limit)))

    async def about(self, member_id: int, *, team_id: int) -> list[AuditEntry]:
        """What a member did, and what was done to them, oldest first."""
        return list(reversed(await self.page(team_id, offset=0, limit=_ALL, about=member_id)))

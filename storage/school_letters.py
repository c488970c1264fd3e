"""Letters to schools: which number each has in the team's series, which begins anew each calendar year."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.number_series import take_number
from storage.tables import AuditEntry, Team

_ACTION = "school_letter"


class SchoolLetters:
    """A letter is an entry of the audit log: who had it written, for whom, under which number. None is ever removed."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def number(self, *, team_id: int, subject: str, by: int, now: datetime, year: int) -> int:
        """The number of the letter about this; a new one when there is none yet.

        The team is locked until the commit, so that one letter gets one number. `year`: the calendar year in the team's
        zone.
        """
        await self._session.execute(select(Team.id).where(Team.id == team_id).with_for_update())
        written = select(AuditEntry).where(AuditEntry.team_id == team_id, AuditEntry.action == _ACTION)
        known = await self._session.scalar(written.where(AuditEntry.subject == subject).limit(1))
        if known is not None:
            return int(known.detail["number"])
        number = await take_number(self._session, team_id=team_id, kind=_ACTION, year=year)
        self._session.add(
            AuditEntry(
                team_id=team_id,
                actor_member_id=by,
                action=_ACTION,
                subject=subject,
                detail={"number": number},
                at=now,
            )
        )
        await self._session.flush()
        return number

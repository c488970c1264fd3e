"""Letters to schools: which number each has in the team's series, which begins anew each calendar year."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from storage.number_series import number_of_paper

_ACTION = "school_letter"


class SchoolLetters:
    """Who had a letter written, for whom, under which number."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def number(self, *, team_id: int, subject: str, by: int, now: datetime, year: int) -> int:
        """The number of the letter about this; a new one when there is none yet."""
        return await number_of_paper(
            self._session, team_id=team_id, action=_ACTION, subject=subject, series=_ACTION, by=by, now=now, year=year
        )

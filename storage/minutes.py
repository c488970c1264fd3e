"""Minutes line by line, and their confirmed versions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.errors import NotFound
from bot.domain.meetings import MeetingStatus
from storage.number_series import take_number
from storage.tables import (
    Meeting,
    Minutes,
    MinutesLine,
    MinutesVersion,
    MinutesWriter,
)


class MinutesBook:
    """Queries over minutes."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def of_meeting(self, meeting_id: int) -> Minutes | None:
        """The minutes of this meeting, if somebody has begun them."""
        return await self._session.scalar(select(Minutes).where(Minutes.meeting_id == meeting_id))

    async def of_meetings(self, meeting_ids: Sequence[int]) -> dict[int, Minutes]:
        """The minutes of those of these meetings that have any."""
        rows = await self._session.scalars(select(Minutes).where(Minutes.meeting_id.in_(meeting_ids)))
        return {each.meeting_id: each for each in rows}

    async def get(self, minutes_id: int, *, team_id: int) -> Minutes:
        """The minutes if they are this team's; NotFound otherwise."""
        minutes = await self._session.get(Minutes, minutes_id)
        if minutes is None or minutes.team_id != team_id:
            raise NotFound(what="minutes", id=minutes_id)
        return minutes

    async def begin(self, meeting: Meeting, *, secretary_id: int, now: datetime) -> Minutes:
        """New minutes of a meeting."""
        minutes = Minutes(
            team_id=meeting.team_id,
            meeting_id=meeting.id,
            year=None,
            number=None,
            status="writing",
            secretary_id=secretary_id,
            opened_at=now,
            closed_at=None,
        )
        self._session.add(minutes)
        await self._session.flush()
        return minutes

    async def next_number(self, team_id: int, year: int) -> int:
        """The next number of the team's series, which begins anew each calendar year."""
        given = select(func.max(Minutes.number)).where(Minutes.team_id == team_id, Minutes.year == year)
        return await take_number(self._session, team_id=team_id, kind="BB", year=year, given=given)

    async def write_as(self, minutes_id: int, member_id: int, *, now: datetime) -> None:
        """From now on what this member types goes into these minutes."""
        row = await self._session.get(MinutesWriter, member_id)
        if row is None:
            self._session.add(MinutesWriter(member_id=member_id, minutes_id=minutes_id, wrote_at=now))
        else:
            row.minutes_id, row.wrote_at = minutes_id, now
        await self._session.flush()

    async def written_by(self, member_id: int, *, now: datetime, within: timedelta) -> Minutes | None:
        """The minutes this member is writing; None when they have stopped or paused too long."""
        row = await self._session.get(MinutesWriter, member_id)
        if row is None or row.wrote_at < now - within:
            return None
        return await self._session.get(Minutes, row.minutes_id)

    async def stop_writing(self, *, minutes_id: int | None = None, member_id: int | None = None) -> None:
        """Nobody writes these minutes any more, or this member writes none."""
        statement = delete(MinutesWriter)
        if minutes_id is not None:
            statement = statement.where(MinutesWriter.minutes_id == minutes_id)
        if member_id is not None:
            statement = statement.where(MinutesWriter.member_id == member_id)
        await self._session.execute(statement)

    async def lines(self, minutes_id: int) -> list[MinutesLine]:
        """What stands, in order."""
        return list(
            await self._session.scalars(
                select(MinutesLine)
                .where(MinutesLine.minutes_id == minutes_id, MinutesLine.gone_at.is_(None))
                .order_by(MinutesLine.place, MinutesLine.id)
            )
        )

    async def number_of(self, line: MinutesLine) -> int:
        """Which of the standing lines it is, counted from one."""
        before = tuple_(MinutesLine.place, MinutesLine.id) <= tuple_(line.place, line.id)
        standing = select(func.count()).where(
            MinutesLine.minutes_id == line.minutes_id, MinutesLine.gone_at.is_(None), before
        )
        return await self._session.scalar(standing) or 0

    async def restore(self, minutes_id: int, line_ids: Sequence[int], *, now: datetime) -> list[int]:
        """Exactly these lines stand again; returns those that are struck out for it."""
        lines = await self._session.scalars(select(MinutesLine).where(MinutesLine.minutes_id == minutes_id))
        struck: list[int] = []
        for line in lines:
            if line.id in line_ids:
                line.gone_at = None
            elif line.gone_at is None:
                line.gone_at = now
                struck.append(line.id)
        await self._session.flush()
        return struck

    async def line(self, line_id: int, *, team_id: int) -> MinutesLine:
        """The line if its minutes are this team's, whether it still stands or not; NotFound otherwise."""
        line = await self._session.get(MinutesLine, line_id)
        if line is None:
            raise NotFound(what="minutes_line", id=line_id)
        await self.get(line.minutes_id, team_id=team_id)
        return line

    async def add_line(
        self,
        minutes_id: int,
        *,
        kind: str,
        text: str,
        author_id: int,
        now: datetime,
        file_id: int | None = None,
        place: int | None = None,
    ) -> MinutesLine:
        """One more line at the end, or in the place of one it replaces."""
        if place is None:
            last = await self._session.scalar(
                select(func.max(MinutesLine.place)).where(MinutesLine.minutes_id == minutes_id)
            )
            place = (last or 0) + 1
        line = MinutesLine(
            minutes_id=minutes_id,
            place=place,
            kind=kind,
            text=text,
            file_id=file_id,
            author_id=author_id,
            written_at=now,
            gone_at=None,
        )
        self._session.add(line)
        await self._session.flush()
        return line

    async def pictures(self, line_ids: Sequence[int]) -> list[tuple[str, int]]:
        """The words and the file of those of these lines that are photos, in order."""
        rows = await self._session.execute(
            select(MinutesLine.text, MinutesLine.file_id)
            .where(MinutesLine.id.in_(line_ids), MinutesLine.file_id.is_not(None))
            .order_by(MinutesLine.place, MinutesLine.id)
        )
        return [(text, file_id) for text, file_id in rows if file_id is not None]

    async def keep_version(self, minutes: Minutes, content: dict[str, Any], *, by: int) -> None:
        """What was confirmed just now (minutes.closed_at is set); its files are still to be drawn."""
        self._session.add(
            MinutesVersion(
                minutes_id=minutes.id,
                version=minutes.version,
                content=content,
                word_id=None,
                pdf_id=None,
                confirmed_by=by,
                confirmed_at=minutes.closed_at,
            )
        )
        await self._session.flush()

    async def version(self, minutes_id: int, version: int, *, for_change: bool = False) -> MinutesVersion:
        """One confirmed version; NotFound otherwise."""
        found = await self._session.get(MinutesVersion, (minutes_id, version), with_for_update=for_change)
        if found is None:
            raise NotFound(what="minutes_version", id=minutes_id)
        return found

    async def latest_versions(self, minutes_ids: Sequence[int]) -> dict[int, MinutesVersion]:
        """Of those that were confirmed, what was confirmed last."""
        newest = (
            select(MinutesVersion.minutes_id, func.max(MinutesVersion.version).label("version"))
            .where(MinutesVersion.minutes_id.in_(minutes_ids))
            .group_by(MinutesVersion.minutes_id)
            .subquery()
        )
        is_newest = and_(MinutesVersion.minutes_id == newest.c.minutes_id, MinutesVersion.version == newest.c.version)
        rows = await self._session.scalars(select(MinutesVersion).join(newest, is_newest))
        return {each.minutes_id: each for each in rows}

    async def versions(self, minutes_id: int) -> list[MinutesVersion]:
        """Every confirmed version, the first one first."""
        return list(
            await self._session.scalars(
                select(MinutesVersion).where(MinutesVersion.minutes_id == minutes_id).order_by(MinutesVersion.version)
            )
        )

    async def confirmed(self, team_id: int, *, limit: int, offset: int = 0) -> list[tuple[Minutes, Meeting]]:
        """Minutes that have a number, with their meetings, the latest first."""
        rows = await self._session.execute(
            select(Minutes, Meeting)
            .join(Meeting, Meeting.id == Minutes.meeting_id)
            .where(Minutes.team_id == team_id, Minutes.number.is_not(None))
            .order_by(Meeting.starts_at.desc(), Minutes.id.desc())
            .limit(limit)
            .offset(offset)
        )
        return [(minutes, meeting) for minutes, meeting in rows]

    async def missing(self, team_id: int, since: datetime, until: datetime) -> list[Meeting]:
        """Called meetings beginning between two moments without confirmed minutes; older ones being written too."""
        begun = select(Minutes.meeting_id).where(Minutes.team_id == team_id)
        recent = and_(Meeting.starts_at >= since, Meeting.id.not_in(begun))
        written = Meeting.id.in_(begun.where(Minutes.status != "confirmed"))
        return list(
            await self._session.scalars(
                select(Meeting)
                .where(
                    Meeting.team_id == team_id,
                    Meeting.status == MeetingStatus.CALLED,
                    Meeting.starts_at <= until,
                    or_(recent, written),
                )
                .order_by(Meeting.starts_at, Meeting.id)
            )
        )

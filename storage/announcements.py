"""Announcements: making, editing, and who has read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import String, and_, cast, func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.errors import NotFound
from storage.files import FileLine, files_named_by
from storage.number_series import next_in_team
from storage.tables import (
    Announcement,
    AnnouncementFile,
    AnnouncementRecipient,
    AnnouncementVersion,
    Member,
    Outbox,
)

_LONGEST_BROADCAST = timedelta(days=60)  # between writing an announcement and its last message, scheduled ones included


@dataclass(frozen=True, slots=True)
class Listed:
    """An announcement in a list: how many it is for, how many of them have read it."""

    announcement: Announcement
    recipients: int
    read: int


class Announcements:
    """Queries over announcements; every one that a person asks for names the team."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def made_from(self, source: str) -> Announcement | None:
        """The announcement that this dialogue has made already."""
        return await self._session.scalar(select(Announcement).where(Announcement.source == source))

    async def next_number(self, team_id: int) -> int:
        """The next number of the team."""
        return await next_in_team(self._session, Announcement, team_id)

    async def add(
        self, announcement: Announcement, recipients: Sequence[int], *, files: Iterable[int] = ()
    ) -> Announcement:
        """Record it with everybody it is for, in a few statements however many they are."""
        self._session.add(announcement)
        await self._session.flush()
        rows = [{"announcement_id": announcement.id, "member_id": each, "read_at": None} for each in recipients]
        if rows:
            await self._session.execute(insert(AnnouncementRecipient), rows)
        self._session.add_all(AnnouncementFile(announcement_id=announcement.id, file_id=each) for each in files)
        await self._session.flush()
        return announcement

    async def get(self, announcement_id: int, *, team_id: int, lock: bool = False) -> Announcement:
        """The announcement if it is this team's; NotFound otherwise. `lock`: nobody else changes it meanwhile."""
        statement = select(Announcement).where(Announcement.id == announcement_id, Announcement.team_id == team_id)
        if lock:
            statement = statement.with_for_update().execution_options(populate_existing=True)
        found = await self._session.scalar(statement)
        if found is None:
            raise NotFound(what="announcement", id=announcement_id)
        return found

    async def team_of(self, announcement_id: int) -> int | None:
        """The team in which it was announced."""
        return await self._session.scalar(select(Announcement.team_id).where(Announcement.id == announcement_id))

    async def by_id(self, announcement_id: int) -> Announcement | None:
        """The announcement of whatever team: for jobs and guards, never for what a person asked."""
        return await self._session.get(Announcement, announcement_id)

    async def numbered(self, number: int, *, team_id: int) -> Announcement | None:
        """The team's announcement of this number."""
        return await self._session.scalar(
            select(Announcement).where(Announcement.number == number, Announcement.team_id == team_id)
        )

    async def recipient(self, announcement_id: int, member_id: int) -> AnnouncementRecipient | None:
        """Whether it is for this member, and whether they have read it."""
        return await self._session.get(AnnouncementRecipient, (announcement_id, member_id))

    async def latest(self, team_id: int, *, limit: int) -> list[Listed]:
        """The newest of the team with their counts."""
        counts = (
            select(
                AnnouncementRecipient.announcement_id,
                func.count().label("all"),
                func.count(AnnouncementRecipient.read_at).label("read"),
            )
            .group_by(AnnouncementRecipient.announcement_id)
            .subquery()
        )
        rows = await self._session.execute(
            select(Announcement, counts.c.all, counts.c.read)
            .outerjoin(counts, counts.c.announcement_id == Announcement.id)
            .where(Announcement.team_id == team_id)
            .order_by(Announcement.number.desc())
            .limit(limit)
        )
        return [Listed(row[0], row[1] or 0, row[2] or 0) for row in rows]

    async def for_member(
        self, member_id: int, *, limit: int, unread_only: bool = False
    ) -> list[tuple[Announcement, bool]]:
        """What was announced to a member and has not been stopped, the newest first, with whether they read it."""
        statement = (
            select(Announcement, AnnouncementRecipient.read_at)
            .join(AnnouncementRecipient, AnnouncementRecipient.announcement_id == Announcement.id)
            .where(AnnouncementRecipient.member_id == member_id, Announcement.status != "stopped")
            .order_by(Announcement.number.desc())
            .limit(limit)
        )
        if unread_only:
            statement = statement.where(AnnouncementRecipient.read_at.is_(None))
        rows = await self._session.execute(statement)
        return [(row[0], row[1] is not None) for row in rows]

    async def counts(self, announcement_id: int) -> tuple[int, int]:
        """(recipients, how many of them have read it)"""
        row = (
            await self._session.execute(
                select(func.count(), func.count(AnnouncementRecipient.read_at)).where(
                    AnnouncementRecipient.announcement_id == announcement_id
                )
            )
        ).one()
        return row[0], row[1]

    async def unread(self, announcement_id: int) -> list[tuple[int, str]]:
        """(id, name) of recipients in force who have not read it, as the roster orders them."""
        rows = await self._session.execute(
            select(Member.id, Member.name)
            .join(AnnouncementRecipient, AnnouncementRecipient.member_id == Member.id)
            .where(
                AnnouncementRecipient.announcement_id == announcement_id,
                AnnouncementRecipient.read_at.is_(None),
                Member.ended_at.is_(None),
            )
            .order_by(Member.id)
        )
        return [(row[0], row[1]) for row in rows]

    async def readers(self, announcement_id: int) -> set[int]:
        """The members who have read it."""
        rows = await self._session.scalars(
            select(AnnouncementRecipient.member_id).where(
                AnnouncementRecipient.announcement_id == announcement_id, AnnouncementRecipient.read_at.is_not(None)
            )
        )
        return set(rows)

    async def recipients(self, announcement_id: int) -> list[int]:
        """The members in force that it is for."""
        rows = await self._session.scalars(
            select(AnnouncementRecipient.member_id)
            .join(Member, Member.id == AnnouncementRecipient.member_id)
            .where(AnnouncementRecipient.announcement_id == announcement_id, Member.ended_at.is_(None))
            .order_by(AnnouncementRecipient.member_id)
        )
        return list(rows)

    async def files(self, announcement_id: int) -> list[FileLine]:
        """Its files: (id, name, type)."""
        return await files_named_by(
            self._session, AnnouncementFile.file_id, AnnouncementFile.announcement_id == announcement_id
        )

    async def edit(self, announcement: Announcement, text: str, *, by: int, now: datetime) -> None:
        """Let it say something else, and keep what it said."""
        self._session.add(
            AnnouncementVersion(
                announcement_id=announcement.id,
                version=announcement.version,
                text=announcement.text,
                changed_by=by,
                changed_at=now,
            )
        )
        announcement.text = text
        announcement.version += 1
        await self._session.flush()

    async def last_edit(self, announcement_id: int) -> AnnouncementVersion | None:
        """Who edited it last, and when."""
        return await self._session.scalar(
            select(AnnouncementVersion)
            .where(AnnouncementVersion.announcement_id == announcement_id)
            .order_by(AnnouncementVersion.version.desc())
            .limit(1)
        )

    async def moving(self, *, since: datetime) -> list[Announcement]:
        """Those of all teams that left for somebody, or were read by somebody, since a moment."""
        read = select(AnnouncementRecipient.announcement_id).where(AnnouncementRecipient.read_at >= since).distinct()
        topic = "announcement:" + cast(Announcement.id, String) + ":v" + cast(Announcement.version, String)
        left = select(Outbox.id).where(Outbox.topic == topic, Outbox.sent_at >= since).exists()
        lately = Announcement.created_at >= since - _LONGEST_BROADCAST
        rows = await self._session.scalars(
            select(Announcement).where(or_(Announcement.id.in_(read), and_(lately, left))).order_by(Announcement.id)
        )
        return list(rows)

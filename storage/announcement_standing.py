"""How an announcement stands, for the card of whoever sent it and for the tick that keeps the card up to date."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.broadcast import AnnouncementStanding
from storage.tables import Announcement
from storage.unit_of_work import UnitOfWork


def content_topic(announcement: Announcement) -> str:
    """The outbox topic of what it says now."""
    return f"announcement:{announcement.id}:v{announcement.version}"


def card_topic(announcement_id: int) -> str:
    """The outbox topic of the sender's card."""
    return f"announcement-card:{announcement_id}"


def nudge_topic(announcement_id: int) -> str:
    """The outbox topic of the nudge to those who have not read it."""
    return f"announcement-nudge:{announcement_id}"


async def standing_of(
    uow: UnitOfWork, announcement: Announcement, *, zone: ZoneInfo, now: datetime
) -> AnnouncementStanding:
    """In a few queries, however many it is for."""
    progress = await uow.broadcasts.progress(content_topic(announcement))
    recipients, read = await uow.announcements.counts(announcement.id)
    unread = await uow.announcements.unread(announcement.id)
    reachable = await uow.accounts.private_chats([member_id for member_id, _ in unread]) if unread else {}
    nudges = await uow.broadcasts.progress(nudge_topic(announcement.id))
    return AnnouncementStanding(
        id=announcement.id,
        number=announcement.number,
        version=announcement.version,
        text=announcement.text,
        progress=progress,
        recipients=recipients,
        read=read,
        unread=tuple(name for member_id, name in unread if member_id in reachable),
        unreached=tuple(name for member_id, name in unread if member_id not in reachable),
        send_at=announcement.send_at.astimezone(zone) if announcement.send_at > now and progress.waiting else None,
        is_stopped=announcement.status == "stopped",
        is_nudged=bool(nudges.sent or nudges.waiting),
    )

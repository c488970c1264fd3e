"""Keeps the cards of announcements up to date by editing them while messages leave and people read."""

from __future__ import annotations

from datetime import timedelta
from zlib import crc32

from bot.domain.messages import ChoiceList, Delivery, Outgoing, Priority
from bot.texts import announcements as texts
from scheduler.jobs import Counts, JobContext
from storage.announcement_standing import card_topic, standing_of
from storage.tables import Announcement
from storage.unit_of_work import UnitOfWork

_LATELY = timedelta(minutes=10)


async def run(context: JobContext) -> Counts:
    """Edit the cards of what moved lately; a card that says so already is left alone."""
    counts = {"announcements": 0, "cards": 0}
    async with context.database.read() as uow:
        moving = await uow.announcements.moving(since=context.now - _LATELY)
    for row in moving:
        async with context.database.begin() as uow:
            counts["announcements"] += 1
            counts["cards"] += await _refresh(uow, row, context)
    return counts


async def _refresh(uow: UnitOfWork, row: Announcement, context: JobContext) -> int:
    cards = await uow.broadcasts.sent(card_topic(row.id))
    if not cards:
        return 0
    settings = uow.teams.settings(await uow.teams.get(row.team_id))
    standing = await standing_of(uow, row, zone=settings.zone, now=context.now)
    text = str(texts.status(standing))
    rows = tuple(tuple(each) for each in texts.card_choices(standing) if each)
    messages = [
        (
            Outgoing(
                chat=card.chat,
                text=text,
                choices=ChoiceList(rows=rows) if rows else None,
                replaces=card.message_id,
                only_if_editable=True,
            ),
            Delivery(
                dedupe_key=f"card-edit:{row.id}:{crc32(text.encode()):08x}:{card.chat.key}:{card.message_id}",
                priority=Priority.REMINDER,
                as_of=context.as_of,
                member_id=card.member_id,
                topic=f"card-edit:{row.id}",
            ),
        )
        for card in cards
    ]
    return await uow.outbox.put_many(messages, now=context.now)

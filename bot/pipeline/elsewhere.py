"""One person, two channels: a message that cannot or should not go one way goes the other."""

from __future__ import annotations

from datetime import datetime

from bot.domain.messages import Delivery, Outgoing, Priority
from bot.domain.vocabulary import ChannelName
from storage.tables import Outbox
from storage.unit_of_work import UnitOfWork


async def send_elsewhere(
    uow: UnitOfWork, row: Outbox, part: Outgoing, *, away_from: ChannelName, now: datetime
) -> bool:
    """Write the part for the member's chat on another platform; False when there is none."""
    if row.member_id is None:
        return False
    chats = (await uow.accounts.private_chats([row.member_id])).get(row.member_id, [])
    other = next((chat for chat in chats if chat.channel != away_from), None)
    if other is None:
        return False
    shown = await uow.keyboards.find(part.choices_key) if part.choices_key else None
    changes = {"chat": other, "replaces": "", "choices": shown.choices if shown else part.choices, "choices_key": ""}
    delivery = Delivery(
        dedupe_key=f"{row.dedupe_key}:{other.channel}",
        priority=Priority(row.priority),
        expires_at=row.expires_at,
        member_id=row.member_id,
        author_member_id=row.author_member_id,
        topic=row.topic,
    )
    await uow.outbox.put(part.model_copy(update=changes), delivery, now=now)
    return True

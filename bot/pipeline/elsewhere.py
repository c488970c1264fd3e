"""One person, two channels: a message that cannot or should not go one way goes the other, once."""

from __future__ import annotations

from datetime import datetime

from bot.channels.base import Channel
from bot.domain.messages import ChoiceList, Delivery, Outgoing, Priority
from bot.domain.vocabulary import ChannelName
from storage.tables import Outbox
from storage.unit_of_work import UnitOfWork

_MOVED = tuple(f":{name}" for name in ChannelName)


async def send_elsewhere(uow: UnitOfWork, row: Outbox, part: Outgoing, *, away_from: Channel, now: datetime) -> bool:
    """Write the part for the member's chat on another platform; False when there is none, or it came from there."""
    if row.member_id is None or row.dedupe_key.endswith(_MOVED):
        return False
    chats = (await uow.accounts.private_chats([row.member_id])).get(row.member_id, [])
    other = next((chat for chat in chats if chat.channel != away_from.name), None)
    if other is None:
        return False
    changes: dict[str, object] = {"chat": other, "replaces": "", "choices_key": ""}
    shown = await uow.keyboards.find(part.choices_key) if part.choices_key else None
    if shown is not None:
        changes |= {"choices": shown.choices, "text": without_list(part, shown.choices, away_from)}
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


def without_list(part: Outgoing, choices: ChoiceList, channel: Channel) -> str:
    """What was said above the numbered lines that stand for choices where there are no buttons."""
    if channel.capabilities.buttons:
        return part.text
    *_, listed = channel.parts(Outgoing(chat=part.chat, text="", choices=choices))
    return part.text.removesuffix(listed.text).rstrip()

"""Where a plan counts messages: what waits for one chat goes out as one message with one list of choices.

Each stays a row of its own: what becomes of the one call is recorded for all of them, and after a failure or a crash
each is tried again by itself, or shown to its author, as if it had been sent alone.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.channels.base import Channel
from bot.channels.parting import join_messages
from bot.domain.messages import Outgoing
from bot.pipeline.elsewhere import without_list
from storage.keyboards import new_keyboard
from storage.tables import Outbox
from storage.unit_of_work import UnitOfWork

IsDue = Callable[[UnitOfWork, Outbox, Outgoing], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class Companion:
    """A row that goes along, and what it would have said alone."""

    row: Outbox
    part: Outgoing


async def gather(
    uow: UnitOfWork, row: Outbox, part: Outgoing, *, channel: Channel, is_due: IsDue, now: datetime
) -> tuple[Outgoing, tuple[Companion, ...]]:
    """What says the part and all that waits behind it in the same private chat, in order; and which rows go along."""
    can = channel.capabilities
    if not can.metered or can.buttons or part.attachments or not part.chat.is_private or row.attempts:
        return part, ()
    whole = await _as_written(uow, part, channel)
    along: list[Companion] = []
    for waiting in await uow.delivery.waiting_behind(row):
        theirs = Outgoing.model_validate(waiting.payload)
        goes_alone = theirs.only_if_editable or waiting.attempts > 0
        both = None if goes_alone else _one(whole, await _as_written(uow, theirs, channel), channel)
        if both is None or not await is_due(uow, waiting, theirs):
            break
        whole = both
        along.append(Companion(waiting, theirs))
    return (await _drawn(uow, whole, channel, now=now), tuple(along)) if along else (part, ())


def _one(first: Outgoing, second: Outgoing, channel: Channel) -> Outgoing | None:
    joined = join_messages([first, second], {channel.name: channel.capabilities})
    is_one = len(joined) == 1 and len(channel.parts(joined[0])) == 1
    return joined[0] if is_one else None


async def _as_written(uow: UnitOfWork, part: Outgoing, channel: Channel) -> Outgoing:
    """The part with its choices as choices again, without the numbered lines that stand for them."""
    shown = await uow.keyboards.find(part.choices_key) if part.choices_key else None
    if shown is None:
        return part
    changes = {"choices": shown.choices, "text": without_list(part, shown.choices, channel), "choices_key": ""}
    return part.model_copy(update=changes)


async def _drawn(uow: UnitOfWork, whole: Outgoing, channel: Channel, *, now: datetime) -> Outgoing:
    """The one call that says it all; its list is remembered as any other."""
    if whole.choices is not None:
        keyboard = new_keyboard(whole.choices, chat_key=whole.chat.key, user_id=whole.chat.chat_id, now=now)
        await uow.keyboards.remember_many([keyboard])
        whole = whole.model_copy(update={"choices_key": keyboard["key"]})
    (drawn,) = channel.parts(whole)
    return drawn

"""Understand one raw Zalo update: what was said or sent, where and by whom."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from bot.channels.base import RawUpdate
from bot.channels.zalo_updates import RawEvent, RawMessage, external_id, unwrap
from bot.domain.messages import Chat, Incoming, IncomingFile, Sender
from bot.domain.text import normalise
from bot.domain.vocabulary import ChannelName, ChatKind

UNSUPPORTED = "unsupported"
"""The reference of a thing that Zalo does not hand on: a file, a video, a place."""

_STICKER = "message.sticker.received"
_NOT_HANDED_ON = "message.unsupported.received"
_KINDS = {"PRIVATE": ChatKind.PRIVATE, "GROUP": ChatKind.GROUP}


def read_update(raw: RawUpdate, *, bot_names: tuple[str, ...]) -> Incoming | None:
    """What an update says; None when nothing of it is for us. `bot_names`: what people write after the @."""
    number = external_id(raw)
    event = RawEvent.model_validate(dict(unwrap(raw)))
    message = event.message
    kind = _KINDS.get(message.chat.chat_type.upper())
    if kind is None or message.sender is None or message.sender.is_bot or not event.event_name.startswith("message."):
        return None
    text = normalise(message.text or message.caption or "")
    return Incoming(
        external_id=number,
        chat=Chat(channel=ChannelName.ZALO, chat_id=message.chat.id, kind=kind),
        sender=Sender(user_id=message.sender.id, name=normalise(message.sender.display_name)),
        at=datetime.fromtimestamp(message.date / 1000, UTC),
        text=text if kind is ChatKind.PRIVATE else without_name(text, bot_names),
        files=_files(event.event_name, message),
        message_id=message.message_id,
    )


def without_name(text: str, bot_names: tuple[str, ...]) -> str:
    """The words after "@Name", which only call the bot; names may hold spaces, so the longest that fits counts."""
    for name in sorted(filter(None, bot_names), key=len, reverse=True):
        called = f"@{normalise(name)}"
        rest = text[len(called) :]
        if text[: len(called)].casefold() == called.casefold() and not re.match(r"\w", rest):
            return rest.lstrip(" ,:\n")
    return text


def _files(event_name: str, message: RawMessage) -> tuple[IncomingFile, ...]:
    if event_name == _NOT_HANDED_ON:
        return (IncomingFile(reference=UNSUPPORTED, kind="other"),)
    if message.voice_url:
        return (IncomingFile(reference=message.voice_url, kind="voice", name="ghi-am.aac", mime="audio/aac"),)
    picture = message.photo_url or message.photo
    if picture and event_name != _STICKER:
        return (IncomingFile(reference=picture, kind="photo"),)
    return ()

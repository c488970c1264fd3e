"""Understand one raw Telegram update: what was said, pressed or done, where, by whom, and whether it is for the bot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, cast

from bot.channels.base import RawUpdate
from bot.channels.telegram_addressing import KnownBot, Spoken, understand_words
from bot.channels.telegram_updates import RawChat, RawFile, RawMemberChange, RawMessage, RawPress, RawUser
from bot.domain.clock import Clock
from bot.domain.messages import Chat, ChatEvent, Incoming, IncomingFile, Press, Sender
from bot.domain.text import normalise
from bot.domain.vocabulary import ChannelName, ChatKind

READ_KINDS = ("message", "callback_query", "my_chat_member", "chat_member")
"""The kinds of update worth asking for; edits and channel posts mean nothing here."""

_SAID_WITHOUT_WORDS = frozenset(
    {"location", "venue", "contact", "poll", "dice", "game", "story", "paid_media", "checklist", "invoice", "gift"}
)
_KINDS = {"private": ChatKind.PRIVATE, "group": ChatKind.GROUP, "supergroup": ChatKind.GROUP}


def external_id(raw: RawUpdate) -> str:
    """The number of the update as text; ValueError when it has none."""
    number = cast(object, raw.get("update_id")) if isinstance(raw, Mapping) else None  # pyright: ignore[reportUnnecessaryIsInstance] -- webhook bodies are any JSON
    if not isinstance(number, int) or isinstance(number, bool):
        raise ValueError("an update without update_id")
    return str(number)


@dataclass(frozen=True, slots=True)
class UpdateReader:
    """Reads for one bot; `clock` dates the presses, which carry no time of their own."""

    bot: KnownBot
    clock: Clock

    def read(self, raw: RawUpdate) -> Incoming | None:
        """What an update says; None when nothing of it is for us, ValueError when it is malformed."""
        number = external_id(raw)
        for kind in READ_KINDS:
            content = raw.get(kind)
            if content is None:
                continue
            if not isinstance(content, Mapping):
                raise ValueError(f"{kind} is not an object")
            fields = dict(cast(Mapping[str, Any], content))
            match kind:
                case "message":
                    return self._read_message(number, RawMessage.model_validate(fields), fields)
                case "callback_query":
                    return self._read_press(number, RawPress.model_validate(fields))
                case _:
                    change = RawMemberChange.model_validate(fields)
                    return (
                        _read_own_change(number, change) if kind == "my_chat_member" else _read_change(number, change)
                    )
        return None

    def _read_message(self, number: str, message: RawMessage, fields: Mapping[str, Any]) -> Incoming | None:
        chat = _chat(message.chat)
        if chat is None or message.is_automatic_forward:
            return None
        at = _moment(message.date)
        if message.migrate_to_chat_id is not None:
            return Incoming(
                external_id=number,
                chat=chat,
                at=at,
                event=ChatEvent.MIGRATED,
                new_chat_id=str(message.migrate_to_chat_id),
            )
        if message.left_chat_member is not None:
            return _left(number, chat, at, message.left_chat_member)
        return self._read_speech(number, chat, message, fields)

    def _read_speech(self, number: str, chat: Chat, message: RawMessage, fields: Mapping[str, Any]) -> Incoming | None:
        files = _files(message)
        said = bool(message.text or message.caption or files or _SAID_WITHOUT_WORDS & fields.keys())
        sender = _person(message)
        if not said or (message.sender is not None and message.sender.is_bot and message.sender_chat is None):
            return None
        words = understand_words(_spoken(message), bot=self.bot, private=chat.is_private)
        return Incoming(
            external_id=number,
            chat=chat,
            sender=sender,
            at=_moment(message.date),
            text=words.text,
            files=files,
            message_id=str(message.message_id),
            reply_to=_replied(message),
            addressed=words.addressed,
        )

    def _read_press(self, number: str, press: RawPress) -> Incoming | None:
        chat = _chat(press.message.chat) if press.message else None
        if chat is None or press.message is None or not press.data:
            return None
        message_id = str(press.message.message_id)
        return Incoming(
            external_id=number,
            chat=chat,
            sender=_sender(press.sender),
            at=self.clock(),
            press=Press(data=press.data, message_id=message_id, callback_id=press.id),
            message_id=message_id,
        )


def _spoken(message: RawMessage) -> Spoken:
    reply = message.reply_to_message
    return Spoken(
        text=message.text or message.caption,
        entities=tuple(message.entities if message.text else message.caption_entities),
        replied_to=reply.sender if reply and reply.forum_topic_created is None else None,
        forwarded=message.forward_origin is not None,
    )


def _replied(message: RawMessage) -> str:
    reply = message.reply_to_message
    return str(reply.message_id) if reply and reply.forum_topic_created is None else ""


def _read_own_change(number: str, change: RawMemberChange) -> Incoming | None:
    chat = _chat(change.chat)
    if chat is None or change.old.is_inside == change.new.is_inside:
        return None
    gained, lost = (
        (ChatEvent.UNBLOCKED, ChatEvent.BLOCKED) if chat.is_private else (ChatEvent.BOT_ADDED, ChatEvent.BOT_REMOVED)
    )
    return Incoming(
        external_id=number,
        chat=chat,
        sender=_sender(change.sender),
        at=_moment(change.date),
        event=gained if change.new.is_inside else lost,
    )


def _read_change(number: str, change: RawMemberChange) -> Incoming | None:
    chat = _chat(change.chat)
    if chat is None or not change.old.is_inside or change.new.is_inside:
        return None
    return _left(number, chat, _moment(change.date), change.new.user)


def _left(number: str, chat: Chat, at: datetime, who: RawUser) -> Incoming | None:
    if who.is_bot:  # our own leaving is told by my_chat_member
        return None
    return Incoming(external_id=number, chat=chat, sender=_sender(who), at=at, event=ChatEvent.MEMBER_LEFT)


def _chat(chat: RawChat) -> Chat | None:
    kind = _KINDS.get(chat.type)
    if kind is None:
        return None
    return Chat(channel=ChannelName.TELEGRAM, chat_id=str(chat.id), kind=kind, title=normalise(chat.title))


def _person(message: RawMessage) -> Sender | None:
    """Who wrote; nobody when they wrote in the name of a chat, as anonymous administrators do."""
    if message.sender is None or message.sender_chat is not None:
        return None
    return _sender(message.sender)


def _sender(user: RawUser) -> Sender:
    return Sender(user_id=str(user.id), name=normalise(f"{user.first_name} {user.last_name}"))


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _files(message: RawMessage) -> tuple[IncomingFile, ...]:
    if message.photo:
        largest = max(message.photo, key=lambda size: (size.width * size.height, size.file_size or 0))
        return (_file(largest, "photo", mime="image/jpeg"),)
    if message.voice:
        return (_file(message.voice, "voice", mime="audio/ogg"),)
    if message.other_file:  # before documents: an animation is sent along as a document as well
        return (_file(message.other_file, "other"),)
    return (_file(message.document, "document"),) if message.document else ()


def _file(raw: RawFile, kind: Literal["photo", "document", "voice", "other"], *, mime: str = "") -> IncomingFile:
    return IncomingFile(
        reference=raw.file_id,
        kind=kind,
        name=normalise(raw.file_name),
        mime=raw.mime_type or mime,
        size=raw.file_size,
    )

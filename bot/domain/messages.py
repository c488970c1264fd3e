"""The neutral messages between people and handlers; channels translate them, pipelines store them as JSON."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.vocabulary import ChannelName, ChatKind


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Chat(_Message):
    """Where a conversation takes place; `chat_id` is the platform's own, as text."""

    channel: ChannelName
    chat_id: str
    kind: ChatKind = ChatKind.PRIVATE
    title: str = ""

    @property
    def key(self) -> str:
        """One text for both, used to keep order within a chat: "telegram:123"."""
        return f"{self.channel}:{self.chat_id}"

    @property
    def is_private(self) -> bool:
        """Whether only one person reads it."""
        return self.kind is ChatKind.PRIVATE

    @property
    def has_buttons(self) -> bool:
        """Whether choices are buttons there, with room for a short notice; on Zalo they are numbered lines."""
        return self.channel is not ChannelName.ZALO

    @property
    def edits(self) -> bool:
        """Whether the bot can change there what it said."""
        return self.channel is not ChannelName.ZALO

    @property
    def forgets(self) -> bool:
        """Whether the bot can take its messages out of this chat again; on Zalo only people can."""
        return self.channel is ChannelName.TELEGRAM

    @property
    def hands_on_files(self) -> bool:
        """Whether the bot is given files that people send there; Zalo hands on pictures and voices only."""
        return self.channel is not ChannelName.ZALO


class Sender(_Message):
    """Who wrote, as the platform knows them; `user_id` is opaque."""

    user_id: str
    name: str = ""


class Press(_Message):
    """A button that was pressed: what it carried, on which message, and how to answer the press."""

    data: str
    message_id: str = ""
    callback_id: str = ""


class IncomingFile(_Message):
    """A file that came along: `reference` is what the channel fetches it by, `stored_id` where it is kept."""

    reference: str
    kind: Literal["photo", "document", "voice", "other"] = "document"
    name: str = ""
    mime: str = ""
    size: int | None = None
    stored_id: int | None = None
    refusal: Literal["", "too_big", "unavailable", "wrong_type", "too_many_pixels"] = ""


class ChatEvent(StrEnum):
    """What happens to a chat rather than being said in it."""

    BOT_ADDED = "bot_added"
    BOT_REMOVED = "bot_removed"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    MIGRATED = "migrated"
    MEMBER_LEFT = "member_left"


class Incoming(_Message):
    """One thing a person said, pressed or did."""

    external_id: str
    chat: Chat
    sender: Sender | None = None
    at: datetime
    text: str = ""
    press: Press | None = None
    files: tuple[IncomingFile, ...] = ()
    event: ChatEvent | None = None
    new_chat_id: str = ""
    message_id: str = ""
    reply_to: str = ""
    addressed: bool = True
    """False for group chatter that merely passes by."""

    @property
    def stored_ids(self) -> tuple[int, ...]:
        """Where the files that came along are kept; those that were refused are nowhere."""
        return tuple(file.stored_id for file in self.files if file.stored_id is not None)


class Priority(IntEnum):
    """Answers to people go before reminders, reminders before broadcasts."""

    ANSWER = 0
    REMINDER = 1
    BROADCAST = 2


class Choice(_Message):
    """One thing to choose: a button on Telegram, a numbered line on Zalo, a number or its words on both."""

    label: str
    action: str
    value: str = ""
    url: str = ""
    numbered: bool = True
    """False for ways around a question (back, skip, cancel): they are said in words, so that numbers stay answers."""


class ChoiceList(_Message):
    """Choices row by row. `personal`: only the person it was made for may press."""

    rows: tuple[tuple[Choice, ...], ...]
    personal: bool = True
    dialogue_version: int | None = None
    """Set by the dialogue engine: the list is stale once the dialogue has moved on."""
    first: int = 1
    """Where there are no buttons: the number of the first line on this page; numbers count through all pages."""

    @property
    def choices(self) -> tuple[Choice, ...]:
        """All choices in reading order."""
        return tuple(choice for row in self.rows for choice in row)

    def numbered(self, number: int) -> Choice | None:
        """What a typed number means: the n-th of the numbered choices."""
        offered = self.numbered_choices
        return offered[number - 1] if 1 <= number <= len(offered) else None

    @property
    def numbered_choices(self) -> tuple[Choice, ...]:
        """Those that a number can mean; links and ways around a question are none."""
        return tuple(choice for choice in self.choices if choice.numbered and not choice.url)


class Command(_Message):
    """One line of the platform's command menu: the name without its slash, and what it does."""

    name: str
    description: str


class Attachment(_Message):
    """A stored file to send along."""

    stored_id: int
    name: str
    mime: str
    as_photo: bool = False


class Guard(_Message):
    """A question to ask again at the moment of sending; the message is dropped when its answer is no."""

    name: str
    arguments: dict[str, str | int] = Field(default_factory=dict[str, str | int])


class Outgoing(_Message):
    """One thing to say. `text` is markup (see rich_text); `choices` and `menu` degrade by channel."""

    chat: Chat
    text: str
    choices: ChoiceList | None = None
    menu: tuple[tuple[str, ...], ...] | None = None
    """The persistent keyboard under the writing line; an empty tuple takes it away."""
    attachments: tuple[Attachment, ...] = ()
    replaces: str = ""
    """Message id of the bot's own message to edit in place; sent anew where the channel cannot edit."""
    only_if_editable: bool = False
    """An edit that merely tidies up: dropped where the channel cannot edit."""
    deletes: str = ""
    """Message id of the bot's own message to take out of the chat; `text` is what it says instead where it is too old
    for that. Such a message carries nothing else, and is dropped where the channel can do neither."""
    commands: tuple[Command, ...] | None = None
    """The command menu of this chat; a message that carries it carries nothing else."""
    choices_key: str = ""
    """Set when stored: what the buttons carry, so that a press can be found again."""


class Reply(_Message):
    """What a handler answers to one update: messages in order, and the small notice on a pressed button."""

    messages: tuple[Outgoing, ...] = ()
    toast: str = ""
    by: str = ""
    """The module that answered, for those who watch the bot at work."""


class Delivery(_Message):
    """How a message is to travel: when, how urgently, at most once for which key, and who answers for it."""

    dedupe_key: str
    priority: Priority = Priority.ANSWER
    not_before: datetime | None = None
    """None: at once."""
    expires_at: datetime | None = None
    guard: Guard | None = None
    as_of: datetime | None = None
    """The job's own time, for guards, when a job was run as of another moment."""
    member_id: int | None = None
    author_member_id: int | None = None
    topic: str = ""
    """What it is about ("announcement:12"), so that boards and cancellations can find it."""
    resend_when_unsure: bool = True

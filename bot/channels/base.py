"""What the pipelines ask of a chat platform: one Protocol, its errors, and the values that cross it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from bot.domain.errors import DomainError
from bot.domain.messages import Command, Incoming, Outgoing
from bot.domain.rich_text import Markup
from bot.domain.vocabulary import ChannelName

RawUpdate = Mapping[str, Any]
"""An update as the platform sent it, JSON."""


class ChannelError(DomainError):
    """A call did not end well; subclasses say what that means for the message."""


class RateLimited(ChannelError):
    """The platform asks to wait (facts: retry_after, seconds; whole_bot: bool)."""

    def __init__(self, *, retry_after: float, whole_bot: bool = False) -> None:
        """Seconds to wait; `whole_bot` when the limit is not this chat's alone."""
        super().__init__(retry_after=retry_after, whole_bot=whole_bot)
        self.retry_after = retry_after
        self.whole_bot = whole_bot


class UsedUp(RateLimited):
    """The plan's messages are used up: the whole bot waits, and what can go another way should."""

    def __init__(self, *, retry_after: float) -> None:
        """Seconds until it is worth asking again."""
        super().__init__(retry_after=retry_after, whole_bot=True)


class Unreachable(ChannelError):
    """The person blocked the bot, or the chat is gone (facts: reason). Not to be tried again."""


class ChatMoved(ChannelError):
    """The group became a supergroup (facts: new_chat_id)."""

    def __init__(self, *, new_chat_id: str) -> None:
        """The id to use from now on."""
        super().__init__(new_chat_id=new_chat_id)
        self.new_chat_id = new_chat_id


class Rejected(ChannelError):
    """The platform will never take this message (facts: reason)."""


class NotSent(ChannelError):
    """It certainly did not arrive (facts: reason); try again later."""


class Unsure(ChannelError):
    """It may or may not have arrived (facts: reason): the connection broke after the request was written."""


class ChannelDown(ChannelError):
    """The token is refused or another poller is at work (facts: reason); no message can travel."""


class FileRefused(ChannelError):
    """A file cannot be fetched (facts: reason "too_big" or "unavailable")."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a platform can carry; lengths in UTF-16 units, sizes in bytes."""

    text_limit: int
    caption_limit: int
    edits: bool
    buttons: bool
    documents: bool
    deletes: bool = False
    """Whether a bot can take its own messages out of a chat again."""
    download_limit: int = 20 * 1024 * 1024
    metered: bool = False
    """Whether a plan counts messages."""
    page: int = 100
    """How many numbered lines are shown at once where there are no buttons."""


@dataclass(frozen=True, slots=True)
class FileContent:
    """The bytes of a stored file, or the platform's own reference to them from an earlier sending."""

    data: bytes
    name: str
    mime: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """What the platform says of an arrived message: its id and time, and references to upload files only once."""

    message_id: str
    file_references: Mapping[int, str] = field(default_factory=dict[int, str])
    at: datetime | None = None
    """When, by the clock that dates what people write; None where the platform does not tell it to the millisecond."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is on its platform."""

    user_id: str
    username: str
    name: str


class Wording(Protocol):
    """The few sentences that a platform without buttons and documents needs, in the language of its people."""

    def ways_around(self, labels: Sequence[str]) -> Markup:
        """Choices that are said in words."""
        ...

    def more_choices(self, left: int) -> Markup:
        """That so many choices follow on the next page."""
        ...

    def file_link(self, name: str, url: str) -> Markup:
        """Where a file can be downloaded."""
        ...

    def file_unavailable(self, name: str) -> Markup:
        """That a file cannot be had here, and how to get it."""
        ...


class Channel(Protocol):
    """One chat platform. Every method that calls out raises ChannelError and nothing else."""

    @property
    def name(self) -> ChannelName:
        """Which platform."""
        ...

    @property
    def capabilities(self) -> Capabilities:
        """What it can carry."""
        ...

    async def open(self) -> Identity:
        """Connect and learn who the bot is."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...

    def external_id(self, raw: RawUpdate) -> str:
        """The key under which an update is stored once; ValueError when it is no update at all."""
        ...

    def read(self, raw: RawUpdate) -> Incoming | None:
        """Understand a raw update; None when it holds nothing for us. Pure; ValueError when malformed."""
        ...

    def parts(self, outgoing: Outgoing) -> Sequence[Outgoing]:
        """The single calls that a message takes here: long text split, attachments apart. Pure."""
        ...

    async def poll(self, *, after: str, wait: float) -> Sequence[RawUpdate]:
        """Updates after the one named (empty: from the oldest waiting); waits up to `wait` seconds."""
        ...

    async def use_webhook(self, *, url: str, secret: str) -> None:
        """Have updates pushed to the url, with the secret in the platform's header."""
        ...

    async def use_polling(self) -> None:
        """Take a webhook away, keeping what waits."""
        ...

    async def send(self, part: Outgoing, *, files: Mapping[int, FileContent]) -> Sent:
        """Make the one call of a part; `files` holds its attachments by stored id."""
        ...

    async def acknowledge_press(self, callback_id: str, *, toast: str) -> None:
        """Stop the spinner of a pressed button, with a small notice; nothing where there is no such thing."""
        ...

    async def set_default_commands(self, commands: Sequence[Command]) -> None:
        """The command menu of people who have not joined; nothing where there is no menu."""
        ...

    async def fetch(self, reference: str) -> FileContent:
        """Download a file that came along; FileRefused when it is too big or gone."""
        ...

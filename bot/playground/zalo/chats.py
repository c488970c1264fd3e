"""Who is there and what was said: accounts, chats and messages of a local Zalo."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(eq=False, slots=True)
class Account:
    """A person or the bot; ids are opaque texts."""

    id: str
    name: str
    is_bot: bool = False

    def as_json(self) -> Json:
        """As a message names its sender."""
        return {"id": self.id, "display_name": self.name, "is_bot": self.is_bot}


@dataclass(eq=False, slots=True)
class Message:
    """One message; `plain` is what people read, `bold` its stretches in bold, `photo` a picture's bytes."""

    id: str
    chat: Chat
    sender: Account
    date: int
    content: Json
    plain: str = ""
    bold: tuple[str, ...] = ()
    photo: bytes | None = None

    @property
    def text(self) -> str:
        """What people read."""
        return self.plain

    def as_json(self) -> Json:
        """As an update carries it; `date` in milliseconds."""
        return {
            "from": self.sender.as_json(),
            "chat": self.chat.as_json(),
            "message_id": self.id,
            "date": self.date,
            **self.content,
        }


@dataclass(eq=False, slots=True)
class Chat:
    """A person's chat with the bot, which has the person's id, or a group."""

    id: str
    person: Account | None = None
    title: str = ""
    members: dict[str, Account] = field(default_factory=dict[str, Account])
    messages: list[Message] = field(default_factory=list[Message])
    started: bool = False
    blocked: bool = False

    @property
    def is_private(self) -> bool:
        """Whether it is one person's chat with the bot."""
        return self.person is not None

    def as_json(self) -> Json:
        """As a message names its chat; groups have no title."""
        return {"id": self.id, "chat_type": "PRIVATE" if self.is_private else "GROUP"}

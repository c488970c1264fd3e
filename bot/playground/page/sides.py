"""What the page needs of a platform, whichever it is: people, their chats and messages as JSON, what they do."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Protocol

from bot.playground.changes import Change
from bot.playground.page.switches import SwitchBoard

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Download:
    """A file as the page hands it to the browser."""

    data: bytes
    name: str
    mime: str


@dataclass(frozen=True, slots=True)
class PageEvent:
    """Something to draw: its kind, and what the page's modules need to know."""

    kind: str
    data: Json


class Side(Protocol):
    """One platform. People and chats are named by the platform's own ids as text."""

    @property
    def name(self) -> str:
        """ "telegram" or "zalo"; also the first part of every key on the page."""
        ...

    def switches(self) -> SwitchBoard:
        """What can be made to go wrong here, all well at first."""
        ...

    def changes(self) -> AsyncIterator[Change]:
        """Everything that happens from now on."""
        ...

    def chats(self) -> list[Json]:
        """Every chat with its messages and who is in it."""
        ...

    def events(self, change: Change) -> list[PageEvent]:
        """What a change means on the page."""
        ...

    async def act(self, person: str, act: str, body: Json) -> Json:
        """Let a person do something; LookupError for what is not there, ValueError for what cannot be done."""
        ...

    def is_blocked(self, person: str) -> bool:
        """Whether the person has blocked the bot."""
        ...

    def add_person(self, name: str) -> str:
        """A new person whom nobody knows; returns their id."""
        ...

    def file(self, name: str) -> Download:
        """A file that somebody sent; LookupError for none."""
        ...

"""One Zalo in memory: its people, groups, one bot, and everything between them. No HTTP here."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from bot.domain.clock import Clock, system_clock
from bot.playground.calls import CallLog
from bot.playground.changes import Change, Changes
from bot.playground.faults import Fault, Faults
from bot.playground.zalo.chats import Account, Chat, Json, Message
from bot.playground.zalo.switches import Switches
from bot.playground.zalo.updates import Updates
from bot.playground.zalo.webhook import WebhookPusher

T = TypeVar("T")
DEFAULT_TOKEN = "3411865012345678901:KzDAbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefghij"  # noqa: S105 - only this playground knows it


class World:
    """The state of a Zalo with one bot; `clock` dates messages and months, `monotonic` (seconds) the log."""

    def __init__(
        self,
        *,
        clock: Clock = system_clock,
        monotonic: Callable[[], float] = time.monotonic,
        token: str = DEFAULT_TOKEN,
        bot_name: str = "Bot Mạng lưới",
        switches: Switches | None = None,
    ) -> None:
        """A bot that nobody has met."""
        self.clock, self.token = clock, token
        self.switches = switches or Switches()
        self.bot = Account("bot-3411865012345678901", bot_name, is_bot=True)
        self.accounts: dict[str, Account] = {self.bot.id: self.bot}
        self.chats: dict[str, Chat] = {}
        self.media: dict[str, tuple[bytes, str]] = {}
        self.media_url = ""
        """Where pictures and voices can be downloaded; set by the server."""
        self.changes = Changes()
        self.calls = CallLog(clock, monotonic, self.changes)
        self.faults = Faults()
        self.updates = Updates(self.switches, self.changes)
        self.webhook = WebhookPusher(self.switches, self.changes, clock)
        self._counted: dict[str, int] = {}
        self._last = 0

    def new_id(self, kind: str) -> str:
        """A fresh opaque id."""
        self._last += 1
        return f"{kind}{self._last:012x}"

    def add_person(self, name: str) -> Account:
        """A new person with a phone; the bot does not know them yet."""
        person = Account(self.new_id("6ede"), name)
        self.accounts[person.id] = person
        self.chats[person.id] = Chat(person.id, person=person)
        self.changes.announce(Change("person", person.id, {"name": name}))
        return person

    def add_group(self, title: str, members: list[Account]) -> Chat:
        """A new group, the bot in it; the bot is told nothing."""
        chat = Chat(self.new_id("9a1c"), title=title, members={each.id: each for each in [*members, self.bot]})
        self.chats[chat.id] = chat
        return chat

    def keep_media(self, data: bytes, mime: str) -> str:
        """Store a picture or voice; returns its address."""
        name = self.new_id("media")
        self.media[name] = (data, mime)
        return f"{self.media_url}/media/{name}"

    def put(self, chat: Chat, sender: Account, content: Json, *, plain: str, photo: bytes | None = None) -> Message:
        """Show a message in a chat."""
        date = int(self.clock().timestamp() * 1000)
        message = Message(self.new_id("2d75"), chat, sender, date, content, plain=plain, photo=photo)
        chat.messages.append(message)
        self.changes.announce(Change("message", chat.id, {**message.as_json(), "text": plain}))
        return message

    async def tell(self, event: str, message: Message) -> None:
        """Let the bot know: push to its webhook, or queue for its next poll."""
        if self.switches.counts_incoming:
            self.count()
        update: Json = {"event_name": event, "message": message.as_json()}
        if self.switches.wrapped:
            update = {"ok": True, "result": update}
        if self.webhook.url:
            self.webhook.push(update)
        else:
            self.updates.add(update)

    @property
    def used(self) -> int:
        """Messages counted in this month."""
        return self._counted.get(f"{self.clock():%Y-%m}", 0)

    def count(self) -> None:
        """One more message this month."""
        self._counted[f"{self.clock():%Y-%m}"] = self.used + 1

    @property
    def met(self) -> int:
        """How many people have begun a chat with the bot."""
        return sum(chat.started for chat in self.chats.values() if chat.is_private)

    def fail_next(
        self,
        *,
        method: str = "sendMessage",
        status: int = 200,
        body: str = "",
        html: bool = False,
        drop: bool = False,
        after: bool = False,
        times: int = 1,
    ) -> None:
        """Answer the next calls of a method with this, or break the connection; `after` it took effect."""
        fault = Fault(method=method, times=times, moment="after" if after else "before", drop=drop)
        fault.status, fault.body = (0 if drop else status), body
        fault.content_type = "text/html" if html else "application/json"
        self.faults.waiting.append(fault)

    async def wait_for(self, look: Callable[[], T], *, timeout: float = 5.0) -> T:
        """What `look` returns once that is truthy; TimeoutError after `timeout` seconds."""
        return await self.changes.wait_for(look, timeout=timeout)

    async def close(self) -> None:
        """Let everybody go who waits."""
        await self.webhook.stop()
        self.updates.close()
        self.changes.close()

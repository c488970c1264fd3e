"""One Telegram in memory: its people, chats, one bot, and everything between them. No HTTP here."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from bot.domain.clock import Clock, system_clock
from bot.playground.calls import CallLog
from bot.playground.changes import Change, Changes
from bot.playground.faults import Faults
from bot.playground.telegram.chats import INSIDE, Account, Chat, ChatType, Json
from bot.playground.telegram.files import FileStore
from bot.playground.telegram.limits import Limiter, Rates
from bot.playground.telegram.messages import Message
from bot.playground.telegram.polls import Poll
from bot.playground.telegram.presses import Presses
from bot.playground.telegram.privacy import reaches_bot
from bot.playground.telegram.updates import UpdateQueue
from bot.playground.telegram.webhook import WebhookPusher

T = TypeVar("T")

DEFAULT_TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"  # noqa: S105 - only this playground knows it


@dataclass(slots=True)
class BotProfile:
    """What the bot told Telegram about itself; keyed by scope and language where Telegram does so."""

    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict[tuple[str, str], list[Json]])
    descriptions: dict[str, str] = field(default_factory=dict[str, str])
    short_descriptions: dict[str, str] = field(default_factory=dict[str, str])
    menu_buttons: dict[int, Json] = field(default_factory=dict[int, Json])


class World:
    """The state of a Telegram with one bot; modules beside it hold its rules.

    `clock` gives message dates and lifetimes, `monotonic` (seconds) the pace of limits and the log.
    """

    def __init__(
        self,
        *,
        clock: Clock = system_clock,
        monotonic: Callable[[], float] = time.monotonic,
        token: str = DEFAULT_TOKEN,
        bot_name: str = "Mạng lưới",
        bot_username: str = "mangluoi_bot",
        privacy: bool = True,
        rates: Rates | None = None,
    ) -> None:
        """A bot that nobody has met; `rates` None leaves the limiter off."""
        self.clock, self.monotonic, self.token, self.privacy = clock, monotonic, token, privacy
        self.bot = Account(int(token.partition(":")[0]), bot_name, username=bot_username, is_bot=True)
        self.accounts: dict[int, Account] = {self.bot.id: self.bot}
        self.chats: dict[int, Chat] = {}
        self.profile = BotProfile()
        self.changes = Changes()
        self.calls = CallLog(clock, monotonic, self.changes)
        self.faults = Faults()
        self.limiter = Limiter(monotonic, rates)
        self.files = FileStore(clock)
        self.presses = Presses(clock)
        self.updates = UpdateQueue(clock=clock, changes=self.changes)
        self.webhook = WebhookPusher(self.updates, clock=clock, changes=self.changes)
        self._stirred = monotonic()

    def now(self) -> int:
        """Unix seconds by the injected clock."""
        return int(self.clock().timestamp())

    def add_person(
        self, first_name: str, *, last_name: str = "", username: str = "", language_code: str = "vi"
    ) -> Account:
        """A new person with a phone; the bot does not know them yet."""
        number = 500_000_000 + len(self.accounts)
        person = Account(number, first_name, last_name, username, language_code)
        self.accounts[number] = person
        self.changes.announce(Change("person", number, {"name": person.name}))
        return person

    def private_chat(self, person: Account) -> Chat:
        """The person's chat with the bot, whether or not they have begun it."""
        chat = self.chats.get(person.id)
        if chat is None:
            chat = self.chats[person.id] = Chat(person.id, ChatType.PRIVATE, person=person)
        return chat

    def group_chats(self) -> list[Chat]:
        """Groups and supergroups."""
        return [chat for chat in self.chats.values() if not chat.is_private]

    def has_met(self, person: Account) -> bool:
        """Whether the bot has ever seen the person: they wrote to it, or they share a group."""
        chat = self.chats.get(person.id)
        if chat is not None and chat.started:
            return True
        return any(person.id in chat.standings and self.bot.id in chat.standings for chat in self.group_chats())

    def post(
        self,
        chat: Chat,
        sender: Account,
        content: Json,
        *,
        reply_to: Message | None = None,
        markup: Json | None = None,
        keyboard: Json | None = None,
        extra: Json | None = None,
        poll: Poll | None = None,
    ) -> Message:
        """Put a message into a chat, with the next id there; tells the bot of people's messages that reach it."""
        chat.last_message_id += 1
        message = Message(
            chat.last_message_id,
            chat,
            sender,
            self.now(),
            content,
            reply_to,
            markup,
            keyboard,
            poll=poll,
            extra=extra or {},
        )
        chat.messages[message.id] = message
        self.obey_keyboard(message)
        self.announce("message", message)
        if sender is not self.bot:
            self.deliver("message", message)
        return message

    def deliver(self, kind: str, message: Message) -> None:
        """Queue a message for the bot, when it may read it."""
        if reaches_bot(message, bot=self.bot, privacy=self.privacy):
            self.tell(kind, message.as_json(), lane=str(message.chat.id))

    def tell(self, kind: str, payload: Json, *, lane: str) -> None:
        """Queue an update for the bot."""
        self._stirred = self.monotonic()
        if self.updates.add(kind, payload, lane=lane) is not None:
            self.webhook.wake()

    async def wait_for(self, look: Callable[[], T], *, timeout: float = 5.0) -> T:
        """What `look` returns once that is truthy; TimeoutError after `timeout` seconds."""
        return await self.changes.wait_for(look, timeout=timeout)

    async def quiet(self, *, calm: float = 0.3, timeout: float = 10.0) -> None:
        """Wait until the bot has taken every update and made no call for `calm` seconds."""
        async with asyncio.timeout(timeout):
            while (left := self._unrest(calm)) > 0:
                try:
                    await asyncio.wait_for(self.changes.moved(), left)
                except TimeoutError:
                    continue

    def _unrest(self, calm: float) -> float:
        if self.updates.pending or self.calls.under_way:
            return calm
        return max(self._stirred, self.calls.latest or 0.0) + calm - self.monotonic()

    async def close(self) -> None:
        """Let everybody go who waits: long polls, the webhook, streams."""
        await self.webhook.stop()
        self.updates.close()
        self.changes.close()

    def announce(self, kind: str, message: Message) -> None:
        """Tell those who watch that a message came, changed or went."""
        self.changes.announce(Change(kind, message.chat.id, message.as_json()))

    def obey_keyboard(self, message: Message) -> None:
        """Show or take away the reply keyboard that came with a message, on the phones it is meant for."""
        keyboard = message.keyboard
        if keyboard is None:
            return
        for reader in self._keyboard_readers(message, selective=bool(keyboard.get("selective"))):
            if keyboard.get("remove_keyboard"):
                message.chat.keyboards.pop(reader, None)
            elif "keyboard" in keyboard:
                message.chat.keyboards[reader] = keyboard

    def _keyboard_readers(self, message: Message, *, selective: bool) -> Iterable[int]:
        chat = message.chat
        if chat.person is not None:
            return [chat.person.id]
        inside = [reader for reader, standing in chat.standings.items() if standing in INSIDE]
        if not selective:
            return inside
        replied = message.reply_to.sender.id if message.reply_to is not None else 0
        return [reader for reader in inside if reader == replied or self._is_named(reader, message.text)]

    def _is_named(self, reader: int, text: str) -> bool:
        username = self.accounts[reader].username
        return bool(username) and f"@{username}".lower() in text.lower()

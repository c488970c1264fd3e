"""One person on either platform, as the contract tests see them: what they do, and what their screen shows."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol, cast

from starlette.applications import Starlette

from bot.channels.base import Channel, FileContent, NotSent, RateLimited, Sent, Unsure
from bot.channels.recording import Arrived, RecordingChannel
from bot.channels.telegram import TelegramChannel, TelegramTimeouts
from bot.domain.messages import (
    Chat,
    ChatEvent,
    Incoming,
    IncomingFile,
    Outgoing,
    Press,
    Sender,
)
from bot.domain.vocabulary import ChannelName
from bot.playground.server import LocalServer
from bot.playground.telegram.http import telegram_routes
from bot.playground.telegram.messages import Message
from bot.playground.telegram.people import Phone
from bot.playground.telegram.world import World

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Shown:
    """One of the bot's messages on the screen."""

    message_id: str
    text: str
    labels: tuple[str, ...]
    bold: tuple[str, ...]
    file: bytes | None


class Platform(Protocol):
    """Lan, who has begun a chat with the bot, and the channel that reaches her."""

    channel: Channel
    chat: Chat

    async def start(self) -> None: ...
    async def stop(self) -> None: ...
    async def say(self, text: str) -> None: ...
    async def send_file(self, data: bytes, name: str) -> None: ...
    async def press(self, label: str) -> None: ...
    async def block(self) -> None: ...
    async def wait_for_poll(self) -> None: ...
    def screen(self) -> Sequence[Shown]: ...
    def menu(self) -> Sequence[str]: ...
    def commands(self) -> Sequence[str]: ...
    def refuse_next(self, *, retry_after: int) -> None: ...
    def break_next(self) -> None: ...
    def lose_answer(self) -> None: ...


@dataclass
class Conversation:
    """A platform and the place in its stream of updates that was read up to."""

    platform: Platform
    after: str = ""
    heard: list[Incoming] = field(default_factory=list[Incoming])

    @property
    def channel(self) -> Channel:
        return self.platform.channel

    async def hear(self, *, wait: float = 5) -> Sequence[Incoming]:
        """What is said from here on, at least one thing if any comes within the wait."""
        channel = self.channel
        raws = await channel.poll(after=self.after, wait=wait)
        if raws:
            self.after = channel.external_id(raws[-1])
        read = [channel.read(raw) for raw in raws]
        return [incoming for incoming in read if incoming is not None]

    async def say(
        self, text: str = "", *, files: Mapping[int, FileContent] | None = None, **fields: object
    ) -> Sequence[Sent]:
        """Send all parts of a message to Lan."""
        outgoing = Outgoing.model_validate({"chat": self.platform.chat, "text": text, **fields})
        return [await self.channel.send(part, files=files or {}) for part in self.channel.parts(outgoing)]


class TelegramPlatform:
    """The Telegram channel against the local server, over HTTP."""

    def __init__(self) -> None:
        self.world = World(clock=lambda: NOW)
        self.server = LocalServer(Starlette(routes=telegram_routes(self.world)))
        self.phone = Phone(self.world, self.world.add_person("Lan", last_name="Nguyễn"))
        self.channel = TelegramChannel(
            token=self.world.token,
            api_url=self.server.url,
            clock=lambda: NOW,
            timeouts=TelegramTimeouts(connect=5, read=5, upload=10, poll_margin=5),
        )
        self.chat = Chat(channel=ChannelName.TELEGRAM, chat_id=str(self.phone.person.id))

    async def start(self) -> None:
        await self.server.start()
        self.phone.start()
        self.world.updates.clear()

    async def stop(self) -> None:
        await self.channel.close()
        await self.world.close()
        await self.server.stop()

    async def say(self, text: str) -> None:
        self.phone.send(text)

    async def send_file(self, data: bytes, name: str) -> None:
        self.phone.send_document(data, name=name, mime="application/pdf")

    async def press(self, label: str) -> None:
        self.phone.press(label)

    async def block(self) -> None:
        self.phone.block()

    async def wait_for_poll(self) -> None:
        await self.world.wait_for(lambda: any(call.waits for call in self.world.calls))

    def screen(self) -> Sequence[Shown]:
        return [self._show(message) for message in self.phone.received()]

    def _show(self, message: Message) -> Shown:
        content = message.content
        files = [content["document"]] if "document" in content else content.get("photo", [])[-1:]
        data = self.world.files.find(str(files[0]["file_id"])).data if files else None
        labels = tuple(str(button["text"]) for button in message.buttons)
        return Shown(str(message.id), message.text, labels, self._bold(message), data)

    def _bold(self, message: Message) -> tuple[str, ...]:
        named = "entities" if "text" in message.content else "caption_entities"
        units = message.text.encode("utf-16-le")
        entities = cast(list[dict[str, object]], message.content.get(named, []))
        spans = [(int(str(e["offset"])), int(str(e["length"]))) for e in entities if e["type"] == "bold"]
        return tuple(units[2 * at : 2 * (at + length)].decode("utf-16-le") for at, length in spans)

    def menu(self) -> Sequence[str]:
        return self.phone.keyboard()

    def commands(self) -> Sequence[str]:
        shown = [commands for commands in self.world.profile.commands.values() if commands]
        return [str(command["command"]) for command in shown[-1]] if shown else []

    def refuse_next(self, *, retry_after: int) -> None:
        self.world.faults.add(method="sendMessage", retry_after=retry_after)

    def break_next(self) -> None:
        self.world.faults.add(method="sendMessage", status=502, body="<html>502 Bad Gateway</html>")

    def lose_answer(self) -> None:
        self.world.faults.add(method="sendMessage", drop=True, moment="after")


class RecordingPlatform:
    """The recording channel, of which Lan's screen is a part."""

    def __init__(self) -> None:
        self.channel = RecordingChannel()
        self.chat = Chat(channel=ChannelName.TELEGRAM, chat_id="501")

    async def start(self) -> None: ...

    async def stop(self) -> None:
        await self.channel.close()

    async def _push(self, **fields: object) -> None:
        sender = Sender(user_id="501", name="Lan Nguyễn")
        base = {"external_id": "", "chat": self.chat, "sender": sender, "at": NOW}
        await self.channel.push(Incoming.model_validate({**base, **fields}))

    async def say(self, text: str) -> None:
        await self._push(text=text)

    async def send_file(self, data: bytes, name: str) -> None:
        reference = f"incoming-{name}"
        self.channel.keep_file(reference, FileContent(data, name, "application/pdf", reference))
        file = IncomingFile(reference=reference, name=name, mime="application/pdf", size=len(data))
        await self._push(files=(file,))

    async def press(self, label: str) -> None:
        under = next(message for message in reversed(self._messages()) if label in message.labels)
        data = f"{under.part.choices_key}:{under.labels.index(label)}"
        await self._push(press=Press(data=data, message_id=under.message_id, callback_id="9"))

    async def block(self) -> None:
        self.channel.unreachable.add(self.chat.chat_id)
        await self._push(event=ChatEvent.BLOCKED)

    async def wait_for_poll(self) -> None:
        await asyncio.sleep(0)  # a task that was made runs up to where it waits

    def _messages(self) -> Sequence[Arrived]:
        return self.channel.messages(self.chat.chat_id)

    def screen(self) -> Sequence[Shown]:
        return [
            Shown(
                message.message_id,
                message.text,
                message.labels,
                message.bold,
                next((file.data for file in message.files.values()), None),
            )
            for message in self._messages()
        ]

    def menu(self) -> Sequence[str]:
        menus = [message.part.menu for message in self._messages() if message.part.menu is not None]
        return [label for row in menus[-1] for label in row] if menus else []

    def commands(self) -> Sequence[str]:
        return [command.name for command in self.channel.commands(self.chat.chat_id)]

    def refuse_next(self, *, retry_after: int) -> None:
        self.channel.fail_next(RateLimited(retry_after=retry_after))

    def break_next(self) -> None:
        self.channel.fail_next(NotSent(reason="502"))

    def lose_answer(self) -> None:
        self.channel.fail_next(Unsure(reason="lost"), after_arrival=True)

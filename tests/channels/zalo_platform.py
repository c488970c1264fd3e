"""Lan on Zalo: the Zalo channel against the local server, over HTTP."""

from __future__ import annotations

from collections.abc import Sequence

from bot.channels.base import Channel
from bot.channels.zalo import ZaloChannel, ZaloTimeouts
from bot.domain.messages import Chat
from bot.domain.vocabulary import ChannelName
from bot.playground.zalo.people import Phone
from bot.playground.zalo.playground import ZaloPlayground
from bot.playground.zalo.switches import Switches
from bot.playground.zalo.world import World
from bot.texts import zalo as wording
from tests.channels.platforms import NOW, Shown


class ZaloPlatform:
    """A platform without buttons, edits and documents; files 8 and up have a public address."""

    def __init__(self) -> None:
        self.world = World(clock=lambda: NOW, switches=Switches(https_only=False))
        self.playground = ZaloPlayground(self.world)
        self.phone: Phone = self.playground.add_person("Lan Nguyễn")
        self.links: dict[int, str] = {}
        self.channel: Channel = ZaloChannel(
            token=self.world.token,
            api_url=self.playground.url,
            wording=wording,
            link=lambda file_id: self.links.get(file_id, ""),
            timeouts=ZaloTimeouts(read=5, download=10, poll_margin=5),
        )
        self.chat = Chat(channel=ChannelName.ZALO, chat_id=self.phone.person.id)

    async def start(self) -> None:
        await self.playground.start()
        await self.phone.send("chào")
        self.world.updates.clear()

    async def stop(self) -> None:
        await self.channel.close()
        await self.playground.stop()

    async def say(self, text: str) -> None:
        await self.phone.send(text)

    async def send_file(self, data: bytes, name: str) -> None:
        await self.phone.send_photo(data, caption=name)

    async def press(self, label: str) -> None:
        await self.phone.choose(label)

    async def block(self) -> None:
        self.phone.block()

    async def wait_for_poll(self) -> None:
        await self.world.wait_for(lambda: self.world.updates.is_polled)

    def screen(self) -> Sequence[Shown]:
        return [Shown(message.id, message.text, (), message.bold, message.photo) for message in self.phone.received()]

    def menu(self) -> Sequence[str]:
        return []

    def commands(self) -> Sequence[str]:
        return []

    def refuse_next(self, *, retry_after: int) -> None:
        del retry_after  # Zalo names no time
        self.world.fail_next(status=429, body="<html>429 Too Many Requests</html>", html=True)

    def break_next(self) -> None:
        self.world.fail_next(status=502, body="<html>502 Bad Gateway</html>", html=True)

    def lose_answer(self) -> None:
        self.world.fail_next(drop=True, after=True)

"""The phone of one person on Zalo: what they can do with their thumbs, and what they see."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.playground.zalo.chats import Account, Chat, Json, Message
from bot.playground.zalo.world import World

_NUMBERED = re.compile(r"^(\d+)\. (.+)$", re.MULTILINE)


class NoSuchChoice(LookupError):
    """The person sees no such numbered line (the message names what they see instead)."""


class Phone:
    """A person in a world. Where no chat is named, their private chat with the bot is meant."""

    def __init__(self, world: World, person: Account) -> None:
        """Hold the phone of somebody who is there already."""
        self.world, self.person = world, person

    @property
    def private(self) -> Chat:
        """The chat with the bot."""
        return self.world.chats[self.person.id]

    async def send(
        self, text: str, *, chat: Chat | None = None, mention: bool = False, reply_to: Message | None = None
    ) -> Message:
        """Write a text; in a group with the bot's name before it when `mention`, or as a reply."""
        name = f"@{self.world.bot.name} "
        words = f"{name}{text}" if mention else text
        reaches = words.startswith(name) or (reply_to is not None and reply_to.sender is self.world.bot)
        return await self._post("message.text.received", {"text": words}, chat, words=words, reaches=reaches)

    async def send_photo(self, data: bytes, *, caption: str = "", chat: Chat | None = None) -> Message:
        """Send a picture."""
        address = self.world.keep_media(data, "image/jpeg")
        content: Json = {self.world.switches.photo_field: address, "message_type": "CHAT_PHOTO"}
        if caption:
            content["caption"] = caption
        return await self._post("message.image.received", content, chat, words=caption)

    async def send_voice(self, data: bytes, *, chat: Chat | None = None) -> Message:
        """Send a spoken message."""
        content: Json = {"voice_url": self.world.keep_media(data, "audio/aac")}
        reaches = not self.world.switches.loses_group_voice
        return await self._post("message.voice.received", content, chat, words="", reaches=reaches)

    async def send_file(self, *, chat: Chat | None = None) -> Message:
        """Send a file, of which the bot learns nothing."""
        return await self._post("message.unsupported.received", {}, chat, words="")

    async def choose(self, label: str) -> Message:
        """Type the number that stands before this label in the bot's newest message that has it."""
        for message in reversed(self.received()):
            for number, words in _NUMBERED.findall(message.text):
                if label.casefold() in words.casefold():
                    return await self.send(number)
        raise NoSuchChoice(f"{self.person.name} sees no {label!r} in {[m.text for m in self.received()[-2:]]!r}")

    async def _post(
        self, event: str, content: Json, chat: Chat | None, *, words: str, reaches: bool = False
    ) -> Message:
        chat = chat or self.private
        if not chat.is_private and self.person.id not in chat.members:
            raise ValueError("no member of this group")
        message = self.world.put(chat, self.person, content, plain=words)
        if chat.is_private:
            chat.started, chat.blocked = True, False
            reaches = True
        elif not self.world.switches.mention_gate and event != "message.voice.received":
            reaches = True
        if reaches:
            await self.world.tell(event, message)
        return message

    def messages(self, chat: Chat | None = None) -> list[Message]:
        """Everything that stands in a chat, oldest first."""
        return list((chat or self.private).messages)

    def received(self, chat: Chat | None = None) -> list[Message]:
        """What the bot wrote, oldest first."""
        return [message for message in self.messages(chat) if message.sender is self.world.bot]

    def last(self, chat: Chat | None = None) -> Message:
        """The bot's newest message; LookupError when there is none."""
        received = self.received(chat)
        if not received:
            raise LookupError("the bot has written nothing here")
        return received[-1]

    async def wait_for_text(
        self, text: str, *, chat: Chat | None = None, after: Message | None = None, timeout: float = 5.0
    ) -> Message:
        """The bot's newest message that contains the text (any case), younger than `after`; TimeoutError."""

        def look() -> Message | None:
            everything = self.messages(chat)
            start = everything.index(after) + 1 if after is not None else 0
            found = (m for m in reversed(everything[start:]) if m.sender is self.world.bot)
            return next((m for m in found if text.casefold() in m.text.casefold()), None)

        found = await self.world.wait_for(look, timeout=timeout)
        if found is None:
            raise TimeoutError(text)
        return found

    def block(self) -> None:
        """Block the bot; it is not told."""
        self.private.blocked = True

    def create_group(self, title: str, *, members: Sequence[Phone] = ()) -> Chat:
        """Found a group and add the bot by its link."""
        return self.world.add_group(title, [self.person, *(phone.person for phone in members)])

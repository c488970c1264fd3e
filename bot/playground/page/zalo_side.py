"""The local Zalo as the page sees it: plain texts with numbered lines, pictures, links; no buttons and no edits."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import AsyncIterator

from bot.playground.changes import Change
from bot.playground.page.sides import Download, Json, PageEvent
from bot.playground.page.switches import SwitchBoard
from bot.playground.page.zalo_switches import ZaloSwitches
from bot.playground.telegram.entities import utf16_length
from bot.playground.zalo.chats import Chat, Message
from bot.playground.zalo.people import Phone
from bot.playground.zalo.world import World

_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")


class ZaloSide:
    """One world of the local Zalo."""

    name = "zalo"

    def __init__(self, world: World) -> None:
        """Looks at the world; keeps nothing of its own."""
        self.world = world

    def switches(self) -> SwitchBoard:
        """What can be made to go wrong here, all well at first."""
        return ZaloSwitches(self.world)

    def changes(self) -> AsyncIterator[Change]:
        """Everything that happens from now on."""
        return self.world.changes.subscribe()

    def chats(self) -> list[Json]:
        """Every private chat and group."""
        return [self._chat(chat) for chat in self.world.chats.values()]

    def _chat(self, chat: Chat) -> Json:
        people = [chat.person] if chat.person is not None else list(chat.members.values())
        return {
            "key": self._key(chat.id),
            "platform": self.name,
            "private": chat.is_private,
            "title": self.world.bot.name if chat.is_private else chat.title,
            "people": [self._key(person.id) for person in people if not person.is_bot],
            "messages": [self._message(chat, message, order) for order, message in enumerate(chat.messages)],
            "keyboards": {},
            "commands": [],
            "mention": "" if chat.is_private else f"@{self.world.bot.name} ",
        }

    def events(self, change: Change) -> list[PageEvent]:
        """New messages and calls."""
        match change.kind:
            case "message":
                chat = self.world.chats[str(change.chat_id)]
                number = str(change.data["message_id"])
                order = next(index for index, each in enumerate(chat.messages) if each.id == number)
                message = self._message(chat, chat.messages[order], order)
                return [PageEvent("message", {"chat": self._key(chat.id), "message": message})]
            case "call":
                method, status = str(change.data["method"]), int(change.data["status"])
                chat_key = self._key(str(change.chat_id)) if change.chat_id else ""
                shown = {"platform": self.name, "method": method, "status": status, "chat": chat_key}
                typing = [PageEvent("typing", {"chat": chat_key})] if method == "sendchataction" else []
                return [PageEvent("call", shown), *typing]
            case _:
                return []

    def _message(self, chat: Chat, message: Message, order: int) -> Json:
        sender = message.sender
        has_photo = message.photo is not None or self.world.switches.photo_field in message.content
        shown: Json = {
            "id": message.id,
            "order": order,
            "from": {"key": self._key(sender.id), "name": sender.name, "bot": sender.is_bot},
            "at": message.date,
            "edited": False,
            "kind": "photo" if has_photo else "text",
            "text": message.plain,
            "entities": _entities(message),
            "buttons": [],
        }
        if has_photo:
            shown["photo"] = {"name": f"{chat.id}.{message.id}"}
        return shown

    async def act(self, person: str, act: str, body: Json) -> Json:
        """Write, send a picture, block."""
        phone = Phone(self.world, self.world.accounts[person])
        chat = self.world.chats[str(body["chat"]).partition(":")[2]] if body.get("chat") else phone.private
        match act:
            case "send" | "start":
                answered = next((each for each in chat.messages if each.id == str(body.get("reply_to"))), None)
                text = str(body.get("text") or body.get("code", ""))
                sent = await phone.send(text, chat=chat, reply_to=answered)
            case "photo":
                sent = await phone.send_photo(b64decode(body["data"]), caption=str(body.get("caption", "")), chat=chat)
            case "document":
                sent = await phone.send_file(chat=chat)
            case "block":
                phone.block()
                return {}
            case "unblock":
                phone.private.blocked = False
                return {}
            case _:
                raise LookupError(f"no act {act}")
        return {"id": sent.id}

    def is_blocked(self, person: str) -> bool:
        """Whether the person has blocked the bot."""
        return self.world.chats[person].blocked

    def add_person(self, name: str) -> str:
        """A new person whom nobody knows."""
        return self.world.add_person(name).id

    def file(self, name: str) -> Download:
        """The picture of a message, named by chat and message."""
        chat_id, _, number = name.partition(".")
        message = next((each for each in self.world.chats[chat_id].messages if each.id == number), None)
        if message is None:
            raise LookupError("no such picture")
        if message.photo is not None:
            return Download(message.photo, "ảnh", "image/png")
        address = str(message.content.get(self.world.switches.photo_field, ""))
        data, mime = self.world.media[address.rpartition("/")[2]]
        return Download(data, "ảnh", mime)

    def _key(self, number: str) -> str:
        return f"{self.name}:{number}"


def _entities(message: Message) -> list[Json]:
    """Bold stretches and links of a text, in UTF-16 units as the page counts."""
    text, found, start = message.plain, list[Json](), 0
    for stretch in message.bold:
        at = text.find(stretch, start)
        if at >= 0:
            found.append({"type": "bold", "offset": utf16_length(text[:at]), "length": utf16_length(stretch)})
            start = at + len(stretch)
    for match in _LINK.finditer(text):
        offset, length = utf16_length(text[: match.start()]), utf16_length(match.group())
        found.append({"type": "url", "offset": offset, "length": length})
    return sorted(found, key=lambda entity: (entity["offset"], -entity["length"]))

"""The local Telegram as the page sees it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

from bot.playground.changes import Change
from bot.playground.page.sides import Download, Json, PageEvent
from bot.playground.page.switches import FaultSwitches, SwitchBoard
from bot.playground.telegram.acts import ACTS, message_of, phone_of
from bot.playground.telegram.chats import Chat
from bot.playground.telegram.groups import people_in
from bot.playground.telegram.messages import Message
from bot.playground.telegram.people import Phone
from bot.playground.telegram.world import World

_PLAIN_ACTS = frozenset({"start", "send", "photo", "document", "block", "unblock", "delete"})
_TYPING = "sendchataction"


class TelegramSide:
    """One world of the local Telegram."""

    name = "telegram"

    def __init__(self, world: World) -> None:
        """Looks at the world; keeps nothing of its own."""
        self.world = world

    def switches(self) -> SwitchBoard:
        """What can be made to go wrong here, all well at first."""
        return FaultSwitches(self.world.faults)

    def changes(self) -> AsyncIterator[Change]:
        """Everything that happens from now on."""
        return self.world.changes.subscribe()

    def chats(self) -> list[Json]:
        """Every private chat and group."""
        for person in tuple(self.world.accounts.values()):
            if not person.is_bot:
                self.world.private_chat(person)
        return [self._chat(chat) for chat in self.world.chats.values()]

    def _chat(self, chat: Chat) -> Json:
        return {
            "key": self._key(chat.id),
            "platform": self.name,
            "private": chat.is_private,
            "title": self.world.bot.name if chat.is_private else chat.title,
            "people": [self._key(chat.person.id)]
            if chat.person is not None
            else [self._key(person.id) for person in people_in(self.world, chat)],
            "messages": [self._message(message) for message in chat.messages.values()],
            **self._controls(chat),
        }

    def _controls(self, chat: Chat) -> Json:
        """The keyboards of the people in a chat and its command menu."""
        keyboards = {
            self._key(person): [[str(button["text"]) for button in row] for row in shown.get("keyboard", [])]
            for person, shown in chat.keyboards.items()
        }
        known = self.world.profile.commands
        commands = known.get((f"chat:{chat.id}", ""), known.get(("default", ""), []) if chat.is_private else [])
        return {"keyboards": keyboards, "commands": [dict(command) for command in commands]}

    def events(self, change: Change) -> list[PageEvent]:
        """Messages, answers to presses, people, calls."""
        match change.kind:
            case "message" | "edit":
                return self._message_events(int(change.data["message_id"]), int(change.data["chat"]["id"]))
            case "delete":
                number, chat = change.data["message_id"], change.data["chat"]["id"]
                return [PageEvent("delete", {"chat": self._key(chat), "id": str(number)})]
            case "answer":
                return self._toast(change.data)
            case "member":
                chat = self.world.chats[int(str(change.chat_id))]
                return [PageEvent("chat", self._chat(chat))]
            case "call":
                return self._called(change)
            case _:
                return []

    def _message_events(self, number: int, chat_id: int) -> list[PageEvent]:
        chat = self.world.chats[chat_id]
        message = chat.messages.get(number)
        if message is None:
            return []
        shown = {"chat": self._key(chat.id), "message": self._message(message), **self._controls(chat)}
        return [PageEvent("message", shown)]

    def _toast(self, answer: Mapping[str, Any]) -> list[PageEvent]:
        press = self.world.presses.made.get(str(answer.get("press", "")))
        if press is None:
            return []
        shown: Json = {"person": self._key(press.person.id), "chat": self._key(press.message.chat.id)}
        return [PageEvent("answered", shown | {"text": press.toast, "message": str(press.message.id)})]

    def _called(self, change: Change) -> list[PageEvent]:
        method, status = str(change.data["method"]), int(change.data["status"])
        chat_id = str(change.chat_id or "")
        shown: Json = {"platform": self.name, "method": method, "status": status}
        events = [PageEvent("call", shown | {"chat": self._key(chat_id) if chat_id else ""})]
        if method == _TYPING and status == 200:
            events.append(PageEvent("typing", {"chat": self._key(chat_id)}))
        if method == "setmycommands":
            events += [
                PageEvent("chat-controls", {"chat": self._key(chat.id), **self._controls(chat)})
                for chat in self.world.chats.values()
            ]
        return events

    def _message(self, message: Message) -> Json:
        sender, content = message.sender, message.content
        caption = "caption_entities" if "caption" in content else "entities"
        shown: Json = {
            "id": str(message.id),
            "order": message.id,
            "from": {"key": self._key(sender.id), "name": sender.name, "bot": sender.is_bot},
            "at": message.date * 1000,
            "edited": message.edit_date is not None,
            "kind": message.kind,
            "text": message.text,
            "entities": content.get(caption, []),
            "buttons": _rows(message),
        }
        if "photo" in content:
            whole = content["photo"][-1]
            shown["photo"] = {"name": whole["file_id"], "width": whole["width"], "height": whole["height"]}
        if "document" in content:
            file = content["document"]
            shown["file"] = {"name": file["file_id"], "title": file.get("file_name", ""), "size": file["file_size"]}
        if message.reply_to is not None:
            replied = message.reply_to
            shown["reply"] = {"id": str(replied.id), "name": replied.sender.name, "text": replied.text}
        if message.kind == "service":
            shown["service"] = next(iter(content))
            joined = content.get("new_chat_members", [])
            shown["names"] = [str(each["first_name"]) for each in joined]
        return shown

    async def act(self, person: str, act: str, body: Json) -> Json:
        """What a person can do by name; a press is made by the button's place."""
        phone = phone_of(self.world, int(person))
        if body.get("chat"):
            body = body | {"chat_id": str(body["chat"]).partition(":")[2]}
        if act == "press":
            return self._press(phone, body)
        if act not in _PLAIN_ACTS:
            raise LookupError(f"no act {act}")
        return {"id": str(ACTS[act](phone, body).get("message_id", ""))}

    def _press(self, phone: Phone, body: Json) -> Json:
        message = message_of(phone, body)
        buttons, index = message.buttons, int(body["index"])
        if not 0 <= index < len(buttons) or "callback_data" not in buttons[index]:
            raise LookupError("no such button")
        press = phone.press_data(message, str(buttons[index]["callback_data"]))
        return {"press": press.id}

    def is_blocked(self, person: str) -> bool:
        """Whether the person has blocked the bot."""
        chat = self.world.chats.get(int(person))
        return chat is not None and chat.blocked

    def add_person(self, name: str) -> str:
        """A new person whom nobody knows."""
        return str(self.world.add_person(name).id)

    def file(self, name: str) -> Download:
        """Any file of this world."""
        found = self.world.files.known(name)
        if found is None:
            raise LookupError("no such file")
        return Download(found.data, found.name or "ảnh.jpg", found.mime or "application/octet-stream")

    def _key(self, number: int | str) -> str:
        return f"{self.name}:{number}"


def _rows(message: Message) -> list[list[Json]]:
    rows: list[list[Json]] = (message.markup or {}).get("inline_keyboard", [])
    return [[_button(button) for button in row] for row in rows]


def _button(button: Json) -> Json:
    """Its label, and where it leads when it is a link to the web."""
    url = str(button.get("url", ""))
    return {"label": str(button["text"])} | ({"url": url} if url.startswith(("https://", "http://")) else {})

"""The phone of one person: what they can do with their thumbs, and what they see."""

from __future__ import annotations

from collections.abc import Sequence

from bot.playground.telegram import groups
from bot.playground.telegram.chats import Account, Chat, Json, Standing
from bot.playground.telegram.entities import utf16_length
from bot.playground.telegram.files import Upload
from bot.playground.telegram.limits import TEXT_LIMIT
from bot.playground.telegram.messages import Message
from bot.playground.telegram.presses import Press
from bot.playground.telegram.privacy import is_reachable
from bot.playground.telegram.texts import finish
from bot.playground.telegram.world import World


class NoSuchButton(LookupError):
    """The person sees no such button (the message names what they see instead)."""


class Phone:
    """A person in a world. Where no chat is named, their private chat with the bot is meant.

    What a phone does not offer is a ValueError: writing where one is no member, voting twice in a quiz.
    """

    def __init__(self, world: World, person: Account) -> None:
        """Hold the phone of somebody who is there already."""
        self.world, self.person = world, person

    @property
    def private(self) -> Chat:
        """The chat with the bot."""
        return self.world.private_chat(self.person)

    # Writing

    def start(self, code: str = "") -> Message:
        """Press "Start", or follow a link that carries a code."""
        return self.send(f"/start {code}".strip())

    def send(self, text: str, *, chat: Chat | None = None, reply_to: Message | None = None) -> Message:
        """Write a text of at most 4096 UTF-16 units."""
        formatted = finish(text, [])
        if not formatted.text or utf16_length(formatted.text) > TEXT_LIMIT:
            raise ValueError("a text has 1 to 4096 units")
        return self.send_content(formatted.as_fields(name="text"), chat=chat, reply_to=reply_to)

    def send_photo(self, data: bytes, *, caption: str = "", chat: Chat | None = None) -> Message:
        """Send a picture (PNG, JPEG or GIF)."""
        sizes = self.world.files.add_photo(Upload(data, "photo.jpg", "image/jpeg"))
        return self.send_content({"photo": sizes} | _caption(caption), chat=chat)

    def send_document(
        self,
        data: bytes,
        *,
        name: str,
        mime: str = "application/octet-stream",
        caption: str = "",
        chat: Chat | None = None,
    ) -> Message:
        """Send a file; it may be larger than what the bot may fetch."""
        stored = self.world.files.add(Upload(data, name, mime), kind="document")
        return self.send_content({"document": stored.as_json()} | _caption(caption), chat=chat)

    def send_voice(self, data: bytes, *, chat: Chat | None = None) -> Message:
        """Send a spoken message."""
        stored = self.world.files.add(Upload(data, "voice.ogg", "audio/ogg"), kind="voice")
        return self.send_content({"voice": stored.as_json()}, chat=chat)

    def send_content(self, content: Json, *, chat: Chat | None = None, reply_to: Message | None = None) -> Message:
        """Send anything else by its Bot API fields: a location, a contact, a sticker."""
        chat = self._enter(chat)
        return self.world.post(chat, self.person, content, reply_to=reply_to)

    def edit(self, message: Message, text: str) -> None:
        """Change one's own message."""
        if message.sender is not self.person:
            raise ValueError("only one's own messages can be edited")
        name = "text" if "text" in message.content else "caption"
        fixed = {field: value for field, value in message.content.items() if name not in field and field != "entities"}
        message.content = fixed | finish(text, []).as_fields(name=name)
        message.edit_date = self.world.now()
        self.world.announce("edit", message)
        self.world.deliver("edited_message", message)

    def delete(self, message: Message) -> None:
        """Take a message away for everybody; bots are not told."""
        del message.chat.messages[message.id]
        self.world.announce("delete", message)

    # Pressing

    def press(self, label: str, *, chat: Chat | None = None, message: Message | None = None) -> Press:
        """Press the inline button with this label, or the newest whose label contains it."""
        found = self.find_button(label, chat=chat, message=message)
        if found is None:
            raise NoSuchButton(f"{self.person.name} sees no button {label!r}, but {self._all_labels(chat)!r}")
        where, button = found
        if "callback_data" not in button:
            raise NoSuchButton(f"the button {button['text']!r} opens a link and calls nothing back")
        return self.press_data(where, str(button["callback_data"]))

    def press_data(self, message: Message, data: str) -> Press:
        """Send a press with any data, as an old screen or a forged client would."""
        self._enter(message.chat)
        press = self.world.presses.add(self.person, message, data)
        self.world.tell("callback_query", press.as_json(), lane=str(message.chat.id))
        return press

    def tap(self, label: str, *, chat: Chat | None = None) -> Message:
        """Tap a button of the reply keyboard, which writes its label."""
        labels = self.keyboard(chat)
        found = next((text for text in labels if text == label), None) or next(
            (text for text in labels if label.casefold() in text.casefold()), None
        )
        if found is None:
            raise NoSuchButton(f"{self.person.name} has no key {label!r}, but {labels!r}")
        return self.send(found, chat=chat)

    def choose(self, label: str, *, chat: Chat | None = None) -> Press | Message:
        """Press the inline button of this label, or else the key of the reply keyboard."""
        return self.press(label, chat=chat) if self.find_button(label, chat=chat) else self.tap(label, chat=chat)

    def find_button(
        self, label: str, *, chat: Chat | None = None, message: Message | None = None
    ) -> tuple[Message, Json] | None:
        """The newest message with such a button, and the button; an equal label goes before one that contains it."""
        messages = [message] if message is not None else self.messages(chat)[::-1]
        pairs = [(place, button) for place in messages for button in place.buttons]
        equal = next((pair for pair in pairs if pair[1]["text"] == label), None)
        return equal or next((pair for pair in pairs if label.casefold() in str(pair[1]["text"]).casefold()), None)

    def vote(self, message: Message, *options: int) -> None:
        """Choose options of a poll by number from 0; none takes the vote back."""
        if message.poll is None:
            raise ValueError("the message holds no poll")
        self._enter(message.chat)
        message.poll.vote(self.person, options)
        self.world.announce("edit", message)
        if message.sender is not self.world.bot or not is_reachable(message.chat, self.world.bot):
            return
        self.world.tell("poll", message.poll.as_json(), lane=message.poll.id)
        if not message.poll.anonymous:
            self.world.tell("poll_answer", message.poll.answer_json(self.person), lane=message.poll.id)

    # Looking

    def messages(self, chat: Chat | None = None) -> list[Message]:
        """Everything that stands in a chat now, oldest first."""
        return list((chat or self.private).messages.values())

    def received(self, chat: Chat | None = None) -> list[Message]:
        """What the bot wrote, oldest first."""
        return [message for message in self.messages(chat) if message.sender is self.world.bot]

    def last(self, chat: Chat | None = None) -> Message:
        """The bot's newest message; LookupError when there is none."""
        received = self.received(chat)
        if not received:
            raise LookupError("the bot has written nothing here")
        return received[-1]

    def keyboard(self, chat: Chat | None = None) -> list[str]:
        """The labels of the reply keyboard that is up, in reading order."""
        shown = (chat or self.private).keyboards.get(self.person.id, {})
        return [str(button["text"]) for row in shown.get("keyboard", []) for button in row]

    async def wait_for_text(
        self, text: str, *, chat: Chat | None = None, after: Message | int = 0, timeout: float = 5.0
    ) -> Message:
        """The bot's newest message that contains the text (any case), younger than `after`; TimeoutError."""
        oldest = after.id if isinstance(after, Message) else after

        def look() -> Message | None:
            fitting = (m for m in reversed(self.received(chat)) if text.casefold() in m.text.casefold())
            return next((message for message in fitting if message.id > oldest), None)

        found = await self.world.wait_for(look, timeout=timeout)
        if found is None:
            raise TimeoutError(text)
        return found

    async def wait_for_answer(self, press: Press, *, timeout: float = 5.0) -> Json:
        """What answerCallbackQuery said: text, show_alert, url; TimeoutError."""
        await self.world.wait_for(lambda: press.answer is not None, timeout=timeout)
        return press.answer or {}

    # Settling

    def block(self) -> None:
        """Block the bot."""
        if not self.private.blocked:
            self.private.blocked = True
            self._tell_blocking(Standing.MEMBER, Standing.KICKED)

    def unblock(self) -> None:
        """Let the bot write again."""
        if self.private.blocked:
            self.private.blocked = False
            self._tell_blocking(Standing.KICKED, Standing.MEMBER)

    def delete_account(self) -> None:
        """Leave Telegram for good."""
        self.person.deactivated = True

    def create_group(
        self, title: str, *, members: Sequence[Phone] = (), with_bot: bool = True, supergroup: bool = False
    ) -> Chat:
        """Found a group, with the bot unless told otherwise."""
        accounts = [phone.person for phone in members] + ([self.world.bot] if with_bot else [])
        return groups.create_group(self.world, self.person, title, members=accounts, supergroup=supergroup)

    def add_bot(self, chat: Chat) -> None:
        """Bring the bot into a group."""
        groups.add_member(self.world, self._enter(chat), self.world.bot, by=self.person)

    def remove_bot(self, chat: Chat) -> None:
        """Throw the bot out of a group."""
        groups.remove_member(self.world, self._enter(chat), self.world.bot, by=self.person)

    def leave(self, chat: Chat) -> None:
        """Go out of a group."""
        groups.leave(self.world, self._enter(chat), self.person)

    def _enter(self, chat: Chat | None) -> Chat:
        chat = chat or self.private
        if self.person.deactivated:
            raise ValueError("this account is gone")
        if chat.is_private:
            self.unblock()
            chat.started = True
        elif chat.migrated_to is not None or not chat.has(self.person):
            raise ValueError("no longer a member here")
        return chat

    def _tell_blocking(self, before: Standing, after: Standing) -> None:
        groups.tell_standing(self.world, self.private, self.world.bot, before, after, by=self.person)

    def _all_labels(self, chat: Chat | None) -> list[str]:
        return [str(button["text"]) for message in self.messages(chat) for button in message.buttons]


def _caption(text: str) -> Json:
    return finish(text, []).as_fields(name="caption")

"""A Channel in memory with the same contract as the real ones, for tests: it records what it is given to carry."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from bot.channels.base import (
    Capabilities,
    ChannelError,
    FileContent,
    FileRefused,
    Identity,
    RawUpdate,
    Rejected,
    Sent,
    Unreachable,
)
from bot.channels.parting import part_message
from bot.domain.messages import Command, Incoming, Outgoing
from bot.domain.rich_text import to_spans, utf16_length
from bot.domain.text import normalise
from bot.domain.vocabulary import ChannelName

EVERYTHING = Capabilities(text_limit=4096, caption_limit=1024, edits=True, buttons=True, documents=True, deletes=True)
"""As Telegram has them."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A part that arrived: under which message id, and the bytes of its attachment."""

    message_id: str
    part: Outgoing
    files: Mapping[int, FileContent]

    @property
    def text(self) -> str:
        """Its words without formatting."""
        return to_spans(self.part.text).text

    @property
    def bold(self) -> tuple[str, ...]:
        """Its words in bold."""
        spanned = to_spans(self.part.text)
        return tuple(spanned.text[span.start : span.end] for span in spanned.spans if span.style == "bold")

    @property
    def labels(self) -> tuple[str, ...]:
        """What its buttons say, in reading order."""
        return tuple(choice.label for choice in self.part.choices.choices) if self.part.choices else ()


@dataclass(slots=True)
class _Trouble:
    error: ChannelError
    chat_id: str
    after_arrival: bool


@dataclass(slots=True)
class _Talk:
    """A chat as its people see it: what the messages say now, by id."""

    messages: dict[str, Arrived] = field(default_factory=dict[str, Arrived])
    commands: tuple[Command, ...] = ()


class RecordingChannel:
    """Carries nothing anywhere. Its raw updates are the JSON of an Incoming, with an "update" number for its id."""

    def __init__(self, *, name: ChannelName = ChannelName.TELEGRAM, capabilities: Capabilities = EVERYTHING) -> None:
        """An empty world on a platform of the given name and abilities."""
        self._name = name
        self._capabilities = capabilities
        self._talks: dict[str, _Talk] = {}
        self._waiting: deque[RawUpdate] = deque()
        self._troubles: list[_Trouble] = []
        self._files: dict[str, FileContent] = {}
        self._last_update = 0
        self._last_message = 0
        self._changed = asyncio.Condition()
        self.arrived: list[Arrived] = []
        """Every part that arrived, edits among them, in order."""
        self.toasts: list[tuple[str, str]] = []
        """Acknowledged presses: callback id and notice."""
        self.default_commands: tuple[Command, ...] = ()
        self.webhook: tuple[str, str] | None = None
        """Its url and secret, while updates are to be pushed."""
        self.is_open = False
        self.unreachable: set[str] = set()
        """Chats that refuse every message."""

    # -- what tests ask for --------------------------------------------------------------------------------

    async def push(self, incoming: Incoming) -> RawUpdate:
        """Let something be said to the bot; the update waits for the next poll. Its external id is replaced."""
        self._last_update += 1
        raw: dict[str, Any] = incoming.model_dump(mode="json", exclude={"external_id"})
        raw["update"] = self._last_update
        self._waiting.append(raw)
        await self._announce()
        return raw

    def fail_next(self, *errors: ChannelError, chat_id: str = "", after_arrival: bool = False) -> None:
        """Raise these at the next sendings, one each (to one chat, if named); `after_arrival`: having recorded it."""
        self._troubles += [_Trouble(error, chat_id, after_arrival) for error in errors]

    def keep_file(self, reference: str, content: FileContent) -> None:
        """Have a file to fetch."""
        self._files[reference] = content

    def messages(self, chat_id: str) -> tuple[Arrived, ...]:
        """What a chat shows now, oldest first, edits done."""
        return tuple(self._talk(chat_id).messages.values())

    def commands(self, chat_id: str) -> tuple[Command, ...]:
        """The command menu of a chat."""
        return self._talk(chat_id).commands or self.default_commands

    async def wait_for(self, condition: Callable[[], bool], *, timeout: float = 10.0) -> None:
        """Wait until the condition holds, asked again after everything that happens here; TimeoutError if never."""
        async with asyncio.timeout(timeout), self._changed:
            await self._changed.wait_for(condition)

    # -- Channel -------------------------------------------------------------------------------------------

    @property
    def name(self) -> ChannelName:
        """The platform it plays."""
        return self._name

    @property
    def capabilities(self) -> Capabilities:
        """What it was told to be able to carry."""
        return self._capabilities

    async def open(self) -> Identity:
        """Always the same bot."""
        self.is_open = True
        return Identity(user_id="1", username="recording_bot", name="Recording Bot")

    async def close(self) -> None:
        """Nothing to let go of."""
        self.is_open = False

    def external_id(self, raw: RawUpdate) -> str:
        """The update's number."""
        number = raw.get("update")
        if not isinstance(number, int) or isinstance(number, bool):
            raise ValueError("an update without a number")
        return str(number)

    def read(self, raw: RawUpdate) -> Incoming | None:
        """The Incoming that was pushed, its text normalised as every channel does."""
        fields = {key: value for key, value in raw.items() if key != "update"}
        incoming = Incoming.model_validate({**fields, "external_id": self.external_id(raw)})
        return incoming.model_copy(update={"text": normalise(incoming.text)})

    def parts(self, outgoing: Outgoing) -> Sequence[Outgoing]:
        """As the capabilities have it."""
        return part_message(outgoing, capabilities=self._capabilities)

    async def poll(self, *, after: str, wait: float) -> Sequence[RawUpdate]:
        """Updates after the one named, which this confirms; waits up to `wait` seconds for the first."""
        while self._waiting and after and int(self._waiting[0]["update"]) <= int(after):
            self._waiting.popleft()
        with suppress(TimeoutError):
            await self.wait_for(lambda: bool(self._waiting), timeout=wait)
        return tuple(self._waiting)

    async def use_webhook(self, *, url: str, secret: str) -> None:
        """Remember where updates are to be pushed."""
        self.webhook = (url, secret)

    async def use_polling(self) -> None:
        """Forget it."""
        self.webhook = None

    async def send(self, part: Outgoing, *, files: Mapping[int, FileContent]) -> Sent:
        """Record a part, unless trouble was asked for; refuses what the platform it plays would refuse."""
        trouble = self._next_trouble(part.chat.chat_id)
        if trouble and not trouble.after_arrival:
            raise trouble.error
        if part.chat.chat_id in self.unreachable:
            raise Unreachable(reason="blocked")
        sent = self._record(part, files)
        await self._announce()
        if trouble:
            raise trouble.error
        return sent

    async def acknowledge_press(self, callback_id: str, *, toast: str) -> None:
        """Record it."""
        self.toasts.append((callback_id, toast))
        await self._announce()

    async def set_default_commands(self, commands: Sequence[Command]) -> None:
        """Record them."""
        self.default_commands = tuple(commands)

    async def fetch(self, reference: str) -> FileContent:
        """A file that was kept here."""
        content = self._files.get(reference)
        if content is None:
            raise FileRefused(reason="unavailable")
        if len(content.data) > self._capabilities.download_limit:
            raise FileRefused(reason="too_big")
        return content

    # -- inside --------------------------------------------------------------------------------------------

    def _talk(self, chat_id: str) -> _Talk:
        return self._talks.setdefault(chat_id, _Talk())

    async def _announce(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    def _next_trouble(self, chat_id: str) -> _Trouble | None:
        for trouble in self._troubles:
            if trouble.chat_id in {"", chat_id}:
                self._troubles.remove(trouble)
                return trouble
        return None

    def _record(self, part: Outgoing, files: Mapping[int, FileContent]) -> Sent:
        talk = self._talk(part.chat.chat_id)
        if part.commands is not None:
            talk.commands = part.commands
            return Sent(message_id="")
        if part.deletes:
            talk.messages.pop(part.deletes, None)
            return Sent(message_id="")
        editable = part.replaces in talk.messages and self._capabilities.edits
        if part.only_if_editable and not editable:
            return Sent(message_id="")
        if editable:
            return self._edit(talk, part)
        return self._add(talk, part, files)

    def _edit(self, talk: _Talk, part: Outgoing) -> Sent:
        old = talk.messages[part.replaces]
        if not to_spans(part.text).text.strip():
            part = part.model_copy(update={"text": old.part.text})
        limit = self._capabilities.caption_limit if old.part.attachments else self._capabilities.text_limit
        shown = part.model_copy(update={"attachments": old.part.attachments})
        self._check(shown, limit)
        arrived = Arrived(part.replaces, shown, old.files)
        talk.messages[part.replaces] = arrived
        self.arrived.append(arrived)
        return Sent(message_id=part.replaces)

    def _add(self, talk: _Talk, part: Outgoing, files: Mapping[int, FileContent]) -> Sent:
        kept = self._take(part, files)
        self._check(part, self._capabilities.caption_limit if kept else self._capabilities.text_limit)
        self._last_message += 1
        arrived = Arrived(str(self._last_message), part, kept)
        talk.messages[arrived.message_id] = arrived
        self.arrived.append(arrived)
        references = {stored_id: content.reference for stored_id, content in kept.items()}
        return Sent(message_id=arrived.message_id, file_references=references)

    def _take(self, part: Outgoing, files: Mapping[int, FileContent]) -> dict[int, FileContent]:
        wanted = [attachment.stored_id for attachment in part.attachments]
        if len(wanted) > 1 or not set(wanted) <= files.keys():
            raise Rejected(reason="file missing" if len(wanted) == 1 else "several files in one part")
        if not self._capabilities.documents and any(not file.as_photo for file in part.attachments):
            raise Rejected(reason="no documents here")
        return {stored_id: self._uploaded(stored_id, files[stored_id]) for stored_id in wanted}

    def _uploaded(self, stored_id: int, content: FileContent) -> FileContent:
        """What a reference stands for, or else the bytes, which get a reference; as with the platforms' own."""
        known = self._files.get(content.reference)
        if known:
            return known
        if not content.data:
            raise Rejected(reason="wrong file reference")
        kept = replace(content, reference=f"file-{stored_id}-{len(self._files)}")
        self._files[kept.reference] = kept
        return kept

    def _check(self, part: Outgoing, limit: int) -> None:
        text = to_spans(part.text).text
        if utf16_length(text) > limit:
            raise Rejected(reason="message is too long")
        if not text.strip() and not part.attachments:
            raise Rejected(reason="message text is empty")
        if part.choices and not self._capabilities.buttons:
            raise Rejected(reason="no buttons here")

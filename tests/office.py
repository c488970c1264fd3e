"""The whole bot without a network: people with phones talk to the real router over a real database.

What is written to the outbox is delivered at once by `Office.deliver`, guards asked and due times respected, so a test
reads like a conversation. Real channels, limits and crashes are tested elsewhere, over HTTP.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from typing import Literal

from sqlalchemy import select, update

from bot.channels.parting import join_messages
from bot.channels.zalo import CAPABILITIES as ON_ZALO
from bot.domain.messages import (
    Chat,
    ChatEvent,
    Delivery,
    Guard,
    Incoming,
    IncomingFile,
    Outgoing,
    Press,
    Reply,
    Sender,
)
from bot.domain.rich_text import to_spans
from bot.domain.text import normalise
from bot.domain.vocabulary import ChannelName, ChatKind
from bot.pipeline.papers import PaperWorker
from bot.pipeline.signals import Signals
from bot.routing import build_router
from scheduler.guards import GUARDS
from scheduler.jobs import Counts, JobContext
from scheduler.table import find_job
from storage.engine import Database
from storage.tables import Outbox
from tests.builders import Joined
from tests.clock import FakeClock

_CAPABILITIES = {ChannelName.ZALO: ON_ZALO}


@dataclass(frozen=True, slots=True)
class Shown:
    """One message as a chat shows it now."""

    id: str
    chat_key: str
    outgoing: Outgoing
    topic: str = ""

    @property
    def text(self) -> str:
        """Its words without formatting."""
        return to_spans(self.outgoing.text).text

    @property
    def labels(self) -> tuple[str, ...]:
        """What its buttons say, in reading order."""
        return tuple(choice.label for choice in self.outgoing.choices.choices) if self.outgoing.choices else ()

    @property
    def file_names(self) -> tuple[str, ...]:
        """The files that came with it."""
        return tuple(each.name for each in self.outgoing.attachments)


class Office:
    """One installation in memory: its database, its router, its clock, and every chat's screen."""

    def __init__(self, database: Database, clock: FakeClock) -> None:
        """Nobody has said anything yet."""
        self.database = database
        self.clock = clock
        self.router = build_router(join_link=lambda channel, code: f"https://example.org/{channel}/{code}")
        self.screens: dict[str, list[Shown]] = {}
        self.said: list[Outgoing] = []
        """Everything that was ever shown, also what was edited away."""
        self.seconds_to_draw: float | None = 20.0
        """How long a file may take; 0: none is ever finished; None: nobody draws."""
        self._run = secrets.token_hex(4)  # an office opened again over the same database goes on with other numbers
        self._updates = count(1)

    def phone(self, joined: Joined) -> Phone:
        """The phone of a member who has joined."""
        return Phone(self, joined.chat, Sender(user_id=joined.user_id, name=joined.member.name))

    def stranger(self, user_id: str = "999", *, channel: ChannelName = ChannelName.TELEGRAM) -> Phone:
        """The phone of somebody nobody knows."""
        return Phone(self, Chat(channel=channel, chat_id=user_id), Sender(user_id=user_id, name="Người lạ"))

    async def receive(self, incoming: Incoming) -> Reply:
        """Handle one update as dispatch does: one transaction with all its effects; then deliver what is due."""
        async with self.database.begin() as uow:
            reply = await self.router.respond(incoming, uow, self.clock())
            messages = [
                (message, Delivery(dedupe_key=f"answer:{incoming.external_id}:{index}"))
                for index, message in enumerate(join_messages(reply.messages, _CAPABILITIES))
            ]
            user_id = incoming.sender.user_id if incoming.sender else None
            await uow.outbox.put_many(messages, user_id=user_id, now=self.clock())
        await self.draw_papers()
        await self.deliver()
        return reply

    async def draw_papers(self) -> None:
        """Draw every file that waits."""
        if self.seconds_to_draw is None:
            return
        worker = PaperWorker(database=self.database, clock=self.clock, signals=Signals(), seconds=self.seconds_to_draw)
        try:
            while await worker.run_once():
                pass
        finally:
            worker.close()

    async def run_job(self, name: str, *, at: datetime | None = None) -> Counts:
        """Run a job now, or as of another time as `jobs run --at` does; then deliver what is due."""
        job = find_job(name)
        assert job is not None, f"no job {name}"
        counts = await job.run(JobContext(database=self.database, now=at or self.clock(), as_of=at))
        await self.deliver(now=at)
        return counts

    async def deliver(self, *, now: datetime | None = None) -> list[Shown]:
        """Show everything that is due; what its guard no longer wants is dropped. Returns what was shown."""
        moment = now or self.clock()
        shown: list[Shown] = []
        async with self.database.begin() as uow:
            session = uow._session  # pyright: ignore[reportPrivateUsage] - tests look behind the repositories
            rows = await session.scalars(
                select(Outbox)
                .where(Outbox.status.in_(("scheduled", "pending")), Outbox.not_before <= moment)
                .order_by(Outbox.priority, Outbox.id)
            )
            for row in list(rows):
                status = "sent"
                if row.expires_at is not None and row.expires_at <= moment:
                    status = "dropped"
                elif row.guard is not None:
                    guard = Guard.model_validate(row.guard)
                    if not await GUARDS[guard.name](uow, guard.arguments, row.as_of or moment):
                        status = "dropped"
                if status == "sent":
                    shown.append(self._show(row))
                    await uow.keyboards.arrived(shown[-1].outgoing.choices_key, now=self.clock())
                await session.execute(
                    update(Outbox)
                    .where(Outbox.id == row.id)
                    .values(status=status, sent_at=moment, message_id=_message_id(row))
                )
        return shown

    def _show(self, row: Outbox) -> Shown:
        message = Shown(_message_id(row), row.chat_key, Outgoing.model_validate(row.payload), row.topic)
        self.said.append(message.outgoing)
        screen = self.screens.setdefault(row.chat_key, [])
        if message.outgoing.deletes:
            screen[:] = [each for each in screen if each.id != message.outgoing.deletes]
            return message
        for index, earlier in enumerate(screen):
            if earlier.id == message.id:
                screen[index] = replace(message, id=earlier.id)
                return message
        screen.append(message)
        return message

    def update_id(self) -> str:
        """A number for the next update."""
        return f"{self._run}-{next(self._updates)}"


class Phone:
    """What one person does in one chat, and what they see there."""

    def __init__(self, office: Office, chat: Chat, sender: Sender) -> None:
        """A private chat, or a group (see `in_group`)."""
        self._office = office
        self.chat = chat
        self.sender = sender
        self.toast = ""
        """The notice on the button pressed last."""

    def in_group(self, chat_id: str = "-100", *, title: str = "Tổ mạng lưới") -> Phone:
        """The same person in a group chat."""
        chat = Chat(channel=self.chat.channel, chat_id=chat_id, kind=ChatKind.GROUP, title=title)
        return Phone(self._office, chat, self.sender)

    @property
    def screen(self) -> list[Shown]:
        """Everything the bot has said in this chat, edits done, oldest first; command menus left out."""
        return [each for each in self._office.screens.get(self.chat.key, []) if each.outgoing.commands is None]

    @property
    def last(self) -> Shown:
        """What the bot said last."""
        assert self.screen, "the bot has said nothing here"
        return self.screen[-1]

    @property
    def texts(self) -> str:
        """Every word on the screen."""
        return "\n\n".join(each.text for each in self.screen)

    async def say(self, text: str) -> Shown:
        """Write something; returns what the bot said last afterwards."""
        await self._office.receive(self._incoming(text=normalise(text)))
        return self.last

    async def send_file(
        self,
        data: bytes,
        *,
        name: str,
        mime: str = "application/octet-stream",
        kind: Literal["photo", "document", "voice", "other"] = "document",
        text: str = "",
    ) -> Shown:
        """Send a file as the pipeline hands it on: stored, with its id."""
        async with self._office.database.begin() as uow:
            stored = await uow.files.keep(data=data, name=name, mime=mime, now=self._office.clock())
        file = IncomingFile(reference="ref", kind=kind, name=name, mime=mime, size=len(data), stored_id=stored)
        await self._office.receive(self._incoming(text=text, files=(file,)))
        return self.last

    async def file(self, suffix: str = "", *, on: Shown | None = None) -> bytes:
        """What is in the file of this ending (or in the first one) under a message, the last one by default."""
        named = next(each for each in (on or self.last).outgoing.attachments if each.name.endswith(suffix))
        async with self._office.database.read() as uow:
            return (await uow.files.load(named.stored_id)).data

    async def press(self, label: str, *, on: Shown | None = None) -> Shown:
        """Press the button that contains this label: of this message, or of the latest that has one."""
        message = on or next(
            (each for each in reversed(self.screen) if any(label in text for text in each.labels)), None
        )
        assert message is not None, f"no button {label!r}; there is {[each.labels for each in self.screen[-3:]]}"
        index = next(index for index, text in enumerate(message.labels) if label in text)
        return await self.press_data(f"{message.outgoing.choices_key}:{index}", message_id=message.id)

    async def press_data(self, data: str, *, message_id: str = "1") -> Shown:
        """Press a button that carries this, forged or not."""
        press = Press(data=data, message_id=message_id, callback_id="callback")
        reply = await self._office.receive(self._incoming(press=press))
        self.toast = reply.toast
        return self.last

    async def happens(self, event: ChatEvent, *, new_chat_id: str = "") -> None:
        """Something happens to the chat."""
        await self._office.receive(self._incoming(event=event, new_chat_id=new_chat_id))

    def _incoming(
        self,
        *,
        text: str = "",
        press: Press | None = None,
        files: tuple[IncomingFile, ...] = (),
        event: ChatEvent | None = None,
        new_chat_id: str = "",
    ) -> Incoming:
        return Incoming(
            external_id=self._office.update_id(),
            chat=self.chat,
            sender=self.sender,
            at=self._office.clock(),
            text=text,
            press=press,
            files=files,
            event=event,
            new_chat_id=new_chat_id,
        )


def _message_id(row: Outbox) -> str:
    return str(row.payload.get("replaces") or row.id)

"""What becomes of a message after its call: settled, tried again, or shown to its author."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

import structlog

from bot.channels.base import (
    Channel,
    ChannelDown,
    ChannelError,
    ChatMoved,
    FileContent,
    RateLimited,
    Rejected,
    Sent,
    Unreachable,
    Unsure,
)
from bot.domain.clock import Clock
from bot.domain.messages import Delivery, Outgoing
from bot.domain.rich_text import to_spans
from bot.pipeline.elsewhere import send_elsewhere
from bot.pipeline.group_commit import GroupCommit
from bot.pipeline.measures import Measures
from bot.pipeline.thrift import Thrift
from bot.pipeline.trouble import tell
from bot.texts import pipeline as texts
from storage.tables import Outbox
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()
_GIVE_UP_AFTER = timedelta(hours=24)
_LONGEST_BACKOFF = 60
_OPENING = 60


class Outcomes:
    """Makes the call of one message and records what it came to."""

    def __init__(
        self,
        channel: Channel,
        *,
        commits: GroupCommit,
        clock: Clock,
        on_down: Callable[[ChannelDown], None],
        measures: Measures,
    ) -> None:
        """For one channel; `on_down` hears of a refused token, with which no message can travel."""
        self._on_down = on_down
        self._measures = measures
        self._channel = channel
        self._thrift = Thrift(channel)
        self._commits = commits
        self._clock = clock

    async def send(self, row: Outbox, part: Outgoing, files: Mapping[int, FileContent]) -> None:
        """Make the call; whatever comes of it is committed, however often the database must be asked."""
        try:
            sent = await self._channel.send(part, files=files)
        except ChannelError as error:
            failure = error
            self._measures.sent(row.channel, type(error).__name__)
            await self._record(lambda uow: self._failed(uow, row, part, failure))
            if isinstance(failure, ChannelDown) and failure.facts.get("reason") == "token":
                self._on_down(failure)
        else:
            log.info("message_sent", message=sent.message_id)
            self._measures.sent(row.channel, "sent", cause=row.cause, now=self._clock())
            await self._record(lambda uow: self._arrived(uow, row, part, sent))

    async def _record(self, work: Callable[[UnitOfWork], Awaitable[None]]) -> None:
        pause = 0.2
        while True:
            try:
                await self._commits.run(work)
            except Exception as error:
                tell("outcome_not_recorded", error)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 5.0)
            else:
                return

    async def _arrived(self, uow: UnitOfWork, row: Outbox, part: Outgoing, sent: Sent) -> None:
        now = self._clock()
        await uow.delivery.settle(row.id, "sent", now=now, message_id=sent.message_id)
        await self._thrift.count(uow, row, part, now=now)
        if part.choices_key:
            await uow.keyboards.arrived(part.choices_key, now=now)
        for file_id, reference in sent.file_references.items():
            await uow.files.remember_reference(file_id, self._channel.name, reference)

    async def _failed(self, uow: UnitOfWork, row: Outbox, part: Outgoing, error: ChannelError) -> None:
        now = self._clock()
        log.warning("message_not_sent", outbox=row.id, kind=type(error).__name__, reason=str(error))
        match error:
            case RateLimited():
                until = now + timedelta(seconds=error.retry_after)
                await uow.delivery.postpone(row.id, until=until, error=str(error))
                if error.whole_bot:
                    asked = time.time()
                    await uow.delivery.pause(self._channel.name, since=asked, until=asked + error.retry_after)
            case ChatMoved():
                await self._move(uow, row, part, error)
            case Unreachable():
                await self._unreachable(uow, row, part, error, now=now)
            case Rejected():
                await uow.delivery.settle(row.id, "failed", now=now, error=str(error))
                await self.tell_author(uow, row, sent=False, now=now)
            case Unsure() if not row.resend_when_unsure:
                await uow.delivery.settle(row.id, "uncertain", now=now, error=str(error))
                await self.tell_author(uow, row, sent=None, now=now)
            case ChannelDown():
                await uow.delivery.postpone(row.id, until=now + timedelta(seconds=30), error=str(error))
            case _:
                await self._try_later(uow, row, error, now=now)

    async def _try_later(self, uow: UnitOfWork, row: Outbox, error: ChannelError, *, now: datetime) -> None:
        if now - row.created_at > _GIVE_UP_AFTER:
            await uow.delivery.settle(row.id, "failed", now=now, error=str(error))
            await self.tell_author(uow, row, sent=False, now=now)
            return
        backoff = min(2 ** min(row.attempts, 6), _LONGEST_BACKOFF)
        await uow.delivery.postpone(row.id, until=now + timedelta(seconds=backoff), error=str(error))

    async def _move(self, uow: UnitOfWork, row: Outbox, part: Outgoing, error: ChatMoved) -> None:
        old, new = part.chat.chat_id, error.new_chat_id
        await uow.delivery.postpone(row.id, until=self._clock(), error=str(error))
        await uow.groups.move(self._channel.name, old=old, new=new)
        await uow.outbox.move_chat(self._channel.name, old=old, new=new)

    async def _unreachable(
        self, uow: UnitOfWork, row: Outbox, part: Outgoing, error: ChannelError, *, now: datetime
    ) -> None:
        await uow.delivery.settle(row.id, "failed", now=now, error=str(error))
        if not part.chat.is_private:
            await uow.groups.deactivate(self._channel.name, part.chat.chat_id)
            return
        await uow.accounts.set_reachable(self._channel.name, part.chat.chat_id, reachable=False)
        if not await send_elsewhere(uow, row, part, away_from=self._channel.name, now=now):
            await self.tell_author(uow, row, sent=False, now=now)

    async def tell_author(self, uow: UnitOfWork, row: Outbox, *, sent: bool | None, now: datetime) -> None:
        """Show a message that did not arrive (False) or may not have (None) to the person who sent it."""
        author = row.author_member_id
        if author is None or author == row.member_id:
            return
        chats = (await uow.accounts.private_chats([author])).get(author, [])
        if not chats:
            return
        part = Outgoing.model_validate(row.payload)
        names = await uow.members.names([row.member_id]) if row.member_id else {}
        name = names.get(row.member_id or 0, part.chat.title or "nhóm")
        opening = to_spans(part.text).text[:_OPENING]
        text = texts.did_not_arrive(name, opening) if sent is False else texts.may_not_have_arrived(name, opening)
        message = Outgoing(chat=chats[0], text=str(text))
        await uow.outbox.put(message, Delivery(dedupe_key=f"not-arrived:{row.id}", member_id=author), now=now)

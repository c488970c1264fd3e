"""What becomes of a message after its call: settled, tried again, or shown to its author."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
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
    UsedUp,
)
from bot.domain.clock import Clock
from bot.domain.messages import Delivery, Outgoing, Priority
from bot.domain.rich_text import to_spans
from bot.pipeline.elsewhere import send_elsewhere
from bot.pipeline.group_commit import GroupCommit
from bot.pipeline.measures import Measures
from bot.pipeline.thrift import Thrift
from bot.pipeline.together import Companion
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

    async def send(self, said: Sequence[Companion], whole: Outgoing, files: Mapping[int, FileContent]) -> None:
        """Make the call that says all of it; whatever comes of it is committed, however often that must be tried."""
        first = said[0].row
        try:
            sent = await self._channel.send(whole, files=files)
        except ChannelError as error:
            failure = error
            self._measures.sent(first.channel, type(error).__name__)
            await self._record(lambda uow: self._all_failed(uow, said, failure))
            if isinstance(failure, ChannelDown) and failure.facts.get("reason") == "token":
                self._on_down(failure)
        else:
            log.info("message_sent", message=sent.message_id)
            for each in said:
                self._measures.sent(each.row.channel, "sent", cause=each.row.cause, now=self._clock())
            await self._record(lambda uow: self._arrived(uow, said, whole, sent))

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

    async def _arrived(self, uow: UnitOfWork, said: Sequence[Companion], whole: Outgoing, sent: Sent) -> None:
        now = self._clock()
        for each in said:
            await uow.delivery.settle(each.row.id, "sent", now=now, message_id=sent.message_id)
        await self._thrift.count(uow, said[0].row, whole, now=now)
        if whole.choices_key:
            await uow.keyboards.arrived(whole.choices_key, now=now, at=sent.at)
        for file_id, reference in sent.file_references.items():
            await uow.files.remember_reference(file_id, self._channel.name, reference)

    async def _all_failed(self, uow: UnitOfWork, said: Sequence[Companion], error: ChannelError) -> None:
        """Each on its own account; what was refused together is tried apart, since one of them may be to blame."""
        for each in said:
            if len(said) > 1 and isinstance(error, Rejected):
                await uow.delivery.postpone(each.row.id, until=self._clock(), error=str(error))
            else:
                await self._failed(uow, each.row, each.part, error)

    async def _failed(self, uow: UnitOfWork, row: Outbox, part: Outgoing, error: ChannelError) -> None:
        now = self._clock()
        log.warning("message_not_sent", outbox=row.id, kind=type(error).__name__, reason=str(error))
        match error:
            case RateLimited():
                await self._wait(uow, row, part, error, now=now)
            case ChatMoved():
                await self._move(uow, row, part, error)
            case Unreachable():
                await self._unreachable(uow, row, part, error, now=now)
            case Rejected():
                await self._give_up(uow, row, part, error, now=now)
            case Unsure() if not row.resend_when_unsure:
                await uow.delivery.settle(row.id, "uncertain", now=now, error=str(error))
                await self.tell_author(uow, row, sent=None, now=now)
            case ChannelDown():
                await uow.delivery.postpone(row.id, until=now + timedelta(seconds=30), error=str(error))
            case _:
                await self._try_later(uow, row, part, error, now=now)

    async def _wait(self, uow: UnitOfWork, row: Outbox, part: Outgoing, error: RateLimited, *, now: datetime) -> None:
        """As long as the platform says; what nobody waits for at this moment goes the person's other way if it can."""
        may_move = isinstance(error, UsedUp) and row.priority > Priority.ANSWER
        if may_move and await send_elsewhere(uow, row, part, away_from=self._channel, now=now):
            await uow.delivery.settle(row.id, "failed", now=now, error=str(error))
        else:
            until = now + timedelta(seconds=error.retry_after)
            await uow.delivery.postpone(row.id, until=until, error=str(error))
        if error.whole_bot:
            asked = time.time()
            await uow.delivery.pause(self._channel.name, since=asked, until=asked + error.retry_after)

    async def _give_up(
        self, uow: UnitOfWork, row: Outbox, part: Outgoing, error: ChannelError, *, now: datetime
    ) -> None:
        """It will not arrive this way: the person's other way is tried, or else whoever sent it is told."""
        await uow.delivery.settle(row.id, "failed", now=now, error=str(error))
        if not await send_elsewhere(uow, row, part, away_from=self._channel, now=now):
            await self.tell_author(uow, row, sent=False, now=now)

    async def _try_later(
        self, uow: UnitOfWork, row: Outbox, part: Outgoing, error: ChannelError, *, now: datetime
    ) -> None:
        if now - row.created_at > _GIVE_UP_AFTER:
            await self._give_up(uow, row, part, error, now=now)
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
        if not part.chat.is_private:
            await uow.delivery.settle(row.id, "failed", now=now, error=str(error))
            await uow.groups.deactivate(self._channel.name, part.chat.chat_id)
            return
        await uow.accounts.set_reachable(self._channel.name, part.chat.chat_id, reachable=False)
        await self._give_up(uow, row, part, error, now=now)

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

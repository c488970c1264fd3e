"""The pipeline of one process over a channel in memory, with a respond function that the test gives."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count

import pytest

from bot.channels.recording import RecordingChannel
from bot.domain.clock import Clock
from bot.domain.messages import Chat, Incoming, IncomingFile, Outgoing, Reply, Sender
from bot.domain.vocabulary import ChannelName
from bot.pipeline.delivery import Courier, GuardCheck
from bot.pipeline.dispatch import Dispatcher, Respond
from bot.pipeline.fetching import FileFetcher
from bot.pipeline.group_commit import GroupCommit
from bot.pipeline.intake import Intake
from bot.pipeline.signals import Signals
from storage.engine import Database
from storage.rate_limits import Limits
from storage.unit_of_work import UnitOfWork
from tests.clock import FakeClock

QUICK = Limits(per_second=1000.0, chat_interval=0.0)


async def echo(incoming: Incoming, uow: UnitOfWork, now: datetime) -> Reply:
    """Says what was said."""
    del uow, now
    return Reply(messages=(Outgoing(chat=incoming.chat, text=incoming.text),))


@dataclass(slots=True)
class Pipeline:
    """The stages, run by hand; delivery runs by itself within `delivering()`."""

    database: Database
    clock: Clock
    channel: RecordingChannel
    signals: Signals
    commits: GroupCommit
    intake: Intake
    fetcher: FileFetcher
    numbers: count[int]

    def incoming(self, text: str, *, chat: str = "1", files: tuple[IncomingFile, ...] = ()) -> Incoming:
        """Something said in a private chat."""
        return Incoming(
            external_id="0",
            chat=Chat(channel=ChannelName.TELEGRAM, chat_id=chat),
            sender=Sender(user_id=chat, name="Hoa"),
            at=self.clock(),
            text=text,
            files=files,
        )

    async def hear(self, *texts: str, chat: str = "1") -> None:
        """Take these in."""
        await self.intake.accept([await self.channel.push(self.incoming(text, chat=chat)) for text in texts])

    def dispatcher(self, respond: Respond = echo, *, batch: int = 24) -> Dispatcher:
        """A dispatcher that answers so."""
        return Dispatcher(
            database=self.database,
            channels={ChannelName.TELEGRAM: self.channel},
            respond=respond,
            clock=self.clock,
            signals=self.signals,
            batch=batch,
        )

    async def dispatch(self, respond: Respond = echo, *, batch: int = 24) -> None:
        """Handle until nothing can be taken."""
        dispatcher = self.dispatcher(respond, batch=batch)
        while await dispatcher.run_once():
            pass

    def courier(self, *, guards: Mapping[str, GuardCheck] | None = None, limits: Limits = QUICK) -> Courier:
        """A courier of this process."""
        return Courier(
            self.channel,
            database=self.database,
            commits=self.commits,
            guards=guards or {},
            limits=limits,
            clock=self.clock,
            signals=self.signals,
            worker="test",
        )

    @asynccontextmanager
    async def delivering(
        self, *, guards: Mapping[str, GuardCheck] | None = None, limits: Limits = QUICK
    ) -> AsyncGenerator[None]:
        """Deliver for as long as the context lasts."""
        courier = self.courier(guards=guards, limits=limits)
        task = asyncio.create_task(courier.run())
        try:
            yield
        finally:
            await courier.stop(within=5)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def texts(self, chat: str = "1") -> list[str]:
        """What a chat shows."""
        return [message.text for message in self.channel.messages(chat)]


@pytest.fixture
async def pipeline(database: Database, clock: FakeClock) -> AsyncGenerator[Pipeline]:
    """A pipeline whose commits are served."""
    channel, signals, commits = RecordingChannel(), Signals(), GroupCommit(database)
    serving = asyncio.create_task(commits.serve())
    yield Pipeline(
        database,
        clock,
        channel,
        signals,
        commits,
        Intake(channel, commits=commits, clock=clock, signals=signals),
        FileFetcher(database=database, channels={ChannelName.TELEGRAM: channel}, clock=clock, signals=signals),
        count(1),
    )
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)

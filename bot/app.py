"""The running bot: channels, queues, jobs and the web surface, wired by hand and stopped in order."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import Coroutine, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import structlog

from bot.channels.base import Channel, ChannelDown
from bot.channels.telegram import TelegramChannel
from bot.channels.zalo import ZaloChannel
from bot.connection import Connection, Push
from bot.domain.clock import Clock
from bot.domain.errors import DomainError
from bot.domain.messages import Command, Incoming, Reply
from bot.domain.vitals import Vitals
from bot.domain.vocabulary import ChannelName
from bot.pipeline.delivery import Courier
from bot.pipeline.dispatch import Dispatcher
from bot.pipeline.fetching import FileFetcher
from bot.pipeline.group_commit import GroupCommit
from bot.pipeline.intake import Intake
from bot.pipeline.measures import Measures
from bot.pipeline.papers import PaperWorker
from bot.pipeline.signals import Signals
from bot.process_lock import only_process_on
from bot.routing import build_router
from bot.settings import Settings
from bot.texts import zalo as zalo_wording
from bot.vitals import collect
from bot.web.file_links import FileLinks
from bot.web.server import WebServer
from bot.web.surface import Webhook, build_surface
from scheduler.clockwork import Clockwork
from scheduler.guards import GUARDS
from scheduler.jobs import Counts, Job, JobContext
from scheduler.table import JOBS
from storage.engine import Database
from storage.migrate import upgrade
from storage.presence import Presence
from storage.rate_limits import Limits
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()
_STRANGER_COMMANDS = (Command(name="start", description="bắt đầu, nhập mã tham gia"),)
_REFUSED_PAUSE = 60.0  # seconds until a token that was refused is tried again, where the bot goes on elsewhere
_SECRET_HEADERS = {
    ChannelName.TELEGRAM: "X-Telegram-Bot-Api-Secret-Token",
    ChannelName.ZALO: "X-Bot-Api-Secret-Token",
}


class Watch(Protocol):
    """Somebody who looks on while the bot works; called in the middle of it, so it must be quick and not fail."""

    def answered(self, incoming: Incoming, reply: Reply) -> None:
        """An update was handled; its transaction is about to be committed."""
        ...

    def ran(self, job: Job, counts: Counts) -> None:
        """A job had its tick."""
        ...


class NoToken(DomainError):
    """Neither token is set, so there is nothing to run on."""


def build_channels(settings: Settings, clock: Clock) -> dict[ChannelName, Channel]:
    """The channels whose tokens are set."""
    channels: dict[ChannelName, Channel] = {}
    if settings.telegram_bot_token is not None:
        token = settings.telegram_bot_token.get_secret_value()
        channels[ChannelName.TELEGRAM] = TelegramChannel(token=token, api_url=settings.telegram_api_url, clock=clock)
    if settings.zalo_bot_token is not None:
        channels[ChannelName.ZALO] = ZaloChannel(
            token=settings.zalo_bot_token.get_secret_value(),
            api_url=settings.zalo_api_url,
            wording=zalo_wording,
            link=file_links(settings, clock).make,
        )
    return channels


def file_links(settings: Settings, clock: Clock) -> FileLinks:
    """The signed addresses of stored files."""
    return FileLinks(secret=settings.file_link_secret, public_url=settings.public_url, clock=clock)


def open_database(settings: Settings, clock: Clock, channels: Mapping[ChannelName, Channel]) -> Database:
    """The database, which knows how each channel cuts its messages."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    splitters = {name: channel.parts for name, channel in channels.items()}
    database = Database(settings.database_url, clock=clock, splitters=splitters)
    if database.path:
        Path(database.path).parent.mkdir(parents=True, exist_ok=True)
    return database


class Application:
    """One process of the bot. run() returns after stop() was called, or raises what made it stop."""

    def __init__(self, settings: Settings, *, clock: Clock, watch: Watch | None = None) -> None:
        """NoToken when no channel is configured; `watch` looks on."""
        self._watch = watch
        self._settings = settings
        self._clock = clock
        self._channels = build_channels(settings, clock)
        if not self._channels:
            raise NoToken()
        self._database = open_database(settings, clock, self._channels)
        self._signals = Signals()
        self._measures = Measures()
        self._commits = GroupCommit(self._database)
        self._worker = f"{os.uname().nodename}-{os.getpid()}-{secrets.token_hex(3)}"
        self._presence = Presence(self._database, (self._worker, *self._polled()))
        self._connections = {name: self._connection(channel) for name, channel in self._channels.items()}
        self._router = build_router(join_link=self._join_link)
        self._stop = asyncio.Event()
        self._failure: BaseException | None = None
        self.ready = asyncio.Event()
        self.port = settings.port

    def stop(self) -> None:
        """Finish what is in hand and return from run()."""
        self._stop.set()

    async def run(self) -> None:
        """Work until stopped; everything in hand is finished within ten seconds."""
        with only_process_on(self._database.path):
            try:
                await self._run()
            finally:
                await self._presence.end()
                for channel in self._channels.values():
                    await channel.close()
                await self._database.close()

    async def _run(self) -> None:
        await upgrade(self._database)
        await self._warn_without_team()
        await self._presence.begin()
        commits = self._guarded(self._commits.serve())
        intakes = {name: self._intake(channel) for name, channel in self._channels.items()}
        couriers = [self._courier(channel) for channel in self._channels.values()]
        for courier in couriers:
            await courier.recover(everything=self._database.is_sqlite)
        web = WebServer(
            build_surface(
                database=self._database,
                clock=self._clock,
                webhooks=[self._webhook(name, intake) for name, intake in intakes.items()],
                channels_up=lambda: self._failure is None and all(each.is_up for each in self._connections.values()),
                links=file_links(self._settings, self._clock),
                measures=self._measures,
                vitals=self._vitals,
            ),
            host=self._settings.host,
            port=self._settings.port,
        )
        await web.start()
        self.port = web.port
        clockwork = Clockwork(JOBS, self.run_job)
        dispatcher = Dispatcher(
            database=self._database,
            channels=self._channels,
            respond=self._respond,
            clock=self._clock,
            signals=self._signals,
            measures=self._measures,
        )
        fetcher = FileFetcher(
            database=self._database, channels=self._channels, clock=self._clock, signals=self._signals
        )
        papers = PaperWorker(database=self._database, clock=self._clock, signals=self._signals)
        works = (dispatcher.run(), fetcher.run(), papers.run(), self._presence.keep())
        working = [self._guarded(work) for work in works]
        working += [self._guarded(courier.run()) for courier in couriers]
        receiving = [self._guarded(self._receive(name, intake)) for name, intake in intakes.items()]
        receiving.append(self._guarded(clockwork.start()))
        await self._stop.wait()
        log.info("stopping")
        clockwork.stop()
        await _cancel(receiving)
        await web.stop()
        for courier in couriers:
            await courier.stop(within=7.0)
        await _cancel(working)
        await _cancel([commits])
        if self._failure is not None:
            raise self._failure

    async def _warn_without_team(self) -> None:
        """Started in the wrong folder, the bot would run well on a fresh database and know nobody."""
        async with self._database.read() as uow:
            if not await uow.teams.there_is_one():
                log.warning("no_team", database=self._database.path or "server", remedy="mangluoi init")

    def _intake(self, channel: Channel) -> Intake:
        return Intake(channel, commits=self._commits, clock=self._clock, signals=self._signals)

    def _courier(self, channel: Channel) -> Courier:
        return Courier(
            channel,
            database=self._database,
            commits=self._commits,
            guards=GUARDS,
            limits=self._limits(channel.name),
            clock=self._clock,
            signals=self._signals,
            worker=self._worker,
            on_down=lambda error: self._down(channel.name, error),
            measures=self._measures,
        )

    def _limits(self, name: ChannelName) -> Limits:
        per_second = self._settings.messages_per_second
        if name is ChannelName.ZALO:
            return Limits(per_second=per_second, chat_interval=self._settings.zalo_seconds_between_messages)
        return Limits(per_second=per_second)

    def _polled(self) -> list[str]:
        """One name for each bot that this process polls; a bot has one poller."""
        if self._settings.public_url:
            return []
        return [f"poller:{name}:{self._settings.bot_digest(name)}" for name in self._channels]

    def _webhook(self, name: ChannelName, intake: Intake) -> Webhook:
        return Webhook(
            path=f"/{name}/webhook",
            header=_SECRET_HEADERS[name],
            secret=self._settings.webhook_secret_of(name),
            intake=intake,
        )

    def _connection(self, channel: Channel) -> Connection:
        push = None
        if self._settings.public_url:
            url = f"{self._settings.public_url}/{channel.name}/webhook"
            push = Push(url=url, secret=self._settings.webhook_secret_of(channel.name))
        return Connection(channel, push=push, commands=_STRANGER_COMMANDS)

    async def _receive(self, name: ChannelName, intake: Intake) -> None:
        """Connect, then poll or have updates pushed, and look whether the platform is there; again after a refusal."""
        connection = self._connections[name]
        while True:
            try:
                await connection.connect()
                self.ready.set()
                polling = [] if self._settings.public_url else [intake.poll()]
                await _until_one_fails(connection.keep_looking(), *polling)
            except ChannelDown as error:
                self._down(name, error)
                await asyncio.sleep(_REFUSED_PAUSE)

    def _down(self, name: ChannelName, error: ChannelDown) -> None:
        """A refused token leaves the other platform to its people; with none left, or another poller, all ends."""
        if error.facts.get("reason") == "token":
            self._connections[name].refuse()
            if not all(each.is_refused for each in self._connections.values()):
                return
        self._fail(error)

    async def _respond(self, incoming: Incoming, uow: UnitOfWork, now: datetime) -> Reply:
        reply = await self._router.respond(incoming, uow, now)
        log.info("update_answered", chat=incoming.chat.key, messages=len(reply.messages))
        if self._watch is not None:
            self._watch.answered(incoming, reply)
        return reply

    async def run_job(self, job: Job) -> Counts:
        """One tick of a job, as of now; what it wrote goes out at once."""
        now = self._clock()
        context = JobContext(database=self._database, now=now, operator=self._settings.operator, vitals=self._vitals())
        try:
            counts = await job.run(context)
        except Exception:
            self._measures.job_ran(job.name, well=False, now=now)
            raise
        self._measures.job_ran(job.name, well=True, now=now)
        self._signals.outbox.set()
        if self._watch is not None:
            self._watch.ran(job, counts)
        return counts

    def _vitals(self) -> Vitals:
        seen = {name: each.is_up for name, each in self._connections.items()}
        alive = self._failure is None
        return collect(self._settings, channels={name: up and alive for name, up in seen.items() if up is not None})

    def _join_link(self, channel: ChannelName, code: str) -> str:
        if channel is not ChannelName.TELEGRAM or channel not in self._connections:
            return ""
        identity = self._connections[channel].identity
        if identity is None:
            return ""
        return f"https://t.me/{identity.username}?start={code}"

    def _guarded(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """A task whose failure stops the whole process instead of going unnoticed."""
        task = asyncio.create_task(work)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        if task.cancelled():
            return
        error = task.exception()
        if error is not None:
            self._fail(error)

    def _fail(self, error: BaseException) -> None:
        """Stop in order, and end with the first error that was told."""
        if self._failure is None:
            self._failure = error
            self._stop.set()


async def _until_one_fails(*works: Coroutine[Any, Any, None]) -> None:
    """Several works that go on for ever, until one raises; its error ends the others."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
        for task in done:
            task.result()
    finally:
        await _cancel(tasks)


async def _cancel(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)

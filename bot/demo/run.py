"""One run of the demo: two playgrounds, a copy of the sample database, and `run`'s own Application over HTTP."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import socket
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr

from bot.app import Application
from bot.commands import database as opened_database
from bot.demo.cast import Cast, gather
from bot.demo.hints import hints_for
from bot.demo.passage import Passage
from bot.demo.seed import SampleTeam, write_sample
from bot.demo.story import Entry, Story
from bot.domain.messages import Incoming
from bot.playground.clock import ShiftedClock
from bot.playground.page.backstage import Scene
from bot.playground.page.sides import Json, Side
from bot.playground.page.telegram_side import TelegramSide
from bot.playground.page.zalo_side import ZaloSide
from bot.playground.telegram import world as telegram
from bot.playground.telegram.playground import TelegramPlayground
from bot.playground.zalo import world as zalo
from bot.playground.zalo.playground import ZaloPlayground
from bot.playground.zalo.switches import Switches
from bot.settings import Settings
from scheduler.table import JOBS
from storage.engine import Database

_NEWEST = 30
_PACE = 200.0  # messages a second: the local platforms have no limit, and nobody likes to wait
_START = 30.0  # seconds in which the bot must have connected


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


async def write_database(path: Path, *, now: datetime) -> SampleTeam:
    """The sample team in a SQLite file, for everybody in a fresh cast."""
    cast = gather(telegram.World(), zalo.World())
    settings = _settings(path, telegram_url="http://127.0.0.1", zalo_url="http://127.0.0.1", port=free_port())
    async with opened_database(settings, lambda: now, may_make=True) as database:
        return await write_sample(database, accounts=cast.chats, groups=cast.groups, now=now)


def _settings(path: Path, *, telegram_url: str, zalo_url: str, port: int) -> Settings:
    return Settings(
        telegram_bot_token=SecretStr(telegram.DEFAULT_TOKEN),
        telegram_api_url=telegram_url,
        zalo_bot_token=SecretStr(zalo.DEFAULT_TOKEN),
        zalo_api_url=zalo_url,
        data_dir=path.parent,
        database_url=f"sqlite:///{path}",
        listen=f"127.0.0.1:{port}",
        public_url=f"http://127.0.0.1:{port}",
        webhook_secret=None,
        messages_per_second=_PACE,
    )


class SampleRun:
    """From start() to stop(); a fresh one is made for each "Làm lại từ đầu"."""

    def __init__(
        self, sample: Path, team: SampleTeam, *, directory: Path, begin: datetime, publish: Callable[[Entry], None]
    ) -> None:
        """Copies the sample database into the directory; the clock goes on from `begin`."""
        self.clock = ShiftedClock()
        self.clock.set(begin)
        self._telegram = TelegramPlayground(telegram.World(clock=self.clock), control=False)
        switches = Switches(https_only=False)
        self._zalo = ZaloPlayground(zalo.World(clock=self.clock, switches=switches), control=False)
        cast = gather(self._telegram.world, self._zalo.world)
        self.scene = _scene(cast, team, TelegramSide(self._telegram.world), ZaloSide(self._zalo.world))
        self.story = Story(self.scene.story, clock=self.clock, label_of=self._label_of, publish=publish)
        path = directory / "demo.sqlite3"
        shutil.copyfile(sample, path)
        settings = _settings(path, telegram_url=self._telegram.url, zalo_url=self._zalo.url, port=free_port())
        self._application = Application(settings, clock=self.clock, watch=self.story)
        self._database = Database(settings.database_url, clock=self.clock)
        self.passage = Passage(self.clock, JOBS, run_job=self._application.run_job, is_busy=self.is_busy)
        self._tasks: list[asyncio.Task[None]] = []
        self._looking = asyncio.Lock()
        self._stopped = False

    async def start(self) -> None:
        """Serve, connect, and wait until the bot is ready; what broke it is raised here."""
        await self._telegram.start()
        await self._zalo.start()
        running = asyncio.create_task(self._application.run())
        self._tasks = [running, *(asyncio.create_task(self._tell_calls(side)) for side in self.scene.sides)]
        ready = asyncio.create_task(self._application.ready.wait())
        await asyncio.wait({running, ready}, timeout=_START, return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        if running.done():
            await running
        await self.passage.settle()  # everybody has been welcomed

    @property
    def platform_urls(self) -> tuple[str, str]:
        """Where the local Telegram and the local Zalo serve their Bot APIs."""
        return self._telegram.url, self._zalo.url

    @property
    def failed(self) -> asyncio.Task[None]:
        """The bot's own task: it ends before stop() only when it cannot go on."""
        return self._tasks[0]

    async def stop(self) -> None:
        """The bot finishes what is in hand; then the platforms go."""
        await self.passage.stop()
        self._application.stop()
        await asyncio.gather(*self._tasks[:1], return_exceptions=True)
        await self._telegram.stop()
        await self._zalo.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._stopped = True
        async with self._looking:
            await self._database.close()

    async def is_busy(self) -> bool:
        """Whether anything that is due is on its way between people and the bot."""
        world = self._telegram.world
        if world.updates.pending or world.calls.under_way or self._zalo.world.calls.under_way:
            return True
        async with self._looking:
            if self._stopped:
                return False
            async with self._database.read() as uow:
                return await uow.queues.is_busy(now=self.clock())

    async def queues(self) -> Json:
        """The inbox's and the outbox's state for the page; nothing after stop()."""
        async with self._looking:
            if self._stopped:
                return {}
            async with self._database.read() as uow:
                updates, messages = await uow.queues.updates(), await uow.queues.messages()
                newest = await uow.queues.newest(limit=_NEWEST)
        names = {persona.key: persona.name for persona in self.scene.personas}
        rows = [
            {
                "id": row.id,
                "status": row.status,
                "to": names.get(row.chat_key, "Nhóm" if ":-" in row.chat_key else row.chat_key),
                "key": row.key,
                "attempts": row.attempts,
                "error": row.error,
            }
            for row in newest
        ]
        return {"updates": updates, "messages": messages, "newest": rows}

    def _label_of(self, incoming: Incoming) -> str:
        """What stands on the button that was pressed."""
        if incoming.press is None or not incoming.press.message_id.isdecimal():
            return ""
        chat = self._telegram.world.chats.get(int(incoming.chat.chat_id))
        message = chat.messages.get(int(incoming.press.message_id)) if chat else None
        buttons = message.buttons if message else []
        return next((str(each["text"]) for each in buttons if each.get("callback_data") == incoming.press.data), "")

    async def _tell_calls(self, side: Side) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            async for change in side.changes():
                if change.kind == "call":
                    chat_key = f"{side.name}:{change.chat_id}" if change.chat_id else ""
                    self.story.called(str(change.data["method"]), chat_key, int(change.data["status"]))


def _scene(cast: Cast, team: SampleTeam, on_telegram: TelegramSide, on_zalo: ZaloSide) -> Scene:
    personas = list(cast.personas)
    for place, code in team.codes.items():
        personas[place].code = code
    return Scene(sides=(on_telegram, on_zalo), personas=personas, hints=hints_for(personas))

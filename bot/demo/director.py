"""Keeps one demo going: the run on stage, its page, the clock, and beginning anew."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from itertools import count
from pathlib import Path

import bot
from bot.demo.hints import first_moment, moments
from bot.demo.run import SampleRun, write_database
from bot.demo.story import Entry
from bot.domain.clock import HOME_ZONE, system_clock
from bot.playground.page.backstage import Backstage, Moment, Scene
from bot.playground.page.page import Page
from bot.playground.page.sides import Json
from bot.playground.page.stream import Stream

_ROOT = Path(bot.__file__).parent.parent
_ROOMS = frozenset({"bot", "handlers", "scheduler", "storage"})


class Director:
    """Use as `async with`; the page is at `url` then."""

    def __init__(self, *, port: int = 0, begin: datetime | None = None) -> None:
        """`begin` is when the sample team's clock starts; OSError when the port is taken."""
        self._begin = begin
        self._stream = Stream()
        self._takes = count(1)
        self._changing = asyncio.Lock()
        self._run: SampleRun | None = None
        self._page = Page(
            Backstage(
                scene=self._scene,
                now=self._now,
                moments=self._moments,
                move=self._move,
                queues=self._queues,
                reset=self.reset,
                read_code=read_code,
            ),
            self._stream,
            port=port,
        )
        self.url = self._page.url
        self._folder = tempfile.TemporaryDirectory(prefix="mangluoi-demo-", ignore_cleanup_errors=True)
        self._directory = Path(self._folder.name)

    async def __aenter__(self) -> Director:
        """Write the sample, start everything."""
        try:
            begin = self._begin or first_moment(system_clock())
            self._team = await write_database(self._directory / "sample.sqlite3", now=begin)
            self._started_at = begin
            await self._raise_curtain()
            await self._page.start()
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop everything and forget the folder."""
        await self._page.stop()
        if self._run is not None:
            await self._run.stop()
        self._folder.cleanup()

    @property
    def platform_urls(self) -> tuple[str, str]:
        """Where the local Telegram and the local Zalo serve their Bot APIs."""
        return self._current().platform_urls

    async def failed(self) -> None:
        """Returns or raises only when the bot has ended by itself, which it never should."""
        while True:
            run = self._current()
            await asyncio.wait({run.failed})
            async with self._changing:
                if run is self._run:
                    await run.failed
                    return

    async def reset(self) -> None:
        """Forget everything that happened and begin anew; the page stays open."""
        async with self._changing:
            run = self._current()
            await run.stop()
            await self._raise_curtain()

    async def _raise_curtain(self) -> None:
        directory = self._directory / f"take-{next(self._takes)}"
        directory.mkdir()
        self._run = SampleRun(
            self._directory / "sample.sqlite3",
            self._team,
            directory=directory,
            begin=self._started_at,
            publish=self._publish,
        )
        await self._run.start()
        self._page.show(self._run.scene)

    def _publish(self, entry: Entry) -> None:
        self._stream.publish("story", entry)

    def _current(self) -> SampleRun:
        if self._run is None:
            raise LookupError("nothing is on stage")
        return self._run

    def _scene(self) -> Scene:
        return self._current().scene

    def _now(self) -> datetime:
        return self._current().clock()

    def _moments(self) -> Sequence[Moment]:
        return moments(self._now())

    async def _move(self, to: str) -> None:
        run = self._current()
        named = next((each.at for each in self._moments() if each.name == to), None)
        target = named or datetime.fromisoformat(to)
        if target.tzinfo is None:
            target = target.replace(tzinfo=HOME_ZONE)
        self._tell_clock(moving=True)
        try:
            await run.passage.to(target, progress=lambda: self._tell_clock(moving=True))
            run.story.clock_moved()
        finally:
            self._tell_clock(moving=False)

    def _tell_clock(self, *, moving: bool) -> None:
        self._stream.publish("clock", {**self._page.clock_state(), "moving": moving})

    async def _queues(self) -> Json:
        with suppress(LookupError):
            if not self._changing.locked():
                return await self._current().queues()
        return {}


def read_code(path: str) -> str | None:
    """The text of one of our modules, for those who want to see what did it; None for anything else."""
    file = (_ROOT / path).resolve()
    if not file.is_relative_to(_ROOT) or file.suffix != ".py" or not file.is_file():
        return None
    return file.read_text() if file.relative_to(_ROOT).parts[0] in _ROOMS else None

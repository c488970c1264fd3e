"""The real bot in a process of its own, against the local Telegram over HTTP."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sqlite3
import sys
from collections.abc import AsyncGenerator, Callable, Generator, Sequence
from contextlib import asynccontextmanager, closing
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy.engine import make_url

from bot.domain.clock import system_clock
from bot.playground.telegram.people import Phone
from bot.playground.telegram.playground import TelegramPlayground
from bot.playground.zalo.playground import ZaloPlayground
from bot.playground.zalo.switches import Switches
from bot.playground.zalo.world import World
from storage.engine import Database

ROSTER = Path(__file__).parents[1] / "data" / "roster-clean.xlsx"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A SQLite file with the sample team, and its join codes by name."""

    database: bytes
    codes: dict[str, str]


class Installation:
    """One installation: its settings, its commands, its process."""

    def __init__(
        self,
        playground: TelegramPlayground,
        *,
        directory: Path,
        database_url: str,
        webhook: bool,
        zalo: ZaloPlayground | None = None,
        prepared: list[Prepared] | None = None,
    ) -> None:
        """Nothing runs yet. With `zalo` the same bot is on Zalo too."""
        self.playground = playground
        self._prepared = prepared if prepared is not None else []
        self.port = free_port()
        self.address = address = f"http://127.0.0.1:{self.port}"
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("TELEGRAM_", "ZALO_"))},
            "TELEGRAM_BOT_TOKEN": playground.token,
            "TELEGRAM_API_URL": playground.url,
            "DATABASE_URL": database_url,
            "DATA_DIR": str(directory),
            "LISTEN": f"127.0.0.1:{self.port}",
            "PUBLIC_URL": address if webhook else "",
            **({"ZALO_BOT_TOKEN": zalo.token, "ZALO_API_URL": zalo.url} if zalo else {}),
            "ZALO_SECONDS_BETWEEN_MESSAGES": "0.1",  # the local Zalo has no such limit
        }
        self._log = directory / "bot.log"
        self._sources: Path | None = None
        self._processes: list[asyncio.subprocess.Process] = []

    def beside(self, *, public_url: str | None = None) -> Installation:
        """The same installation, to be started a second time on another port; `public_url` where a proxy stands."""
        second = copy(self)
        second.port = free_port()
        second._environment = {**self._environment, "LISTEN": f"127.0.0.1:{second.port}"}
        if public_url is not None:
            second._environment["PUBLIC_URL"] = public_url
        return second

    def of_release(self, sources: Path) -> Installation:
        """The same installation, to be started from other sources on another port."""
        other = self.beside()
        other._sources = sources
        return other

    def kill_all(self) -> None:
        """Leave no process behind, whatever the test came to."""
        for process in self._processes:
            if process.returncode is None:
                process.kill()

    async def command(self, *arguments: str, status: int = 0) -> str:
        """Run `mangluoi` and return what it prints."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *arguments,
            env=self._environment,
            cwd=self._sources,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        output, errors = await process.communicate()
        assert process.returncode == status, errors.decode()
        return output.decode() if status == 0 else errors.decode()

    async def data(self, *arguments: str) -> Any:
        """Run `mangluoi` and return the JSON it prints."""
        return json.loads(await self.command(*arguments))

    @property
    def log(self) -> str:
        """All that the bot has logged."""
        return self._log.read_text()

    async def start(self, *, ready: bool = True) -> asyncio.subprocess.Process:
        """Start the bot and, unless told otherwise, wait until it is ready."""
        with self._log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", env=self._environment, cwd=self._sources, stdout=log, stderr=log
            )
        self._processes.append(process)
        if not ready:
            return process
        async with httpx.AsyncClient() as client:
            async with asyncio.timeout(30):
                while not await self._is_ready(client):
                    assert process.returncode is None, self._log.read_text()
                    await asyncio.sleep(0.05)
        return process

    async def _is_ready(self, client: httpx.AsyncClient) -> bool:
        try:
            response = await client.get(f"http://127.0.0.1:{self.port}/readyz")
        except httpx.TransportError:
            return False
        return response.status_code == 200

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[asyncio.subprocess.Process]:
        """The bot runs for as long as the context lasts and ends with status 0 on SIGTERM."""
        process = await self.start()
        try:
            yield process
        finally:
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)
            async with asyncio.timeout(15):
                status = await process.wait()
        assert status == 0, self._log.read_text()

    async def set_up_team(self, *, school_months: Sequence[int] = range(1, 13)) -> dict[str, str]:
        """A team with the sample roster; returns the join codes by name.

        These tests live on the machine's own day: unless told otherwise, something is owed in summer too.
        On SQLite the commands run once for all tests of a process; the others begin with a copy of what they made.
        """
        path = make_url(self._environment["DATABASE_URL"]).database or ""
        on_sqlite = self._environment["DATABASE_URL"].startswith("sqlite")
        if on_sqlite and self._prepared:
            await asyncio.to_thread(Path(path).write_bytes, self._prepared[0].database)
            return self._prepared[0].codes
        codes = await self._run_set_up(school_months)
        if on_sqlite:
            with closing(sqlite3.connect(path)) as made:
                self._prepared.append(Prepared(made.serialize(), codes))
        return codes

    async def _run_set_up(self, school_months: Sequence[int]) -> dict[str, str]:
        await self.command("init", "--team", "Tổ mạng lưới Thủ Dầu Một", "--leader", "Bùi Quốc Hiếu")
        await self.command("import", str(ROSTER))
        await self._owe_in(school_months)
        return {each["name"]: each["join_code"] for each in await self.data("codes", "--json")}

    async def _owe_in(self, school_months: Sequence[int]) -> None:
        database = Database(self._environment["DATABASE_URL"], clock=system_clock)
        async with database.begin() as uow:
            for team in await uow.teams.all():
                settings = uow.teams.settings(team)
                uow.teams.change_settings(team, settings.model_copy(update={"school_months": tuple(school_months)}))
        await database.close()


Install = Callable[..., Installation]


@pytest.fixture
async def playground() -> AsyncGenerator[TelegramPlayground]:
    """A local Telegram."""
    async with TelegramPlayground() as running:
        yield running


@pytest.fixture
async def zalo() -> AsyncGenerator[ZaloPlayground]:
    """A local Zalo that takes addresses without TLS."""
    async with ZaloPlayground(World(switches=Switches(https_only=False))) as running:
        yield running


@pytest.fixture(scope="session")
def prepared() -> list[Prepared]:
    """The sample team once it has been set up."""
    return []


@pytest.fixture
def install(
    playground: TelegramPlayground, tmp_path: Path, database_url: str, prepared: list[Prepared]
) -> Generator[Install]:
    """Makes the installation, by polling or by webhook."""
    made: list[Installation] = []

    def make(
        *, webhook: bool = False, zalo: ZaloPlayground | None = None, database_url: str = database_url
    ) -> Installation:
        made.append(
            Installation(
                playground,
                directory=tmp_path,
                database_url=database_url,
                webhook=webhook,
                zalo=zalo,
                prepared=prepared,
            )
        )
        return made[-1]

    yield make
    for installation in made:
        installation.kill_all()


async def join(playground: TelegramPlayground, name: str, code: str) -> Phone:
    """A person opens the link, agrees, and is welcomed."""
    phone = playground.add_person(name)
    phone.start(code)
    await phone.wait_for_text("Thầy/cô có đồng ý không?", timeout=10)
    phone.press("Đồng ý tham gia")
    await phone.wait_for_text("Chào mừng", timeout=10)
    return phone


@pytest.fixture(name="join")
def join_fixture() -> Callable[..., Any]:
    """How a person joins."""
    return join

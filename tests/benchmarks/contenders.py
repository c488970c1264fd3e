"""The bots that are compared: ours, and two peers that do the same conversation the usual way."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.domain.clock import system_clock
from storage.engine import Database
from storage.migrate import upgrade
from tests.benchmarks.population import Population, fill
from tests.benchmarks.telegram_load import SECRET, TOKEN
from tests.endtoend.conftest import free_port

Command = Callable[[str, str], list[str]]
NO_LIMIT = 100_000.0


@dataclass(frozen=True, slots=True)
class Contender:
    """One bot: its name, how it is started (API address, database address), and whether it needs our tables."""

    name: str
    command: Command
    is_ours: bool = False
    processes: int = 1
    on: str = "sqlite"

    async def prepare(self, database_url: str, population: Population) -> None:
        """What must be in the database before it starts."""
        if not self.is_ours:
            return
        database = Database(database_url, clock=system_clock)
        await upgrade(database)
        await fill(database, population)
        await database.close()

    def ports(self) -> list[int]:
        """Where its processes are to listen; none when there is one, which polls."""
        return [free_port() for _ in range(self.processes)] if self.processes > 1 else []

    @asynccontextmanager
    async def running(
        self,
        api_url: str,
        database_url: str,
        directory: Path,
        *,
        ports: Sequence[int] = (),
        per_second: float = NO_LIMIT,
    ) -> AsyncGenerator[list[int]]:
        """Its processes, for as long as the context lasts; yields their ids."""
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("TELEGRAM_", "ZALO_"))},
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": api_url,
            "DATABASE_URL": database_url,
            "DATA_DIR": str(directory),
            "LOG_LEVEL": "WARNING",
            "MESSAGES_PER_SECOND": str(per_second),
            "WEBHOOK_SECRET": SECRET,
            "PUBLIC_URL": f"http://127.0.0.1:{ports[0]}" if ports else "",
        }
        with (directory / "bot.log").open("ab") as log:
            processes = [
                await asyncio.create_subprocess_exec(
                    *self.command(api_url, database_url),
                    env={**environment, "LISTEN": f"127.0.0.1:{port}"},
                    stdout=log,
                    stderr=log,
                )
                for port in (ports or [0])
            ]
        try:
            yield [process.pid for process in processes]
        finally:
            for process in processes:
                if process.returncode is None:
                    process.send_signal(signal.SIGTERM)
            for process in processes:
                try:
                    await asyncio.wait_for(process.wait(), 15)
                except TimeoutError:
                    process.kill()
                    await process.wait()


def ours(name: str, *, processes: int = 1, on: str = "sqlite") -> Contender:
    """The product, so many processes of it on this database."""
    command: Command = lambda api_url, database_url: [sys.executable, "-m", "bot", "run"]  # noqa: E731
    return Contender(name, command, is_ours=True, processes=processes, on=on)


def peer(name: str, module: str) -> Contender:
    """One of the peers."""

    def command(api_url: str, database_url: str) -> list[str]:
        return [sys.executable, "-m", f"tests.benchmarks.peers.{module}", api_url, TOKEN, database_url]

    return Contender(name, command)

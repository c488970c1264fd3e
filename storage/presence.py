"""Who is alive: advisory locks of a connection of one's own, which PostgreSQL drops when the process dies.

A worker holds a lock in its name, so that others can tell at once that what it left in hand is left for good. A poller
takes one for its bot, so that a second poller gets a clear error. On SQLite there is one process only
(bot.process_lock) and nothing is locked here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import structlog
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import DomainError
from storage.advisory_locks import take
from storage.engine import Database

log = structlog.get_logger()
_LOOK_EVERY = 2.0
_PATIENCE = 10.0  # seconds in which the server notices that a killed process is gone
_NOTICE_DEAD_PEERS = ("SET tcp_keepalives_idle = 10", "SET tcp_keepalives_interval = 5", "SET tcp_keepalives_count = 3")


class NameTaken(DomainError):
    """Another living process holds this name (facts: name)."""


class Presence:
    """The names that this process holds for as long as it lives."""

    def __init__(self, database: Database, names: Sequence[str]) -> None:
        """Nothing is held until begin()."""
        self._database = database
        self._names = tuple(names)
        self._connection: AsyncConnection | None = None

    async def begin(self) -> None:
        """Hold the names; NameTaken when another process goes on holding one of them."""
        if self._database.is_sqlite:
            return
        self._connection = await self._database.engine.connect()
        await self._connection.execution_options(isolation_level="AUTOCOMMIT")
        for statement in _NOTICE_DEAD_PEERS:
            await self._connection.execute(text(statement))
        for name in self._names:
            await self._take(self._connection, name)

    async def keep(self) -> None:
        """See to it that they stay held, also when the database was away. Runs until cancelled."""
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            if self._connection is None:
                continue
            try:
                await self._connection.execute(text("SELECT 1"))
            except (SQLAlchemyError, OSError) as error:
                log.warning("presence_lost", error=type(error).__name__)
                await self._again()

    async def end(self) -> None:
        """Let go of everything."""
        if self._connection is not None:
            await self._connection.invalidate()
            await self._connection.close()
            self._connection = None

    async def _again(self) -> None:
        try:
            await self.end()
            await self.begin()
        except (SQLAlchemyError, OSError) as error:
            log.warning("presence_not_back", error=type(error).__name__)

    async def _take(self, connection: AsyncConnection, name: str) -> None:
        waited = 0.0
        while not await take(connection, name):
            if waited >= _PATIENCE:
                raise NameTaken(name=name)
            await asyncio.sleep(0.25)
            waited += 0.25

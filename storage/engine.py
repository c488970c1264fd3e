"""Opening the database: SQLite tuned so that it loses nothing, or PostgreSQL; transactions with a unit of work."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Connection, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.domain.clock import Clock
from bot.domain.vocabulary import ChannelName
from storage.outbox import Splitter
from storage.sqlite_connection import opening
from storage.unit_of_work import UnitOfWork

_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA busy_timeout=15000",
    "PRAGMA foreign_keys=ON",
)


DatabaseTrouble = (DBAPIError, ArgumentError)
"""What the driver raises when the database cannot be reached or refuses, and what a malformed address raises."""


def is_damage(error: BaseException) -> bool:
    """Whether the SQLite file itself is broken; one that cannot be opened or is in use may be sound."""
    cause = getattr(error, "orig", None)
    return isinstance(cause, sqlite3.DatabaseError) and not isinstance(cause, sqlite3.OperationalError)


def reason_of(error: Exception) -> str:
    """The first line of what the driver says, for the operator."""
    return str(getattr(error, "orig", None) or error).strip().partition("\n")[0]


_OUTAGE_CLASSES = ("08", "53", "57P")
"""SQLSTATEs of a server that is away, out of room or connections, or shutting down; not those of a bad statement."""
_OUTAGE_WORDS = ("database or disk is full", "disk i/o error", "database is locked", "unable to open database")
_RESTED = 20.0  # seconds after which a firewall or a restart may have taken a connection away unnoticed
_CONNECTING: dict[str, int] = {
    "connect_timeout": 10,
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""Seconds, and milliseconds for the last: a server that vanished without a word is noticed within half a minute."""


def is_outage(error: BaseException) -> bool:
    """Whether the database is at fault rather than what was asked of it: the same may succeed later, unchanged."""
    if isinstance(error, PoolTimeout):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    state = str(getattr(error.orig, "sqlstate", None) or "")
    words = str(error.orig).lower()
    is_driver_trouble = isinstance(error, OperationalError | InterfaceError)
    lost = is_driver_trouble and not state and not isinstance(error.orig, sqlite3.Error)
    return lost or state.startswith(_OUTAGE_CLASSES) or any(each in words for each in _OUTAGE_WORDS)


def async_url(url: str) -> URL:
    """The address with its async driver, aiosqlite or psycopg; ArgumentError for that of any other database."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return parsed.set(drivername="sqlite+aiosqlite")
    if parsed.get_backend_name() != "postgresql":
        raise ArgumentError(f"{parsed.drivername}:// is neither sqlite:// nor postgresql+psycopg://")
    return parsed.set(drivername="postgresql+psycopg")


class Database:
    """One database: `begin()` for changes, `read()` for looking."""

    def __init__(self, url: str, *, clock: Clock, splitters: Mapping[ChannelName, Splitter] | None = None) -> None:
        """Prepare engines; nothing connects until first used. `splitters` cut messages to a channel's size."""
        address = async_url(url)
        self.is_sqlite = address.get_backend_name() == "sqlite"
        self.path = address.database if self.is_sqlite else None
        self._clock = clock
        self._splitters = dict(splitters or {})
        # Errors never quote parameters: they hold what people wrote, and errors are logged and kept.
        if self.is_sqlite:
            # One writer: SQLite has one lock anyway, and waiting for it in our own queue is fair and cheap.
            self._writer = _sqlite_engine(address, connections=1, in_the_loop=True)
            self._reader = _sqlite_engine(address, connections=4, in_the_loop=False)
            _prepare_sqlite(self._writer, begin="BEGIN IMMEDIATE")
            _prepare_sqlite(self._reader, begin="BEGIN")
        else:
            self._writer = create_async_engine(
                address,
                pool_size=10,
                max_overflow=5,
                connect_args=_CONNECTING,
                hide_parameters=True,
            )
            _ask_after_rest(self._writer)
            self._reader = self._writer

    @asynccontextmanager
    async def begin(self) -> AsyncGenerator[UnitOfWork]:
        """A transaction: everything in it is committed at the end, or nothing."""
        async with AsyncSession(self._writer, expire_on_commit=False) as session, session.begin():
            yield UnitOfWork(session, clock=self._clock, splitters=self._splitters)

    @asynccontextmanager
    async def read(self) -> AsyncGenerator[UnitOfWork]:
        """A look at the committed state, beside a writer; nothing done in it is kept."""
        async with AsyncSession(self._reader, expire_on_commit=False) as session:
            yield UnitOfWork(session, clock=self._clock, splitters=self._splitters)
            session.expunge_all()  # what was loaded stays readable
            await session.rollback()

    async def ping(self) -> None:
        """Raise what the driver raises when the database cannot be reached."""
        async with self._reader.connect() as connection:
            await connection.execute(text("SELECT 1"))

    async def close(self) -> None:
        """Close all connections."""
        await self._writer.dispose()
        if self._reader is not self._writer:
            await self._reader.dispose()

    @property
    def reader(self) -> AsyncEngine:
        """The engine that looks without hindering writers, for copying everything."""
        return self._reader

    @property
    def engine(self) -> AsyncEngine:
        """The engine that writes, for migrations and locks."""
        return self._writer


def _sqlite_engine(address: URL, *, connections: int, in_the_loop: bool) -> AsyncEngine:
    return create_async_engine(
        address,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=60,
        hide_parameters=True,
        connect_args={"async_creator_fn": opening(in_the_loop=in_the_loop)},
    )


def _ask_after_rest(engine: AsyncEngine) -> None:
    """Ask a connection whether it still lives only when it has rested.

    Asking before each transaction made an answer eight milliseconds slower; one that broke off in use is given up with
    all others of the pool, and what was under way is done again.
    """

    def on_checkin(connection: Any, record: ConnectionPoolEntry) -> None:
        del connection
        record.info["rests since"] = time.monotonic()

    def on_checkout(connection: Any, record: ConnectionPoolEntry, proxy: object) -> None:
        del proxy
        if time.monotonic() - record.info.get("rests since", time.monotonic()) < _RESTED:
            return
        dialect = engine.sync_engine.dialect
        try:
            dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error  # the pool opens another one

    event.listen(engine.sync_engine, "checkin", on_checkin)
    event.listen(engine.sync_engine, "checkout", on_checkout)


def _prepare_sqlite(engine: AsyncEngine, *, begin: str) -> None:
    def on_connect(connection: Any, record: object) -> None:
        del record
        connection.isolation_level = None  # the driver must not begin transactions behind our back
        cursor = connection.cursor()
        for pragma in _SQLITE_PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine.sync_engine, "connect", on_connect)
    event.listen(engine.sync_engine, "begin", on_begin)

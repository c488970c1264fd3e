"""Connections to SQLite for the event loop: each statement costs one visit to the connection's thread, or none.

aiosqlite visits its thread four times for each statement (cursor, execute, fetch, close). A visit costs about as much
as handling a small statement, and there are a hundred of them in an update. Here a statement is one visit; on the
writing connection small ones are carried out at once, and only what may wait for the disk or for another process
(BEGIN, COMMIT, large writes) goes to the thread. See docs/decisions/sqlite-in-the-loop.md.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

import aiosqlite

T = TypeVar("T")
Parameters = Sequence[Any]
_MANY = 400  # bound values; a statement with more writes many rows
_FIRST_ROWS = 2000
_MAY_WAIT = ("BEGIN", "COMMIT", "PRAGMA", "VACUUM")


def opening(*, in_the_loop: bool) -> Callable[..., Awaitable[aiosqlite.Connection]]:
    """What opens a connection, for SQLAlchemy's `async_creator_fn`."""

    async def connect(database: str, **options: Any) -> aiosqlite.Connection:
        options.pop("check_same_thread", None)

        def connector() -> sqlite3.Connection:
            return sqlite3.connect(database, **options, check_same_thread=False)

        connection = QuickConnection(connector, iter_chunk_size=64, in_the_loop=in_the_loop)
        connection._thread.daemon = True  # pyright: ignore[reportPrivateUsage]
        return await connection

    return connect


class QuickConnection(aiosqlite.Connection):
    """A connection whose cursors fetch with their statement."""

    def __init__(
        self, connector: Callable[[], sqlite3.Connection], iter_chunk_size: int, *, in_the_loop: bool = False
    ) -> None:
        """`in_the_loop`: small statements are carried out by the caller's own thread."""
        super().__init__(connector, iter_chunk_size)
        self.in_the_loop = in_the_loop

    def cursor(self, factory: Any = None) -> Any:
        """One statement's cursor; nobody else uses the connection meanwhile."""
        del factory
        return QuickCursor(self, self._conn.cursor())

    async def carry_out(self, work: Callable[[], T]) -> T:
        """Have it done by the connection's thread."""
        return await self._execute(work)


class QuickCursor:
    """What SQLAlchemy asks of a cursor; the first rows come with the statement, the rest of a long answer later."""

    def __init__(self, connection: QuickConnection, cursor: sqlite3.Cursor) -> None:
        """Over a cursor of the standard library."""
        self._connection = connection
        self._cursor = cursor
        self._rows: list[Any] = []
        self._has_more = False

    async def __aenter__(self) -> QuickCursor:
        """Itself."""
        return self

    @property
    def description(self) -> Any:
        """The columns, once a query was executed."""
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""
        return self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        """The number of the row that was inserted last."""
        return self._cursor.lastrowid

    @property
    def arraysize(self) -> int:
        """How many rows fetchmany() takes by default."""
        return self._cursor.arraysize

    @arraysize.setter
    def arraysize(self, value: int) -> None:
        self._cursor.arraysize = value

    async def execute(self, sql: str, parameters: Parameters = ()) -> QuickCursor:
        """Carry out one statement and fetch its first rows."""

        def work() -> None:
            self._cursor.execute(sql, parameters)
            self._rows = self._cursor.fetchmany(_FIRST_ROWS) if self._cursor.description else []
            self._has_more = len(self._rows) == _FIRST_ROWS

        if self._connection.in_the_loop and len(parameters) <= _MANY and not sql.startswith(_MAY_WAIT):
            work()
        else:
            await self._connection.carry_out(work)
        return self

    async def executemany(self, sql: str, parameters: Sequence[Parameters]) -> QuickCursor:
        """Carry out one statement for many rows."""
        await self._connection.carry_out(lambda: _do(self._cursor.executemany, sql, parameters))
        return self

    async def fetchall(self) -> list[Any]:
        """All rows that are left."""
        rows, self._rows = self._rows, []
        if self._has_more:
            self._has_more = False
            rows += await self._connection.carry_out(self._cursor.fetchall)
        return rows

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        """So many rows; none at the end."""
        wanted = size or self.arraysize
        if self._has_more and len(self._rows) < wanted:
            more = await self._connection.carry_out(lambda: self._cursor.fetchmany(_FIRST_ROWS))
            self._has_more = len(more) == _FIRST_ROWS
            self._rows += more
        rows, self._rows = self._rows[:wanted], self._rows[wanted:]
        return rows

    async def fetchone(self) -> Any | None:
        """One row; None at the end."""
        rows = await self.fetchmany(1)
        return rows[0] if rows else None

    async def close(self) -> None:
        """Let go of the statement."""
        self._cursor.close()


def _do(work: Callable[..., object], *arguments: object) -> None:
    work(*arguments)

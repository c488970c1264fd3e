"""Copying a whole database into an empty one, table by table, and proving that both hold the same."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256

from sqlalchemy import Date, Integer, LargeBinary, RowMapping, Table, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import DomainError
from storage.engine import Database
from storage.tables import Base

_ROWS_A_STEP = 500
_FILES_A_STEP = 10


class NotEmpty(DomainError):
    """The target holds data already, and nothing was copied (facts: table, rows)."""


class CopyDiffers(DomainError):
    """After copying, source and target do not hold the same; the target was rolled back (facts: tables)."""


@dataclass(frozen=True, slots=True)
class TableCopy:
    """What was copied of one table: how many rows, and the SHA-256 of their canonical text in key order."""

    table: str
    rows: int
    checksum: str


async def copy_everything(source: Database, target: Database) -> list[TableCopy]:
    """Copy all rows of a consistent look at the source into the target, both at this program's schema.

    One transaction on the target: NotEmpty and CopyDiffers leave it as it was.
    """
    async with _snapshot(source) as reading, target.engine.begin() as writing:
        await _require_empty(writing)
        copies = [await _copy_table(reading, writing, table) for table in Base.metadata.sorted_tables]
        await _restart_numbers(writing, is_sqlite=target.is_sqlite)
        written = [await _digest(writing, table) for table in Base.metadata.sorted_tables]
        if different := [copy.table for copy, there in zip(copies, written, strict=True) if copy != there]:
            raise CopyDiffers(tables=different)
        if not target.is_sqlite:
            for table in Base.metadata.sorted_tables:  # or the server plans its queries for empty tables at first
                await writing.execute(text(f'ANALYZE "{table.name}"'))
    return copies


async def digests(database: Database) -> list[TableCopy]:
    """Rows and checksums of every table, of one consistent look."""
    async with _snapshot(database) as reading:
        return [await _digest(reading, table) for table in Base.metadata.sorted_tables]


@asynccontextmanager
async def _snapshot(database: Database) -> AsyncGenerator[AsyncConnection]:
    async with database.reader.connect() as connection:
        if not database.is_sqlite:  # SQLite's transactions see one state anyway
            await connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection
        await connection.rollback()


async def _require_empty(connection: AsyncConnection) -> None:
    for table in Base.metadata.sorted_tables:
        rows = await connection.scalar(select(func.count()).select_from(table))
        if rows:
            raise NotEmpty(table=table.name, rows=rows)


async def _copy_table(reading: AsyncConnection, writing: AsyncConnection, table: Table) -> TableCopy:
    seen = _Digest(table)
    async for rows in _read(reading, table):
        seen.add(rows)
        await writing.execute(insert(table), [dict(row) for row in rows])
    return seen.result()


async def _digest(connection: AsyncConnection, table: Table) -> TableCopy:
    seen = _Digest(table)
    async for rows in _read(connection, table):
        seen.add(rows)
    return seen.result()


async def _read(connection: AsyncConnection, table: Table) -> AsyncGenerator[Sequence[RowMapping]]:
    heavy = any(isinstance(column.type, LargeBinary) for column in table.columns)
    size = _FILES_A_STEP if heavy else _ROWS_A_STEP
    # Texts are sorted by their bytes, which both databases call by different names.
    collation = "BINARY" if connection.dialect.name == "sqlite" else "C"
    order = [
        column if isinstance(column.type, Integer | Date) else column.collate(collation) for column in table.primary_key
    ]
    result = await connection.stream(select(table).order_by(*order), execution_options={"yield_per": size})
    async for rows in result.mappings().partitions(size):
        yield rows


class _Digest:
    """Counts rows and adds them up, whatever database they come from."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._rows = 0
        self._sum = sha256()

    def add(self, rows: Sequence[RowMapping]) -> None:
        self._rows += len(rows)
        for row in rows:
            line = json.dumps([row[column.name] for column in self._table.columns], default=_as_text, sort_keys=True)
            self._sum.update(line.encode() + b"\n")

    def result(self) -> TableCopy:
        return TableCopy(self._table.name, self._rows, self._sum.hexdigest())


def _as_text(value: object) -> str:
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case bytes():
            return b64encode(value).decode()
        case _:
            raise TypeError(f"no canonical text for {type(value).__name__}")


async def _restart_numbers(connection: AsyncConnection, *, is_sqlite: bool) -> None:
    """Let PostgreSQL's sequences go on after the highest number copied; SQLite does so by itself."""
    if is_sqlite:
        return
    for table in Base.metadata.sorted_tables:
        key = table.autoincrement_column
        if key is not None:
            await connection.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', '{key.name}'), "  # noqa: S608 - our own names
                    f"coalesce((SELECT max({key.name}) FROM {table.name}), 0) + 1, false)"
                )
            )

"""Small helpers over SQLAlchemy that several queries need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import Base

Row = Mapping[str, Any]


def insert_ignoring(
    session: AsyncSession, table: type[Base], keys: Sequence[str], *, returning: Sequence[str] = ()
) -> Any:
    """An INSERT that leaves rows alone whose keys exist already, on either database; built once."""
    return _ignoring(table, tuple(keys), tuple(returning), on_sqlite=is_sqlite(session))


def upsert(session: AsyncSession, table: type[Base], keys: Sequence[str], columns: Sequence[str]) -> Any:
    """An INSERT that overwrites the given columns of rows whose keys exist already, on either database; built once."""
    return _overwriting(table, tuple(keys), tuple(columns), on_sqlite=is_sqlite(session))


@cache
def _ignoring(table: type[Base], keys: tuple[str, ...], returning: tuple[str, ...], *, on_sqlite: bool) -> Any:
    insert = _insert(table, on_sqlite=on_sqlite).on_conflict_do_nothing(index_elements=list(keys))
    return insert.returning(*(table_of(table).c[name] for name in returning)) if returning else insert


@cache
def _overwriting(table: type[Base], keys: tuple[str, ...], columns: tuple[str, ...], *, on_sqlite: bool) -> Any:
    insert = _insert(table, on_sqlite=on_sqlite)
    return insert.on_conflict_do_update(
        index_elements=list(keys), set_={column: insert.excluded[column] for column in columns}
    )


def insert_or_update(table: type[Base], keys: Sequence[str], changes: Row, *, on_sqlite: bool) -> Any:
    """An INSERT that makes these changes to a row whose keys exist already; a statement that may be kept."""
    return _insert(table, on_sqlite=on_sqlite).on_conflict_do_update(index_elements=list(keys), set_=dict(changes))


def is_sqlite(session: AsyncSession) -> bool:
    """Which of the two databases it is."""
    return session.get_bind().dialect.name == "sqlite"


def table_of(entity: type[Base]) -> Table[Any]:
    """The bare table: with thousands of rows the mapper costs as much again, for nothing."""
    return cast("Table[Any]", entity.__table__)


def _insert(table: type[Base], *, on_sqlite: bool) -> Any:
    return sqlite.insert(table_of(table)) if on_sqlite else postgresql.insert(table_of(table))

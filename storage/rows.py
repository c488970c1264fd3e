"""Small helpers over SQLAlchemy that several queries need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import Base

Row = Mapping[str, Any]


def insert_ignoring(session: AsyncSession, table: type[Base], keys: Sequence[str]) -> Any:
    """An INSERT that leaves rows alone whose keys exist already, on either database."""
    return _dialect_insert(session, table).on_conflict_do_nothing(index_elements=list(keys))


def upsert(session: AsyncSession, table: type[Base], keys: Sequence[str], columns: Sequence[str]) -> Any:
    """An INSERT that overwrites the given columns of rows whose keys exist already, on either database."""
    insert = _dialect_insert(session, table)
    return insert.on_conflict_do_update(
        index_elements=list(keys), set_={column: insert.excluded[column] for column in columns}
    )


def insert_or_update(table: type[Base], keys: Sequence[str], changes: Row, *, on_sqlite: bool) -> Any:
    """An INSERT that makes these changes to a row whose keys exist already; a statement that may be kept."""
    insert = sqlite.insert(table_of(table)) if on_sqlite else postgresql.insert(table_of(table))
    return insert.on_conflict_do_update(index_elements=list(keys), set_=dict(changes))


def is_sqlite(session: AsyncSession) -> bool:
    """Which of the two databases it is."""
    return session.get_bind().dialect.name == "sqlite"


def table_of(entity: type[Base]) -> Table[Any]:
    """The bare table: with thousands of rows the mapper costs as much again, for nothing."""
    return cast("Table[Any]", entity.__table__)


def _dialect_insert(session: AsyncSession, table: type[Base]) -> Any:
    rows = table_of(table)
    return sqlite.insert(rows) if is_sqlite(session) else postgresql.insert(rows)

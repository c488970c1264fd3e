"""What the peers keep: a row for the draft and one for the report, in SQLite as safe as ours or in PostgreSQL."""

from __future__ import annotations

import asyncio
from typing import Any

from sqlalchemy import BigInteger, Text, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The peers' tables."""


class Draft(Base):
    """What somebody wrote."""

    __tablename__ = "peer_draft"
    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    text: Mapped[str] = mapped_column(Text)


class Report(Base):
    """What somebody confirmed."""

    __tablename__ = "peer_report"
    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    text: Mapped[str] = mapped_column(Text)


def open_engine(url: str) -> AsyncEngine:
    """An engine over fresh tables; SQLite commits to disk each time, as ours does."""
    asyncio.run(_make_tables(url))
    return _engine(url)


def _engine(url: str) -> AsyncEngine:
    engine = create_async_engine(url.replace("sqlite:", "sqlite+aiosqlite:"))
    if url.startswith("sqlite"):
        event.listen(engine.sync_engine, "connect", _be_safe)
    return engine


def _be_safe(connection: Any, record: object) -> None:
    del record
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=15000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


async def _make_tables(url: str) -> None:
    engine = _engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    await engine.dispose()

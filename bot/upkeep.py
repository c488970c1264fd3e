"""What an operator does to an installation as a whole: back it up, restore it, move it to PostgreSQL."""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
import sqlite3
import tempfile
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, closing, contextmanager
from datetime import datetime
from pathlib import Path

from bot.domain.clock import Clock, system_clock
from bot.domain.errors import DomainError
from bot.process_lock import only_process_on
from bot.settings import Settings
from bot.vitals import note_backup
from storage.copying import TableCopy, copy_everything
from storage.engine import Database
from storage.migrate import require_current, require_made, upgrade

_SIDE_FILES = ("", "-wal", "-shm")


class NoBackup(DomainError):
    """The file is no backup of ours, or is damaged (facts: path, reason)."""


class FileExists(DomainError):
    """A backup never overwrites a file (facts: path)."""


async def copy_database(settings: Settings, *, to: str) -> list[TableCopy]:
    """Move all data to another, empty database, at this program's schema; checksums are compared before it counts.

    The bot must not run on a SQLite source meanwhile, or what it writes would stay behind: AlreadyRunning. NoDatabase
    when there is nothing to move.
    """
    require_made(settings.database_url)
    async with _opened(settings.database_url) as source, _opened(to) as target:
        with only_process_on(source.path):
            return await copy_everything(source, target)


async def back_up(settings: Settings, *, path: Path) -> list[TableCopy]:
    """Write everything as of one moment into a SQLite file, while the bot runs; from PostgreSQL too.

    The file appears under its name only when it is complete. FileExists when the name is taken; SchemaOutdated when
    the database must be migrated first, NoDatabase when there is none.
    """
    require_made(settings.database_url)
    with _unfinished_beside(path) as unfinished:
        async with _as_it_is(settings.database_url) as source, _opened(f"sqlite:///{unfinished}") as target:
            copies = await copy_everything(source, target)
        await asyncio.to_thread(_settle, unfinished)
        unfinished.rename(path)
    note_backup(settings)
    return copies


async def restore(
    settings: Settings, *, path: Path, clock: Clock = system_clock
) -> tuple[list[TableCopy], Path | None]:
    """Put a backup in the place of the installation's data; older schemas are brought up to date on the way.

    On SQLite, the data that was there is moved aside and its new place returned; when restoring fails it is back where
    it was. On PostgreSQL the database must be empty (NotEmpty). AlreadyRunning while the bot runs on the SQLite file;
    NoBackup for other files.
    """
    await asyncio.to_thread(_check, path)
    with tempfile.TemporaryDirectory() as directory:
        kept = Path(directory) / "backup.sqlite3"
        await asyncio.to_thread(shutil.copy, path, kept)
        async with _opened(f"sqlite:///{kept}") as source:
            place = Database(settings.database_url, clock=clock).path
            with only_process_on(place), _moved_aside(place, clock()) as aside:
                async with _opened(settings.database_url) as target:
                    return await copy_everything(source, target), aside


@asynccontextmanager
async def _opened(url: str) -> AsyncGenerator[Database]:
    database = Database(url, clock=system_clock)
    if database.path is not None:
        Path(database.path).parent.mkdir(parents=True, exist_ok=True)
    try:
        await upgrade(database)
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def _as_it_is(url: str) -> AsyncGenerator[Database]:
    """Without a writing transaction, which the running bot would have to wait for."""
    database = Database(url, clock=system_clock)
    try:
        await require_current(database)
        yield database
    finally:
        await database.close()


@contextmanager
def _unfinished_beside(path: Path) -> Generator[Path]:
    if path.exists():
        raise FileExists(path=str(path))
    if not path.absolute().parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    with tempfile.TemporaryDirectory(dir=path.absolute().parent) as directory:
        yield Path(directory) / "backup.sqlite3"


def _settle(path: Path) -> None:
    """Leave one file that only its owner reads, without a write-ahead log beside it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    path.chmod(0o600)


def _check(path: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{path.absolute()}?mode=ro", uri=True)) as connection:
            found = connection.execute("PRAGMA quick_check").fetchone()[0]
            connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError as error:
        raise NoBackup(path=str(path), reason=str(error)) from error
    if found != "ok":
        raise NoBackup(path=str(path), reason=found)


@contextmanager
def _moved_aside(place: str | None, now: datetime) -> Generator[Path | None]:
    """Where the SQLite file of this place lies meanwhile and afterwards; back in its place when the work fails."""
    path = Path(place or "")
    if place is None or not path.exists():
        yield None
        return
    aside = path.with_name(f"{path.stem}.before-restore-{now:%Y%m%dT%H%M%S}{path.suffix}")
    _rename(path, aside)
    try:
        yield aside
    except BaseException:
        for side in _SIDE_FILES:
            path.with_name(path.name + side).unlink(missing_ok=True)
        _rename(aside, path)
        raise


def _rename(path: Path, new: Path) -> None:
    for side in _SIDE_FILES:
        if (part := path.with_name(path.name + side)).exists():
            part.rename(new.with_name(new.name + side))

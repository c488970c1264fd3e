"""One process on one SQLite file: a second gets a clear error. The lock goes with the process, even by kill -9."""

from __future__ import annotations

import fcntl
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from bot.domain.errors import DomainError


class AlreadyRunning(DomainError):
    """Another process holds this database (facts: path)."""


@contextmanager
def only_process_on(path: str | None) -> Generator[None]:
    """Hold the lock of a SQLite file for as long as the context lasts; None (PostgreSQL) locks nothing."""
    if path is None:
        yield
        return
    lock = Path(f"{path}.lock")
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyRunning(path=path) from error
        yield

"""Doing something for trial: within a transaction that goes on, and undone afterwards."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from storage.unit_of_work import UnitOfWork


class UndoneError(Exception):
    """Ends a trial."""


@asynccontextmanager
async def undone(uow: UnitOfWork) -> AsyncGenerator[None]:
    """What happens inside is written, looked at, and forgotten."""
    try:
        async with uow.savepoint():
            yield
            await uow.flush()
            raise UndoneError
    except UndoneError:
        uow.forget()

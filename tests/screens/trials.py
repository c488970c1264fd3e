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
    session = uow._session  # pyright: ignore[reportPrivateUsage] - nothing but a trial is undone within a transaction
    try:
        async with session.begin_nested():
            yield
            await session.flush()
            raise UndoneError
    except UndoneError:
        session.expunge_all()
        uow.__dict__.pop("dialogues", None)  # it remembers what it has read

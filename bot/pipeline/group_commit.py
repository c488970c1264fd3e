"""Small changes from many tasks, committed together: one flush to disk serves all that wait at that moment."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from storage.engine import Database
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")
Work = Callable[[UnitOfWork], Awaitable[Any]]
_LARGEST = 200


class GroupCommit:
    """Runs pieces of work in shared transactions; each can fail by itself."""

    def __init__(self, database: Database) -> None:
        """Over one database; serve() must be running."""
        self._database = database
        self._waiting: asyncio.Queue[tuple[Work, asyncio.Future[Any]]] = asyncio.Queue()

    async def run(self, work: Callable[[UnitOfWork], Awaitable[T]]) -> T:
        """Have the work done and committed; raises what it raised, or what the commit raised."""
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        await self._waiting.put((work, done))
        return await done

    async def serve(self) -> None:
        """Commit for ever; cancelled at the end."""
        while True:
            batch = [await self._waiting.get()]
            while len(batch) < _LARGEST and not self._waiting.empty():
                batch.append(self._waiting.get_nowait())
            await self._commit(batch)

    async def _commit(self, batch: list[tuple[Work, asyncio.Future[Any]]]) -> None:
        results: list[tuple[asyncio.Future[Any], Any, Exception | None]] = []
        try:
            async with self._database.begin() as uow:
                for work, done in batch:
                    results.append((done, *await self._run_one(uow, work, alone=len(batch) == 1)))
        except Exception as error:
            results = [(done, None, error) for _, done in batch]
        for done, result, error in results:
            if done.done():
                continue
            if error is None:
                done.set_result(result)
            else:
                done.set_exception(error)

    @staticmethod
    async def _run_one(uow: UnitOfWork, work: Work, *, alone: bool) -> tuple[Any, Exception | None]:
        if alone:
            return await work(uow), None
        try:
            async with uow.savepoint():
                return await work(uow), None
        except Exception as error:
            return None, error

"""Small changes from many tasks, committed together: one flush to disk serves all that wait at that moment."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from storage.engine import Database, is_outage
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")
Work = Callable[[UnitOfWork], Awaitable[Any]]
_LARGEST = 200


@dataclass(frozen=True, slots=True)
class _Piece:
    lane: str
    work: Work
    done: asyncio.Future[Any]


class GroupCommit:
    """Runs pieces of work in shared transactions.

    Each can fail by itself: when one breaks a shared transaction, all of it is done again, piece by piece.
    """

    def __init__(self, database: Database) -> None:
        """Over one database; serve() must be running."""
        self._database = database
        self._waiting: asyncio.Queue[_Piece] = asyncio.Queue()

    async def run(self, work: Callable[[UnitOfWork], Awaitable[T]], *, lane: str = "") -> T:
        """Have the work done and committed; raises what it raised, or what the commit raised.

        What is committed together is done lane by lane in the order of their names: pieces that lock one row for all
        processes are in a lane of their own, so that no two processes lock two such rows the other way round.
        """
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        await self._waiting.put(_Piece(lane, work, done))
        return await done

    async def serve(self) -> None:
        """Commit for ever; cancelled at the end."""
        while True:
            batch = [await self._waiting.get()]
            while len(batch) < _LARGEST and not self._waiting.empty():
                batch.append(self._waiting.get_nowait())
            await self._commit(sorted(batch, key=lambda piece: piece.lane))

    async def _commit(self, batch: list[_Piece]) -> None:
        try:
            async with self._database.begin() as uow:
                results = [await piece.work(uow) for piece in batch]
        except Exception as error:
            if len(batch) > 1 and not is_outage(error):
                for piece in batch:  # one of them broke what they shared: each by itself
                    await self._commit([piece])
                return
            for piece in batch:
                if not piece.done.done():
                    piece.done.set_exception(error)
            return
        for piece, result in zip(batch, results, strict=True):
            if not piece.done.done():
                piece.done.set_result(result)

"""PostgreSQL's advisory locks by name: who holds one, and who no longer does."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

_LOCKS = 1_296_845_388  # the class of our advisory locks: "MLWL" in ASCII
_TAKE = text("SELECT pg_try_advisory_lock(:locks, hashtext(:name))").bindparams(locks=_LOCKS)
_ABSENT = text(
    """
    SELECT worker.name FROM unnest(CAST(:names AS text[])) AS worker(name)
    WHERE NOT EXISTS (
      SELECT 1 FROM pg_locks
      WHERE locktype = 'advisory' AND granted AND classid = :locks AND objsubid = 2
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND objid::bigint = (hashtext(worker.name)::bigint & 4294967295)
    )
    """
).bindparams(locks=_LOCKS)


async def take(connection: AsyncConnection, name: str) -> bool:
    """Hold this name for as long as the connection lives; False when another connection holds it."""
    return bool(await connection.scalar(_TAKE, {"name": name}))


async def absent(session: AsyncSession, names: Sequence[str]) -> set[str]:
    """Which of these names no living process holds; PostgreSQL only."""
    return set(await session.scalars(_ABSENT, {"names": list(names)})) if names else set()

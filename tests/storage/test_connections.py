"""PostgreSQL takes connections away when it restarts; one that has rested is asked before it is used."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from storage.engine import Database

pytestmark = pytest.mark.only_on("postgresql")


async def _cut_all_others(database: Database) -> int:
    async with database.begin() as uow:
        cut = text(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'idle'"
        )
        return int((await uow._session.execute(cut)).scalar_one())


async def test_connections_cut_while_they_rested_are_replaced_unnoticed(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.engine._RESTED", 0.0)
    async with database.begin() as first, database.begin() as second:
        assert await first.teams.all() == await second.teams.all() == []
    assert await _cut_all_others(database) >= 1
    async with database.begin() as first, database.begin() as second:
        assert await first.teams.all() == await second.teams.all() == []

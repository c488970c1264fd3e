"""The schema goes up and down on both databases, and what the migrations make is what the tables say."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, inspect, text

from storage.engine import Database
from storage.migrate import SchemaOutdated, differences, downgrade, newest_revision, require_current, upgrade
from storage.tables import Base


async def table_names(database: Database) -> set[str]:
    def names(connection: Connection) -> set[str]:
        return set(inspect(connection).get_table_names())

    async with database.engine.connect() as connection:
        return await connection.run_sync(names)


async def test_migrating_up_makes_exactly_the_tables_in_code(bare: Database) -> None:
    await upgrade(bare)
    assert await differences(bare) == []
    assert await table_names(bare) == {*Base.metadata.tables, "alembic_version"}


async def test_migrating_down_leaves_no_table(bare: Database) -> None:
    await upgrade(bare)
    await downgrade(bare, "base")
    assert await table_names(bare) == {"alembic_version"}


async def test_migrating_down_and_up_again_gives_the_same_schema(bare: Database) -> None:
    await upgrade(bare)
    await downgrade(bare, "base")
    await upgrade(bare)
    assert await differences(bare) == []


async def test_migrating_twice_changes_nothing(bare: Database) -> None:
    await upgrade(bare)
    await upgrade(bare)
    assert await differences(bare) == []


async def test_an_empty_database_is_outdated(bare: Database) -> None:
    with pytest.raises(SchemaOutdated) as caught:
        await require_current(bare)
    assert caught.value.facts["found"] is None


async def test_a_migrated_database_is_current(database: Database) -> None:
    await require_current(database)
    assert await differences(database) == []


async def test_a_migration_that_fails_halfway_leaves_the_schema_as_it_was(
    bare: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    from alembic.operations.base import BatchOperations

    original = BatchOperations.create_index

    def fail_on_outbox(*args: object, **kwargs: object) -> None:
        if "ix_outbox_topic" in args:
            raise RuntimeError("the power is cut")
        original(*args, **kwargs)  # pyright: ignore[reportArgumentType] - passed on as it came

    monkeypatch.setattr(BatchOperations, "create_index", fail_on_outbox)
    with pytest.raises(RuntimeError):
        await upgrade(bare)
    assert await table_names(bare) == set()


async def test_the_newest_revision_is_where_migrating_leads(bare: Database) -> None:
    await upgrade(bare)
    async with bare.engine.connect() as connection:
        assert await connection.scalar(text("SELECT version_num FROM alembic_version")) == newest_revision()


async def test_a_schema_that_a_newer_release_migrated_is_left_as_it_is(bare: Database) -> None:
    await upgrade(bare)
    async with bare.engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await upgrade(bare)
    with pytest.raises(SchemaOutdated) as caught:
        await require_current(bare)
    assert caught.value.remedy == "install the newer version of this program"

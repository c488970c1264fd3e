"""Bringing the schema up to date, and asking whether it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.domain.errors import DomainError
from storage.engine import Database
from storage.tables import Base

_MIGRATION_LOCK = 5_567_312_448  # any number that nobody else uses


class SchemaOutdated(DomainError):
    """The database is at another revision than this program (facts: found, wanted)."""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


async def upgrade(database: Database, revision: str = "head") -> None:
    """Migrate up to a revision, all in one transaction."""
    await _run(database, lambda config: command.upgrade(config, revision))


async def downgrade(database: Database, revision: str) -> None:
    """Migrate down to a revision ("base": nothing is left)."""
    await _run(database, lambda config: command.downgrade(config, revision))


async def write_revision(database: Database, message: str, *, number: str) -> None:
    """For developers: write the migration that the tables need beyond the present revision."""
    await _run(database, lambda config: command.revision(config, message, autogenerate=True, rev_id=number))


async def differences(database: Database) -> list[object]:
    """What the migrated schema lacks against the tables in code; empty when they agree."""

    def compare(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))

    async with database.engine.connect() as connection:
        return await connection.run_sync(compare)


async def require_current(database: Database) -> None:
    """SchemaOutdated unless the database is at this program's revision."""
    wanted = ScriptDirectory.from_config(_config()).get_current_head()

    def current(connection: Connection) -> str | None:
        return MigrationContext.configure(connection).get_current_revision()

    async with database.reader.connect() as connection:
        found = await connection.run_sync(current)
    if found != wanted:
        raise SchemaOutdated(found=found, wanted=wanted)


async def _run(database: Database, action: Callable[[Config], object]) -> None:
    def run(connection: Connection) -> None:
        if not database.is_sqlite:  # two processes that start together migrate one after the other
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
        config = _config()
        config.attributes["connection"] = connection
        action(config)

    async with database.engine.begin() as connection:
        await connection.run_sync(run)

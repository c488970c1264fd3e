"""Bringing the schema up to date, and asking whether it is.

Alembic and what it brings along cost a quarter of a second and ten megabytes: it is loaded when there is something to
migrate.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from bot.domain.errors import DomainError
from storage.engine import Database, async_url
from storage.tables import Base

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parent / "migrations"
_MIGRATION_LOCK = 5_567_312_448  # any number that nobody else uses


class SchemaOutdated(DomainError):
    """The database is at another revision than this program (facts: found, wanted)."""

    @property
    def remedy(self) -> str:
        """What to do about it."""
        is_newer = str(self.facts["found"] or "") > str(self.facts["wanted"])
        return (
            "install the newer version of this program" if is_newer else "run mangluoi migrate (make a backup before)"
        )


class NoDatabase(DomainError):
    """There is no SQLite file at this place (facts: path)."""

    remedy = "make a team with mangluoi init, or set DATA_DIR to where the data lie"


async def upgrade(database: Database, revision: str = "head") -> None:
    """Migrate up to a revision, all in one transaction.

    A schema that a newer release has migrated already is left as it is: migrations only add, and in a rolling upgrade
    a process of the old release may have to start again.
    """
    if revision == "head" and (await _revision_of(database) or "") >= newest_revision():
        return
    await _run(database, lambda config: _alembic().upgrade(config, revision))


async def downgrade(database: Database, revision: str) -> None:
    """Migrate down to a revision ("base": nothing is left)."""
    await _run(database, lambda config: _alembic().downgrade(config, revision))


async def write_revision(database: Database, message: str, *, number: str) -> None:
    """For developers: write the migration that the tables need beyond the present revision."""
    await _run(database, lambda config: _alembic().revision(config, message, autogenerate=True, rev_id=number))


async def differences(database: Database) -> list[object]:
    """What the migrated schema lacks against the tables in code; empty when they agree."""

    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    def compare(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))

    async with database.engine.connect() as connection:
        return await connection.run_sync(compare)


def require_made(url: str) -> None:
    """NoDatabase where a SQLite file would only come into being by being opened; a server is asked by connecting."""
    address = async_url(url)
    if address.get_backend_name() == "sqlite" and not Path(address.database or "").exists():
        raise NoDatabase(path=address.database)


async def require_current(database: Database) -> None:
    """SchemaOutdated unless the database is at this program's revision."""
    found, wanted = await _revision_of(database), newest_revision()
    if found != wanted:
        raise SchemaOutdated(found=found, wanted=wanted)


def newest_revision() -> str:
    """The revision that this program needs: migrations are files that begin with their number, one after the other."""
    return max(path.stem for path in (_MIGRATIONS / "versions").glob("[0-9]*.py")).partition("_")[0]


async def _revision_of(database: Database) -> str | None:
    def look(connection: Connection) -> str | None:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.scalar(text("SELECT version_num FROM alembic_version"))

    async with database.reader.connect() as connection:
        return await connection.run_sync(look)


def _alembic() -> ModuleType:
    from alembic import command

    return command


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config


async def _run(database: Database, action: Callable[[Config], object]) -> None:
    def run(connection: Connection) -> None:
        if not database.is_sqlite:  # two processes that start together migrate one after the other
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
        config = _config()
        config.attributes["connection"] = connection
        action(config)

    async with database.engine.begin() as connection:
        await connection.run_sync(run)

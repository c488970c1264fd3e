"""For developers, `make revision MESSAGE="…"`: writes the migration that changed tables need."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory

from bot.domain.clock import system_clock
from storage.engine import Database
from storage.migrate import differences, upgrade, write_revision


async def write(message: str) -> None:
    """Against a fresh SQLite file; SystemExit when the written migration does not give the tables in code."""
    with tempfile.TemporaryDirectory() as directory:
        database = Database(f"sqlite:///{Path(directory) / 'fresh.sqlite3'}", clock=system_clock)
        try:
            await upgrade(database)
            await write_revision(database, message, number=_next_number())
            await upgrade(database)
            if missing := await differences(database):
                sys.exit(f"mend the migration by hand, it lacks: {missing}")
        finally:
            await database.close()


def _next_number() -> str:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return f"{int(ScriptDirectory.from_config(config).get_current_head() or 0) + 1:04}"


if __name__ == "__main__":
    asyncio.run(write(sys.argv[1]))

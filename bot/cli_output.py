"""How commands print, fail and refuse: status 0, 1 (it could not be done) or 2 (wrong usage); one line an error."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer
from pydantic import ValidationError

from bot import commands, upkeep
from bot.app import NoToken
from bot.channels.base import ChannelDown
from bot.demo.errors import PortTaken
from bot.domain.errors import DomainError, NotFound
from bot.domain.roster import UnreadableWorkbook
from bot.process_lock import AlreadyRunning
from bot.settings import Settings
from bot.texts.roster import unreadable
from bot.web.server import AddressTaken
from storage.copying import NotEmpty
from storage.engine import DatabaseTrouble
from storage.migrate import SchemaOutdated
from storage.presence import NameTaken

T = TypeVar("T")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
TeamId = Annotated[int | None, typer.Option("--team", help="The team's id; not needed when there is only one.")]


def read_settings() -> Settings:
    """The installation's settings; wrong ones are wrong usage."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        misuse(f"setting {str(first['loc'][0]).upper()}: {first['msg']}")


def do(work: Coroutine[Any, Any, T]) -> T:
    """Run it; what goes wrong becomes one line and status 1."""
    try:
        return _run(work)
    except (DomainError, OSError) as error:
        fail(explain(error))
    except DatabaseTrouble as error:
        fail(f"database: {_first_line(error)}")


def explain(error: DomainError | OSError) -> str:
    """One line for the operator."""
    facts = error.facts if isinstance(error, DomainError) else {}
    match error:
        case UnreadableWorkbook():
            return unreadable(error.reason)
        case NoToken():
            return "set TELEGRAM_BOT_TOKEN or ZALO_BOT_TOKEN"
        case AlreadyRunning():
            return f"another process is running on {facts['path']}"
        case NameTaken():
            return "another process polls for this bot on this database: stop it, or set PUBLIC_URL for webhooks"
        case AddressTaken():
            return f"{facts['host']}:{facts['port']} is taken: set LISTEN to another address"
        case PortTaken():
            return f"port {facts['port']} is taken: choose another with --port"
        case ChannelDown():
            reason = {"conflict": "another process polls with this token", "token": "the token is refused"}
            return reason.get(str(facts.get("reason")), str(error))
        case commands.TeamExists():
            return f"a team named {facts['name']!r} exists already"
        case commands.WhichTeam():
            return f"name the team with --team: {facts['teams']}" if facts["teams"] else "no team yet: run init"
        case NotFound():
            return f"there is no such {facts['what']}"
        case NotEmpty():
            return f"the target is not empty ({facts['rows']} rows in {facts['table']}): nothing was copied"
        case upkeep.FileExists():
            return f"{facts['path']} exists already"
        case SchemaOutdated():
            return f"the database is at schema {facts['found']}, this program needs {facts['wanted']}: {error.remedy}"
        case upkeep.NoBackup():
            return f"{facts['path']} is no backup of mangluoi ({facts['reason']})"
        case OSError():
            return f"{error.filename or 'file'}: {error.strerror or error}"
        case _:
            return f"{type(error).__name__}: {error}"


def write_file(path: Path, data: bytes) -> None:
    """Write a result; status 1 when the place cannot be written."""
    try:
        path.write_bytes(data)
    except OSError as error:
        fail(explain(error))


def _first_line(error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    return str(cause).strip().partition("\n")[0]


def show(rows: list[dict[str, Any]], columns: tuple[str, ...], *, as_json: bool) -> None:
    """Rows as a table for people or as JSON."""
    if as_json:
        print_json(rows)
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(*columns)
    for row in rows:
        table.add_row(*(str(row[column]) for column in columns))
    Console().print(table)


def print_json(value: object) -> None:
    """JSON on one line, Vietnamese as it is."""
    typer.echo(json.dumps(value, ensure_ascii=False))


def fail(message: str) -> NoReturn:
    """It could not be done."""
    typer.echo(f"mangluoi: {message}", err=True)
    raise typer.Exit(1)


def misuse(message: str) -> NoReturn:
    """It was asked wrongly."""
    typer.echo(f"mangluoi: {message}", err=True)
    raise typer.Exit(2)


def _run(work: Coroutine[Any, Any, T]) -> T:
    """On the quicker event loop where there is one."""
    try:
        import uvloop
    except ImportError:
        return asyncio.run(work)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)

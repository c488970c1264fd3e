"""How commands print, fail and refuse: status 0, 1 (it could not be done) or 2 (wrong usage); one line an error."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer
from pydantic import ValidationError
from typer.core import TyperGroup
from typer.exceptions import TyperException

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
from storage.engine import DatabaseTrouble, reason_of
from storage.migrate import NoDatabase, SchemaOutdated
from storage.presence import NameTaken

T = TypeVar("T")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
TeamId = Annotated[int | None, typer.Option("--team", help="The team's id; not needed when there is only one.")]


class Program(TyperGroup):
    """The whole of `mangluoi`: what Typer refuses is said in one line; a group without a command explains itself."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: ARG002 - Typer's own signature
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> NoReturn:
        """Read the arguments, do what they ask, and leave with its status."""
        try:
            status = super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
        except typer.Abort:
            _complain("broken off, nothing was done")
            status = 1
        except TyperException as error:
            if type(error).__name__ == "NoArgsIsHelpError":  # Typer does not export it; its words are the help
                typer.echo(error.format_message(), err=True)
            else:
                _complain(_in_one_line(error))
            status = error.exit_code
        sys.exit(status or 0)


def _in_one_line(error: TyperException) -> str:
    words = " ".join(error.format_message().split()).removesuffix(".")
    context = getattr(error, "ctx", None)
    return words[:1].lower() + words[1:] + (f"; see {context.command_path} --help" if context else "")


def read_settings() -> Settings:
    """The installation's settings; wrong ones are wrong usage."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        misuse(f"setting {str(first['loc'][0]).upper()}: {first['msg'].removeprefix('Value error, ')}")


def do(work: Coroutine[Any, Any, T]) -> T:
    """Run it; what goes wrong becomes one line and status 1."""
    try:
        return _run(work)
    except (DomainError, OSError) as error:
        fail(explain(error))
    except DatabaseTrouble as error:
        fail(f"database: {reason_of(error)}")


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
        case NoDatabase():
            return f"there is no database {facts['path']}: {error.remedy}"
        case SchemaOutdated():
            return f"the database is at schema {facts['found']}, this program needs {facts['wanted']}: {error.remedy}"
        case upkeep.NoBackup():
            return f"{facts['path']} is no backup of mangluoi ({facts['reason']})"
        case OSError():
            return f"{error.filename or 'file'}: {error.strerror or error}"
        case _:
            return f"{type(error).__name__}: {error}"


def named_format(path: Path | None, *, offered: Sequence[str], default: str) -> str:
    """The format that the name of a file to write asks for, or the default."""
    ending = path.suffix.removeprefix(".").lower() if path is not None else ""
    return ending if ending in offered else default


def write_result(data: bytes, path: Path | None) -> None:
    """Write a result to the file, or print it; status 1 when the place cannot be written.

    What is no text is not printed on a terminal, where it would be noise and could upset it.
    """
    if path is None:
        if sys.stdout.isatty() and not _is_text(data):
            misuse("this is no text: name the file to write with -o")
        sys.stdout.buffer.write(data)
        return
    try:
        path.write_bytes(data)
    except OSError as error:
        fail(explain(error))


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


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
    _complain(message)
    raise typer.Exit(1)


def misuse(message: str) -> NoReturn:
    """It was asked wrongly."""
    _complain(message)
    raise typer.Exit(2)


def _complain(message: str) -> None:
    typer.echo(f"mangluoi: {message}", err=True)


def _run(work: Coroutine[Any, Any, T]) -> T:
    """On the quicker event loop where there is one."""
    try:
        import uvloop
    except ImportError:
        return asyncio.run(work)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)

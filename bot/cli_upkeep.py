"""The commands of whoever runs the bot: migrate, backup, restore, copy-database, doctor, dead-letters."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bot import commands, upkeep
from bot.cli_output import AsJson, do, fail, misuse, print_json, read_settings, show
from bot.doctor import examine
from bot.domain.clock import system_clock
from storage.copying import TableCopy

letters_app = typer.Typer(help="Updates that were set aside after three failures.", no_args_is_help=True)
_COPY_COLUMNS = ("table", "rows", "checksum")


def add_to(app: typer.Typer) -> None:
    """Give the program these commands."""
    for name, command in (
        ("migrate", migrate),
        ("backup", backup),
        ("restore", restore),
        ("copy-database", copy_database),
        ("doctor", doctor),
    ):
        app.command(name)(command)
    app.add_typer(letters_app, name="dead-letters")


def migrate() -> None:
    """Bring the database's schema up to date."""

    async def work() -> None:
        async with commands.database(read_settings(), may_make=True):
            pass

    do(work())
    typer.echo("up to date")


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write; it must not exist.")], as_json: AsJson = False
) -> None:
    """Write everything into one file, while the bot runs."""
    copies = do(upkeep.back_up(read_settings(), path=file))
    _show_copies(copies, f"{file} holds {_rows(copies)} rows", as_json=as_json)


def restore(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A file written by backup.")],
    as_json: AsJson = False,
) -> None:
    """Put a backup in the place of this installation's data (SQLite: the old data is moved aside)."""
    copies, aside = do(upkeep.restore(read_settings(), path=file))
    words = f"{_rows(copies)} rows restored" + (f"; what was there is now {aside}" if aside else "")
    _show_copies(copies, words, as_json=as_json)


def copy_database(
    to: Annotated[str, typer.Option(help="The URL of the target, an empty database.")], as_json: AsJson = False
) -> None:
    """Copy everything to another database (SQLite to PostgreSQL), and compare both."""
    if "://" not in to:
        misuse(f"{to!r} is no database URL such as postgresql+psycopg://user:password@host/name")
    copies = do(upkeep.copy_database(read_settings(), to=to))
    _show_copies(copies, f"{_rows(copies)} rows copied; set DATABASE_URL to the new database", as_json=as_json)


def doctor(as_json: AsJson = False) -> None:
    """Examine the installation; each finding comes with its remedy, status 1 when one is grave."""
    findings = do(examine(read_settings(), clock=system_clock))
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            sign = "ok" if finding.is_well else "!!" if finding.grave else "! "
            typer.echo(f"{sign}  {finding.what}: {finding.state}")
            if finding.remedy:
                typer.echo(f"      -> {finding.remedy}")
    grave = [finding.what for finding in findings if finding.grave]
    if grave:
        fail(f"to be mended: {', '.join(grave)}")


@letters_app.command("list")
def list_dead_letters(as_json: AsJson = False) -> None:
    """Show updates that were set aside."""
    rows = do(commands.dead_letters(read_settings()))
    show(rows, ("id", "channel", "chat", "received_at", "attempts", "error"), as_json=as_json)


@letters_app.command("retry")
def retry_dead_letters(ids: Annotated[list[int] | None, typer.Argument(help="Which; all without it.")] = None) -> None:
    """Have set-aside updates handled again."""
    typer.echo(f"{do(commands.retry_dead_letters(read_settings(), ids or []))} put back")


def _rows(copies: list[TableCopy]) -> int:
    return sum(copy.rows for copy in copies)


def _show_copies(copies: list[TableCopy], words: str, *, as_json: bool) -> None:
    if as_json:
        show([asdict(copy) for copy in copies], _COPY_COLUMNS, as_json=True)
    else:
        typer.echo(words)

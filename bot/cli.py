"""The command `mangluoi`: exit status 0, 1 (it could not be done) or 2 (wrong usage); errors in one line."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Coroutine
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot import commands
from bot.app import NoToken
from bot.channels.base import ChannelDown
from bot.documents import export as exporting
from bot.domain.clock import HOME_ZONE, system_clock
from bot.domain.errors import DomainError, NotFound
from bot.domain.roster import UnreadableWorkbook
from bot.domain.school_year import Month, SchoolYear
from bot.logs import configure
from bot.process_lock import AlreadyRunning
from bot.settings import Settings
from bot.texts.roster import describe_plan, describe_problem, unreadable
from bot.web.server import AddressTaken
from scheduler.table import JOBS, find_job

T = TypeVar("T")
app = typer.Typer(
    name="mangluoi",
    help="Chat assistant of a tổ mạng lưới chuyên môn.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
jobs_app = typer.Typer(help="The jobs that the clock runs.", no_args_is_help=True)
letters_app = typer.Typer(help="Updates that were set aside after three failures.", no_args_is_help=True)
app.add_typer(jobs_app, name="jobs")
app.add_typer(letters_app, name="dead-letters")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
TeamId = Annotated[int | None, typer.Option("--team", help="The team's id; not needed when there is only one.")]


@app.command()
def init(
    team: Annotated[str, typer.Option(help="The team's name.")],
    leader: Annotated[str, typer.Option(help="The leader's full name.")],
    as_json: AsJson = False,
) -> None:
    """Make the database, a team, and the leader's join code."""
    team_id, code = _do(commands.init_team(_settings(), team=team, leader=leader))
    if as_json:
        _print_json({"team_id": team_id, "join_code": code})
    else:
        typer.echo(f"Team {team_id} made. Join code of {leader}: {code} (14 days, once)")


@app.command("import")
def import_roster(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The roster (.xlsx).")],
    team: TeamId = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would happen.")] = False,
    accept_warnings: Annotated[bool, typer.Option("--accept-warnings", help="Import in spite of warnings.")] = False,
    as_json: AsJson = False,
) -> None:
    """Import members and schools from Excel: all or nothing."""
    settings = _settings()
    plan = _do(commands.plan_import(settings, path=file, team_id=team, carry_out=False))
    may_go = not plan.has_errors and (accept_warnings or not plan.has_warnings)
    imported = may_go and not dry_run
    if imported:
        plan = _do(commands.plan_import(settings, path=file, team_id=team, carry_out=True))
    if as_json:
        _print_json(
            {
                "imported": imported,
                "members_added": len(plan.members_to_add),
                "members_changed": len(plan.members_to_change),
                "schools_added": len(plan.schools_to_add),
                "schools_changed": len(plan.schools_to_change),
                "problems": [
                    {
                        "severity": problem.severity,
                        "sheet": problem.sheet,
                        "row": problem.row,
                        "column": problem.column,
                        "message": describe_problem(problem),
                    }
                    for problem in plan.problems
                ],
            }
        )
    else:
        typer.echo(describe_plan(plan))
    if not may_go and not dry_run:
        _fail("nothing was imported" + ("" if plan.has_errors else "; repeat with --accept-warnings to import it"))


@app.command()
def codes(team: TeamId = None, as_json: AsJson = False) -> None:
    """Issue fresh join codes for members who have not joined."""
    invitations = _do(commands.issue_codes(_settings(), team_id=team))
    rows = [
        {"member_id": each.member_id, "name": each.name, "role": each.role, "join_code": each.code}
        for each in invitations
    ]
    _show(rows, ("member_id", "name", "role", "join_code"), as_json=as_json)


@app.command()
def run() -> None:
    """Run the bot until SIGTERM."""
    settings = _settings()
    configure(level=settings.log_level, as_json=settings.log_format == "json")
    _do(commands.run_bot(settings))


@app.command()
def demo() -> None:
    """Play the main job with a sample team on a local Telegram; no token needed."""
    from bot.demo import play  # brings the local server along, which nothing else needs

    console = Console(soft_wrap=True)

    def show(who: str, text: str) -> None:
        console.print(f"[bold]{escape(who)}[/bold]")
        console.print(text, markup=False, highlight=False)
        console.print()

    configure(level="WARNING", as_json=False)
    _do(play(show))


@app.command()
def migrate() -> None:
    """Bring the database's schema up to date."""

    async def work() -> None:
        async with commands.database(_settings()):
            pass

    _do(work())
    typer.echo("up to date")


@app.command()
def export(
    what: Annotated[str, typer.Argument(help="activities, assignments, meetings or members")],
    month: Annotated[str | None, typer.Option(help="YYYY-MM")] = None,
    first: Annotated[str | None, typer.Option("--from", help="YYYY-MM-DD")] = None,
    last: Annotated[str | None, typer.Option("--to", help="YYYY-MM-DD")] = None,
    file_format: Annotated[str, typer.Option("--format", help="json, xlsx or csv")] = "json",
    output: Annotated[Path | None, typer.Option("-o", help="File to write; standard output without it.")] = None,
    team: TeamId = None,
) -> None:
    """Write activities or members to a file."""
    columns = {"activities": exporting.ACTIVITY_COLUMNS, "members": exporting.MEMBER_COLUMNS}.get(what)
    if columns is None:
        _misuse(f"cannot export {what!r}: activities or members")
    kind = exporting.format_named(file_format)
    if kind is None:
        _misuse(f"unknown format {file_format!r}: json, xlsx or csv")
    since, until = _period(month, first, last)
    rows = _do(commands.export_rows(_settings(), what, first=since, last=until, team_id=team))
    data = exporting.render(rows, columns=columns, kind=kind)
    if output is not None:
        output.write_bytes(data)
    else:
        sys.stdout.buffer.write(data)


@jobs_app.command("list")
def list_jobs(as_json: AsJson = False) -> None:
    """Show the jobs and how often they tick."""
    _show(
        [{"name": job.name, "every_minutes": job.every_minutes} for job in JOBS],
        ("name", "every_minutes"),
        as_json=as_json,
    )


@jobs_app.command("run")
def run_one_job(
    name: str,
    at: Annotated[str | None, typer.Option(help="As of this ISO time; without a zone it is Vietnam's.")] = None,
    as_json: AsJson = False,
) -> None:
    """Run one job as of a time and print what it counted."""
    job = find_job(name)
    if job is None:
        _misuse(f"no job {name!r}: {', '.join(each.name for each in JOBS)}")
    counts = _do(commands.run_job(_settings(), job, at=_moment(at)))
    if as_json:
        _print_json(counts)
    else:
        typer.echo(", ".join(f"{count} {what}" for what, count in counts.items()))


@letters_app.command("list")
def list_dead_letters(as_json: AsJson = False) -> None:
    """Show updates that were set aside."""
    rows = _do(commands.dead_letters(_settings()))
    _show(rows, ("id", "channel", "chat", "received_at", "attempts", "error"), as_json=as_json)


@letters_app.command("retry")
def retry_dead_letters(ids: Annotated[list[int] | None, typer.Argument(help="Which; all without it.")] = None) -> None:
    """Have set-aside updates handled again."""
    typer.echo(f"{_do(commands.retry_dead_letters(_settings(), ids or []))} put back")


def main() -> None:
    """Entry of the console script."""
    app()


def _settings() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        _misuse(f"setting {str(first['loc'][0]).upper()}: {first['msg']}")


def _do(work: Coroutine[Any, Any, T]) -> T:
    """Run it; errors become one line and status 1."""
    try:
        return asyncio.run(work)
    except UnreadableWorkbook as error:
        _fail(unreadable(error.reason))
    except NoToken:
        _fail("set TELEGRAM_BOT_TOKEN or ZALO_BOT_TOKEN")
    except AlreadyRunning as error:
        _fail(f"another process is running on {error.facts['path']}")
    except AddressTaken as error:
        _fail(f"{error.facts['host']}:{error.facts['port']} is taken: set LISTEN to another address")
    except ChannelDown as error:
        reason = {"conflict": "another process polls with this token", "token": "the token is refused"}
        _fail(reason.get(str(error.facts.get("reason")), str(error)))
    except commands.TeamExists as error:
        _fail(f"a team named {error.facts['name']!r} exists already")
    except commands.WhichTeam as error:
        _fail(f"name the team with --team: {error.facts['teams']}" if error.facts["teams"] else "no team yet: run init")
    except NotFound as error:
        _fail(f"there is no such {error.facts['what']}")
    except DomainError as error:
        _fail(f"{type(error).__name__}: {error}")


def _period(month: str | None, first: str | None, last: str | None) -> tuple[date, date]:
    try:
        if month:
            found = Month.parse(month)
            return found.first, found.last
        year = SchoolYear.of(system_clock().astimezone(HOME_ZONE).date())
        since = date.fromisoformat(first) if first else year.first
        return since, date.fromisoformat(last) if last else date(year.first_year + 1, 8, 31)
    except ValueError:
        _misuse("dates are YYYY-MM-DD, months YYYY-MM")


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        _misuse(f"{text!r} is no ISO time")
    return moment if moment.tzinfo else moment.replace(tzinfo=HOME_ZONE)


def _show(rows: list[dict[str, Any]], columns: tuple[str, ...], *, as_json: bool) -> None:
    if as_json:
        _print_json(rows)
        return
    table = Table(*columns)
    for row in rows:
        table.add_row(*(str(row[column]) for column in columns))
    Console().print(table)


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False))


def _fail(message: str) -> NoReturn:
    typer.echo(f"mangluoi: {message}", err=True)
    raise typer.Exit(1)


def _misuse(message: str) -> NoReturn:
    typer.echo(f"mangluoi: {message}", err=True)
    raise typer.Exit(2)

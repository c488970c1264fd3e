"""The command `mangluoi` and what a team's installer does with it; upkeep is in cli_upkeep."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot import cli_upkeep, commands, wizard
from bot.cli_output import (
    AsJson,
    Program,
    TeamId,
    do,
    explain,
    fail,
    misuse,
    named_format,
    print_json,
    read_settings,
    show,
    write_result,
)
from bot.documents import export as exporting
from bot.documents.report_files import ReportFormat
from bot.domain.clock import HOME_ZONE, system_clock
from bot.domain.periods import Period
from bot.domain.school_year import Month, SchoolYear
from bot.exporting import EXPORTS
from bot.logs import configure
from bot.texts.roster import describe_plan, describe_problem
from scheduler.table import JOBS, find_job

app = typer.Typer(
    name="mangluoi",
    cls=Program,
    help="Chat assistant of a tổ mạng lưới chuyên môn.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
_FROM_NAME = "without it by the name of the file, or"
jobs_app = typer.Typer(help="The jobs that the clock runs.", no_args_is_help=True)
app.add_typer(jobs_app, name="jobs")
cli_upkeep.add_to(app)


@app.command()
def init(
    team: Annotated[str, typer.Option(help="The team's name.")] = "",
    leader: Annotated[str, typer.Option(help="The leader's full name.")] = "",
    as_json: AsJson = False,
) -> None:
    """Make the database, a team, and the leader's join code; without arguments ask for all that is needed."""
    if not team and not leader and not as_json:
        team, leader = _first_run()
    if not (team and leader):
        misuse("give both --team and --leader, or neither to be asked")
    team_id, code = do(commands.init_team(read_settings(), team=team, leader=leader))
    if as_json:
        print_json({"team_id": team_id, "join_code": code})
    else:
        typer.echo(f"Team {team_id} made. Join code of {leader}: {code} (14 days, once)")
        typer.echo("Start the bot with mangluoi run; the leader sends it this code.")


def _first_run() -> tuple[str, str]:
    def ask(question: str, *, may_be_empty: bool = False) -> str:
        default = "" if may_be_empty else None
        return str(typer.prompt(question, default=default, show_default=False)).strip()

    answers = wizard.ask_everything(ask, typer.echo, read_settings())
    if answers.settings:
        try:
            wizard.keep(answers.settings, Path(".env"))
        except OSError as error:
            fail(explain(error))
        typer.echo(f"Kept in .env (only you can read it): {', '.join(answers.settings)}")
    return answers.team, answers.leader


@app.command("import")
def import_roster(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The roster (.xlsx).")],
    team: TeamId = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would happen.")] = False,
    accept_warnings: Annotated[bool, typer.Option("--accept-warnings", help="Import in spite of warnings.")] = False,
    as_json: AsJson = False,
) -> None:
    """Import members and schools from Excel: all or nothing."""
    settings = read_settings()
    plan = do(commands.plan_import(settings, path=file, team_id=team, carry_out=False))
    may_go = not plan.has_errors and (accept_warnings or not plan.has_warnings)
    imported = may_go and not dry_run
    if imported:
        plan = do(commands.plan_import(settings, path=file, team_id=team, carry_out=True))
    if as_json:
        print_json(
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
        fail("nothing was imported" + ("" if plan.has_errors else "; repeat with --accept-warnings to import it"))


@app.command()
def codes(team: TeamId = None, as_json: AsJson = False) -> None:
    """Issue fresh join codes for members who have not joined; their earlier ones stop working."""
    invitations = do(commands.issue_codes(read_settings(), team_id=team))
    rows = [
        {"member_id": each.member_id, "name": each.name, "role": each.role, "join_code": each.code}
        for each in invitations
    ]
    show(rows, ("member_id", "name", "role", "join_code"), as_json=as_json)


@app.command()
def run() -> None:
    """Run the bot until SIGTERM."""
    settings = read_settings()
    configure(level=settings.log_level, as_json=settings.log_format == "json", secrets=settings.secrets)
    do(commands.run_bot(settings))


@app.command()
def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the page; 0 takes a free one.")] = 0,
    at: Annotated[str | None, typer.Option(help="Begin at this ISO time instead of now.")] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open a browser.")] = False,
    terminal: Annotated[bool, typer.Option("--terminal", help="Play one conversation in the terminal.")] = False,
    telegram_token: Annotated[str | None, typer.Option(help="Run the sample team on this real Telegram bot.")] = None,
) -> None:
    """Try it in a browser with a sample team; no token needed."""
    from bot.demo import command  # brings the local servers along, which nothing else needs

    configure(level="WARNING", as_json=False)
    if terminal:
        _play_in_terminal()
    elif telegram_token:
        do(command.serve_telegram(telegram_token, api_url=read_settings().telegram_api_url, say=typer.echo))
    else:
        do(command.serve_page(port=port, begin=_moment(at), browser=not no_browser, say=typer.echo))


def _play_in_terminal() -> None:
    from rich.console import Console
    from rich.markup import escape

    from bot.demo.terminal import play

    console = Console(soft_wrap=True)

    def show(who: str, text: str) -> None:
        console.print(f"[bold]{escape(who)}[/bold]")
        console.print(text, markup=False, highlight=False)
        console.print()

    do(play(show))


@app.command()
def export(
    what: Annotated[str, typer.Argument(help="activities, assignments, meetings or members")],
    month: Annotated[str | None, typer.Option(help="YYYY-MM")] = None,
    first: Annotated[str | None, typer.Option("--from", help="YYYY-MM-DD")] = None,
    last: Annotated[str | None, typer.Option("--to", help="YYYY-MM-DD")] = None,
    file_format: Annotated[str, typer.Option("--format", help=f"json, xlsx or csv; {_FROM_NAME} json")] = "",
    output: Annotated[Path | None, typer.Option("-o", help="File to write; standard output without it.")] = None,
    team: TeamId = None,
) -> None:
    """Write activities, assignments, meetings or members to a file."""
    offered = EXPORTS.get(what)
    if offered is None:
        misuse(f"cannot export {what!r}: {', '.join(EXPORTS)}")
    wanted = file_format or named_format(output, offered=exporting.FORMATS, default="json")
    kind = exporting.format_named(wanted)
    if kind is None:
        misuse(f"unknown format {wanted!r}: json, xlsx or csv")
    since, until = _period(month, first, last)
    rows = do(commands.export_rows(read_settings(), what, first=since, last=until, team_id=team))
    data = exporting.render(rows, columns=offered.columns, kind=kind)
    write_result(data, output)


@app.command()
def report(
    month: Annotated[str | None, typer.Option(help="YYYY-MM")] = None,
    semester: Annotated[str | None, typer.Option(help="2026-2027/1 or 2026-2027/2")] = None,
    year: Annotated[str | None, typer.Option(help="2026-2027")] = None,
    file_format: Annotated[str, typer.Option("--format", help=f"docx, pdf, xlsx, png or txt; {_FROM_NAME} docx")] = "",
    output: Annotated[Path | None, typer.Option("-o", help="File to write; standard output without it.")] = None,
    team: TeamId = None,
) -> None:
    """Write the summary of a month, semester or school year to a file."""
    wanted = file_format or named_format(output, offered=list(ReportFormat), default=ReportFormat.DOCX)
    kind = next((each for each in ReportFormat if each == wanted), None)
    if kind is None:
        misuse(f"unknown format {wanted!r}: {', '.join(ReportFormat)}")
    period = _report_period(month, semester, year)
    data = do(commands.draw_summary(read_settings(), period=period, kind=kind, team_id=team))
    write_result(data, output)


@jobs_app.command("list")
def list_jobs(as_json: AsJson = False) -> None:
    """Show the jobs and how often they tick."""
    show(
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
        misuse(f"no job {name!r}: {', '.join(each.name for each in JOBS)}")
    counts = do(commands.run_job(read_settings(), job, at=_moment(at)))
    if as_json:
        print_json(counts)
    else:
        typer.echo(", ".join(f"{count} {what}" for what, count in counts.items()))


def main() -> None:
    """Entry of the console script. What it writes holds people's words: only its user reads it."""
    os.umask(0o077)
    app()


def _period(month: str | None, first: str | None, last: str | None) -> tuple[date, date]:
    if month and (first or last):
        misuse("name --month, or --from and --to")
    try:
        if month:
            found = Month.parse(month)
            return found.first, found.last
        year = SchoolYear.of(system_clock().astimezone(HOME_ZONE).date())
        since = date.fromisoformat(first) if first else year.first
        until = date.fromisoformat(last) if last else date(year.first_year + 1, 8, 31)
    except ValueError:
        misuse("dates are YYYY-MM-DD, months YYYY-MM")
    if since > until:
        misuse(f"the days end before they begin: {since} to {until}")
    return since, until


def _report_period(month: str | None, semester: str | None, year: str | None) -> Period:
    if sum(each is not None for each in (month, semester, year)) != 1:
        misuse("name one of --month, --semester and --year")
    try:
        if month is not None:
            found = Month.parse(month)
            return Period.between(found.first, found.last)
        name, slash, number = (semester or year or "").partition("/")
        named = SchoolYear(int(name[:4]))
        if name != named.name:
            raise ValueError(name)
        if semester is not None:
            return Period.between(*named.semester(int(number)))
        if slash:
            raise ValueError(number)
        return Period.between(named.first, named.last)
    except ValueError:
        misuse("months are YYYY-MM, semesters 2026-2027/1, years 2026-2027")


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        misuse(f"{text!r} is no ISO time")
    return moment if moment.tzinfo else moment.replace(tzinfo=HOME_ZONE)

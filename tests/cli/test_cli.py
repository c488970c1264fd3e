"""The commands as an installer types them: what they print, with which status, and never a traceback."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
import structlog
import typer
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.cli_output import write_result
from bot.domain.clock import system_clock
from storage.engine import Database
from storage.tables import AuditEntry

DATA = Path(__file__).parents[1] / "data"
Mangluoi = Callable[..., Result]


@pytest.fixture
def mangluoi(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Mangluoi]:
    """Types a command in a folder of its own and checks its status."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    monkeypatch.chdir(tmp_path)
    for name in ("TELEGRAM_BOT_TOKEN", "ZALO_BOT_TOKEN", "PUBLIC_URL", "LISTEN", "LOG_FORMAT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))

    def type_in(*arguments: str, status: int = 0) -> Result:
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == status, result.output
        assert "Traceback" not in result.output
        return result

    yield type_in
    structlog.reset_defaults()  # `run` sets logging up for a process of its own
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def team(mangluoi: Mangluoi) -> Mangluoi:
    """An installation with the sample team in it."""
    mangluoi("init", "--team", "Tổ mạng lưới", "--leader", "Bùi Quốc Hiếu")
    mangluoi("import", str(DATA / "roster-clean.xlsx"))
    return mangluoi


def _data(result: Result) -> Any:
    return json.loads(result.stdout)


def _commands() -> list[tuple[str, ...]]:
    names = [(command.name or command.callback.__name__,) for command in app.registered_commands if command.callback]
    for group in app.registered_groups:
        inner = group.typer_instance.registered_commands if group.typer_instance else []
        names += [(group.name or "", command.name or "") for command in inner]
    return names


@pytest.mark.parametrize("command", _commands(), ids=" ".join)
def test_every_command_explains_itself(command: tuple[str, ...]) -> None:
    result = CliRunner().invoke(app, [*command, "--help"])
    assert result.exit_code == 0
    assert "Usage:" in result.output


def test_a_team_is_made_with_a_code_for_its_leader(mangluoi: Mangluoi) -> None:
    made = _data(mangluoi("init", "--team", "Tổ một", "--leader", "Nguyễn Lan", "--json"))
    assert set(made) == {"team_id", "join_code"}
    assert len(made["join_code"]) == 8


@pytest.mark.only_on("sqlite")
def test_what_is_written_is_for_its_user_only(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    subprocess.run(
        [sys.executable, "-m", "bot", "init", "--team", "Tổ một", "--leader", "Nguyễn Lan"],
        env={**environment, "DATA_DIR": str(tmp_path / "data")},
        check=True,
    )
    written = [tmp_path / "data", *(tmp_path / "data").iterdir()]
    assert tmp_path / "data" / "mangluoi.sqlite3" in written
    assert [path for path in written if path.stat().st_mode & 0o077] == []


def test_a_team_of_the_same_name_is_refused_in_one_line(mangluoi: Mangluoi) -> None:
    mangluoi("init", "--team", "Tổ một", "--leader", "Nguyễn Lan")
    again = mangluoi("init", "--team", "Tổ một", "--leader", "Trần Hùng", status=1)
    assert again.stderr == "mangluoi: a team named 'Tổ một' exists already\n"


def test_with_several_teams_one_must_be_named(mangluoi: Mangluoi) -> None:
    for name in ("Tổ một", "Tổ hai"):
        mangluoi("init", "--team", name, "--leader", "Nguyễn Lan")
    assert "--team" in mangluoi("codes", status=1).stderr
    assert len(_data(mangluoi("codes", "--team", "2", "--json"))) == 1


def test_a_dry_run_tells_what_would_happen_and_changes_nothing(mangluoi: Mangluoi) -> None:
    mangluoi("init", "--team", "Tổ", "--leader", "Bùi Quốc Hiếu")
    plan = _data(mangluoi("import", str(DATA / "roster-clean.xlsx"), "--dry-run", "--json"))
    assert plan["imported"] is False
    assert plan["members_added"] > 20
    assert len(_data(mangluoi("codes", "--json"))) == 1


def test_the_clean_roster_is_imported_and_a_second_time_changes_nothing(team: Mangluoi) -> None:
    again = _data(team("import", str(DATA / "roster-clean.xlsx"), "--json"))
    assert (again["members_added"], again["members_changed"], again["schools_added"]) == (0, 0, 0)


def test_the_messy_roster_waits_for_a_confirmation_and_names_places(mangluoi: Mangluoi) -> None:
    mangluoi("init", "--team", "Tổ", "--leader", "Lý Minh Hạnh")
    refused = mangluoi("import", str(DATA / "roster-messy.xlsx"), "--json", status=1)
    problems = json.loads(refused.stdout)["problems"]
    assert problems
    assert all(problem["sheet"] and problem["row"] for problem in problems)
    assert len(_data(mangluoi("codes", "--json"))) == 1
    accepted = _data(mangluoi("import", str(DATA / "roster-messy.xlsx"), "--accept-warnings", "--json"))
    assert accepted["imported"] is True


def test_a_file_that_is_no_workbook_is_refused_in_one_line(team: Mangluoi, tmp_path: Path) -> None:
    lie = tmp_path / "roster.xlsx"
    lie.write_bytes(b"PK\x03\x04 not really")
    assert len(team("import", str(lie), status=1).stderr.splitlines()) == 1


def test_what_typer_refuses_is_said_in_one_line_too(mangluoi: Mangluoi) -> None:
    def complaint(*arguments: str) -> str:
        return mangluoi(*arguments, status=2).stderr

    assert complaint("import", "nowhere.xlsx") == (
        "mangluoi: invalid value for 'file': file 'nowhere.xlsx' does not exist; see mangluoi import --help\n"
    )
    assert complaint("restore") == "mangluoi: missing argument 'file'; see mangluoi restore --help\n"
    assert complaint("codes", "--teem", "1").startswith("mangluoi: no such option: --teem")
    assert len(complaint("codes", "--team", "one").splitlines()) == 1


def test_a_group_without_a_command_explains_itself(mangluoi: Mangluoi) -> None:
    assert "dead-letters" in mangluoi(status=2).output
    assert "retry" in mangluoi("dead-letters", status=2).output


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    "arguments",
    [
        ("codes",),
        ("dead-letters", "list"),
        ("jobs", "run", "housekeeping"),
        ("export", "members"),
        ("backup", "b.sqlite3"),
        ("copy-database", "--to", "sqlite:///copy.sqlite3"),
    ],
    ids=" ".join,
)
def test_in_the_wrong_folder_a_command_says_so_and_leaves_nothing_there(
    mangluoi: Mangluoi, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.delenv("DATA_DIR")
    complaint = mangluoi(*arguments, status=1).stderr
    assert complaint.startswith(f"mangluoi: there is no database {elsewhere / 'data' / 'mangluoi.sqlite3'}: ")
    assert "DATA_DIR" in complaint
    assert list(elsewhere.iterdir()) == []


def test_codes_are_fresh_and_only_for_those_who_have_not_joined(team: Mangluoi) -> None:
    first, second = _data(team("codes", "--json")), _data(team("codes", "--json"))
    assert [each["member_id"] for each in first] == [each["member_id"] for each in second]
    assert all(one["join_code"] != other["join_code"] for one, other in zip(first, second, strict=True))
    assert set(first[0]) == {"member_id", "name", "role", "join_code"}


def test_jobs_are_listed_and_run_as_of_a_time(team: Mangluoi) -> None:
    names = {each["name"] for each in _data(team("jobs", "list", "--json"))}
    assert {"monthly-nudges", "month-closing", "housekeeping"} <= names
    for name in sorted(names):
        counts = _data(team("jobs", "run", name, "--at", "2026-11-30T17:00:00+07:00", "--json"))
        assert all(isinstance(count, int) for count in counts.values())


@pytest.mark.parametrize(
    "arguments",
    [
        ("jobs", "run", "nonsense"),
        ("jobs", "run", "monthly-nudges", "--at", "tomorrow"),
        ("export", "nonsense"),
        ("export", "members", "--format", "pdf"),
        ("export", "activities", "--month", "2026-13"),
        ("export", "activities", "--month", "2026-10", "--from", "2026-10-01"),
        ("export", "activities", "--from", "2026-10-02", "--to", "2026-10-01"),
        ("copy-database", "--to", "somewhere"),
        ("demo", "--port", "65536"),
        ("report",),
        ("report", "--month", "2026-11", "--year", "2026-2027"),
        ("report", "--month", "2026-11", "--format", "doc"),
        ("report", "--semester", "2026-2027/3"),
        ("report", "--semester", "2026/1"),
        ("report", "--year", "2026-2028"),
        ("nonsense",),
    ],
)
def test_wrong_usage_has_status_two(team: Mangluoi, arguments: tuple[str, ...]) -> None:
    team(*arguments, status=2)


@pytest.mark.parametrize("file_format", ["json", "xlsx", "csv"])
def test_members_are_exported_to_a_file_or_printed(team: Mangluoi, tmp_path: Path, file_format: str) -> None:
    target = tmp_path / f"members.{file_format}"
    team("export", "members", "--format", file_format, "-o", str(target))
    printed = team("export", "members", "--format", file_format).stdout_bytes
    if file_format == "xlsx":  # holds the moment it was made
        assert printed[:2] == target.read_bytes()[:2] == b"PK"
    else:
        assert printed == target.read_bytes()
    if file_format == "json":
        assert {"id", "name", "role", "school", "joined", "channels"} <= set(json.loads(printed)[0])


@pytest.mark.parametrize(
    ("file_format", "begin"),
    [("docx", b"PK"), ("pdf", b"%PDF"), ("xlsx", b"PK"), ("png", b"\x89PNG"), ("txt", "📊".encode())],
)
def test_the_summary_is_written_in_every_format(team: Mangluoi, tmp_path: Path, file_format: str, begin: bytes) -> None:
    target = tmp_path / f"report.{file_format}"
    team("report", "--month", "2026-11", "--format", file_format, "-o", str(target))
    assert target.read_bytes().startswith(begin)


def test_the_name_of_the_file_says_its_format(team: Mangluoi, tmp_path: Path) -> None:
    for name, begin in (("report.pdf", b"%PDF"), ("report.TXT", "📊".encode()), ("report", b"PK")):
        team("report", "--month", "2026-11", "-o", str(tmp_path / name))
        assert (tmp_path / name).read_bytes().startswith(begin)
    team("export", "members", "-o", str(tmp_path / "members.csv"))
    assert (tmp_path / "members.csv").read_text("utf-8-sig").startswith("id,name")


def test_a_picture_is_not_printed_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    with pytest.raises(typer.Exit) as left:
        write_result(b"\x89PNG", None)
    assert left.value.exit_code == 2
    assert "-o" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (("--semester", "2026-2027/2"), "học kì 2 năm học 2026-2027"),
        (("--year", "2026-2027"), "năm học 2026-2027"),
        (("--month", "2026-09"), "tháng 09 năm 2026"),
    ],
)
def test_the_summary_names_its_period(team: Mangluoi, arguments: tuple[str, ...], name: str) -> None:
    printed = team("report", *arguments, "--format", "txt").stdout
    assert name in printed


def test_a_place_that_cannot_be_written_is_said_in_one_line(team: Mangluoi) -> None:
    for arguments in (("export", "members", "-o"), ("backup",)):
        complaint = team(*arguments, "/nowhere/members.json", status=1).stderr
        assert complaint == "mangluoi: /nowhere/members.json: No such file or directory\n"


def test_without_a_token_there_is_nothing_to_run(mangluoi: Mangluoi) -> None:
    assert mangluoi("run", status=1).stderr == "mangluoi: set TELEGRAM_BOT_TOKEN or ZALO_BOT_TOKEN\n"


@pytest.mark.parametrize(
    ("name", "value"), [("LOG_FORMAT", "xml"), ("LISTEN", "8080/tcp"), ("LISTEN", "127.0.0.1:99999")]
)
def test_a_wrong_setting_is_wrong_usage(
    mangluoi: Mangluoi, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    complaint = mangluoi("doctor", status=2).stderr
    assert complaint.startswith(f"mangluoi: setting {name}: ")
    assert len(complaint.splitlines()) == 1


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://nobody@127.0.0.1:1/nothing",
        "sqlite:////dev/null/data.sqlite3",
        "nonsense",
        "mysql://host/data",
    ],
)
def test_a_database_that_cannot_be_reached_is_said_in_one_line(
    mangluoi: Mangluoi, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    complaint = mangluoi("codes", status=1).stderr
    assert complaint.startswith("mangluoi: ")
    assert len(complaint.splitlines()) == 1


def test_nothing_is_set_aside_at_first(team: Mangluoi) -> None:
    assert _data(team("dead-letters", "list", "--json")) == []
    assert team("dead-letters", "retry").stdout == "0 put back\n"


def test_migrating_again_changes_nothing(team: Mangluoi) -> None:
    assert team("migrate").stdout == "up to date\n"


def test_what_the_operator_takes_out_or_brings_in_is_in_the_log(
    team: Mangluoi, database_url: str, tmp_path: Path
) -> None:
    team("codes", "--json")
    team("export", "members", "--format", "csv", "-o", str(tmp_path / "members.csv"))
    team("report", "--month", "2026-10", "--format", "txt", "-o", str(tmp_path / "report.txt"))
    entries = asyncio.run(_log(database_url))
    done = {(each.action, str(each.detail.get("format", ""))) for each in entries}
    assert {("found_team", ""), ("import_roster", ""), ("invite", ""), ("export", "members")} <= done
    assert ("export", "tổng hợp txt") in done
    assert {each.actor_member_id for each in entries} == {None}


async def _log(url: str) -> list[AuditEntry]:
    database = Database(url, clock=system_clock)
    async with database.read() as uow:
        entries = await uow.audit.latest(1, limit=100)
    await database.close()
    return entries

"""The files an operator copies: least rights, nothing open that need not be, every alert explained."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.domain.vitals import AlertKind
from bot.settings import Settings

ROOT = Path(__file__).parents[2]
OPERATING = ROOT / "docs" / "operating"
UNITS = ("mangluoi.service", "mangluoi-backup.service", "mangluoi-backup.timer")


def _unit(name: str) -> configparser.RawConfigParser:
    parser = configparser.RawConfigParser(strict=False, comment_prefixes=("#",))
    parser.optionxform = str  # pyright: ignore[reportAttributeAccessIssue] - names keep their case
    parser.read(OPERATING / name)
    return parser


@pytest.mark.parametrize("name", ["mangluoi.service", "mangluoi-backup.service"])
def test_a_service_has_the_least_rights(name: str) -> None:
    service = _unit(name)["Service"]
    wanted = {
        "User": "mangluoi",
        "NoNewPrivileges": "yes",
        "CapabilityBoundingSet": "",
        "ProtectSystem": "strict",
        "ProtectHome": "yes",
        "PrivateTmp": "yes",
        "PrivateDevices": "yes",
        "UMask": "0077",
        "StateDirectoryMode": "0700",
        "RestrictAddressFamilies": "AF_INET AF_INET6 AF_UNIX",
    }
    assert {key: service.get(key) for key in wanted} == wanted


def test_the_backup_has_no_right_that_the_bot_has_not() -> None:
    bot, backup = _unit("mangluoi.service")["Service"], _unit("mangluoi-backup.service")["Service"]
    limits = [name for name in bot if name.startswith(("Protect", "Private", "Restrict", "System", "Capab", "Lock"))]
    assert len(limits) > 15
    assert {name: backup.get(name) for name in limits} == {name: bot[name] for name in limits}


def test_the_bot_is_started_again_and_given_time_to_finish() -> None:
    service = _unit("mangluoi.service")["Service"]
    assert service["Restart"] == "always"
    assert int(service["TimeoutStopSec"]) > 10  # the bot finishes within ten


def test_a_missed_backup_is_made_up_for() -> None:
    assert _unit("mangluoi-backup.timer")["Timer"]["Persistent"] == "true"


@pytest.mark.parametrize("user", ["0", "998"])
def test_a_command_that_is_typed_runs_as_the_service_does(tmp_path: Path, user: str) -> None:
    service = _unit("mangluoi.service")["Service"]
    home = service["WorkingDirectory"]
    text = (OPERATING / "mangluoi.sh").read_text()
    assert f"cd {home} " in text
    (tmp_path / "mangluoi").write_text(text.replace(f"cd {home} ", f"cd {tmp_path} "))
    for name, does in (("id", f"echo {user}"), ("runuser", 'echo runuser "$@"'), ("env", 'echo env "$@"')):
        (tmp_path / name).write_text(f"#!/bin/sh\n{does}\n")
        (tmp_path / name).chmod(0o755)
    done = subprocess.run(
        ["/bin/sh", tmp_path / "mangluoi", "restore", "backups/of monday"],
        env={"PATH": f"{tmp_path}:/bin:/usr/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    program = service["ExecStart"].removesuffix(" run")
    assert service["Environment"].startswith(f"DATA_DIR={home} ")
    command = f"env DATA_DIR={home} {program} restore backups/of monday\n"
    assert done.stdout == (f"runuser -u {service['User']} -- {command}" if user == "0" else command)


def test_no_service_needs_a_second_copy_of_the_settings() -> None:
    for name in ("mangluoi.service", "mangluoi-backup.service"):
        service = _unit(name)["Service"]
        assert service["WorkingDirectory"] == "/var/lib/mangluoi"
        assert "EnvironmentFile" not in service


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
@pytest.mark.parametrize("unit", ["mangluoi.service", "mangluoi-backup.service"])
def test_systemd_rates_a_service_as_safe(tmp_path: Path, unit: str) -> None:
    for name in UNITS:  # with a program that exists, since ours is not installed there
        text = re.sub(r"/opt/mangluoi/.venv/bin/mangluoi", "/bin/true", (OPERATING / name).read_text())
        (tmp_path / name).write_text(text)
    command = ["systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager"]
    done = subprocess.run([*command, str(tmp_path / unit)], capture_output=True, text=True, check=False)
    if "Unknown" in done.stderr or "unrecognized" in done.stderr:
        pytest.skip("this systemd cannot judge files")
    last = done.stdout.strip().splitlines()[-1] if done.stdout.strip() else done.stderr
    print(last)
    assert done.returncode == 0, last


def test_the_proxies_let_through_what_is_needed_and_nothing_else() -> None:
    caddy, nginx = (OPERATING / "Caddyfile").read_text(), (OPERATING / "nginx.conf").read_text()
    for path in ("telegram/webhook", "zalo/webhook", "files/", "healthz"):
        assert path in caddy
        assert path in nginx
    for config in (caddy, nginx):
        rules = "\n".join(line for line in config.splitlines() if not line.strip().startswith("#"))
        assert "metrics" not in rules
        assert "readyz" not in rules
        assert "404" in rules


def test_containers_run_without_root_and_keep_no_secret() -> None:
    container, compose = (OPERATING / "Containerfile").read_text(), (OPERATING / "compose.yaml").read_text()
    assert re.search(r"^USER 10001$", container, re.MULTILINE)
    lines = re.findall(r"^COPY (?!--from)(.+)$", container, re.MULTILINE)
    copied = {each for line in lines for each in line.split()[:-1]}
    assert copied <= {path.name for path in ROOT.iterdir()}
    assert {"bot", "handlers", "scheduler", "storage", "uv.lock"} <= copied
    assert "cap_drop: [ALL]" in compose
    given = re.findall(r"^ +(\w+_(?:TOKEN|PASSWORD)): (.+)$", compose, re.MULTILINE)
    assert len(given) == 3
    assert [name for name, value in given if not value.startswith("${")] == []


def test_containers_are_given_every_setting_by_its_name() -> None:
    container, compose = (OPERATING / "Containerfile").read_text(), (OPERATING / "compose.yaml").read_text()
    bot = compose[compose.index("  bot:") : compose.index("  database:\n    image")]
    in_image = re.findall(r"([A-Z_]+)=\S+", re.findall(r"^ENV (PATH=.+)$", container, re.MULTILINE)[0])
    given = {*re.findall(r"^ {6}([A-Z_]+):", bot, re.MULTILINE), *in_image} - {"PATH"}
    assert given <= {name.upper() for name in Settings.model_fields}
    table = (ROOT / "README.md").read_text().partition("| setting |")[2].partition("\n\n")[0]
    wanted = set(re.findall(r"`([A-Z_]+)`", "\n".join(line.split(" | ")[0] for line in table.splitlines())))
    assert "TELEGRAM_BOT_TOKEN" in wanted
    assert wanted <= given


def test_containers_hold_what_the_bot_needs_to_run_and_no_more() -> None:
    container = (OPERATING / "Containerfile").read_text()
    synced = re.findall(r"^RUN uv sync (.+)$", container, re.MULTILINE)
    assert len(synced) == 2
    assert [each for each in synced if "--frozen --no-default-groups" not in each] == []


def test_every_alert_is_explained_on_the_operators_page() -> None:
    page = (OPERATING / "README.md").read_text()
    rules = re.findall(r"- alert: (\w+)", (OPERATING / "prometheus-alerts.yaml").read_text())
    assert len(rules) >= 10
    assert [name for name in rules if f"`{name}`" not in page] == []
    assert [kind for kind in AlertKind if str(kind) not in page] == []


@pytest.mark.parametrize("page", ["docs/threat-model.md", "docs/operating/README.md"])
def test_pages_name_only_files_that_exist(page: str) -> None:
    text = (ROOT / page).read_text()
    named = re.findall(r"`(tests/[\w/.]+)`", text)
    linked = [str(Path(page).parent / each) for each in re.findall(r"\]\(([\w./-]+)\)", text)]
    assert [each for each in [*named, *linked] if not (ROOT / each).exists()] == []
    assert named or linked


def test_every_threat_names_the_test_that_shows_what_is_done() -> None:
    lines = (ROOT / "docs/threat-model.md").read_text().splitlines()
    rows = [line.strip("|").split(" | ") for line in lines if line.startswith("| ")][1:]
    assert len(rows) > 15
    assert [threat for threat, _, shown in rows if "`tests/" not in shown] == []

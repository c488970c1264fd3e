"""No secret lies in the repository."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from bot.playground.telegram.world import DEFAULT_TOKEN
from bot.playground.zalo.world import DEFAULT_TOKEN as DEFAULT_ZALO_TOKEN

ROOT = Path(__file__).parents[2]
SECRETS = {
    "Telegram token": re.compile(rb"\b\d{8,10}:AA[A-Za-z0-9_-]{33}\b"),
    "Zalo token": re.compile(rb"\b\d{15,20}:[A-Za-z0-9_-]{30,}"),
    "private key": re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "cloud key": re.compile(rb"\b(AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|xox[baprs]-[A-Za-z0-9-]{20,})\b"),
}
KNOWN = {DEFAULT_TOKEN.encode(), DEFAULT_ZALO_TOKEN.encode()}
"""The example in Telegram's own manual, and the local Zalo's; they open nothing."""


def _files() -> list[Path]:
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git repository")
    return [path for name in listed.split(b"\0") if name and (path := ROOT / name.decode()).is_file()]


def test_no_file_holds_a_secret() -> None:
    files = _files()
    assert len(files) > 100
    found = [
        f"{path.relative_to(ROOT)}: {what}"
        for path in files
        for what, pattern in SECRETS.items()
        for match in pattern.finditer(path.read_bytes())
        if match.group() not in KNOWN
    ]
    assert found == []


def test_settings_and_databases_are_never_committed() -> None:
    names = {path.name for path in _files()}
    assert ".env" not in names
    assert not [name for name in names if name.endswith((".sqlite3", ".pem", ".key"))]

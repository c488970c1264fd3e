"""`make audit`: asks pip-audit for known holes. A hole fails; a failed look-up is said and passes.

Run as `python -m tests.security.audit`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

UNKNOWN = "dependency audit: could not be looked up (no network?); nothing is known"
PATIENCE = 240
"""Seconds for the look-up of all packages."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an audit came to: the status to end with, and what to say."""

    status: int
    words: str


def judge(output: str) -> Outcome:
    """Read pip-audit's JSON; anything else means that the look-up failed."""
    try:
        packages: list[dict[str, Any]] = json.loads(output)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return Outcome(0, UNKNOWN)
    holes = [
        f"  {package['name']} {package['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'none'}"
        for package in packages
        for hole in package.get("vulns", [])
    ]
    if holes:
        return Outcome(1, "\n".join(["dependency audit: known holes", *holes]))
    looked_at = sum("skip_reason" not in package for package in packages)
    if not looked_at:
        return Outcome(0, UNKNOWN)
    return Outcome(0, f"dependency audit: {looked_at} packages, no known hole")


def main() -> int:
    """Look everything up that uv.lock pins."""
    uv = Path(sys.executable).with_name("uv")
    with tempfile.NamedTemporaryFile(suffix=".txt") as pinned:
        export = [uv, "export", "--frozen", "--no-hashes", "--no-emit-project", "--quiet", "--output-file", pinned.name]
        command = [sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off"]
        command += ["--requirement", pinned.name, "--no-deps", "--disable-pip"]
        try:
            subprocess.run(export, capture_output=True, check=True)
            done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
        except (subprocess.SubprocessError, OSError):
            outcome = judge("")
        else:
            outcome = judge(done.stdout)
    print(outcome.words)
    return outcome.status


if __name__ == "__main__":
    sys.exit(main())

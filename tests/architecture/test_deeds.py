"""Every deed that is entered in a team's log can be read there in words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from bot.texts.audit import DEEDS

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "scheduler", "storage")
_NOTES = {"note", "_note", "note_meeting", "change_settings"}


def noted(tree: ast.AST) -> Iterator[str]:
    """The names of deeds in the calls that enter one."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name not in _NOTES:
            continue
        named = [keyword.value for keyword in call.keywords if keyword.arg == "action"]
        for argument in named or call.args:
            for part in ast.walk(argument):
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and _is_deed(part.value):
                    yield part.value


def _is_deed(text: str) -> bool:
    return re.fullmatch(r"[a-z]+(_[a-z]+)*", text) is not None


def test_every_deed_has_words() -> None:
    paths = [path for room in ROOMS for path in sorted(ROOT.glob(f"{room}/**/*.py"))]
    found = {deed: path for path in paths for deed in noted(ast.parse(path.read_text()))}
    assert len(found) > 40
    missing = {deed: path.relative_to(ROOT).as_posix() for deed, path in found.items() if deed not in DEEDS}
    assert not missing, f"no words in bot/texts/audit.py: {missing}"

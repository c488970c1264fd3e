"""What holds for all sentences together."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
_OF_BUTTONS = re.compile(r"(?<!\w)(?:bấm|nhấn|ấn nút|nút|bàn phím)(?!\w)", re.IGNORECASE)
_SAID_ABOUT_A_BUTTON = {
    "bot/texts/demo.py",  # tells who pressed what
    "bot/texts/forms.py",  # the notice on a button that is stale
}


def test_sentences_say_choose_and_not_press_since_zalo_has_no_buttons() -> None:
    found: list[str] = []
    for path in sorted([*ROOT.glob("bot/texts/*.py"), *ROOT.glob("handlers/**/*.py"), *ROOT.glob("scheduler/*.py")]):
        name = path.relative_to(ROOT).as_posix()
        texts = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Constant)]
        of_buttons = [node for node in texts if isinstance(node.value, str) and _OF_BUTTONS.search(node.value)]
        if name not in _SAID_ABOUT_A_BUTTON:
            found += [f"{name}:{node.lineno}: {node.value}" for node in of_buttons]
    assert not found, "say “chọn”, which is right on both platforms: " + "; ".join(found)

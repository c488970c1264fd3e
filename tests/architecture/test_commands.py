"""What holds for all commands together."""

from __future__ import annotations

import re

from bot.domain.text import fold
from bot.domain.vocabulary import Role
from bot.routing import build_router

ROUTER = build_router(join_link=lambda channel, code: f"{channel}:{code}")


def test_every_command_can_be_typed_and_says_what_it_does() -> None:
    for spec in ROUTER.commands:
        assert re.fullmatch(r"[a-z0-9_]{1,32}", spec.name), spec
        assert spec.description.strip(), spec


def test_no_menu_label_is_mistaken_for_another_command() -> None:
    names = {name for spec in ROUTER.commands for name in (spec.name, *spec.aliases)}
    for spec in ROUTER.commands:
        words = fold(spec.label).replace(" ", "")
        assert not spec.label or words in (spec.name, *spec.aliases) or words not in names


def test_every_member_may_give_some_command() -> None:
    for role in Role:
        assert ROUTER.commands_for(role)

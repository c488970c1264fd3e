"""/help, /huy and /tieptuc: finding one's way."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.permissions import Act, may
from bot.domain.vocabulary import Role
from bot.texts import common as texts
from bot.texts import forms as form_texts
from bot.texts.vocabulary import ROLE_NAMES
from handlers.conversation import CommandSpec, Conversation
from handlers.forms.session import Forms
from handlers.talk import Talk


def conversation(
    forms: Forms,
    *,
    guide_for: Callable[[Role], tuple[CommandSpec, ...]],
    menu_for: Callable[[Role], tuple[tuple[str, ...], ...]],
) -> Conversation:
    """Told by the router what each role may do."""

    async def give_help(talk: Talk, argument: str) -> None:
        del argument
        member = talk.member()
        role = Role(member.role)
        specs = [spec for spec in guide_for(role) if spec.is_for is None or await spec.is_for(talk)]
        lines = [(spec.name, spec.description, _example(spec, role)) for spec in specs]
        reports = may(role, Act.REPORT)
        talk.say(texts.help_list(member.name, ROLE_NAMES[role], lines, reports=reports), menu=menu_for(role))

    async def cancel(talk: Talk, argument: str) -> None:
        del argument
        if not await forms.cancel(talk):
            talk.say(form_texts.nothing_to_cancel())

    async def resume(talk: Talk, argument: str) -> None:
        del argument
        if not await forms.resume(talk):
            talk.say(form_texts.nothing_to_cancel())

    return Conversation(
        name="guidance",
        commands=(
            CommandSpec(
                "help",
                "những việc thầy/cô có thể làm",
                give_help,
                aliases=("trogiup", "giup", "huongdan", "start", "menu"),
            ),
            CommandSpec("huy", "bỏ việc đang làm dở", cancel),
            CommandSpec("tieptuc", "làm tiếp việc đang dở", resume),
        ),
    )


def _example(spec: CommandSpec, role: Role) -> str:
    return spec.example if spec.example_act is None or may(role, spec.example_act) else ""

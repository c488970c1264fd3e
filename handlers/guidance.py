"""/help, /huy and /tieptuc: finding one's way."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.messages import Command
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
    commands_for: Callable[[Role], tuple[Command, ...]],
    menu_for: Callable[[Role], tuple[tuple[str, ...], ...]],
) -> Conversation:
    """Told by the router what each role may do."""

    async def give_help(talk: Talk, argument: str) -> None:
        del argument
        member = talk.member()
        role = Role(member.role)
        lines = [(command.name, command.description) for command in commands_for(role)]
        talk.say(texts.help_list(member.name, ROLE_NAMES[role], lines), menu=menu_for(role))

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
            CommandSpec("help", "những việc thầy/cô có thể làm", give_help, aliases=("trogiup", "start", "menu")),
            CommandSpec("huy", "bỏ việc đang làm dở", cancel),
            CommandSpec("tieptuc", "làm tiếp việc đang dở", resume),
        ),
    )

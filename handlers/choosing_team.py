"""/doito: somebody in several teams chooses for which one they act, once, until they choose again."""

from __future__ import annotations

from bot.domain.messages import Choice
from bot.texts import people as texts
from handlers.conversation import CommandSpec, Conversation
from handlers.talk import Talk

ACTION = "team"


def conversation() -> Conversation:
    """The command and the choice."""
    spec = CommandSpec("doito", "đổi tổ đang làm việc", show)
    return Conversation(name="choosing-team", commands=(spec,), presses={ACTION: pressed})


async def show(talk: Talk, argument: str) -> None:
    """My teams."""
    del argument
    await ask_team(talk, unclear=False)


async def ask_team(talk: Talk, *, unclear: bool) -> None:
    """Which of my teams it is for; said as well when nobody can tell."""
    members = talk.known.members if talk.known else ()
    names = {each.id: (await talk.uow.teams.get(each.team_id)).name for each in members}
    if len(members) < 2:
        talk.say(texts.one_team("".join(names.values())))
        return
    rows = [[Choice(label=name, action=ACTION, value=str(member_id))] for member_id, name in names.items()]
    talk.say(texts.ask_team(list(names.values()), unclear=unclear), rows)


async def pressed(talk: Talk, value: str) -> None:
    """Act for this team from now on."""
    mine = talk.member()
    if talk.known and mine.id == int(value):
        talk.known.person.current_member_id = mine.id
    await talk.act_as(int(value))
    talk.say(texts.team_chosen(talk.team.name if talk.team else ""), in_place=True)

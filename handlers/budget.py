"""/ngansach: how many messages Zalo's plan still allows this month."""

from __future__ import annotations

from bot.domain.message_budget import MessageBudget
from bot.domain.permissions import Act
from bot.domain.school_year import Month
from bot.domain.vocabulary import ChannelName
from bot.texts import budget as texts
from handlers.conversation import CommandSpec, Conversation
from handlers.talk import Talk


def conversation() -> Conversation:
    """The command."""
    spec = CommandSpec("ngansach", "số tin Zalo còn lại trong tháng", show, act=Act.MANAGE_ROSTER)
    return Conversation(name="budget", commands=(spec,))


async def show(talk: Talk, argument: str) -> None:
    """The month's messages by kind, what is left, and how many people use Zalo."""
    del argument
    team_id, settings = talk.member().team_id, talk.settings
    uses = talk.uow.message_uses
    used = await uses.of_month(ChannelName.ZALO, team_id=team_id, month=Month.of(talk.today))
    budget = MessageBudget(today=talk.today, plan=settings.zalo_messages_a_month, used_by_kind=used)
    people = await uses.people(ChannelName.ZALO, team_id=team_id)
    talk.say(texts.overview(budget, people=people, people_plan=settings.zalo_people))

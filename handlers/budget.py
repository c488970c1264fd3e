"""/ngansach: how many messages Zalo's plan still allows this month; the leader says what the plan is."""

from __future__ import annotations

import re

from bot.domain.message_budget import MessageBudget
from bot.domain.permissions import Act, require
from bot.domain.school_year import Month
from bot.domain.text import fold
from bot.domain.vocabulary import ChannelName
from bot.texts import budget as texts
from handlers.conversation import CommandSpec, Conversation
from handlers.setting_form import change_settings
from handlers.talk import Talk

_MESSAGES = re.compile(r"(\d{1,7}) ?(?:tin|$)")
_PEOPLE = re.compile(r"(\d{1,5}) ?(?:nguoi|tk|tai khoan)")


def conversation() -> Conversation:
    """The command."""
    spec = CommandSpec(
        "ngansach",
        "số tin Zalo còn lại trong tháng",
        show,
        act=Act.MANAGE_ROSTER,
        example="/ngansach 5000 tin, 100 người",
        example_act=Act.CHANGE_SETTINGS,
    )
    return Conversation(name="budget", commands=(spec,))


async def show(talk: Talk, argument: str) -> None:
    """The month's messages by kind, what is left, and how many people use Zalo; with numbers, another plan first."""
    if argument:
        await _change_plan(talk, fold(re.sub(r"(?<=\d)[.,](?=\d{3})", "", argument)))
    team_id, settings = talk.member().team_id, talk.settings
    uses = talk.uow.message_uses
    used = await uses.of_month(ChannelName.ZALO, team_id=team_id, month=Month.of(talk.today))
    budget = MessageBudget(today=talk.today, plan=settings.zalo_messages_a_month, used_by_kind=used)
    people = await uses.people(ChannelName.ZALO, team_id=team_id)
    talk.say(texts.overview(budget, people=people, people_plan=settings.zalo_people))


async def _change_plan(talk: Talk, words: str) -> None:
    require(talk.role, Act.CHANGE_SETTINGS)
    people, messages = _PEOPLE.search(words), _MESSAGES.search(_PEOPLE.sub("", words))
    if people is None and messages is None:
        talk.say(texts.plan_unknown())
        return
    before = talk.settings
    changes = {
        **({"zalo_messages_a_month": int(messages[1])} if messages else {}),
        **({"zalo_people": int(people[1])} if people else {}),
    }
    after = before.model_copy(update=changes)
    await change_settings(talk, after, field=texts.PLAN, before=texts.plan(before), after=texts.plan(after))
    talk.say(texts.plan_changed(texts.plan(after)))

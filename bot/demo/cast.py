"""Puts the sample people into a fresh Telegram and a fresh Zalo, with phones, a group, and somebody nobody knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.demo.people import GROUP, PEOPLE
from bot.demo.seed import chats_of, group_chat
from bot.domain.messages import Chat
from bot.domain.vocabulary import ChannelName
from bot.playground.page.backstage import Persona
from bot.playground.telegram import world as telegram
from bot.playground.telegram.chats import Standing
from bot.playground.telegram.groups import create_group
from bot.playground.zalo import world as zalo
from bot.texts import demo as texts

_STRANGER = "Nguyễn Văn Khách"
_IN_GROUP = 9  # how many of the Telegram members read along in the group


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is there: all who have phones, the private chats of members by their place in PEOPLE, and the groups."""

    personas: tuple[Persona, ...]
    chats: Mapping[int, Chat]
    groups: tuple[Chat, ...]


def gather(on_telegram: telegram.World, on_zalo: zalo.World) -> Cast:
    """The same ids every time, so that one seeded database fits every fresh pair of worlds."""
    personas: list[Persona] = []
    user_ids: dict[int, str] = {}
    for place, person in enumerate(PEOPLE):
        side = person.channel or ChannelName.TELEGRAM
        if side is ChannelName.TELEGRAM:
            account = on_telegram.add_person(person.name)
            user_id = str(account.id)
            on_telegram.private_chat(account).started = person.channel is not None
        else:
            user_id = on_zalo.add_person(person.name).id
            on_zalo.chats[user_id].started = True
        if person.channel is not None:
            user_ids[place] = user_id
        role = texts.role(person.role) if person.channel else texts.NOT_JOINED
        personas.append(Persona(str(side), user_id, person.name, role, open=person.phone_open))
    stranger = on_telegram.add_person(_STRANGER)
    personas.append(Persona(str(ChannelName.TELEGRAM), str(stranger.id), _STRANGER, texts.STRANGER))
    groups = (_found_group(on_telegram), _found_zalo_group(on_zalo))
    return Cast(tuple(personas), chats_of(PEOPLE, user_ids), groups)


def _found_zalo_group(world: zalo.World) -> Chat:
    """Where those on Zalo talk among themselves; the bot hears what names it."""
    members = [account for account in world.accounts.values() if not account.is_bot]
    return group_chat(world.add_group(GROUP, members).id, channel=ChannelName.ZALO)


def _found_group(world: telegram.World) -> Chat:
    """A group that has long been there: the bot is in it and was told nothing."""
    members = [account for account in world.accounts.values() if world.private_chat(account).started]
    leader, *others = members
    chat = create_group(world, leader, GROUP, members=others[: _IN_GROUP - 1])
    chat.standings[world.bot.id] = Standing.MEMBER
    return group_chat(str(chat.id))

"""Groups: how they begin, who comes and goes, and how they become supergroups."""

from __future__ import annotations

from collections.abc import Sequence

from bot.playground.changes import Change
from bot.playground.telegram.chats import INSIDE, LEADING, Account, Chat, ChatType, Json, Standing, member_json
from bot.playground.telegram.messages import Message
from bot.playground.telegram.world import World

FIRST_GROUP = -4_000_000_001
FIRST_SUPERGROUP = -1_002_000_000_001


def create_group(
    world: World, creator: Account, title: str, *, members: Sequence[Account] = (), supergroup: bool = False
) -> Chat:
    """A new group; add the bot as one of the members or later."""
    kind = ChatType.SUPERGROUP if supergroup else ChatType.GROUP
    chat = _new_chat(world, kind, title)
    chat.standings[creator.id] = Standing.CREATOR
    for member in members:
        _settle(world, chat, member, Standing.MEMBER, by=creator)
    world.post(chat, creator, {"supergroup_chat_created" if supergroup else "group_chat_created": True})
    return chat


def add_member(world: World, chat: Chat, account: Account, *, by: Account) -> Message | None:
    """Take somebody in; nothing when they are in already."""
    if chat.has(account):
        return None
    _settle(world, chat, account, Standing.MEMBER, by=by)
    shown = account.as_json()
    return world.post(
        chat,
        by,
        {"new_chat_participant": shown, "new_chat_member": shown, "new_chat_members": [shown]},
    )


def remove_member(world: World, chat: Chat, account: Account, *, by: Account) -> None:
    """Throw somebody out."""
    _depart(world, chat, account, Standing.KICKED, by=by)


def leave(world: World, chat: Chat, account: Account) -> None:
    """Go by one's own will."""
    _depart(world, chat, account, Standing.LEFT, by=account)


def promote(world: World, chat: Chat, account: Account, *, by: Account) -> None:
    """Make a member an administrator."""
    _settle(world, chat, account, Standing.ADMINISTRATOR, by=by)


def demote(world: World, chat: Chat, account: Account, *, by: Account) -> None:
    """Make an administrator a member."""
    _settle(world, chat, account, Standing.MEMBER, by=by)


def rename(world: World, chat: Chat, title: str, *, by: Account) -> Message:
    """Give the group another name."""
    chat.title = title
    return world.post(chat, by, {"new_chat_title": title})


def upgrade(world: World, chat: Chat, *, by: Account) -> Chat:
    """Turn a basic group into a supergroup with a new id; everybody moves along, the old chat is closed.

    The bot hears of joining the new chat, and never of having left the old one: so does the real one.
    """
    if chat.type is not ChatType.GROUP or chat.migrated_to is not None:
        raise ValueError("only a basic group can be upgraded")
    successor = _new_chat(world, ChatType.SUPERGROUP, chat.title)
    successor.standings = dict(chat.standings)
    standing = successor.standings.pop(world.bot.id, None)
    if standing is not None:
        _settle(world, successor, world.bot, standing, by=by)
    world.post(chat, by, {"migrate_to_chat_id": successor.id})
    chat.migrated_to = successor.id
    world.post(successor, by, {"migrate_from_chat_id": chat.id})
    return successor


def _new_chat(world: World, kind: ChatType, title: str) -> Chat:
    first = FIRST_SUPERGROUP if kind is ChatType.SUPERGROUP else FIRST_GROUP
    chat = Chat(first - len(world.group_chats()), kind, title)
    world.chats[chat.id] = chat
    return chat


def _depart(world: World, chat: Chat, account: Account, standing: Standing, *, by: Account) -> None:
    if not chat.has(account):
        return
    world.post(chat, by, {"left_chat_participant": account.as_json(), "left_chat_member": account.as_json()})
    _settle(world, chat, account, standing, by=by)
    chat.keyboards.pop(account.id, None)


def _settle(world: World, chat: Chat, account: Account, standing: Standing, *, by: Account) -> None:
    before = chat.standing(account)
    if before is standing:
        return
    chat.standings[account.id] = standing
    world.changes.announce(Change("member", chat.id, {"person": account.id, "standing": standing.value}))
    tell_standing(world, chat, account, before, standing, by=by)


def tell_standing(
    world: World, chat: Chat, account: Account, before: Standing, after: Standing, *, by: Account
) -> None:
    """Tell the bot of a change: always its own, another's only where it is an administrator."""
    payload: Json = {
        "chat": chat.as_json(),
        "from": by.as_json(),
        "date": world.now(),
        "old_chat_member": member_json(account, before),
        "new_chat_member": member_json(account, after),
    }
    if account is world.bot:
        world.tell("my_chat_member", payload, lane=str(chat.id))
    elif chat.standing(world.bot) in LEADING:
        world.tell("chat_member", payload, lane=str(chat.id))


def people_in(world: World, chat: Chat) -> list[Account]:
    """The people who read along, without the bot."""
    inside = [world.accounts[number] for number, standing in chat.standings.items() if standing in INSIDE]
    return [account for account in inside if not account.is_bot]

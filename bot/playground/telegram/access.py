"""Finding the chat and the message that a call names, and refusing as Telegram refuses."""

from __future__ import annotations

import re

from bot.playground.telegram.arguments import Arguments
from bot.playground.telegram.chats import Account, Chat, ChatType, Standing
from bot.playground.telegram.errors import bad_request, forbidden
from bot.playground.telegram.messages import Message
from bot.playground.telegram.world import World

_WHOLE = re.compile(r"-?\d{1,18}")


def find_chat(world: World, arguments: Arguments, name: str = "chat_id", *, writing: bool = True) -> Chat:
    """The chat that a call names. With `writing` the bot must be able to change something there."""
    given = arguments.text(name)
    if not given:
        raise bad_request(f"{name} is empty")
    number = int(given) if _WHOLE.fullmatch(given) else 0
    chat = world.chats.get(number)
    if chat is None or chat.is_private:
        return _find_private(world, number, writing=writing)
    _check_group(world, chat, writing=writing)
    return chat


def _find_private(world: World, number: int, *, writing: bool) -> Chat:
    person = world.accounts.get(number)
    if person is None or person.is_bot or not world.has_met(person):
        raise bad_request("chat not found")
    if person.deactivated and writing:
        raise forbidden("user is deactivated")
    return world.private_chat(person)


def _check_group(world: World, chat: Chat, *, writing: bool) -> None:
    if chat.migrated_to is not None and writing:
        raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)
    standing = chat.standings.get(world.bot.id)
    if standing is None:
        raise bad_request("chat not found")
    if chat.migrated_to is not None:
        return
    what = "supergroup" if chat.type is ChatType.SUPERGROUP else "group"
    reads = chat.type is ChatType.GROUP and not writing
    if standing is Standing.KICKED and not reads:
        raise forbidden(f"bot was kicked from the {what} chat")
    if standing is Standing.LEFT and not reads:
        raise forbidden(f"bot is not a member of the {what} chat")


def check_sending(chat: Chat) -> None:
    """Refuse what only the attempt to send brings to light: a person who never wrote, or who blocked the bot."""
    if not chat.is_private:
        return
    if chat.blocked:
        raise forbidden("bot was blocked by the user")
    if not chat.started:
        raise forbidden("bot can't initiate conversation with a user")


def find_message(chat: Chat, message_id: int, *, what: str) -> Message:
    """The message of an id; 400 saying that `what` was not found."""
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request(f"{what} not found")
    return message


def find_person(world: World, arguments: Arguments) -> Account:
    """The account that user_id names."""
    number = arguments.whole("user_id")
    account = world.accounts.get(number)
    if number <= 0:
        raise bad_request("invalid user_id specified")
    if account is None or (account is not world.bot and not world.has_met(account)):
        raise bad_request("user not found")
    return account

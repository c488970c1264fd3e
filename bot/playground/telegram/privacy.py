"""Which messages of people reach the bot."""

from __future__ import annotations

import re

from bot.playground.telegram.chats import LEADING, Account, Chat
from bot.playground.telegram.messages import Message

_COMMAND = re.compile(r"/[A-Za-z0-9_]{1,64}(?:@(\w+))?(?:\s|$)")


def reaches_bot(message: Message, *, bot: Account, privacy: bool) -> bool:
    """Whether the bot gets it: everything in private; in groups what the privacy mode lets through.

    With privacy on that is service messages, commands for this bot or for no bot in particular, and replies to the
    bot's own messages; an administrator gets everything.
    """
    chat = message.chat
    if chat.is_private:
        return True
    if not chat.has(bot):
        return False
    if not privacy or chat.standing(bot) in LEADING or message.kind == "service":
        return True
    return _is_reply_to(message, bot) or _is_command_for(message.text, bot)


def is_reachable(chat: Chat, bot: Account) -> bool:
    """Whether the bot may hear of edits and votes in this chat at all."""
    return chat.is_private or chat.has(bot)


def _is_reply_to(message: Message, bot: Account) -> bool:
    return message.reply_to is not None and message.reply_to.sender is bot


def _is_command_for(text: str, bot: Account) -> bool:
    match = _COMMAND.match(text)
    return match is not None and (match.group(1) or bot.username).lower() == bot.username.lower()

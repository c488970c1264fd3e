"""Whether words in a chat are meant for the bot, and the words without what only says so."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.channels.telegram_updates import RawEntity, RawUser
from bot.domain.text import normalise

_COMMAND = re.compile(r"/(?P<name>[A-Za-z0-9_]{1,32})(?:@(?P<bot>[A-Za-z0-9_]+))?(?=\s|$)")


@dataclass(frozen=True, slots=True)
class KnownBot:
    """Who the bot is; the username is empty until the channel was opened, the number is known from the token."""

    user_id: int | None = None
    username: str = ""

    def is_named(self, username: str) -> bool:
        """Whether "@username" is the bot; any name may be, as long as its own is unknown."""
        return not self.username or username.casefold() == self.username.casefold()


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was written, as Telegram tells it."""

    text: str
    entities: tuple[RawEntity, ...] = ()
    replied_to: RawUser | None = None
    forwarded: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """What is to be understood."""

    text: str
    addressed: bool


def understand_words(spoken: Spoken, *, bot: KnownBot, private: bool) -> Words:
    """The words in NFC without the bot's own name around them, and whether they are for the bot."""
    text = normalise(spoken.text)
    command = _COMMAND.match(text)
    if command:
        named = command["bot"]
        if named and not bot.is_named(named):
            return Words(text, addressed=False)
        return Words(f"/{command['name']}{text[command.end() :]}", addressed=private or not spoken.forwarded)
    if private:
        return Words(text, addressed=True)
    replied = spoken.replied_to is not None and spoken.replied_to.id == bot.user_id
    mentioned = _mentions(spoken, bot)
    return Words(_without_name(text, bot), addressed=(replied or mentioned) and not spoken.forwarded)


def _mentions(spoken: Spoken, bot: KnownBot) -> bool:
    if bot.user_id is not None and any(
        entity.user is not None and entity.user.id == bot.user_id for entity in spoken.entities
    ):
        return True
    return bool(bot.username) and any(
        _cut(spoken.text, entity).casefold() == f"@{bot.username}".casefold()
        for entity in spoken.entities
        if entity.type == "mention"
    )


def _cut(text: str, entity: RawEntity) -> str:
    units = text.encode("utf-16-le", "surrogatepass")
    start = max(entity.offset, 0) * 2
    return units[start : start + max(entity.length, 0) * 2].decode("utf-16-le", "replace")


def _without_name(text: str, bot: KnownBot) -> str:
    """Drop "@bot" at the beginning, which only calls it."""
    name = f"@{bot.username}"
    head, rest = text[: len(name)], text[len(name) :]
    if not bot.username or head.casefold() != name.casefold() or re.match(r"\w", rest):
        return text
    return rest.lstrip(" ,:\n")

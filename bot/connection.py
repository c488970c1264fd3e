"""One platform as this process meets it: connected however long it is away, and looked at again as long as it runs."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from bot.channels.base import Channel, ChannelDown, ChannelError, Identity, RateLimited
from bot.domain.messages import Command

log = structlog.get_logger()
_LOOK_EVERY = 10.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0
_AWAY_AFTER = 2
"""Looks in vain, one after the other; a single one may have met a moment's trouble."""


@dataclass(frozen=True, slots=True)
class Push:
    """Where a platform pushes updates to, and the secret it shows there."""

    url: str
    secret: str


class Connection:
    """Whether a platform answers, and who the bot is there."""

    def __init__(
        self, channel: Channel, *, push: Push | None, commands: Sequence[Command], look_every: float = _LOOK_EVERY
    ) -> None:
        """Not connected yet. Without `push` the bot polls; `commands` are the menu of people who have not joined."""
        self._channel = channel
        self._push = push
        self._commands = commands
        self._look_every = look_every
        self._in_vain = 0
        self.identity: Identity | None = None
        """Who the bot is, once it has been connected."""
        self.is_refused = False
        """Whether the token was refused when last tried."""

    @property
    def is_up(self) -> bool | None:
        """Whether the platform answers; None when it has not been asked yet."""
        if self.is_refused:
            return False
        if self.identity is None:
            return False if self._in_vain else None
        return self._in_vain < _AWAY_AFTER

    def refuse(self) -> None:
        """The token is refused: nothing goes on here until it is taken again."""
        if not self.is_refused:
            log.error("token_refused", channel=self._channel.name, remedy="put a new token into .env and restart")
        self.is_refused = True

    async def connect(self) -> None:
        """Learn who the bot is and say how updates shall come, as often as it takes; ChannelDown when refused."""
        pause = _FIRST_PAUSE
        while True:
            try:
                self.identity = await self._introduce()
            except ChannelDown:
                raise
            except ChannelError as error:
                self._in_vain += 1
                log.warning("not_connected", channel=self._channel.name, reason=_reason(error))
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
            else:
                self._in_vain, self.is_refused = 0, False
                log.info("connected", channel=self._channel.name, bot=self.identity.username)
                return

    async def keep_looking(self) -> None:
        """Look again and again; ChannelDown when the token is refused."""
        while True:
            await asyncio.sleep(self._look_every)
            await self.look()

    async def look(self) -> None:
        """Whether the platform still answers; ChannelDown when the token is refused."""
        was_up = self.is_up
        try:
            await self._channel.open()
        except (ChannelDown, RateLimited) as error:
            self._in_vain = 0  # an answer, too
            if isinstance(error, ChannelDown):
                raise
        except ChannelError as error:
            self._in_vain += 1
            if was_up and not self.is_up:
                log.warning("platform_away", channel=self._channel.name, reason=_reason(error))
        else:
            self._in_vain, self.is_refused = 0, False
            if not was_up:
                log.info("platform_back", channel=self._channel.name)

    async def _introduce(self) -> Identity:
        identity = await self._channel.open()
        await self._channel.set_default_commands(self._commands)
        if self._push is None:
            await self._channel.use_polling()
        else:
            await self._channel.use_webhook(url=self._push.url, secret=self._push.secret)
        return identity


def _reason(error: ChannelError) -> str:
    return str(error.facts.get("reason", error))

"""Intake: what a platform sends is committed before it is acknowledged, once for each external id."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, cast

import structlog

from bot.channels.base import Channel, ChannelDown, ChannelError, RateLimited, RawUpdate
from bot.domain.clock import Clock
from bot.pipeline.group_commit import GroupCommit
from bot.pipeline.signals import Signals
from bot.pipeline.trouble import tell
from storage.inbox import NewUpdate

log = structlog.get_logger()
_POLL_SECONDS = 25.0
_LONGEST_PAUSE = 30.0
_LONGEST_WAIT_FOR_DATABASE = 5.0
_CONFLICT_PATIENCE = 12
"""Conflicts in a row, a second apart: what an earlier process of ours may still hold after it was killed."""


class Intake:
    """Stores the updates of one channel."""

    def __init__(self, channel: Channel, *, commits: GroupCommit, clock: Clock, signals: Signals) -> None:
        """For one channel."""
        self._channel = channel
        self._commits = commits
        self._clock = clock
        self._signals = signals

    async def accept(self, raws: Sequence[RawUpdate]) -> int:
        """Commit updates; returns how many were new. Only afterwards may they be acknowledged."""
        updates = [update for raw in raws if (update := self._understand(raw)) is not None]
        if not updates:
            return 0
        new = await self._commits.run(lambda uow: uow.inbox.put(updates, now=self._clock()))
        self._signals.inbox.set()
        if any(update.status == "fetching" for update in updates):
            self._signals.files.set()
        return new

    def _understand(self, raw: RawUpdate) -> NewUpdate | None:
        """What to store: None for what is nothing for us; a dead letter for what cannot be read."""
        try:
            external_id = self._channel.external_id(raw)
        except ValueError:
            log.warning("update_without_id", channel=self._channel.name)
            return None
        try:
            incoming = self._channel.read(raw)
        except Exception as error:
            return NewUpdate(
                channel=self._channel.name,
                external_id=external_id,
                chat_key=f"{self._channel.name}:unreadable",
                raw=_placeless(_storable(dict(raw))),
                status="dead",
                error=f"unreadable: {type(error).__name__}",
            )
        if incoming is None or (not incoming.addressed and incoming.event is None):
            return None
        return NewUpdate(
            channel=self._channel.name,
            external_id=external_id,
            chat_key=incoming.chat.key,
            raw=_placeless(_storable(dict(raw))),
            status="fetching" if incoming.files else "new",
        )

    async def poll(self) -> None:
        """Ask for updates for ever; ChannelDown when the token is refused or another poller keeps at it."""
        after, pause, conflicts = "", 0.5, 0
        while True:
            try:
                raws = await self._channel.poll(after=after, wait=_POLL_SECONDS)
                await self.accept(raws)
                after = self._last_id(raws) or after
                pause, conflicts = 0.5, 0
            except ChannelDown as error:
                conflicts += 1
                if error.facts.get("reason") != "conflict" or conflicts > _CONFLICT_PATIENCE:
                    raise
                await asyncio.sleep(1)
            except RateLimited as error:
                await asyncio.sleep(error.retry_after)
            except ChannelError as error:
                log.warning("poll_failed", channel=self._channel.name, error=str(error))
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
            except Exception as error:
                # Most likely the database is away: the offset has not moved, so nothing is lost by waiting.
                tell("intake_failed", error, channel=self._channel.name)
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_WAIT_FOR_DATABASE)

    def _last_id(self, raws: Sequence[RawUpdate]) -> str:
        for raw in reversed(raws):
            try:
                return self._channel.external_id(raw)
            except ValueError:
                continue
        return ""


def _storable(value: Any) -> Any:
    """The same JSON without what PostgreSQL cannot keep: NUL characters and halves of surrogate pairs."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")
    if isinstance(value, dict):
        entries = cast("dict[str, Any]", value)
        return {_storable(name): _storable(entry) for name, entry in entries.items()}
    if isinstance(value, list):
        return [_storable(entry) for entry in cast("list[Any]", value)]
    return value


_PLACES = {"location", "venue"}
_PLACE = {"latitude": 0.0, "longitude": 0.0, "address": "", "title": ""}


def _placeless(value: Any, *, within: bool = False) -> Any:
    """The same update without where anybody was: it can still be read, and nobody's place is kept."""
    if isinstance(value, dict):
        entries = cast("dict[str, Any]", value)
        return {
            name: _PLACE[name] if within and name in _PLACE else _placeless(entry, within=within or name in _PLACES)
            for name, entry in entries.items()
        }
    if isinstance(value, list):
        return [_placeless(entry, within=within) for entry in cast("list[Any]", value)]
    return value

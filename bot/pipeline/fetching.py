"""Files that came along are downloaded between intake and dispatch, outside every transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import structlog

from bot.channels.base import Channel, ChannelError, FileRefused
from bot.documents.photo_cleaning import without_metadata
from bot.documents.sniffing import inspect_file
from bot.domain.clock import Clock
from bot.domain.messages import Incoming, IncomingFile
from bot.domain.vocabulary import ChannelName
from bot.pipeline.signals import Signals
from bot.pipeline.trouble import tell
from storage.engine import Database, is_outage
from storage.tables import Inbox

log = structlog.get_logger()
_TRIES = 5
_AT_ONCE = 4
_MIMES_BY_KIND = {"photo": ("ảnh.jpg", "image/jpeg"), "voice": ("ghi-am.ogg", "audio/ogg")}


class FileFetcher:
    """Fetches for all channels."""

    def __init__(
        self, *, database: Database, channels: Mapping[ChannelName, Channel], clock: Clock, signals: Signals
    ) -> None:
        """Over one database."""
        self._database = database
        self._channels = channels
        self._clock = clock
        self._signals = signals

    async def run(self) -> None:
        """Fetch for ever."""
        while True:
            try:
                fetched = await self.run_once()
            except Exception as error:
                tell("fetching_failed", error)
                fetched = 0
            if not fetched:
                await self._signals.files.wait(1.0)

    async def run_once(self) -> int:
        """One round; returns how many updates became ready."""
        async with self._database.read() as uow:
            rows = await uow.inbox.waiting_for_files(limit=_AT_ONCE, now=self._clock())
        ready = await asyncio.gather(*(self._fetch_or_let_go(row) for row in rows))
        if any(ready):
            self._signals.inbox.set()
        return sum(ready)

    async def _fetch_or_let_go(self, row: Inbox) -> bool:
        """One that breaks must not hold up the others: it goes on without its files, and dispatch counts failures."""
        try:
            return await self._fetch(row)
        except Exception as error:
            if is_outage(error):
                raise
            log.exception("file_failed", inbox=row.id)
        async with self._database.begin() as uow:
            await uow.inbox.files_ready(row.id, {}, now=self._clock())
        return True

    async def _fetch(self, row: Inbox) -> bool:
        channel = self._channels[ChannelName(row.channel)]
        incoming = channel.read(row.raw)
        if incoming is None:  # intake stored it because it could be read
            raise ValueError(row.id)
        files: dict[str, Any] = {}
        known = await self._is_known(incoming)
        for file in incoming.files:
            try:
                files[file.reference] = await self._keep(channel, file, known=known)
            except FileRefused as error:
                files[file.reference] = {"refusal": str(error.facts.get("reason", "unavailable"))}
            except ChannelError as error:
                if row.attempts < _TRIES:
                    await self._postpone(row, str(error))
                    return False
                files[file.reference] = {"refusal": "unavailable"}
        async with self._database.begin() as uow:
            await uow.inbox.files_ready(row.id, files, now=self._clock())
        return True

    async def _is_known(self, incoming: Incoming) -> bool:
        if incoming.sender is None:
            return False
        async with self._database.read() as uow:
            known = await uow.accounts.known(incoming.chat.channel, incoming.sender.user_id)
        return known is not None and bool(known.members)

    async def _keep(self, channel: Channel, file: IncomingFile, *, known: bool) -> dict[str, Any]:
        if not known:
            return {"refusal": "unavailable"}  # strangers cannot fill the disk
        if file.size is not None and file.size > channel.capabilities.download_limit:
            return {"refusal": "too_big"}
        content = await channel.fetch(file.reference)
        if len(content.data) > channel.capabilities.download_limit:
            return {"refusal": "too_big"}
        verdict = inspect_file(content.data, kind=file.kind, name=file.name, mime=file.mime)
        if verdict:
            log.warning("file_refused", reason=verdict)
            return {"refusal": verdict}
        default_name, default_mime = _MIMES_BY_KIND.get(file.kind, ("tệp", "application/octet-stream"))
        data = await asyncio.to_thread(without_metadata, content.data)  # nobody's place is kept
        async with self._database.begin() as uow:
            stored = await uow.files.keep(
                data=data,
                name=file.name or content.name or default_name,
                mime=file.mime or content.mime or default_mime,
                now=self._clock(),
            )
        return {"stored_id": stored}

    async def _postpone(self, row: Inbox, error: str) -> None:
        log.warning("file_not_fetched", inbox=row.id, error=error)
        async with self._database.begin() as uow:
            await uow.inbox.postpone_fetch(row.id, until=self._clock() + timedelta(seconds=2**row.attempts))


def with_files(incoming: Incoming, files: Mapping[str, Any] | None) -> Incoming:
    """The update with what became of its files."""
    if not incoming.files or not files:
        return incoming
    kept = tuple(file.model_copy(update=files.get(file.reference, {})) for file in incoming.files)
    return incoming.model_copy(update={"files": kept})

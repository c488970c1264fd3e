"""Telegram as a Channel, through python-telegram-bot's Bot; its Updater acknowledges too early to be used."""

from __future__ import annotations

import mimetypes
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import cast

import httpx
from telegram import Bot, File

from bot.channels import telegram_reading
from bot.channels.base import (
    Capabilities,
    ChannelDown,
    FileContent,
    FileRefused,
    Identity,
    NotSent,
    RawUpdate,
    Rejected,
    Sent,
    Unreachable,
)
from bot.channels.parting import part_message
from bot.channels.telegram_addressing import KnownBot
from bot.channels.telegram_drawing import draw_commands
from bot.channels.telegram_errors import carry, is_stale_press
from bot.channels.telegram_request import AiohttpRequest
from bot.channels.telegram_sending import PartSender
from bot.channels.token_filter import TokenFilter
from bot.domain.clock import Clock
from bot.domain.messages import Command, Incoming, Outgoing
from bot.domain.vocabulary import ChannelName

CAPABILITIES = Capabilities(text_limit=4096, caption_limit=1024, edits=True, buttons=True, documents=True, deletes=True)
_POLL_BATCH = 100
_TOAST_LIMIT = 200


@dataclass(frozen=True, slots=True)
class TelegramTimeouts:
    """Seconds to wait for each step of a call.

    `connect` covers waiting for a free connection, `poll_margin` is added to the time a long poll may take.
    """

    connect: float = 10.0
    read: float = 20.0
    upload: float = 90.0
    poll_margin: float = 15.0


class TelegramChannel:
    """Channel of one bot. `api_url` without a slash at its end; `connections` calls may be under way at once."""

    def __init__(
        self,
        *,
        token: str,
        clock: Clock,
        api_url: str = "https://api.telegram.org",
        timeouts: TelegramTimeouts | None = None,
        connections: int = 64,
    ) -> None:
        """Nothing is connected yet; reading, parting and every call work before `open` too."""
        # the library's announced behaviour; without it every 429 also warns of a deprecation
        os.environ.setdefault("PTB_TIMEDELTA", "true")
        self._timeouts = timeouts or TelegramTimeouts()
        self._token_filter = TokenFilter(token)
        self._token_filter.install()
        self._ssl = httpx.create_ssl_context()  # reading the certificates takes time and memory: once
        self._requests = (self._request(2), self._request(connections))
        base = api_url.rstrip("/")
        self._bot = Bot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            get_updates_request=self._requests[0],
            request=self._requests[1],
        )
        self._sender = PartSender(self._bot, CAPABILITIES, self._timeouts.upload)
        number = token.partition(":")[0]
        known = KnownBot(user_id=int(number) if number.isdecimal() else None)
        self._reader = telegram_reading.UpdateReader(known, clock)
        self._clock = clock

    def _request(self, connections: int) -> AiohttpRequest:
        return AiohttpRequest(
            connections=connections,
            trusting=self._ssl,
            connect_timeout=self._timeouts.connect,
            read_timeout=self._timeouts.read,
            upload_timeout=self._timeouts.upload,
        )

    @property
    def name(self) -> ChannelName:
        """Telegram."""
        return ChannelName.TELEGRAM

    @property
    def capabilities(self) -> Capabilities:
        """All of them."""
        return CAPABILITIES

    async def open(self) -> Identity:
        """Learn who the bot is (getMe); ChannelDown when the token is refused."""
        for request in self._requests:
            await request.initialize()
        me = await carry(self._bot.get_me(), repeatable=True)
        self._token_filter.install()
        self._reader = telegram_reading.UpdateReader(KnownBot(me.id, me.username or ""), self._clock)
        return Identity(user_id=str(me.id), username=me.username or "", name=me.full_name)

    async def close(self) -> None:
        """Close the connections."""
        for request in self._requests:
            await request.shutdown()
        self._token_filter.remove()

    def external_id(self, raw: RawUpdate) -> str:
        """The update's number."""
        return telegram_reading.external_id(raw)

    def read(self, raw: RawUpdate) -> Incoming | None:
        """Understand an update; what the bot has no use for (edits, channel posts) is None."""
        return self._reader.read(raw)

    def parts(self, outgoing: Outgoing) -> Sequence[Outgoing]:
        """Messages of at most 4,096 UTF-16 units, captions of at most 1,024, one file each."""
        return part_message(outgoing, capabilities=CAPABILITIES)

    async def poll(self, *, after: str, wait: float) -> Sequence[RawUpdate]:
        """Raw updates, so that one that the library cannot read holds up no other; asking confirms up to `after`."""
        question: dict[str, object] = {
            "timeout": int(wait),
            "limit": _POLL_BATCH,
            "allowed_updates": list(telegram_reading.READ_KINDS),
        }
        if after:
            question["offset"] = int(after) + 1
        # written so that the library takes it for an unknown endpoint: for those it knows it warns instead
        asking = self._bot.do_api_request(
            "get_Updates", api_kwargs=question, read_timeout=wait + self._timeouts.poll_margin
        )
        answer = cast(object, await carry(asking, repeatable=True))
        if not isinstance(answer, list):
            raise NotSent(reason="unreadable answer")
        updates = cast(list[object], answer)
        return [cast(RawUpdate, update) for update in updates if isinstance(update, Mapping)]

    async def use_webhook(self, *, url: str, secret: str) -> None:
        """Have updates pushed, keeping those that wait."""
        setting = self._bot.set_webhook(url, secret_token=secret, allowed_updates=list(telegram_reading.READ_KINDS))
        await carry(setting, repeatable=True)

    async def use_polling(self) -> None:
        """Remove the webhook, keeping the updates that wait."""
        await carry(self._bot.delete_webhook(drop_pending_updates=False), repeatable=True)

    async def send(self, part: Outgoing, *, files: Mapping[int, FileContent]) -> Sent:
        """Make the one call of a part."""
        return await self._sender.send(part, files=files)

    async def acknowledge_press(self, callback_id: str, *, toast: str) -> None:
        """Answer the press; one that is too old to be answered is left alone."""
        text = toast if len(toast) <= _TOAST_LIMIT else toast[: _TOAST_LIMIT - 1] + "…"
        try:
            await carry(self._bot.answer_callback_query(callback_id, text=text or None), repeatable=True)
        except Rejected as error:
            if not is_stale_press(error):
                raise

    async def set_default_commands(self, commands: Sequence[Command]) -> None:
        """The command menu where a chat has none of its own."""
        await carry(self._bot.set_my_commands(draw_commands(commands)), repeatable=True)

    async def fetch(self, reference: str) -> FileContent:
        """Download a file by its file_id; Telegram gives bots no more than 20 MB."""
        try:
            file = await carry(self._bot.get_file(reference), repeatable=True)
        except (Rejected, Unreachable) as error:
            too_big = "too big" in str(error.facts.get("reason", "")).casefold()
            raise FileRefused(reason="too_big" if too_big else "unavailable") from error
        return await self._download(file, reference)

    async def _download(self, file: File, reference: str) -> FileContent:
        if not file.file_path:
            raise FileRefused(reason="unavailable")
        if (file.file_size or 0) > CAPABILITIES.download_limit:
            raise FileRefused(reason="too_big")
        try:
            downloading = file.download_as_bytearray(read_timeout=self._timeouts.upload)
            data = bytes(await carry(downloading, repeatable=True))
        except (Rejected, Unreachable, ChannelDown) as error:  # a path that is gone looks like a wrong token
            raise FileRefused(reason="unavailable") from error
        name = PurePosixPath(file.file_path).name
        mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return FileContent(data=data, name=name, mime=mime, reference=reference)

"""Zalo as a Channel: a thin client of its Bot API, which knows no buttons, edits, documents or uploads."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, cast
from urllib.parse import urlsplit

import httpx

from bot.channels import zalo_updates
from bot.channels.base import (
    Capabilities,
    FileContent,
    FileRefused,
    Identity,
    NotSent,
    RawUpdate,
    Rejected,
    Sent,
    Wording,
)
from bot.channels.parting import part_message
from bot.channels.token_filter import TokenFilter
from bot.channels.zalo_calls import IdlePoll, call
from bot.channels.zalo_drawing import draw_text
from bot.channels.zalo_reading import UNSUPPORTED, read_update
from bot.channels.zalo_updates import moment
from bot.domain.messages import Attachment, Command, Incoming, Outgoing
from bot.domain.rich_text import SpannedText, to_spans, utf16_length
from bot.domain.vocabulary import ChannelName

TEXT_LIMIT = 2000
CAPABILITIES = Capabilities(
    text_limit=TEXT_LIMIT,
    caption_limit=1400,  # leaves room for the link
    edits=False,
    buttons=False,
    documents=False,
    metered=True,
    page=15,
)
LinkMaker = Callable[[int], str]
"""The public address of a stored file, good for a while; an empty text when there is none."""


@dataclass(frozen=True, slots=True)
class ZaloTimeouts:
    """Seconds to wait for an answer; `poll_margin` is added to the time a long poll may take."""

    read: float = 20.0
    download: float = 90.0
    poll_margin: float = 15.0


class ZaloChannel:
    """Channel of one bot. `api_url` without a slash at its end; `link` makes public addresses of stored files."""

    def __init__(
        self,
        *,
        token: str,
        wording: Wording,
        link: LinkMaker,
        api_url: str = "https://bot-api.zaloplatforms.com",
        timeouts: ZaloTimeouts | None = None,
    ) -> None:
        """Nothing is connected yet; reading, parting and every call work before `open` too."""
        self._timeouts = timeouts or ZaloTimeouts()
        self._token_filter = TokenFilter(token)
        self._token_filter.install()
        self._base = f"{api_url.rstrip('/')}/bot{token}"
        self._wording, self._link = wording, link
        self._client: httpx.AsyncClient | None = None
        self._bot_names: tuple[str, ...] = ()
        self._unconfirmed: RawUpdate | None = None

    @property
    def name(self) -> ChannelName:
        """Zalo."""
        return ChannelName.ZALO

    @property
    def capabilities(self) -> Capabilities:
        """Text, and pictures by their address."""
        return CAPABILITIES

    async def open(self) -> Identity:
        """Learn who the bot is (getMe); ChannelDown when the token is refused."""
        self._token_filter.install()
        me = await self._call("getMe", {}, repeatable=True)
        if not isinstance(me, Mapping):
            raise NotSent(reason="unreadable answer")
        who = {name: str(value) for name, value in cast(Mapping[str, object], me).items() if value is not None}
        name = who.get("display_name") or who.get("account_name", "")
        self._bot_names = (who.get("display_name", ""), who.get("account_name", ""))
        return Identity(user_id=who.get("id", ""), username=who.get("account_name", ""), name=name)

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None
        self._token_filter.remove()

    def external_id(self, raw: RawUpdate) -> str:
        """The id of the message; updates have none of their own."""
        return zalo_updates.external_id(raw)

    def read(self, raw: RawUpdate) -> Incoming | None:
        """Understand an update."""
        return read_update(raw, bot_names=self._bot_names)

    def parts(self, outgoing: Outgoing) -> Sequence[Outgoing]:
        """Messages of at most 2,000 UTF-16 units with numbered choices; links to documents together, pictures apart."""
        return part_message(outgoing, capabilities=CAPABILITIES, wording=self._wording)

    async def poll(self, *, after: str, wait: float) -> Sequence[RawUpdate]:
        """The next update. Reading consumes it, so it is kept here until asked for what comes after it."""
        if self._unconfirmed is not None and self.external_id(self._unconfirmed) != after:
            return [self._unconfirmed]
        self._unconfirmed = None
        try:
            margin = self._timeouts.poll_margin
            answer = await self._call("getUpdates", {"timeout": int(wait)}, read=wait + margin, repeatable=True)
        except IdlePoll:
            return []
        updates = cast(list[Any], answer) if isinstance(answer, list) else [answer]
        found = [cast(RawUpdate, update) for update in updates if isinstance(update, Mapping)]
        self._keep(found)
        return found

    def _keep(self, found: Sequence[RawUpdate]) -> None:
        try:
            self._unconfirmed = found[-1] if found and self.external_id(found[-1]) else None
        except ValueError:
            self._unconfirmed = None

    async def use_webhook(self, *, url: str, secret: str) -> None:
        """Have updates pushed; the address is kept even when Zalo cannot reach it yet."""
        await self._call("setWebhook", {"url": url, "secret_token": secret}, repeatable=True)

    async def use_polling(self) -> None:
        """Remove the webhook."""
        await self._call("deleteWebhook", {}, repeatable=True)

    async def send(self, part: Outgoing, *, files: Mapping[int, FileContent]) -> Sent:
        """Make the one call of a part; there are no command menus here."""
        if part.commands is not None or part.only_if_editable:
            return Sent(message_id="")
        try:
            spanned = to_spans(part.text)
        except ValueError as error:
            raise Rejected(reason="markup") from error
        if part.attachments:
            return await self._send_files(part, spanned, files)
        return await self._send_text(part, spanned)

    async def _send_text(self, part: Outgoing, spanned: SpannedText) -> Sent:
        if not spanned.text.strip() or utf16_length(spanned.text) > TEXT_LIMIT:
            raise Rejected(reason="text is empty or too long")
        drawn = draw_text(spanned, limit=TEXT_LIMIT)
        return _sent(await self._call("sendMessage", {"chat_id": part.chat.chat_id, **drawn}))

    async def _send_files(self, part: Outgoing, caption: SpannedText, files: Mapping[int, FileContent]) -> Sent:
        """Links to all of them under the text; a picture, which comes alone, is shown as well."""
        if any(each.stored_id not in files for each in part.attachments):
            raise Rejected(reason="file missing")
        notices = [self._notice(each, files[each.stored_id]) for each in part.attachments]
        text = to_spans("\n".join([part.text, *notices] if caption.text.strip() else notices))
        first = part.attachments[0]
        url = self._link(first.stored_id)
        if not (url and first.as_photo and files[first.stored_id].mime.startswith("image/")):
            return await self._send_text(part, text)
        try:
            return await self._send_photo(part, text, url)
        except Rejected:  # Zalo cannot fetch it from there; the link still works for people
            return await self._send_text(part, text)

    def _notice(self, file: Attachment, content: FileContent) -> str:
        url, name = self._link(file.stored_id), file.name or content.name
        return str(self._wording.file_link(name, url) if url else self._wording.file_unavailable(name))

    async def _send_photo(self, part: Outgoing, caption: SpannedText, url: str) -> Sent:
        drawn = draw_text(caption, limit=TEXT_LIMIT)
        drawn["caption"] = drawn.pop("text")
        return _sent(await self._call("sendPhoto", {"chat_id": part.chat.chat_id, "photo": url, **drawn}))

    async def acknowledge_press(self, callback_id: str, *, toast: str) -> None:
        """Nothing: there are no buttons."""

    async def set_default_commands(self, commands: Sequence[Command]) -> None:
        """Nothing: there is no command menu."""

    async def fetch(self, reference: str) -> FileContent:
        """Download a picture or voice from the address that came along, at most 20 MB of it."""
        if reference == UNSUPPORTED or urlsplit(reference).scheme not in ("https", "http"):
            raise FileRefused(reason="unavailable")
        try:
            async with self._http().stream("GET", reference, timeout=self._timeouts.download) as response:
                if response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR.value:
                    raise NotSent(reason=f"download {response.status_code}")
                if not response.is_success:
                    raise FileRefused(reason="unavailable")
                data = await _read_within(response, CAPABILITIES.download_limit)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NotSent(reason=type(error).__name__) from None
        mime = response.headers.get("content-type", "").partition(";")[0] or "application/octet-stream"
        return FileContent(data=data, name=_file_name(reference, mime), mime=mime, reference=reference)

    def _http(self) -> httpx.AsyncClient:
        if self._client is None:
            self._client = httpx.AsyncClient(limits=httpx.Limits(max_connections=32))
        return self._client

    async def _call(
        self, method: str, parameters: Mapping[str, object], *, read: float | None = None, repeatable: bool = False
    ) -> Any:
        timeout = self._timeouts.read if read is None else read
        url = f"{self._base}/{method}"
        try:
            return await call(self._http(), url, parameters, timeout=timeout, repeatable=repeatable)
        except IdlePoll:
            if method == "getUpdates":
                raise
            raise NotSent(reason="408") from None


def _sent(result: object) -> Sent:
    if not isinstance(result, Mapping):
        return Sent(message_id="")
    told = cast(Mapping[str, object], result)
    return Sent(message_id=str(told.get("message_id") or ""), at=moment(told.get("date")))


async def _read_within(response: httpx.Response, limit: int) -> bytes:
    data = bytearray()
    async for piece in response.aiter_bytes():
        data += piece
        if len(data) > limit:
            raise FileRefused(reason="too_big")
    return bytes(data)


def _file_name(address: str, mime: str) -> str:
    name = PurePosixPath(urlsplit(address).path).name or "tep"
    return name if "." in name else name + (mimetypes.guess_extension(mime) or "")

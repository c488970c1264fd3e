"""How python-telegram-bot's calls travel: through aiohttp, at a third of what the library's own httpx costs a call.

See docs/decisions/throughput.md.
"""

from __future__ import annotations

import io
import ssl
from collections.abc import Mapping
from typing import cast
from urllib.parse import urlencode

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

_KEPT_ALIVE = 5.0  # seconds that an idle connection is used again; a server that closes it in between makes one unsure
_AS_A_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class AiohttpRequest(BaseRequest):
    """Calls over a pool of connections, opened with the first of them; proxies are those of the environment."""

    def __init__(
        self,
        *,
        connections: int,
        trusting: ssl.SSLContext,
        connect_timeout: float,
        read_timeout: float,
        upload_timeout: float,
    ) -> None:
        """At most so many `connections` at once, trusting these certificates; each step has its own seconds.

        `connect_timeout` also covers waiting for a free connection, `upload_timeout` the writing of files.
        """
        self._connections = connections
        self._trusting = trusting
        self._connect_timeout = connect_timeout
        self._read_timeout = read_timeout
        self._upload_timeout = upload_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds that the platform may be silent."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Nothing: the first call opens the pool."""

    async def shutdown(self) -> None:
        """Close the connections; a call after this opens new ones."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - asked for by the base class
    ) -> tuple[int, bytes]:
        """Status and body; TimedOut or NetworkError whose cause is aiohttp's error, and names no URL."""
        silence = _chosen(read_timeout, self._read_timeout)
        if request_data is not None and request_data.contains_files:  # one clock covers writing and waiting
            silence = max(silence, _chosen(write_timeout, self._upload_timeout))
        timeout = aiohttp.ClientTimeout(connect=_chosen(connect_timeout, self._connect_timeout), sock_read=silence)
        try:
            body = _body(request_data)
            headers = _AS_A_FORM if isinstance(body, bytes) else None
            async with self._opened().request(
                method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as answer:
                return answer.status, await answer.read()
        except aiohttp.ServerTimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"aiohttp.{type(error).__name__}") from error

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=self._connections, ssl=self._trusting, keepalive_timeout=_KEPT_ALIVE
                ),
                headers={"User-Agent": self.USER_AGENT},
                cookie_jar=aiohttp.DummyCookieJar(),
                trust_env=True,
            )
        return self._session


def _body(data: RequestData | None) -> aiohttp.FormData | bytes | None:
    if data is None:
        return None
    if not data.contains_files:
        return urlencode(data.json_parameters).encode()
    # names of files as they are: percent signs in place of Vietnamese letters would be shown to people
    form = aiohttp.FormData(data.json_parameters, quote_fields=False)
    files = cast("Mapping[str, tuple[str, bytes, str]]", data.multipart_data)
    for field, (name, content, mime) in files.items():
        form.add_field(field, io.BytesIO(content), filename=name, content_type=mime)
    return form


def _chosen(timeout: object, usual: float) -> float:
    """What the call asks for; the library's own mark for "nothing in particular" is no number."""
    return float(timeout) if isinstance(timeout, int | float) else usual

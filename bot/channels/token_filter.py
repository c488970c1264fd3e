"""Keep the bot's token, which stands in every URL, out of the logs of the libraries below."""

from __future__ import annotations

import logging
from urllib.parse import quote

_LOGGERS = (
    "httpx",
    "httpcore.connection",
    "httpcore.http11",
    "httpcore.http2",
    "httpcore.proxy",
    "httpcore.socks",
    "telegram",
    "telegram.Bot",
    "telegram.request.BaseRequest",
    "aiohttp.client",
    "aiohttp.internal",
)
_MASK = "<token>"


class TokenFilter(logging.Filter):
    """Replaces one token by a mask, in messages and in tracebacks."""

    def __init__(self, token: str) -> None:
        """The token also as URLs quote it."""
        super().__init__()
        self._secrets = tuple(dict.fromkeys((token, quote(token, safe=""))))

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, masked."""
        message = record.getMessage()
        if self._mask(message) != message:
            record.msg, record.args = self._mask(message), ()
        self._mask_traceback(record)
        return True

    def _mask_traceback(self, record: logging.LogRecord) -> None:
        if not record.exc_info:
            return
        traceback = logging.Formatter().formatException(record.exc_info)
        if self._mask(traceback) != traceback:
            record.exc_text, record.exc_info = self._mask(traceback), None

    def _mask(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, _MASK)
        return text

    def install(self) -> None:
        """Filter the libraries' loggers; httpx, which names the URL of every call at INFO, speaks from WARNING on."""
        for name in _LOGGERS:  # filters are not inherited by the loggers below
            logging.getLogger(name).addFilter(self)
        httpx_logger = logging.getLogger("httpx")
        httpx_logger.setLevel(max(httpx_logger.level, logging.WARNING))

    def remove(self) -> None:
        """Take the filter off again."""
        for name in _LOGGERS:
            logging.getLogger(name).removeFilter(self)

"""Structured logs, as text for people or JSON for machines; libraries that log addresses are kept quiet."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence

import structlog
from structlog.typing import Processor

from bot.log_masking import mask_text, masking

_TELLTALES = ("httpx", "httpcore", "telegram", "apscheduler", "aiosqlite", "uvicorn.access")
"""Their INFO lines carry full addresses, tokens included."""


def configure(*, level: str, as_json: bool, secrets: Sequence[str] = ()) -> None:
    """Set up logging to standard error; called once by a command. `secrets` never appear, whoever logs them."""
    number = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    processors: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        # Tracebacks as text and before the masking; rich ones would show local variables, what people wrote among them.
        structlog.processors.format_exc_info,
        masking(secrets=secrets),
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        ),
    ]
    structlog.configure(
        processors=processors,
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Masked(secrets))
    logging.basicConfig(level=max(number, logging.WARNING), handlers=[handler], force=True)
    for name in _TELLTALES:
        logging.getLogger(name).setLevel(logging.WARNING)


class _Masked(logging.Formatter):
    """What libraries log, as they would, masked."""

    def __init__(self, secrets: Sequence[str]) -> None:
        super().__init__("%(levelname)s:%(name)s:%(message)s")
        self._secrets = tuple(each for each in secrets if each)

    def format(self, record: logging.LogRecord) -> str:
        return mask_text(super().format(record), secrets=self._secrets)

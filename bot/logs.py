"""Structured logs, as text for people or JSON for machines; libraries that log addresses are kept quiet."""

from __future__ import annotations

import logging
import sys

import structlog
from structlog.typing import Processor

_TELLTALES = ("httpx", "httpcore", "telegram", "apscheduler", "aiosqlite", "uvicorn.access")
"""Their INFO lines carry full addresses, tokens included."""


def configure(*, level: str, as_json: bool) -> None:
    """Set up logging to standard error; called once by a command."""
    number = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    last: list[Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
        if as_json
        # plain tracebacks: rich ones would show local variables, what people wrote and passwords among them
        else [
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)
        ]
    )
    structlog.configure(
        processors=[*shared, *last],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=max(number, logging.WARNING), stream=sys.stderr, force=True)
    for name in _TELLTALES:
        logging.getLogger(name).setLevel(logging.WARNING)

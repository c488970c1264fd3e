"""Takes out of a log line what nobody who reads logs may see: tokens, passwords, telephone numbers, people's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, cast

from structlog.typing import EventDict, Processor, WrappedLogger

HIDDEN = "[hidden]"
_WORDS_OF_PEOPLE = frozenset({"text", "raw", "payload", "draft", "note", "notes", "body", "incoming", "reply", "files"})
_PATTERNS = (
    (re.compile(r"(?<!\d)\d{6,20}:[A-Za-z0-9_-]{20,}"), HIDDEN),  # a bot's token, on Telegram and Zalo
    (re.compile(r"(?<=://)([^/\s:@]*):[^/\s@]+@"), rf"\1:{HIDDEN}@"),  # the password in a database's address
    (re.compile(r"input_value=.*?(?=, input_type=|\Z)", re.DOTALL), f"input_value={HIDDEN}"),  # pydantic quotes input
    (re.compile(r"\[parameters: .*?\](?=\s|\Z)", re.DOTALL), f"[parameters: {HIDDEN}]"),  # SQLAlchemy its parameters
    (re.compile(r"(?<![\d:.])(?:\+?84|0)(?:[ .-]?\d){7}([ .-]?\d{2})(?!\d)"), r"(số điện thoại …\1)"),
)


def mask_text(text: str, *, secrets: Iterable[str] = ()) -> str:
    """The text without what looks like a secret, and without the secrets named."""
    for secret in secrets:
        text = text.replace(secret, HIDDEN)
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text


def masking(*, secrets: Iterable[str] = ()) -> Processor:
    """A processor for structlog, to stand behind everything that adds to a line."""
    known = tuple(each for each in secrets if each)

    def mask(value: Any, name: str = "") -> Any:
        if name in _WORDS_OF_PEOPLE:
            return HIDDEN
        if isinstance(value, str):
            return mask_text(value, secrets=known)
        if isinstance(value, Mapping):
            inner = cast("Mapping[str, Any]", value)
            return {key: mask(entry, str(key)) for key, entry in inner.items()}
        if isinstance(value, list | tuple):
            return [mask(entry) for entry in cast("Iterable[Any]", value)]
        return value if value is None or isinstance(value, bool | int | float) else mask_text(str(value), secrets=known)

    def process(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
        del logger, method
        return {name: entry if name == "timestamp" else mask(entry, name) for name, entry in event.items()}

    return process

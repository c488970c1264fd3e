"""Typst: templates and data in, PDF pages or pictures out, with the bundled fonts only."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, cast

from bot.documents.fonts_bundled import FONT_DIRECTORY, drawable_characters
from bot.domain.errors import DomainError

_TEMPLATES = Path(__file__).parent / "templates"
_INVISIBLE = {"\u200d", "\ufe0f", "\ufe0e", "\u200b", "\u2060", "\ufeff"}
_UNKNOWN = "□"
_NEAREST = {"✓": "✔", "✗": "✘", "☐": "□", "☑": "✔"}


class NotDrawn(DomainError):
    """The typesetter refused (facts: template, reason)."""


def typeset(template: str, data: Mapping[str, Any], *, kind: Literal["pdf", "png"], ppi: float = 144) -> list[bytes]:
    """Draw a template; one element for a PDF, one a page for pictures. NotDrawn when a glyph or anything is missing."""
    import typst

    given = json.dumps(_drawable(data), ensure_ascii=False)
    try:
        drawn, warnings = typst.compile_with_warnings(
            _source(template), format=kind, ppi=ppi, sys_inputs={"data": given}, font_paths=_fonts()
        )
    except typst.TypstError as error:
        raise NotDrawn(template=template, reason=str(error)) from error
    if warnings:
        raise NotDrawn(template=template, reason="; ".join(str(each.diagnostic) for each in warnings))
    pages: list[Any] = drawn if isinstance(drawn, list) else [drawn]
    return [bytes(page) for page in pages]


@lru_cache(maxsize=1)
def _fonts() -> Any:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONT_DIRECTORY])


@lru_cache(maxsize=8)
def _source(template: str) -> bytes:
    return (_TEMPLATES / template).read_bytes()


def _drawable(value: Any) -> Any:
    """The same data in which no text holds a character that the fonts lack."""
    if isinstance(value, str):
        return drawable(value)
    if isinstance(value, Mapping):
        return {key: _drawable(each) for key, each in cast("Mapping[str, Any]", value).items()}
    if isinstance(value, list) and value and isinstance(value[0], int):
        return cast("list[int]", value)  # the bytes of a picture
    if isinstance(value, list | tuple):
        return [_drawable(each) for each in cast("Sequence[Any]", value)]
    return value


def drawable(text: str) -> str:
    """The text with "□" for what no bundled font has; control characters fall away."""
    return "".join(_drawn(char) for char in text)


def _drawn(char: str) -> str:
    if char in "\n\t":
        return char
    if char in _INVISIBLE or unicodedata.category(char) in {"Cc", "Cf", "Cs"}:
        return ""
    return char if ord(char) in drawable_characters() else _NEAREST.get(char, _UNKNOWN)

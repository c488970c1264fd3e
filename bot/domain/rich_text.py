"""Text with a little formatting, safe by construction: what people type is escaped by MarkupSafe.

Sentences are written as `Markup` with `<b>`, `<i>`, `<u>`, `<s>` and `<code>` only. A channel asks for the plain
text with spans, so no platform ever parses what a person typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser

from markupsafe import Markup, escape

__all__ = [
    "Markup",
    "Span",
    "SpannedText",
    "escape",
    "join_lines",
    "split",
    "to_spans",
    "utf16_length",
]

_STYLES = {"b": "bold", "i": "italic", "u": "underline", "s": "strikethrough", "code": "code"}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of formatted text, counted in Python characters."""

    start: int
    end: int
    style: str


@dataclass(frozen=True, slots=True)
class SpannedText:
    """Plain text and where it is formatted."""

    text: str
    spans: tuple[Span, ...] = ()

    def slice(self, start: int, end: int) -> SpannedText:
        """The part from start to end with the spans that touch it, outer white space dropped."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        kept = (Span(max(span.start, start) - start, min(span.end, end) - start, span.style) for span in self.spans)
        return SpannedText(self.text[start:end], tuple(span for span in kept if span.start < span.end))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.length = 0
        self.open: list[tuple[str, int]] = []
        self.spans: list[Span] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag not in _STYLES:
            raise ValueError(f"unknown tag <{tag}> in a sentence")
        self.open.append((tag, self.length))

    def handle_endtag(self, tag: str) -> None:
        opened, start = self.open.pop() if self.open else ("", 0)
        if opened != tag:
            raise ValueError(f"<{opened}> closed by </{tag}> in a sentence")
        if self.length > start:
            self.spans.append(Span(start, self.length, _STYLES[tag]))

    def handle_data(self, data: str) -> None:
        self.parts.append(data)
        self.length += len(data)


@lru_cache(maxsize=256)
def to_spans(markup: str) -> SpannedText:
    """Plain text and spans of a sentence; ValueError for tags other than ours or left open.

    Kept for a while: a message is read when it is cut and when it is sent, and many get the same one.
    """
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    if reader.open:
        raise ValueError(f"<{reader.open[-1][0]}> left open in a sentence")
    spans = tuple(sorted(reader.spans, key=lambda span: (span.start, -span.end)))
    return SpannedText("".join(reader.parts), spans)


def join_lines(*lines: str | None) -> Markup:
    """Lines under each other; plain strings are escaped, None leaves the line out."""
    return Markup("\n").join(line for line in lines if line is not None)


def utf16_length(text: str) -> int:
    """Length as chat platforms count it: UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(spanned: SpannedText, *, limit: int) -> Iterator[SpannedText]:
    """Pieces of at most `limit` UTF-16 units, cut at paragraphs, else sentences, else words; nothing is dropped."""
    start, text = 0, spanned.text
    while start < len(text):
        end = _reach(text, start, limit)
        if end < len(text):
            end = _best_cut(text, start, end)
        piece = spanned.slice(start, end)
        if piece.text:
            yield piece
        start = end


def _reach(text: str, start: int, limit: int) -> int:
    if 2 * (len(text) - start) <= limit:
        return len(text)
    units, end = 0, start
    while end < len(text):
        units += 2 if ord(text[end]) > 0xFFFF else 1
        if units > limit:
            break
        end += 1
    return end


def _best_cut(text: str, start: int, end: int) -> int:
    floor = start + (end - start) // 3  # a cut earlier than this would waste most of a message
    for mark in ("\n\n", "\n", ". ", "! ", "? ", "; ", ", ", " "):
        found = text.rfind(mark, floor, end)
        if found > 0:
            return found + len(mark)
    return end

"""How the local Zalo reads parse_mode html: the tags it knows, and what people then see."""

from __future__ import annotations

from html.parser import HTMLParser

_KNOWN = frozenset({"b", "i", "u", "s", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6"})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.bold, self.open = "", list[str](), list[tuple[str, int]]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _KNOWN:
            self.text += self.get_starttag_text() or ""
            return
        del attrs
        self.open.append((tag, len(self.text)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            return
        _, start = self.open.pop()
        if tag == "b" and len(self.text) > start:
            self.bold.append(self.text[start:])

    def handle_data(self, data: str) -> None:
        self.text += data


def read_text(text: str, parse_mode: str) -> tuple[str, tuple[str, ...]]:
    """What people see of a text, and its stretches in bold."""
    if parse_mode != "html":
        return text, ()
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.text, tuple(reader.bold)


def cut(text: str, limit: int) -> str:
    """The first `limit` UTF-16 units."""
    return text.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", "ignore")

"""HTML as the Bot API takes it: text and entities out, or the server's own complaint with its byte offset."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.playground.telegram.entities import Entity, utf16_length
from bot.playground.telegram.errors import Refused, bad_request

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_ESCAPES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ESCAPE = re.compile(r"&(?:#x([0-9a-fA-F]{1,7})|#([0-9]{1,7})|([A-Za-z]+));?")
_LINK = re.compile(r"(?i)(?:[a-z][a-z0-9+]*:|[^\s/]+\.[^\s/]+)")
_TAG_END = re.compile(r"[\s>]|$")
_ATTRIBUTE = re.compile(r"\s*([^\s=>/\"']*)")
_VALUE = re.compile(r"\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9.\-]*)(?=[\s>]|$))")


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    start: int


@dataclass(slots=True)
class _Reader:
    source: str
    at: int = 0
    text: str = ""
    entities: list[Entity] = field(default_factory=list[Entity])
    nested: list[_Open] = field(default_factory=list[_Open])

    def complaint(self, what: str, at: int) -> Refused:
        offset = len(self.source[:at].encode())
        return bad_request(f"can't parse entities: {what.replace('{at}', f'at byte offset {offset}')}")


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Text and entities (offsets in UTF-16 units), or `Refused` with the real server's description."""
    reader = _Reader(source)
    while reader.at < len(source):
        if source[reader.at] == "&":
            _read_escape(reader)
        elif source.startswith("</", reader.at):
            _read_end(reader)
        elif source[reader.at] == "<":
            _read_start(reader)
        else:
            reader.text += source[reader.at]
            reader.at += 1
    if reader.nested:
        tag = reader.nested[-1].tag
        raise bad_request(f"can't parse entities: Can't find end tag corresponding to start tag \"{tag}\"")
    for entity in reader.entities:
        if entity["type"] == "code":
            entity.pop("language", None)  # only a code inside a pre has one
    return reader.text, sorted(reader.entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _read_escape(reader: _Reader) -> None:
    character, reader.at = _unescape(reader.source, reader.at)
    reader.text += character


def _unescape(source: str, at: int) -> tuple[str, int]:
    match = _ESCAPE.match(source, at)
    if match is None:
        return "&", at + 1
    hexadecimal, decimal, name = match.groups()
    if name:
        known = _ESCAPES.get(name)
        return (known, match.end()) if known else ("&", at + 1)
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if not 0 < code < 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return "&", at + 1
    return chr(code), match.end()


def _unescape_all(source: str) -> str:
    result, at = "", 0
    while at < len(source):
        character, at = _unescape(source, at) if source[at] == "&" else (source[at], at + 1)
        result += character
    return result


def _read_start(reader: _Reader) -> None:
    begin, source = reader.at, reader.source
    end = _find_tag_end(source, begin + 1)
    if end == len(source):
        raise reader.complaint("Unclosed start tag {at}", begin)
    tag = source[begin + 1 : end].lower()
    if tag not in KINDS:
        raise reader.complaint(f'Unsupported start tag "{tag}" {{at}}', begin)
    argument, reader.at = _read_attributes(reader, tag, begin, end)
    if tag == "span" and argument != "spoiler":
        raise reader.complaint('Tag "span" must have class "tg-spoiler" {at}', begin)
    reader.nested.append(_Open(tag, argument, utf16_length(reader.text), len(reader.text)))


def _find_tag_end(source: str, at: int) -> int:
    match = _TAG_END.search(source, at)
    return match.start() if match else len(source)


def _read_attributes(reader: _Reader, tag: str, begin: int, at: int) -> tuple[str, int]:
    source, argument = reader.source, ""
    while True:
        match = _ATTRIBUTE.match(source, at)
        name, at = (match.group(1), match.end()) if match else ("", at)
        if not name and source.startswith(">", at):
            return argument, at + 1
        if not name:
            what = f'Empty attribute name in the tag "{tag}" {{at}}' if at < len(source) else "Unclosed start tag {at}"
            raise reader.complaint(what, begin)
        value = _VALUE.match(source, at)
        if value is None and source[at:].lstrip().startswith("="):
            raise reader.complaint("Unexpected end of name token {at}", at + 1)
        if value is None:
            argument = "1" if (tag, name) == ("blockquote", "expandable") else argument
            continue
        at = value.end()
        given = next((group for group in value.groups() if group is not None), "")
        argument = _argument(tag, name, _unescape_all(given)) or argument


def _argument(tag: str, name: str, value: str) -> str:
    if (tag, name) in {("a", "href"), ("tg-emoji", "emoji-id")}:
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    return "1" if (tag, name) == ("blockquote", "expandable") else ""


def _read_end(reader: _Reader) -> None:
    begin, source = reader.at, reader.source
    if not reader.nested:
        raise reader.complaint("Unexpected end tag {at}", begin)
    end = _find_tag_end(source, begin + 2)
    tag = source[begin + 2 : end].lower()
    closing = len(source) - len(source[end:].lstrip())
    if not source.startswith(">", closing):
        raise reader.complaint("Unclosed end tag {at}", begin)
    opened = reader.nested.pop()
    if tag and tag != opened.tag:
        raise reader.complaint(f'Unmatched end tag {{at}}, expected "</{opened.tag}>", found "</{tag}>"', begin)
    reader.at = closing + 1
    _close(reader, opened)


def _close(reader: _Reader, opened: _Open) -> None:
    length = utf16_length(reader.text) - opened.offset
    if length <= 0:
        return
    entity: Entity = {"type": KINDS[opened.tag], "offset": opened.offset, "length": length}
    if opened.tag == "a":
        url = opened.argument or reader.text[opened.start :]
        if not _LINK.match(url):
            return  # the text stays, without its link
        entity["url"] = url
    elif opened.tag == "blockquote" and opened.argument:
        entity["type"] = "expandable_blockquote"
    elif opened.tag == "tg-emoji":
        entity["custom_emoji_id"] = opened.argument
    if opened.tag in ("pre", "code"):
        _close_code(reader, opened, entity)
    else:
        reader.entities.append(entity)


def _close_code(reader: _Reader, opened: _Open, entity: Entity) -> None:
    last = reader.entities[-1] if reader.entities else {}
    same_place = (last.get("offset"), last.get("length")) == (entity["offset"], entity["length"])
    if opened.tag == "pre" and same_place and last.get("type") == "code":
        last["type"] = "pre"
        return
    reader.entities.append(entity | ({"language": opened.argument} if opened.argument else {}))

"""Text as Telegram keeps it: UTF-16 offsets, trimming, and the entities it finds by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from bot.playground.telegram.errors import bad_request

Entity = dict[str, Any]

_FOUND = (
    ("url", re.compile(r"\bhttps?://[^\s<>\"]+[^\s<>\".,;:!?)]")),
    ("email", re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z][A-Za-z0-9_]{3,31}\b")),
    ("hashtag", re.compile(r"(?<!\w)#\w*[^\W\d_]\w*")),
    ("bot_command", re.compile(r"(?<![\w/<>@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/@])")),
)


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, in which Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf16_slice(text: str, offset: int, length: int) -> str:
    """The part that an entity covers; offset and length in UTF-16 units."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


def clean(text: str) -> str:
    """Control characters become spaces, one for one so that entities stay in place."""
    return "".join(" " if c < " " and c != "\n" else c for c in text)


def trim(text: str, entities: Sequence[Entity]) -> tuple[str, list[Entity]]:
    """Cut blank space at both ends as Telegram does, and move the entities along."""
    kept_end = len(text.rstrip())
    text = text[:kept_end]
    first_entity = min((entity["offset"] for entity in entities), default=utf16_length(text))
    start = 0
    while start < min(first_entity, len(text)) and text[start] in " \n":
        start += 1
    text = text[start:]
    return text, _moved(entities, back=start, end=utf16_length(text))


def _moved(entities: Sequence[Entity], *, back: int, end: int) -> list[Entity]:
    moved: list[Entity] = []
    for entity in entities:
        offset = entity["offset"] - back
        length = min(entity["length"], end - offset)
        if length > 0:
            moved.append(entity | {"offset": offset, "length": length})
    return moved


def check_entities(text: str, entities: Sequence[Entity]) -> list[Entity]:
    """Entities in order, or 400 for one that begins nowhere or splits a character."""
    borders = _borders(text)
    kept: list[Entity] = []
    for entity in entities:
        offset, length = entity["offset"], entity["length"]
        if not 0 <= offset <= 1_000_000:
            raise bad_request(f"receive an entity with incorrect offset {offset}")
        if not 0 <= length <= 1_000_000:
            raise bad_request(f"receive an entity with incorrect length {length}")
        if length == 0 or offset >= utf16_length(text):
            continue
        end = min(offset + length, utf16_length(text))
        if offset not in borders:
            raise bad_request(f"entity beginning at UTF-16 offset {offset} starts in a middle of a UTF-16 symbol")
        if end not in borders:
            raise bad_request(f"entity beginning at UTF-16 offset {offset} ends in a middle of a UTF-16 symbol")
        kept.append(entity | {"length": end - offset})
    return sorted(kept, key=lambda entity: (entity["offset"], -entity["length"]))


def _borders(text: str) -> set[int]:
    borders, at = {0}, 0
    for character in text:
        at += 2 if character > "\uffff" else 1
        borders.add(at)
    return borders


def find_entities(text: str, known: Sequence[Entity] = ()) -> list[Entity]:
    """The known entities and what the text itself shows: links, mentions, tags, commands."""
    taken = [(entity["offset"], entity["offset"] + entity["length"]) for entity in known if _is_closed(entity)]
    found = list(known)
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            start = utf16_length(text[: match.start()])
            end = start + utf16_length(match.group())
            if all(end <= low or start >= high for low, high in taken):
                found.append({"type": kind, "offset": start, "length": end - start})
                taken.append((start, end))
    return sorted(found, key=lambda entity: (entity["offset"], -entity["length"]))


def _is_closed(entity: Entity) -> bool:
    return entity["type"] in {"code", "pre", "text_link", "text_mention", "url", "mention", "bot_command"}

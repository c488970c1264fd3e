"""Texts and captions of a call: markup read, trimmed, measured."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.playground.telegram.arguments import Arguments
from bot.playground.telegram.chats import Json, present
from bot.playground.telegram.entities import Entity, check_entities, clean, find_entities, trim, utf16_length
from bot.playground.telegram.errors import bad_request
from bot.playground.telegram.limits import CAPTION_LIMIT, TEXT_LIMIT
from bot.playground.telegram.markup import parse_html

_MOST_BYTES = 1 << 15


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text with all its entities."""

    text: str = ""
    entities: tuple[Entity, ...] = ()

    def as_fields(self, *, name: str) -> Json:
        """The content fields of a message: "text" and "entities", or "caption" and "caption_entities"."""
        entities = "entities" if name == "text" else "caption_entities"
        return present(**{name: self.text, entities: list(self.entities)})


def read_text(arguments: Arguments) -> Formatted:
    """The text of a message; 400 when it is empty, too long or badly marked up."""
    if not arguments.text("text"):
        raise bad_request("message text is empty")
    formatted = format_text(arguments.text("text"), arguments, entities="entities")
    if not formatted.text:
        raise bad_request("text must be non-empty")
    if utf16_length(formatted.text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return formatted


def read_caption(arguments: Arguments) -> Formatted:
    """The caption of a file, which may be empty."""
    formatted = format_text(arguments.text("caption"), arguments, entities="caption_entities")
    if utf16_length(formatted.text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return formatted


def format_text(source: str, arguments: Arguments, *, entities: str) -> Formatted:
    """Read `source` by the call's parse_mode, or by the entities given under that name."""
    if len(source.encode()) > _MOST_BYTES:
        raise bad_request("text is too long")
    mode = arguments.text("parse_mode").lower()
    if mode == "html":
        text, found = parse_html(source)
    elif mode in ("", "none"):
        text, found = source, _given_entities(arguments, entities)
    elif mode in ("markdown", "markdownv2"):
        raise bad_request("this playground reads no Markdown; send HTML or entities")
    else:
        raise bad_request("unsupported parse_mode")
    return finish(text, found)


def finish(text: str, entities: list[Entity]) -> Formatted:
    """What Telegram makes of a text in any case: cleaned, trimmed, links and commands found."""
    text = clean(text)
    text, kept = trim(text, check_entities(text, entities))
    return Formatted(text, tuple(find_entities(text, [_with_link(entity) for entity in kept])))


def _given_entities(arguments: Arguments, name: str) -> list[Entity]:
    given = arguments.objects(
        name, complaint="can't parse entities JSON object", wanted="can't parse MessageEntity: expected an Object"
    )
    for entity in given:
        _check_shape(entity)
    return given


def _check_shape(entity: Entity) -> None:
    required = ("type", "offset", "length", *(("url",) if entity.get("type") == "text_link" else ()))
    for name in required:
        if name not in entity:
            raise bad_request(f"can't parse MessageEntity: Can't find field \"{name}\"")
        wanted = int if name in ("offset", "length") else str
        if not isinstance(entity[name], wanted):
            kind = "Number" if wanted is int else "String"
            raise bad_request(f'can\'t parse MessageEntity: Field "{name}" must be of type {kind}')


def _with_link(entity: Entity) -> Entity:
    if entity["type"] != "text_link" or re.match(r"(?i)[a-z][a-z0-9+]*:", entity["url"]):
        return entity
    return entity | {"url": f"http://{entity['url']}"}

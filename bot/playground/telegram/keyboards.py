"""Reply markup: inline keyboards that stay under a message, and the kinds that change a phone's keyboard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

from bot.playground.telegram.arguments import Arguments
from bot.playground.telegram.chats import Json
from bot.playground.telegram.errors import bad_request
from bot.playground.telegram.limits import CALLBACK_DATA_LIMIT, INLINE_BUTTONS_LIMIT

INLINE_ACTIONS = (
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
    "copy_text",
)


@dataclass(frozen=True, slots=True)
class Markup:
    """At most one of the two is set."""

    inline: Json | None = None
    keyboard: Json | None = None


def read_markup(arguments: Arguments) -> Markup:
    """The reply_markup of a call, checked as the server checks it."""
    value = arguments.parsed("reply_markup", "can't parse reply keyboard markup JSON object")
    if value is None:
        return Markup()
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    given = cast(Json, value)
    if rows := _rows(given, "keyboard", 'field "keyboard" must be an Array of Arrays'):
        return Markup(keyboard=given | {"keyboard": [[_reply_button(button) for button in row] for row in rows]})
    inline = _rows(
        given, "inline_keyboard", 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
    )
    if inline:
        return _inline(inline)
    if given.get("remove_keyboard"):
        return Markup(keyboard={"remove_keyboard": True, "selective": bool(given.get("selective"))})
    return Markup(keyboard=given) if given.get("force_reply") else Markup()


def read_inline_markup(arguments: Arguments) -> Json | None:
    """The reply_markup of an edit, where only inline keyboards can be."""
    markup = read_markup(arguments)
    if markup.keyboard is not None:
        raise bad_request("inline keyboard expected")
    return markup.inline


def _rows(given: Json, name: str, complaint: str) -> list[list[Any]]:
    rows = given.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in cast(list[Any], rows)):
        raise bad_request(complaint)
    return [row for row in cast(list[list[Any]], rows) if row]


def _inline(rows: list[list[Any]]) -> Markup:
    if sum(map(len, rows)) > INLINE_BUTTONS_LIMIT:
        raise bad_request("reply markup is too long")
    return Markup(inline={"inline_keyboard": [[_inline_button(button) for button in row] for row in rows]})


def _reply_button(button: Any) -> Json:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object")
    given = cast(Json, button)
    if "text" not in given:
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    if not str(given["text"]).strip():
        raise bad_request("keyboard button text must be non-empty")
    return given


def _inline_button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    given = cast(Json, button)
    if "text" not in given:
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    action = next((name for name in INLINE_ACTIONS if given.get(name) not in (None, "")), None)
    if action is None:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if not str(given["text"]).strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if action == "callback_data" and len(str(given[action]).encode()) > CALLBACK_DATA_LIMIT:
        raise bad_request("BUTTON_DATA_INVALID")
    if action == "url":
        _check_url(str(given[action]))
    return {"text": given["text"], action: given[action]} | ({"style": given["style"]} if "style" in given else {})


def _check_url(url: str) -> None:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    known = parts.scheme in ("http", "https", "tg", "ton", "tonsite")
    if not known or not parts.netloc or (parts.scheme.startswith("http") and "." not in parts.netloc):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")

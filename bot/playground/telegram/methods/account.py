"""Methods about the bot itself: who it is, its commands, its descriptions, its menu button."""

from __future__ import annotations

import re
from typing import cast

from bot.playground.telegram.access import find_chat, find_person
from bot.playground.telegram.arguments import Arguments
from bot.playground.telegram.chats import Json
from bot.playground.telegram.errors import bad_request
from bot.playground.telegram.world import World

MOST_COMMANDS = 100
_COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"(?:[a-z]{2})?")
_SCOPES_OF_CHATS = frozenset({"chat", "chat_administrators", "chat_member"})
_SCOPES = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}) | _SCOPES_OF_CHATS


def get_me(world: World, _arguments: Arguments) -> Json:
    """getMe."""
    return world.bot.as_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_my_commands(world: World, arguments: Arguments) -> bool:
    """setMyCommands for a scope and a language."""
    given = arguments.objects(
        "commands", complaint="can't parse commands JSON object", wanted="expected an Array of BotCommand"
    )
    if len(given) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    world.profile.commands[_place(world, arguments)] = [_command(item) for item in given]
    return True


def get_my_commands(world: World, arguments: Arguments) -> list[Json]:
    """getMyCommands: exactly those of the scope and language, not those that would be shown instead."""
    return world.profile.commands.get(_place(world, arguments), [])


def delete_my_commands(world: World, arguments: Arguments) -> bool:
    """deleteMyCommands."""
    world.profile.commands.pop(_place(world, arguments), None)
    return True


def set_my_description(world: World, arguments: Arguments) -> bool:
    """setMyDescription, shown in an empty chat."""
    world.profile.descriptions[_language(arguments)] = _short(arguments.text("description"), 512)
    return True


def get_my_description(world: World, arguments: Arguments) -> Json:
    """getMyDescription."""
    return {"description": world.profile.descriptions.get(_language(arguments), "")}


def set_my_short_description(world: World, arguments: Arguments) -> bool:
    """setMyShortDescription, shown on the bot's page."""
    world.profile.short_descriptions[_language(arguments)] = _short(arguments.text("short_description"), 120)
    return True


def get_my_short_description(world: World, arguments: Arguments) -> Json:
    """getMyShortDescription."""
    return {"short_description": world.profile.short_descriptions.get(_language(arguments), "")}


def set_chat_menu_button(world: World, arguments: Arguments) -> bool:
    """setChatMenuButton of one private chat, or of all (kept under 0)."""
    button = arguments.parsed("menu_button", "can't parse menu button JSON object")
    shown = cast(Json, button) if isinstance(button, dict) else {"type": "default"}
    if shown.get("type") not in ("default", "commands", "web_app"):
        raise bad_request("can't parse menu button: MenuButton has unsupported type")
    world.profile.menu_buttons[_private_chat(world, arguments)] = shown
    return True


def get_chat_menu_button(world: World, arguments: Arguments) -> Json:
    """getChatMenuButton."""
    buttons = world.profile.menu_buttons
    return buttons.get(_private_chat(world, arguments)) or buttons.get(0) or {"type": "commands"}


def _private_chat(world: World, arguments: Arguments) -> int:
    return find_chat(world, arguments).id if arguments.text("chat_id") else 0


def _place(world: World, arguments: Arguments) -> tuple[str, str]:
    return _scope(world, arguments), _language(arguments)


def _scope(world: World, arguments: Arguments) -> str:
    value = arguments.parsed("scope", "can't parse BotCommandScope JSON object")
    if value is None:
        return "default"
    if not isinstance(value, dict):
        raise bad_request("can't parse BotCommandScope: BotCommandScope must be an Object")
    scope = cast(Json, value)
    kind = str(scope.get("type", ""))
    if kind not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if kind not in _SCOPES_OF_CHATS:
        return kind
    named = Arguments({name: str(scope[name]) for name in ("chat_id", "user_id") if name in scope})
    chat = find_chat(world, named, writing=False)
    return f"{kind}:{chat.id}" + (f":{find_person(world, named).id}" if kind == "chat_member" else "")


def _language(arguments: Arguments) -> str:
    language = arguments.text("language_code")
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


def _command(item: Json) -> Json:
    for name in ("command", "description"):
        if name not in item:
            raise bad_request(f"can't parse BotCommand: Can't find field \"{name}\"")
    command, description = str(item["command"]), str(item["description"])
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not description.strip():
        raise bad_request("command description must be non-empty")
    if len(description) > 256:
        raise bad_request("command description length must not exceed 256")
    return {"command": command.removeprefix("/"), "description": description}


def _short(text: str, limit: int) -> str:
    if len(text) > limit:
        raise bad_request("DESCRIPTION_TOO_LONG" if limit > 120 else "SHORT_DESCRIPTION_TOO_LONG")
    return text

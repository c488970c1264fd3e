"""How formatting, choices, menus and commands look in the Bot API; pure."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import (
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.domain.messages import Choice, Command, Outgoing
from bot.domain.rich_text import SpannedText, utf16_length

Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove


def draw_entities(spanned: SpannedText) -> list[MessageEntity]:
    """Formatting as entities, counted in UTF-16 units; nothing that was typed is ever parsed as markup."""
    return [
        MessageEntity(
            type=span.style,
            offset=utf16_length(spanned.text[: span.start]),
            length=utf16_length(spanned.text[span.start : span.end]),
        )
        for span in spanned.spans
    ]


def draw_choices(part: Outgoing) -> InlineKeyboardMarkup | None:
    """Buttons that carry "key:index", the index counting all choices in reading order."""
    if part.choices is None:
        return None
    rows: list[list[InlineKeyboardButton]] = []
    index = 0
    for row in part.choices.rows:
        rows.append([_button(choice, f"{part.choices_key}:{index + at}") for at, choice in enumerate(row)])
        index += len(row)
    return InlineKeyboardMarkup(rows)


def _button(choice: Choice, data: str) -> InlineKeyboardButton:
    if choice.url:
        return InlineKeyboardButton(choice.label, url=choice.url)
    return InlineKeyboardButton(choice.label, callback_data=data)


def draw_keyboard(part: Outgoing) -> Keyboard | None:
    """Choices, or else the menu; a message can carry only one of the two."""
    if part.choices is not None or part.menu is None:
        return draw_choices(part)
    if not part.menu:
        return ReplyKeyboardRemove()
    return ReplyKeyboardMarkup([list(row) for row in part.menu], resize_keyboard=True, is_persistent=True)


def draw_commands(commands: Sequence[Command]) -> list[BotCommand]:
    """The lines of a command menu."""
    return [BotCommand(command.name, command.description) for command in commands]

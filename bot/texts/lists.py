"""Sentences about lists of choices."""

from __future__ import annotations

from bot.domain.rich_text import Markup


def current_list() -> Markup:
    """Above the list that a number means now."""
    return Markup("Mời thầy/cô chọn trong danh sách hiện tại:")


def continue_privately() -> Markup:
    """In a group that calls the bot by name, for everything that is no command of groups."""
    return Markup("Việc này thầy/cô nhắn riêng cho em giúp nhé, để nhóm được yên tĩnh.")

"""Sentences about lists of choices."""

from __future__ import annotations

from bot.domain.rich_text import Markup

NEWEST_FIRST = ("Mới hơn", "Cũ hơn")
PAGES = ("Trang trước", "Trang sau")


def turns(at: int, total: int, *, step: int = 1, words: tuple[str, str] = ("Trước", "Sau")) -> list[tuple[str, int]]:
    """The ways to what comes before and after `at`, where there is anything: what each is called, and where it leads.

    By default `at` counts pages; with `step` it counts what stands on them, so many a page.
    """
    back, on = words
    around = ((f"‹ {back}", at - step), (f"{on} ›", at + step))
    return [(label, to) for label, to in around if 0 <= to < total]


def current_list() -> Markup:
    """Above the list that a number means now."""
    return Markup("Mời thầy/cô chọn trong danh sách hiện tại:")


def continue_privately() -> Markup:
    """In a group that calls the bot by name, for everything that is no command of groups."""
    return Markup("Việc này thầy/cô nhắn riêng cho em giúp nhé, để nhóm được yên tĩnh.")

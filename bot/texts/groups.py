"""Sentences in group chats."""

from __future__ import annotations

from bot.domain.rich_text import Markup


def ask_leader() -> Markup:
    """The bot was added by somebody who cannot bind the group."""
    return Markup("Xin chào! Tổ trưởng vui lòng gõ /noinhom trong nhóm này để em biết đây là nhóm của tổ nào.")


def offer_binding(team: str) -> Markup:
    """The bot was added by a leader."""
    return Markup("Xin chào! Đây có phải nhóm chung của <b>{}</b> không?").format(team)


def bound(team: str) -> Markup:
    """The group belongs to the team now."""
    return Markup(
        "✅ Nhóm này đã gắn với <b>{}</b>. Em chỉ gửi thông báo chung ở đây; việc riêng em nhắn riêng từng thầy/cô."
    ).format(team)


def bound_to_another() -> Markup:
    """The group is some other team's."""
    return Markup("Nhóm này đã gắn với một tổ khác. Tổ trưởng của tổ đó cần gõ /bonhom trước.")


def unbound() -> Markup:
    """The group is nobody's now."""
    return Markup("Nhóm này không còn gắn với tổ. Em sẽ không gửi gì vào đây nữa.")

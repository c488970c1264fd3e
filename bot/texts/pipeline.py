"""Sentences about messages themselves: set aside, or perhaps not arrived."""

from __future__ import annotations

from bot.domain.rich_text import Markup


def set_aside(number: int) -> Markup:
    """An update that could not be handled three times."""
    return Markup(
        "Xin lỗi thầy/cô, em không xử lý được tin vừa rồi (mã {}). Tin đã được giữ lại để người quản trị xem. "
        "Những tin khác vẫn dùng bình thường."
    ).format(number)


def may_not_have_arrived(name: str, opening: str) -> Markup:
    """To the author: a message of theirs that may not have reached somebody."""
    return Markup("⚠️ Có thể chưa tới <b>{}</b>: “{}”. Thầy/cô kiểm tra lại giúp.").format(name, opening)


def did_not_arrive(name: str, opening: str) -> Markup:
    """To the author: a message of theirs that did not reach somebody."""
    return Markup("⚠️ Không gửi được tới <b>{}</b>: “{}”.").format(name, opening)

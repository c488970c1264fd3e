"""Sentences that stand in for what Zalo lacks: buttons, documents, menus."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.rich_text import Markup


def ways_around(labels: Sequence[str]) -> Markup:
    """Choices that are said in words."""
    spoken = ", ".join(f"“{label.strip('‹› ')}”" for label in labels)
    return Markup("Hoặc nhắn: {}.").format(spoken)


def more_choices(left: int) -> Markup:
    """That a long list goes on."""
    return Markup("… còn {} mục nữa: nhắn “tiếp” để xem.").format(left)


def file_link(name: str, url: str) -> Markup:
    """Where a file can be downloaded."""
    return Markup("📎 {}\nTải về (liên kết có hạn): {}").format(name, url)


def file_unavailable(name: str) -> Markup:
    """That the file cannot be had on Zalo in this installation, and how to get it."""
    return Markup(
        "📎 {} chưa gửi được qua Zalo vì hệ thống chưa có địa chỉ công khai. "
        "Thầy/cô nhận tệp này trên Telegram, hoặc nhờ người quản trị gửi giúp."
    ).format(name)


def not_handed_on() -> Markup:
    """A file, video or place was sent, which Zalo does not hand on to bots."""
    return Markup(
        "Zalo chưa chuyển tệp, video và vị trí cho bot nên em không nhận được. "
        "Thầy/cô gửi ảnh hoặc gõ nội dung; tệp Excel xin gửi qua Telegram hoặc nhờ người quản trị nhập."
    )


def stale_choice() -> Markup:
    """A number or word stood for something that cannot be done any more; there are no buttons to speak of."""
    return Markup("Lựa chọn này không còn dùng được. Thầy/cô gõ /help để xem việc có thể làm.")


def ask_leader() -> Markup:
    """The bot was called in a group that belongs to no team, by somebody who cannot bind it."""
    return Markup("Xin chào! Tổ trưởng vui lòng nhắc tên em kèm chữ “nối nhóm” để em biết đây là nhóm của tổ nào.")

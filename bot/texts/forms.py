"""Sentences around every form: resumed, cancelled, not understood."""

from __future__ import annotations

from bot.domain.rich_text import Markup


def resumed(title: str) -> Markup:
    """Above the question that waited."""
    return Markup("✏️ Thầy/cô đang làm dở: <b>{}</b>. Mời làm tiếp.").format(title)


def still_waiting(title: str) -> Markup:
    """When another dialogue was finished and this one still waits."""
    return Markup("✏️ Thầy/cô còn dở: <b>{}</b>. Mời làm tiếp hoặc bỏ.").format(title)


def cancelled(title: str) -> Markup:
    """The draft was given up."""
    return Markup("Đã bỏ: <b>{}</b>. Chưa có gì được gửi.").format(title)


def nothing_to_cancel() -> Markup:
    """/huy with nothing in progress."""
    return Markup("Hiện không có việc nào đang làm dở.")


def not_understood() -> Markup:
    """An input that fits no choice at this step."""
    return Markup("Em chưa hiểu ý thầy/cô. Xin chọn một mục, gõ số, hoặc gõ nội dung cần sửa.")


def what_to_correct() -> Markup:
    """The list of fields that can be changed."""
    return Markup("Thầy/cô muốn sửa mục nào?")


def filed_mark() -> Markup:
    """Under a card that has been sent."""
    return Markup("✅ <i>Đã gửi</i>")


def draft_outdated() -> Markup:
    """A draft that an older program version kept."""
    return Markup("Bản nháp này thuộc phiên bản cũ nên không dùng tiếp được. Xin thầy/cô bắt đầu lại.")


def unfinished_reminder() -> Markup:
    """After an answer given while a form waits."""
    return Markup("✏️ <i>Việc đang làm dở vẫn được giữ – gõ /tieptuc để làm tiếp.</i>")


def stale_notice() -> Markup:
    """A button that is stale, foreign or forged, with what to do instead."""
    return Markup("Nút này không còn dùng được. Thầy/cô gõ /help để xem việc có thể làm.")


def too_long(limit: int) -> Markup:
    """An answer beyond what is kept."""
    return Markup("Nội dung dài quá {} ký tự. Thầy/cô rút gọn giúp em.").format(limit)

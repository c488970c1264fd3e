"""Sentences about photos and other files that come with reports."""

from __future__ import annotations

from bot.domain.rich_text import Markup, join_lines

NO_FACES = "Xin không gửi ảnh thấy rõ mặt học sinh."


def added(count: int) -> Markup:
    """To the draft that is open."""
    said = Markup("📷 Báo cáo đang soạn có {} ảnh. Thầy/cô gửi thêm, hoặc chọn Gửi khi đủ.").format(count)
    return join_lines(said, NO_FACES if count == 1 else None)


def ask_what(count: int, number: int) -> Markup:
    """Photos without a word; `number` is the report just filed, 0 when there is none."""
    asked = Markup("📷 Em nhận {} ảnh. {}").format(count, NO_FACES)
    if number:
        return asked + Markup(" Thêm vào báo cáo số <b>{}</b>? Nếu là hoạt động khác, thầy/cô viết một dòng.").format(
            number
        )
    return asked + Markup(
        " Ảnh của hoạt động nào? Thầy/cô viết một dòng, ví dụ: <i>Dự giờ Toán 4A TH Phú Hòa 1 sáng nay</i>."
    )


def kept_with(count: int, number: int) -> Markup:
    """Added to a report that was filed."""
    return Markup("📷 Đã thêm {} ảnh vào báo cáo số <b>{}</b>. {}").format(count, number, NO_FACES)


def preview(count: int) -> Markup:
    """What waits."""
    return Markup("📷 {} ảnh").format(count)


def too_many(limit: int) -> Markup:
    """More than a report holds."""
    return Markup("Mỗi báo cáo giữ tối đa {} ảnh, nên em không nhận thêm ảnh này.").format(limit)


def unavailable() -> Markup:
    """The platform did not hand the photo on."""
    return Markup("Em chưa tải được ảnh này. Thầy/cô gửi lại giúp em.")


def only_photos_and_text() -> Markup:
    """Voice, video, stickers."""
    return Markup("Em chưa nghe, xem được ghi âm, video và nhãn dán. Thầy/cô gõ chữ hoặc gửi ảnh giúp em.")

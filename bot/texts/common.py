"""Sentences of every conversation: who are you, what can be done here, not permitted."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.rich_text import Markup, join_lines


def stranger() -> Markup:
    """To somebody unknown; says nothing about any team."""
    return Markup(
        "Xin chào! Em là trợ lý của tổ mạng lưới chuyên môn. Thầy/cô vui lòng gửi <b>mã tham gia</b> (8 ký tự) "
        "do tổ trưởng hoặc thư ký cấp."
    )


def unknown_command(name: str) -> Markup:
    """A command that does not exist."""
    return Markup("Không có lệnh <code>/{}</code>. Gõ /help để xem những việc có thể làm.").format(name)


def not_understood() -> Markup:
    """A text that is no report and answers no question."""
    return Markup(
        "Em chưa hiểu tin này. Thầy/cô gõ /baocao để báo cáo, hoặc viết luôn, ví dụ: "
        "<i>Dự giờ Toán 4A trường Phú Hòa 1 sáng nay. Ưu điểm: … Tư vấn: …</i>\nGõ /help để xem các việc khác."
    )


def greeting() -> Markup:
    """In return for a greeting: the two things most people come for, in words that can be typed."""
    return Markup("Em chào thầy/cô ạ! Thầy/cô nhắn “báo cáo”, “còn thiếu gì”, hoặc “help” để xem mọi việc.")


def welcome_any_time() -> Markup:
    """In return for thanks."""
    return Markup("Dạ, không có gì ạ. Chúc thầy/cô một ngày vui! 🌷")


def not_permitted() -> Markup:
    """Somebody of the team asks for what their role does not allow."""
    return Markup("Việc này không thuộc quyền của thầy/cô trong tổ. Cần thì xin liên hệ tổ trưởng hoặc thư ký.")


def not_permitted_notice() -> str:
    """The same, as a small notice."""
    return "Việc này không thuộc quyền của thầy/cô."


def not_found() -> Markup:
    """A thing that is gone, or was never this team's."""
    return Markup("Không tìm thấy mục này. Có thể nó đã được xóa hoặc thay đổi.")


def answered_privately() -> Markup:
    """In a group: the answer went to the person."""
    return Markup("Em đã trả lời riêng cho thầy/cô.")


def write_to_me_privately() -> Markup:
    """In a group: the person has no private chat with the bot here."""
    return Markup("Thầy/cô mở chat riêng với em rồi gửi lại lệnh này nhé.")


def help_list(name: str, role: str, lines: Iterable[tuple[str, str, str]], *, reports: bool) -> Markup:
    """What this person can do here: commands with what they do and how they are typed in one line."""
    rows = [
        Markup("/{} – {}").format(command, description)
        + (Markup(" (<i>{}</i>)").format(example) if example else Markup(""))
        for command, description, example in lines
    ]
    return join_lines(
        Markup("<b>{}</b> ({}) có thể:").format(name, role),
        *rows,
        "",
        Markup("Báo cáo nhanh: viết luôn một tin, ví dụ <i>Dự giờ Toán 4A TH Phú Hòa 1 sáng nay. Ưu điểm: …</i>")
        if reports
        else None,
    )

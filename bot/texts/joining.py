"""Sentences of joining: consent, welcome, wrong codes, invitations."""

from __future__ import annotations

from bot.domain.rich_text import Markup, join_lines
from bot.domain.vocabulary import Role
from bot.texts.vocabulary import ROLE_NAMES

CONSENT_VERSION = "2026-11"


def consent(name: str, role: Role, team: str, office: str) -> Markup:
    """What is kept and why, before anything is (Law 91/2025 on personal data)."""
    return join_lines(
        Markup("Mã hợp lệ. Thầy/cô là <b>{}</b>, {} của <b>{}</b>?").format(name, ROLE_NAMES[role], team),
        "",
        Markup(
            "Khi tham gia, trợ lý lưu: họ tên, số điện thoại và đơn vị trong danh sách tổ, tài khoản chat này, "
            "các báo cáo, phân công và xác nhận của thầy/cô. Dữ liệu chỉ dùng cho công việc của tổ và tổng hợp gửi {}; "
            "không chia sẻ cho nơi khác. Thầy/cô có quyền xem, sửa, rút lại đồng ý bất cứ lúc nào (Luật 91/2025)."
        ).format(office),
        "",
        "Thầy/cô có đồng ý không?",
    )


def consent_given(team: str) -> Markup:
    """In place of the question."""
    return Markup("✅ Đã đồng ý tham gia <b>{}</b>.").format(team)


def welcome(name: str, role: Role, *, hands_on_files: bool) -> Markup:
    """The first message to a new member; `hands_on_files`: the bot is given the files that are sent there."""
    lines = [Markup("🎉 Chào mừng <b>{}</b> ({}).").format(name, ROLE_NAMES[role])]
    if role is Role.OFFICER:
        lines.append(Markup("Gõ /tonghop để xem tổng hợp hoạt động của tổ."))
    else:
        lines.append(
            Markup(
                "Sau mỗi tiết dự giờ, thầy/cô chỉ cần viết một tin, ví dụ:\n<i>Dự giờ Toán 4A TH Phú Hòa 1 sáng nay. "
                "Ưu điểm: lớp sôi nổi. Tư vấn: tăng thời gian nhóm đôi.</i>\nrồi chọn <b>Gửi</b>."
            )
        )
    if role in {Role.LEADER, Role.SECRETARY}:
        if hands_on_files:
            lines.append(Markup("Gửi tệp Excel danh sách tổ vào đây để thêm tổ viên; gõ /thanhvien để lấy mã mời."))
        else:
            lines.append(Markup("Gõ /thanhvien để thêm tổ viên và lấy mã mời."))
    lines.append(Markup("Gõ /help để xem mọi việc có thể làm."))
    return join_lines(*lines)


def wrong_code() -> Markup:
    """A code that is unknown, used or expired: they must look the same."""
    return Markup("Mã này không đúng hoặc đã hết hạn. Thầy/cô kiểm tra lại 8 ký tự, hoặc xin tổ trưởng cấp mã mới.")


def too_many_guesses() -> Markup:
    """Somebody is guessing."""
    return Markup("Thầy/cô đã nhập sai nhiều lần. Xin thử lại sau một giờ.")


def code_no_longer_good() -> Markup:
    """The code was used or replaced between the question and the answer."""
    return Markup("Mã này không còn dùng được. Xin tổ trưởng hoặc thư ký cấp mã mới.")


def already_joined() -> Markup:
    """The account is a member of that team already."""
    return Markup("Tài khoản này đã là thành viên của tổ rồi. Gõ /help để xem việc có thể làm.")


def declined() -> Markup:
    """They did not agree."""
    return Markup("Thầy/cô chưa đồng ý nên chưa có dữ liệu nào được lưu. Muốn tham gia sau, xin gửi lại mã.")


def invitation(name: str, code: str, link: str) -> Markup:
    """To pass on to one member."""
    return join_lines(
        Markup("Mời <b>{}</b> tham gia trợ lý của tổ.").format(name),
        Markup("Mã tham gia: <code>{}</code> (dùng một lần, trong 14 ngày).").format(code),
        Markup("Mở liên kết: {}").format(link) if link else None,
        "Trên Zalo: nhắn mã này cho bot.",
    )

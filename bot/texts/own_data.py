"""Sentences about one's own data: what is kept and why, and what may be asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.own_data import (
    KEEP_DRAFTS,
    KEEP_LEAVE_REASONS,
    KEEP_LOOSE_FILES,
    KEEP_MESSAGES,
    KEEP_PHONES_AFTER_END,
    KEEP_PHOTOS,
    KEEP_UPDATES,
    RequestKind,
)
from bot.domain.rich_text import Markup, join_lines

KINDS = {RequestKind.CORRECT: "sửa dữ liệu", RequestKind.ERASE: "xóa dữ liệu cá nhân"}


def overview(
    name: str, consents: Sequence[tuple[str, datetime]], requests: Sequence[tuple[RequestKind, date]]
) -> Markup:
    """What is kept, on what ground, and what waits."""
    return join_lines(
        Markup("<b>Dữ liệu về {}</b>").format(name),
        "Lưu: họ tên, điện thoại, đơn vị, tài khoản chat, báo cáo, phân công, họp, kế hoạch, đề xuất, ngày nghỉ.",
        "Để làm gì: công việc của tổ và tổng hợp gửi cơ quan chủ quản; không chia sẻ nơi khác, không lưu vị trí.",
        _how_long(),
        *(Markup("Đã đồng ý bản {} lúc {}.").format(version, f"{at:%H:%M %d/%m/%Y}") for version, at in consents),
        *(Markup("Đang chờ: {}, hạn {}.").format(KINDS[kind], f"{due:%d/%m/%Y}") for kind, due in requests),
        "Xin không ghi tên học sinh trong nhận xét, không gửi ảnh thấy rõ mặt học sinh.",
    )


def _how_long() -> Markup:
    """What housekeeping does, in words."""
    return Markup(
        "Bao lâu: tin thầy/cô gửi {} ngày, tin em gửi {} ngày, bản nháp {} ngày, tệp tải về {} ngày, "
        "ảnh báo cáo {} năm, lý do nghỉ {} năm, số điện thoại {} năm sau khi rời tổ; "
        "hồ sơ công việc theo quy định của cơ quan; nhật ký của tổ giữ lâu dài và không ghi tên."
    ).format(
        KEEP_UPDATES.days,
        KEEP_MESSAGES.days,
        KEEP_DRAFTS.days,
        KEEP_LOOSE_FILES.days,
        KEEP_PHOTOS.days // 365,
        KEEP_LEAVE_REASONS.days // 365,
        KEEP_PHONES_AFTER_END.days // 365,
    )


def waiting(rows: Sequence[tuple[str, RequestKind, date]]) -> Markup:
    """To the leader, in /toi."""
    lines = [Markup("• {} – {}, hạn {}").format(name, KINDS[kind], f"{due:%d/%m}") for name, kind, due in rows]
    return join_lines(Markup("🔒 <b>Yêu cầu về dữ liệu cá nhân:</b> {} (/quyenriengtu)").format(len(rows)), *lines)


def guide() -> str:
    """What lies in the zip, as a text file beside it."""
    lines = [f"{name}: {what}" for name, what in _TABLES.items()]
    return "\n".join(["du-lieu.json gồm các phần:", *lines, "", "tep/: ảnh và tệp thầy/cô đã gửi kèm báo cáo."])


_TABLES = {
    "member": "họ tên, điện thoại, đơn vị, vai trò trong tổ",
    "account": "tài khoản chat",
    "consent": "bản đồng ý và thời điểm đồng ý",
    "activity, activity_participant, activity_revision": "báo cáo, hoạt động tham gia, lịch sử sửa",
    "assignment, assignment_assignee": "việc đã giao và được giao",
    "announcement, announcement_recipient": "thông báo đã gửi và đã nhận",
    "meeting, meeting_invitation, minutes, minutes_line": "cuộc họp và biên bản",
    "personal_plan, plan_item, proposal": "kế hoạch và đề xuất",
    "leave": "ngày nghỉ",
    "privacy_request": "yêu cầu về dữ liệu",
    "audit_entry": "nhật ký những việc thầy/cô làm và được làm với thầy/cô",
    "inbox, outbox, dialogue": "tin nhắn gần đây và bản nháp",
}


def export_made(rows: int, files: int) -> Markup:
    """The zip."""
    return Markup("Toàn bộ dữ liệu về thầy/cô: {} mục, {} tệp. Xin giữ tệp này kín đáo.").format(rows, files)


def ask_correction() -> Markup:
    """What is wrong."""
    return Markup("Thầy/cô muốn sửa gì? Ví dụ: “số điện thoại đúng là 0912…”.")


def confirm_erase() -> Markup:
    """Before the request goes."""
    return Markup(
        "Xóa dữ liệu cá nhân: tên, số điện thoại, tài khoản chat sẽ bị xóa và thầy/cô rời tổ. "
        "Hồ sơ công việc ở lại dưới tên “thành viên đã rút”. Không lấy lại được. Thầy/cô có chắc không?"
    )


def confirm_withdrawal() -> Markup:
    """Before consent ends."""
    return Markup(
        "Rút lại đồng ý: thầy/cô rời bot ngay, không nhận tin nữa. Hồ sơ công việc ở lại. Thầy/cô có chắc không?"
    )


def withdrawn() -> Markup:
    """It ended."""
    return Markup("Đã rút lại đồng ý. Thầy/cô không còn trong tổ trên bot.")


def leader_first() -> Markup:
    """A team needs a leader."""
    return Markup("Thầy/cô đang là tổ trưởng; xin bàn giao vai trò trước (/thanhvien TÊN → Bàn giao tổ trưởng).")


def sent(kind: RequestKind, answer: date, due: date) -> Markup:
    """The request waits for the leader."""
    return Markup("Đã gửi yêu cầu {}. Tổ trưởng trả lời chậm nhất {}, làm xong chậm nhất {}.").format(
        KINDS[kind], f"{answer:%d/%m/%Y}", f"{due:%d/%m/%Y}"
    )


def asked(name: str, kind: RequestKind, words: str, answer: date, due: date) -> Markup:
    """To the leader."""
    return join_lines(
        Markup("🔒 {} yêu cầu <b>{}</b>. Theo luật: trả lời chậm nhất ngày {}, làm xong chậm nhất ngày {}.").format(
            name, KINDS[kind], f"{answer:%d/%m/%Y}", f"{due:%d/%m/%Y}"
        ),
        Markup("“{}”").format(words) if words else None,
    )


def overdue(name: str, kind: RequestKind, due: date) -> Markup:
    """A legal date is near or past."""
    return Markup("⚠️ Yêu cầu {} của {} đến hạn {}. Xin xử lý: /quyenriengtu").format(
        KINDS[kind], name, f"{due:%d/%m/%Y}"
    )


def received() -> Markup:
    """The leader has seen it."""
    return Markup("Tổ trưởng đã nhận yêu cầu về dữ liệu của thầy/cô và đang làm.")


def done(kind: RequestKind) -> Markup:
    """Carried out."""
    return Markup("✅ Đã xong yêu cầu {}.").format(KINDS[kind])


def nothing_changed() -> Markup:
    """They thought better of it."""
    return Markup("Không có gì thay đổi.")

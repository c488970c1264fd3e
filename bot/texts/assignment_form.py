"""Sentences of giving out work, until it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.assignments import Engagement
from bot.domain.recurrence import Recurrence
from bot.domain.rich_text import Markup, join_lines
from bot.texts.assignment_boards import names_line, sending
from bot.texts.assignments import REPEATS, kind_name, moment
from bot.texts.fragments import shortened

_LONGEST_CLASH = 40


def ask_kind() -> Markup:
    """The first question, with the short way beside it."""
    return Markup(
        "📌 Giao việc gì?\n<i>Mẹo: viết luôn một tin, ví dụ: giao dự giờ Toán 4A TH Phú Hòa 1 thứ năm 8h: Lan, Hùng; "
        "hạn báo cáo 30/11</i>"
    )


def kind_unknown() -> Markup:
    """None of the kinds."""
    return Markup("Xin chọn một loại việc dưới đây, hoặc “Việc khác”.")


def ask_title() -> Markup:
    """What exactly."""
    return Markup("Việc cụ thể là gì? (ví dụ: dự giờ Toán 4A, ra đề Tiếng Việt HK1)")


def title_missing() -> Markup:
    """Empty or far too long."""
    return Markup("Thầy/cô ghi việc cụ thể trong một câu, tối đa 500 ký tự.")


def ask_place(candidates: int) -> Markup:
    """Where."""
    if candidates:
        return Markup("Tên này có thể là mấy trường sau. Thầy/cô chọn trường nào?")
    return Markup("Ở đâu? Thầy/cô gõ tên trường hoặc địa điểm.")


def ask_start() -> Markup:
    """When it takes place."""
    return Markup("Bắt đầu khi nào? (ví dụ: thứ năm 8h, 26/11 14h30)")


def ask_due() -> Markup:
    """Until when."""
    return Markup("Hạn báo cáo đến khi nào? (ví dụ: 30/11, thứ sáu 17h)")


def time_unknown() -> Markup:
    """No time was named."""
    return Markup("Em chưa đọc được thời gian. Thầy/cô gõ như: thứ năm 8h, hoặc 30/11.")


def time_impossible(typed: str) -> Markup:
    """31/11 and the like."""
    return Markup("Ngày “{}” không có trong lịch. Thầy/cô gõ lại giúp em.").format(typed)


def time_past(at: datetime) -> Markup:
    """Work lies ahead."""
    return Markup("Thời gian {} đã qua. Thầy/cô gõ thời gian sắp tới.").format(moment(at))


def sent_too_late(at: datetime) -> Markup:
    """It would reach people after it has begun."""
    return Markup("Gửi lúc {} thì việc đã bắt đầu hoặc đã đến hạn. Thầy/cô chọn lúc gửi sớm hơn.").format(moment(at))


def due_before_start() -> Markup:
    """The limit lies before the work."""
    return Markup("Hạn phải sau lúc bắt đầu. Thầy/cô gõ lại hạn.")


def ask_who(least: Sequence[str]) -> Markup:
    """To whom; with those who have the least work."""
    hint = Markup("\n<i>Ít việc nhất: {}</i>").format("; ".join(least)) if least else Markup("")
    return Markup("Giao cho ai? Gõ tên (cách nhau bằng dấu phẩy), hoặc chọn nhóm.{}").format(hint)


def ask_by_load(count: int) -> Markup:
    """To whom, everybody being offered with their load."""
    return Markup(
        "{} người, ít việc năm học này trước. Giao cho ai? Mấy người một lúc: gõ ví dụ “3 người ít việc nhất”."
    ).format(count)


def ask_which(typed: str) -> Markup:
    """A name that fits several."""
    return Markup("“{}” là ai trong tổ?").format(typed)


def nobody_found(unknown: Sequence[str]) -> Markup:
    """Names of nobody in the team; those of other teams must look the same."""
    return Markup("Không thấy “{}” trong danh sách tổ. Thầy/cô gõ lại tên giúp em.").format(", ".join(unknown))


def who_missing() -> Markup:
    """Nobody was chosen."""
    return Markup("Cần ít nhất một người nhận việc. Thầy/cô gõ tên, hoặc chọn nhóm.")


def busy_with(engagement: Engagement) -> str:
    """What somebody has to do already; nothing of what is confidential."""
    if engagement.is_meeting:
        return f"họp {engagement.title}".strip()
    return engagement.title or "việc khác"


def load_line(name: str, load: int, clash: Engagement | None, *, away: bool, joined: bool) -> str:
    """ "Lan (2 việc; trùng dự giờ)"."""
    notes = [
        f"{load} việc",
        "" if joined else "chưa nối bot",
        "đang nghỉ" if away else "",
        f"trùng {shortened(busy_with(clash), limit=_LONGEST_CLASH)}" if clash else "",
    ]
    return f"{name} ({'; '.join(note for note in notes if note)})"


def ask_confidential() -> Markup:
    """Who may know of it."""
    return Markup("Việc này có bảo mật không? (Mật: chỉ thầy/cô và người nhận biết nội dung.)")


def ask_send() -> Markup:
    """Now, later, or again and again."""
    return Markup("Gửi lúc nào? Chọn hoặc gõ, ví dụ: 7h sáng mai, hằng tuần, ngày làm việc cuối tháng.")


def card(
    *,
    kind: str | None,
    title: str | None,
    place: str,
    starts_at: datetime | None,
    all_day: bool,
    due_at: datetime | None,
    names: Sequence[str],
    away: Sequence[str],
    not_joined: Sequence[str],
    unreachable: Sequence[str],
    clashing: Sequence[str],
    confidential: bool,
    send_at: datetime | None,
    recurrence: Recurrence,
    files: int,
) -> Markup:
    """The draft as it will go out, and what speaks against it."""
    counts = sending(
        len(names),
        away=len(away),
        not_joined=len(not_joined),
        unreachable=len(unreachable),
        clashing=len(clashing),
    )
    return join_lines(
        Markup("📌 <b>{}</b>").format(title or "…"),
        Markup("{}{}").format(kind_name(kind) if kind else "…", " · 🔒 mật" if confidential else ""),
        Markup("🏫 {}").format(place) if place else None,
        Markup("📅 {}").format(moment(starts_at, all_day=all_day)) if starts_at else None,
        Markup("⏳ Hạn: {}").format(moment(due_at)) if due_at else None,
        Markup("👥 {}").format(names_line(names)),
        Markup("📎 {} tệp kèm theo").format(files) if files else None,
        Markup("🕒 Gửi lúc {}").format(moment(send_at)) if send_at else None,
        Markup("🔁 Lặp lại {}").format(REPEATS[recurrence]) if recurrence else None,
        "",
        Markup("<b>{}</b>").format(counts),
        _named("Đang nghỉ", away),
        _named("Chưa nối bot", not_joined),
        _named("Không nhắn được", unreachable),
        _named("Trùng lịch", clashing),
    )


def confidential_card() -> Markup:
    """What the card of confidential work says once it was sent."""
    return Markup("🔒 Việc mật: nội dung đã ẩn, xem lại trên bảng theo dõi.")


def _named(what: str, names: Sequence[str]) -> Markup | None:
    return Markup("⚠️ {}: {}").format(what, names_line(names)) if names else None


def sent(number: int, count: int, *, waiting: int, left: Sequence[str]) -> Markup:
    """Receipt; the board follows."""
    return join_lines(
        Markup("📨 Đã giao việc số {} cho {} người.").format(number, count),
        Markup("{} người chưa nhắn được; em gửi ngay khi các thầy/cô ấy nối bot.").format(waiting) if waiting else None,
        Markup("{} không còn trong tổ nên không gửi.").format(names_line(left)) if left else None,
    )


def scheduled(number: int, at: datetime, count: int) -> Markup:
    """Receipt of work for later."""
    return Markup("🕒 Việc số {} sẽ gửi cho {} người lúc {}. Đổi ý, thầy/cô chọn Hủy trên bảng.").format(
        number, count, moment(at)
    )


def file_added(count: int) -> Markup:
    """A file joined the draft."""
    return Markup("📎 Đã kèm {} tệp vào phân công đang soạn.").format(count)

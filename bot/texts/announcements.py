"""Sentences about announcements: writing, reading, how far they have got."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.broadcast import AnnouncementStanding
from bot.domain.messages import Choice
from bot.domain.rich_text import Markup, join_lines
from bot.domain.text import normalise
from bot.texts.fragments import first_upper, people

READ_ACTION = "announcement"
CARD_ACTION = "announcements"
_OPENING = 160
_NAMES = 60


def ask_text() -> Markup:
    """The first question."""
    return Markup("Thầy/cô thông báo gì? Gõ nội dung, kèm ảnh hay tệp cũng được. Xem thông báo cũ: /thongbao xem.")


def text_missing() -> Markup:
    """Nothing was typed."""
    return Markup("Em chưa thấy nội dung. Thầy/cô gõ nội dung thông báo giúp.")


def too_long(limit: int) -> Markup:
    """More than an announcement holds."""
    return Markup("Thông báo dài nhất {} ký tự. Thầy/cô gửi phần còn lại bằng tệp giúp.").format(limit)


def ask_audience() -> Markup:
    """Whom it is for."""
    return Markup(
        "Gửi cho ai? Chọn hoặc gõ, ví dụ: <i>cả tổ trừ cô Lan</i>, <i>tổ phó</i>, <i>khu vực 2</i>, <i>Lan, Hùng</i>."
    )


def nobody_meant() -> Markup:
    """The audience is empty."""
    return Markup("Chưa có ai nhận thông báo này. Thầy/cô gõ <i>cả tổ</i> hoặc tên người nhận.")


def unknown_people(words: Sequence[str]) -> Markup:
    """Words that fit nobody of the team."""
    return Markup("Trong tổ không có: <b>{}</b>. Thầy/cô gõ lại tên người nhận giúp.").format(", ".join(words))


def which_one(typed: str, names: Sequence[str]) -> Markup:
    """A name that fits several."""
    return Markup("“{}” là ai ạ: {}? Thầy/cô gõ cả họ tên giúp.").format(typed, ", ".join(names))


def ask_when() -> Markup:
    """When it is to leave."""
    return Markup("Gửi lúc nào? Ví dụ: <i>ngay</i>, <i>7h sáng mai</i>, <i>14h thứ hai</i>.")


def when_unknown() -> Markup:
    """A moment that cannot be read."""
    return Markup("Em chưa rõ giờ gửi. Thầy/cô gõ ví dụ: <i>ngay</i> hoặc <i>7h sáng mai</i>.")


def when_over() -> Markup:
    """A moment in the past."""
    return Markup("Giờ này đã qua. Thầy/cô chọn giờ khác, hoặc gõ <i>ngay</i>.")


def at(moment: datetime) -> str:
    """As people say it: "7:00 ngày 24/11"."""
    return f"{moment.hour}:{moment.minute:02d} ngày {moment.day}/{moment.month}"


def card(
    text: str,
    *,
    audience: str,
    receiving: int,
    not_joined: Sequence[str],
    unreachable: Sequence[str],
    groups: int,
    files: int,
    send_at: datetime | None,
) -> Markup:
    """The draft, with what will come of sending it."""
    return join_lines(
        Markup("<b>Thông báo</b>"),
        Markup("{}").format(text),
        Markup(""),
        Markup("👥 {}: gửi {} người").format(first_upper(audience), receiving) if audience else None,
        Markup("⚠️ {} chưa nối bot: {}").format(len(not_joined), _names(not_joined)) if not_joined else None,
        Markup("⚠️ {} không liên lạc được: {}").format(len(unreachable), _names(unreachable)) if unreachable else None,
        Markup("💬 Đăng cả vào {} nhóm chat của tổ").format(groups) if groups else None,
        Markup("📎 {} tệp kèm theo").format(files) if files else None,
        Markup("🕒 Gửi lúc {}").format(at(send_at)) if send_at else None,
    )


def announcement(
    number: int, author: str, text: str, *, edited_at: datetime | None = None, again: bool = False
) -> Markup:
    """What people read; `again`: it replaces a message that could not be changed."""
    edited = Markup(" <i>(đã sửa lúc {})</i>").format(at(edited_at)) if edited_at else Markup("")
    return join_lines(
        Markup("📢 <b>Thông báo số {}</b> – {}{}").format(number, author, edited),
        Markup("<i>Bản này thay cho bản đã gửi trước.</i>") if again else None,
        Markup("{}").format(text),
    )


def read_choice(announcement_id: int) -> Choice:
    """Confirms reading."""
    return Choice(label="✅ Đã đọc", action=READ_ACTION, value=f"read|{announcement_id}")


def open_choice(announcement_id: int, label: str) -> Choice:
    """Shows it again."""
    return Choice(label=label, action=READ_ACTION, value=f"open|{announcement_id}")


def noted(number: int) -> Markup:
    """After "Đã đọc"."""
    return Markup("✓ Em đã ghi nhận thầy/cô đọc thông báo số {}.").format(number)


def read_mark() -> Markup:
    """Under an announcement that was read."""
    return Markup("<i>✓ Thầy/cô đã đọc</i>")


def stopped_already(number: int) -> Markup:
    """It was taken back before it was read."""
    return Markup("Thông báo số {} đã được thu hồi, thầy/cô không cần làm gì.").format(number)


def status(standing: AnnouncementStanding) -> Markup:
    """The sender's card."""
    return join_lines(
        Markup("📤 <b>Thông báo số {}</b>: {}").format(standing.number, opening(standing.text)),
        _state(standing),
        Markup("✅ Đã đọc: {}/{}").format(standing.read, standing.recipients) if standing.recipients else None,
        Markup("⚠️ Chưa gửi tới được: {} người").format(len(standing.unreached)) if standing.unreached else None,
        Markup("✏️ Đã sửa {} lần").format(standing.version - 1) if standing.version > 1 else None,
    )


def _state(standing: AnnouncementStanding) -> Markup:
    progress = standing.progress
    counts = Markup("đã gửi {}, còn chờ {}, không gửi được {}").format(
        progress.sent, progress.waiting, progress.failed + progress.uncertain
    )
    if standing.is_stopped:
        return Markup("⏹ Đã dừng: đã gửi {}, phần còn lại không gửi nữa.").format(progress.sent)
    if progress.is_paused:
        return Markup("⏸ Đang tạm dừng: {}.").format(counts)
    if standing.send_at is not None:
        return Markup("🕒 Sẽ gửi lúc {} ({} tin).").format(at(standing.send_at), progress.waiting)
    if progress.is_under_way:
        return Markup("📨 Đang gửi: {}, khoảng {} nữa.").format(counts, _lasting(progress.seconds_left))
    return Markup("📬 Gửi xong: {}.").format(counts)


def _lasting(seconds: int) -> str:
    if seconds < 60:
        return f"{max(1, seconds)} giây"
    return f"{-(-seconds // 60)} phút" if seconds < 3600 else f"{seconds // 3600} giờ {seconds % 3600 // 60} phút"


def card_choices(standing: AnnouncementStanding) -> list[list[Choice]]:
    """What the sender can do now."""

    def choice(label: str, verb: str) -> Choice:
        return Choice(label=label, action=CARD_ACTION, value=f"{verb}|{standing.id}|{standing.version}")

    waiting, unread = standing.progress.waiting, bool(standing.unread)
    if standing.is_stopped:
        return [[choice("👀 Ai chưa đọc", "unread")]] if unread else []
    moving = choice("▶️ Gửi tiếp", "resume") if standing.progress.is_paused else choice("⏸ Tạm dừng", "pause")
    return [
        [moving, choice("⏹ Dừng hẳn", "stop")] if waiting else [],
        [choice("👀 Ai chưa đọc", "unread")] if unread or standing.unreached else [],
        [choice("🔔 Nhắc người chưa đọc", "nudge")] if unread and not waiting and not standing.is_nudged else [],
        [choice("🔄 Cập nhật", "show"), choice("✏️ Sửa nội dung", "edit")],
    ]


def who_has_not(number: int, unread: Sequence[str], unreached: Sequence[str]) -> Markup:
    """Names, for those who lead."""
    if not unread and not unreached:
        return Markup("✅ Mọi người đã đọc thông báo số {}.").format(number)
    return join_lines(
        Markup("<b>Chưa đọc thông báo số {}</b>").format(number),
        Markup("👀 Đã gửi, chưa đọc ({}): {}").format(len(unread), _names(unread)) if unread else None,
        Markup("⚠️ Chưa gửi tới được ({}): {}").format(len(unreached), _names(unreached)) if unreached else None,
    )


def nudge(number: int, author: str, text: str) -> Markup:
    """To somebody who has not confirmed."""
    return Markup("🔔 Thầy/cô chưa xác nhận đã đọc <b>thông báo số {}</b> của {}: “{}”").format(
        number, author, opening(text)
    )


def nudged(count: int, *, later: datetime | None) -> Markup:
    """To the sender."""
    when = Markup(", gửi lúc {} khi hết giờ nghỉ").format(at(later)) if later else Markup("")
    return Markup("🔔 Đã nhắc {} người chưa đọc{}.").format(count, when)


def nudged_already() -> Markup:
    """Once is enough."""
    return Markup("Em đã nhắc những người chưa đọc một lần rồi, không nhắc thêm.")


def nobody_to_nudge() -> Markup:
    """All have read it, or nobody can be written to."""
    return Markup("Không còn ai để nhắc qua bot.")


def card_choice(announcement_id: int, number: int, version: int) -> Choice:
    """Opens the card of one announcement in a list."""
    return Choice(label=f"Số {number}", action=CARD_ACTION, value=f"open|{announcement_id}|{version}")


def ask_edit(text: str) -> Markup:
    """What it is to say from now on."""
    return Markup("Nội dung hiện nay:\n{}\n\nThầy/cô gõ nội dung mới.").format(text)


def edit_card(text: str, number: int) -> Markup:
    """The new text before it goes out."""
    return Markup("<b>Sửa thông báo số {}</b>\n{}").format(number, text)


def edited(number: int, changed: int, again: int) -> Markup:
    """To whoever edited it."""
    return Markup("✏️ Đã sửa thông báo số {}: {} tin đổi tại chỗ, {} tin gửi lại.").format(number, changed, again)


def changed_meanwhile(by: str) -> Markup:
    """Somebody else was first."""
    return Markup(
        "<b>{}</b> vừa sửa thông báo này trước thầy/cô. Nội dung hiện nay ở dưới, chưa có gì bị ghi đè."
    ).format(by)


def list_of_sent(lines: Sequence[tuple[int, str, int, int]]) -> Markup:
    """(number, text, read, recipients) of the newest."""
    if not lines:
        return Markup("Tổ chưa có thông báo nào. Gõ /thongbao và nội dung để gửi.")
    return join_lines(
        Markup("<b>Thông báo đã gửi</b>"),
        *(
            Markup("• Số {}: {} – đã đọc {}/{}").format(number, opening(text, 60), read, recipients)
            for number, text, read, recipients in lines
        ),
    )


def list_for_me(lines: Sequence[tuple[int, str, bool]]) -> Markup:
    """(number, text, read) of what was announced to me."""
    if not lines:
        return Markup("Chưa có thông báo nào gửi cho thầy/cô.")
    return join_lines(
        Markup("<b>Thông báo gửi cho thầy/cô</b>"),
        *(
            Markup("{} Số {}: {}").format("✓" if is_read else "•", number, opening(text, 60))
            for number, text, is_read in lines
        ),
    )


def not_found(number: int) -> Markup:
    """No such number."""
    return Markup("Không có thông báo số {}.").format(number)


def unread_of_mine(numbers: Sequence[int]) -> Markup:
    """In /toi."""
    return Markup("📢 {} thông báo chưa đọc (số {}) – gõ /thongbao xem.").format(
        len(numbers), ", ".join(str(number) for number in numbers)
    )


def opening(text: str, limit: int = _OPENING) -> str:
    """The first words."""
    line = " ".join(normalise(text).split())
    return line if len(line) <= limit else line[:limit].rsplit(" ", 1)[0] + "…"


def _names(names: Sequence[str]) -> str:
    return people(names, most=_NAMES)

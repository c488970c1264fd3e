"""Sentences about leave: asking, deciding, withdrawing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.leave_request import LeaveTrouble
from bot.domain.messages import Choice
from bot.domain.rich_text import Markup, join_lines
from bot.domain.school_year import Month
from bot.domain.vocabulary import LeaveStatus

_TROUBLES = {
    LeaveTrouble.IMPOSSIBLE: "Ngày này không có trong lịch. Thầy/cô ghi lại giúp, ví dụ: từ 25/11 đến 5/12.",
    LeaveTrouble.OVER: "Những ngày này đã qua. Thầy/cô ghi ngày từ tháng này trở đi, ví dụ: từ 25/11 đến 5/12.",
    LeaveTrouble.TOO_LONG: "Mỗi đơn nghỉ dài nhất một năm. Thầy/cô ghi lại ngày cuối giúp.",
}
_STATUSES = {
    LeaveStatus.ASKED: "đang chờ duyệt",
    LeaveStatus.GRANTED: "đã được đồng ý",
    LeaveStatus.REFUSED: "chưa được đồng ý",
    LeaveStatus.WITHDRAWN: "đã rút",
}
REASONS = ("Ốm, điều trị", "Thai sản", "Con ốm", "Việc gia đình", "Tập huấn, công tác")


def days(first: date, last: date) -> str:
    """As people say it: "cả tháng 11", "ngày 25/11", "từ 25/11 đến 5/12"."""
    month = Month.of(first)
    if (first, last) == (month.first, month.last):
        return f"cả tháng {month.month}"
    if first == last:
        return f"ngày {first.day}/{first.month}"
    return f"từ {first.day}/{first.month} đến {last.day}/{last.month}" + (
        f"/{last.year}" if last.year != first.year else ""
    )


def ask_days() -> Markup:
    """Asking for everything in one line."""
    return Markup(
        "Thầy/cô xin nghỉ những ngày nào, vì lý do gì? "
        "Ví dụ: <i>từ 25/11 đến 5/12 con ốm</i>, <i>tháng 12 thai sản</i>."
    )


def days_not_found() -> Markup:
    """No day was named."""
    return Markup("Em chưa thấy ngày nghỉ. Thầy/cô ghi ví dụ: <i>từ 25/11 đến 5/12 con ốm</i>.")


def trouble(which: LeaveTrouble) -> Markup:
    """Days that cannot be taken."""
    return Markup(_TROUBLES[which])


def ask_reason(first: date, last: date) -> Markup:
    """The last thing that is asked: the answer is sent at once."""
    return Markup("Thầy/cô xin nghỉ <b>{}</b> vì lý do gì? Chọn hoặc gõ một dòng, em gửi đơn ngay.").format(
        days(first, last)
    )


def card(first: date, last: date, reason: str) -> Markup:
    """The request as it is."""
    return Markup("<b>Xin nghỉ {}</b>\nLý do: {}").format(days(first, last), reason)


def asked(name: str, first: date, last: date, reason: str) -> Markup:
    """To leader and secretary."""
    return Markup("🙋 <b>{}</b> xin nghỉ {}. Lý do: {}").format(name, days(first, last), reason)


def sent(first: date, last: date) -> Markup:
    """To the member."""
    return Markup("📨 Đã gửi đơn xin nghỉ {}. Trong lúc chờ trả lời, em không nhắc thầy/cô.").format(days(first, last))


def sent_but_unread() -> Markup:
    """Neither leader nor secretary can be written to."""
    return Markup("Tổ trưởng và thư ký hiện chưa nhận được tin qua bot, thầy/cô báo giúp một tiếng.")


def granted_at_once(first: date, last: date) -> Markup:
    """Nobody else could decide."""
    return Markup("✅ Đã ghi nhận thầy/cô nghỉ {}.").format(days(first, last))


def answer(*, granted: bool, by: str, first: date, last: date, free_months: Sequence[Month]) -> Markup:
    """The decision, to the member."""
    if not granted:
        return Markup("Đơn xin nghỉ {} chưa được {} đồng ý. Cần trao đổi thêm, thầy/cô liên hệ trực tiếp nhé.").format(
            days(first, last), by
        )
    return join_lines(Markup("✅ {} đồng ý cho thầy/cô nghỉ {}.").format(by, days(first, last)), _effect(free_months))


def _effect(free_months: Sequence[Month]) -> Markup:
    if not free_months:
        return Markup("Những ngày đó em không nhắc; định mức của tháng vẫn tính.")
    return Markup("Không tính định mức tháng {}.").format(", ".join(str(month.month) for month in free_months))


def decided(name: str, first: date, last: date, *, granted: bool) -> Markup:
    """The decision, to whoever made it."""
    words = "✅ Đã đồng ý cho <b>{}</b> nghỉ {}." if granted else "Đã trả lời <b>{}</b>: chưa đồng ý nghỉ {}."
    return Markup(words).format(name, days(first, last))


def decided_already(name: str, status: LeaveStatus, by: str | None) -> Markup:
    """Somebody else was first, or the member withdrew it."""
    if status is LeaveStatus.WITHDRAWN:
        return Markup("<b>{}</b> đã rút đơn này.").format(name)
    words = "đồng ý" if status is LeaveStatus.GRANTED else "không đồng ý"
    return Markup("Đơn của <b>{}</b> đã được {} trả lời: {}.").format(name, by or "người khác", words)


def withdrawn(first: date, last: date) -> Markup:
    """To the member."""
    return Markup("↩️ Đã rút đơn xin nghỉ {}.").format(days(first, last))


def withdrawn_notice(name: str, first: date, last: date) -> Markup:
    """To leader and secretary."""
    return Markup("↩️ <b>{}</b> đã rút đơn xin nghỉ {}.").format(name, days(first, last))


DECIDED = {True: "đồng ý", False: "không đồng ý"}
LEAVE_ACTION = "leave"


def withdrawal(leave_id: int, first: date, last: date) -> Choice:
    """Takes one of several requests back."""
    return Choice(label=f"↩️ Rút đơn nghỉ {days(first, last)}", action=LEAVE_ACTION, value=f"withdraw:{leave_id}")


def line(first: date, last: date, status: LeaveStatus) -> Markup:
    """One request in a list."""
    return Markup("🌴 Nghỉ {}: {}").format(days(first, last), _STATUSES[status])

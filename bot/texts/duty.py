"""Sentences about the monthly duty."""

from __future__ import annotations

from datetime import date

from bot.domain.rich_text import Markup, join_lines
from bot.domain.school_year import Month
from bot.domain.vocabulary import NudgeStage


def month_name(month: Month) -> str:
    """As people say it: "tháng 11"."""
    return f"tháng {month.month}"


def nudge(stage: NudgeStage, month: Month, *, done: int, required: int, last: date) -> Markup:
    """The first is gentle, the last is plain; each carries the count and the last day."""
    count = f"{done}/{required}"
    name, day = month_name(month), f"{last.day}/{last.month}"
    match stage:
        case NudgeStage.SEVEN_DAYS:
            opening = Markup("🌱 Còn khoảng một tuần nữa là hết {}. Thầy/cô đang có {} hoạt động.").format(name, count)
        case NudgeStage.THREE_DAYS:
            opening = Markup("⏳ Còn ít ngày nữa là hết {}. Thầy/cô đang có {} hoạt động.").format(name, count)
        case NudgeStage.ONE_DAY:
            opening = Markup("⏰ Ngày mai là ngày cuối {}. Thầy/cô mới có {} hoạt động.").format(name, count)
        case NudgeStage.LAST_DAY:
            opening = Markup("❗ Hôm nay ({}) là hạn cuối của {}. Thầy/cô còn thiếu: {} hoạt động.").format(
                day, name, count
            )
    return join_lines(
        opening, "Nếu đã dự giờ hoặc tham gia hoạt động, thầy/cô chỉ cần viết một tin hoặc bấm nút dưới đây."
    )


def ask_reason() -> Markup:
    """Asking leave."""
    return Markup("Thầy/cô xin nghỉ vì lý do gì? (gõ một dòng)")


def leave_card(month: Month, reason: str) -> Markup:
    """Before it is asked."""
    return Markup("<b>Xin nghỉ cả {}</b>\nLý do: {}").format(month_name(month), reason)


def leave_asked(name: str, month: Month, reason: str) -> Markup:
    """To leader and secretary."""
    return Markup("<b>{}</b> xin nghỉ cả {}. Lý do: {}").format(name, month_name(month), reason)


def leave_sent() -> Markup:
    """To the member."""
    return Markup("Đã gửi tổ trưởng và thư ký. Trong lúc chờ, em không nhắc thầy/cô nữa.")


def leave_answer(*, granted: bool) -> Markup:
    """The decision, to the member."""
    return Markup("✅ Thầy/cô được nghỉ, không tính định mức.") if granted else Markup("Đơn xin nghỉ chưa được đồng ý.")


def leave_decided(*, granted: bool) -> Markup:
    """The decision, to whoever made it."""
    return Markup("Đã đồng ý cho nghỉ.") if granted else Markup("Đã từ chối.")


def leave_decided_already() -> Markup:
    """Somebody else was first."""
    return Markup("Đơn này đã có người giải quyết.")


def snoozed() -> Markup:
    """Tomorrow, then."""
    return Markup("Vâng, em sẽ nhắc lại vào 18:30 ngày mai nếu thầy/cô vẫn chưa có hoạt động.")


def snoozed_reminder(month: Month) -> Markup:
    """What was promised."""
    return Markup("⏰ Thầy/cô dặn em nhắc: {} thầy/cô chưa có đủ hoạt động. Gõ /baocao để báo cáo.").format(
        month_name(month)
    )

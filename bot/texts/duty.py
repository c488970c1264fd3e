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

"""Sentences about the monthly duty."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from bot.domain.duty import DueStage
from bot.domain.messages import Choice
from bot.domain.rich_text import Markup, join_lines
from bot.domain.school_year import Month
from bot.domain.vocabulary import NudgeStage


@lru_cache(maxsize=64)
def nudge(due: DueStage, *, done: int, required: int) -> Markup:
    """The first is gentle, the last is plain; each carries the count and the last day. Thousands get the same."""
    count, last = f"{done}/{required}", due.month.last
    name, day = _month(due.month), f"{last.day}/{last.month}"
    match due.stage:
        case NudgeStage.SEVEN_DAYS:
            left = "một tuần" if due.days_before == 7 else f"{due.days_before} ngày"
            opening = Markup("🌱 Còn khoảng {} nữa là hết {}. Thầy/cô đang có {} hoạt động.").format(left, name, count)
        case NudgeStage.THREE_DAYS:
            opening = Markup("⏳ Còn ít ngày nữa là hết {}. Thầy/cô đang có {} hoạt động.").format(name, count)
        case NudgeStage.ONE_DAY:
            opening = Markup("⏰ Ngày mai là ngày cuối {}. Thầy/cô mới có {} hoạt động.").format(name, count)
        case NudgeStage.LAST_DAY:
            opening = Markup("❗ Hôm nay ({}) là hạn cuối của {}. Thầy/cô còn thiếu: {} hoạt động.").format(
                day, name, count
            )
    return join_lines(
        opening, "Nếu đã dự giờ hoặc tham gia hoạt động, thầy/cô chỉ cần viết một tin hoặc chọn một mục dưới đây."
    )


def of_team(name: str) -> Markup:
    """Above what is said to somebody who is in several teams."""
    return Markup("<b>{}</b>").format(name)


NUDGE_ACTION = "nudge"


def nudge_choices(month: Month, member_id: int) -> tuple[tuple[Choice, ...], ...]:
    """The ways out of a nudge; they name the member, who may be in several teams."""
    about = f"{month}:{member_id}"
    return (
        (Choice(label="📝 Báo cáo ngay", action=NUDGE_ACTION, value=f"report:{about}"),),
        (
            Choice(label="Xin nghỉ tháng này", action=NUDGE_ACTION, value=f"leave:{about}"),
            Choice(label="Nhắc tôi ngày mai", action=NUDGE_ACTION, value=f"tomorrow:{about}"),
        ),
    )


def snoozed(at: datetime) -> Markup:
    """Tomorrow, then; or on the first day after a holiday."""
    return Markup("Vâng, em sẽ nhắc lại lúc {} ngày {}/{} nếu thầy/cô vẫn chưa có hoạt động.").format(
        f"{at:%H:%M}", at.day, at.month
    )


def too_late_to_snooze(month: Month) -> Markup:
    """There is no tomorrow within the month."""
    return Markup("Sắp hết {} rồi, em không nhắc lại được nữa. Thầy/cô báo cáo hoặc xin nghỉ giúp em.").format(
        _month(month)
    )


def snoozed_reminder(month: Month) -> Markup:
    """What was promised."""
    return Markup("⏰ Thầy/cô dặn em nhắc: {} thầy/cô chưa có đủ hoạt động.").format(_month(month))


def _month(month: Month) -> str:
    return f"tháng {month.month}"

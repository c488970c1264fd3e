"""Sentences about looking again at what was advised."""

from __future__ import annotations

from datetime import date

from bot.domain.messages import Choice
from bot.domain.rich_text import Markup, join_lines
from bot.texts.reporting import day_name

ACTION = "follow-up"


def choices(activity_id: int, member_id: int) -> tuple[tuple[Choice, ...], ...]:
    """The ways out of the reminder; they name the member, who may be in several teams."""
    about = f"{activity_id}:{member_id}"
    return (
        (Choice(label="📝 Báo cáo lần này", action=ACTION, value=f"report:{about}"),),
        (
            Choice(label="Dời 1 tuần", action=ACTION, value=f"postpone:{about}"),
            Choice(label="Thôi", action=ACTION, value=f"drop:{about}"),
        ),
    )


def reminder(number: int, what: Markup, *, advice: str | None, encouragement: str | None) -> Markup:
    """On the morning of the day."""
    return join_lines(
        Markup("🔔 Thầy/cô hẹn xem lại (báo cáo số {}): {}.").format(number, what),
        Markup("<b>Lần trước tư vấn:</b> {}").format(advice) if advice else None,
        Markup("<b>Thúc đẩy:</b> {}").format(encouragement) if encouragement else None,
    )


def how_to_report() -> Markup:
    """Above the form that is filled in."""
    return Markup("Em đã điền trường, lớp, môn và ngày hôm nay. Thầy/cô gõ thêm, ví dụ: <i>Ưu điểm: … Tư vấn: …</i>")


def postponed(day: date) -> Markup:
    """A week later."""
    return Markup("Vâng, em sẽ nhắc lại sáng {}.").format(day_name(day))


def dropped(number: int) -> Markup:
    """No more reminders."""
    return Markup("Vâng, em không nhắc xem lại báo cáo số {} nữa.").format(number)


def done_already(number: int) -> Markup:
    """It has been reported, withdrawn or given up."""
    return Markup("Việc xem lại báo cáo số {} đã xong hoặc đã bỏ, không cần làm gì thêm.").format(number)

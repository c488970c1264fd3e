"""Sentences about the messages that Zalo's plan allows in a month."""

from __future__ import annotations

from bot.domain.message_budget import MessageBudget, MessageKind
from bot.domain.rich_text import Markup, join_lines
from bot.domain.team_settings import TeamSettings

_KINDS = {
    MessageKind.ANSWER: "trả lời thầy/cô",
    MessageKind.REMINDER: "nhắc riêng",
    MessageKind.BROADCAST: "thông báo",
    MessageKind.GROUP: "tin vào nhóm",
}


PLAN = "gói Zalo"
"""What the plan is called in the log."""


def plan(settings: TeamSettings) -> str:
    """Its two numbers."""
    return f"{settings.zalo_messages_a_month} tin/tháng, {settings.zalo_people} người"


def plan_changed(now: str) -> Markup:
    """The leader said what the plan is."""
    return Markup("✅ Đã ghi gói Zalo của tổ: {}.").format(now)


def plan_unknown() -> Markup:
    """Words without the plan's numbers."""
    return Markup("Em chưa rõ gói Zalo mới. Ví dụ: <i>/ngansach 5000 tin, 100 người</i>")


def people_warning(people: int, people_plan: int) -> Markup:
    """To the leader when Zalo's plan has no room for more people."""
    return Markup(
        "⚠️ Đã có {}/{} người của tổ dùng Zalo. Người thêm nữa có thể không nhận được tin: "
        "xin mời các thầy/cô ấy dùng Telegram, hoặc nâng gói rồi gõ /ngansach kèm số mới."
    ).format(people, people_plan)


def _left(budget: MessageBudget) -> Markup:
    day = budget.runs_out_on
    ending = Markup("đủ đến hết tháng") if day is None else Markup("dự kiến hết ngày {}").format(day.day)
    return Markup("còn {} tin, {}").format(budget.left, ending)


def overview(budget: MessageBudget, *, people: int, people_plan: int) -> Markup:
    """Where the month stands."""
    kinds = ", ".join(f"{_KINDS[kind]} {budget.used_by_kind.get(kind, 0)}" for kind in MessageKind)
    return join_lines(
        Markup("<b>Tin Zalo tháng {}:</b> đã gửi {}/{}, {}.").format(
            budget.today.month, budget.used, budget.plan, _left(budget)
        ),
        Markup("Gồm: {}.").format(kinds),
        Markup("Người dùng Zalo: {}/{}.").format(people, people_plan),
        saving() if budget.is_short else None,
    )


def warning(budget: MessageBudget) -> Markup:
    """To the leader when four fifths are gone."""
    return join_lines(
        Markup("⚠️ Tổ đã dùng {} trong {} tin Zalo của tháng {}: {}.").format(
            budget.used, budget.plan, budget.today.month, _left(budget)
        ),
        Markup("Thầy/cô nào dùng được Telegram xin gõ /lienket. Gõ /ngansach để xem chi tiết."),
    )


def saving() -> Markup:
    """What changes while messages are short."""
    return Markup(
        "Đang tiết kiệm: nhắc riêng trên Zalo được thay bằng tin chung trong nhóm, hoặc gộp lại mỗi chiều; "
        "câu hỏi vẫn được trả lời."
    )


def group_digest() -> Markup:
    """In place of a day's private reminders; names nobody."""
    return Markup(
        "🔔 Hôm nay có việc cần nhắc một số thầy/cô. Mời thầy/cô nhắn riêng cho em “toi” để xem việc của mình."
    )

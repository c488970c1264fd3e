"""Sentences about what is reported as urgent (regulation I: "báo cáo kịp thời")."""

from __future__ import annotations

from datetime import datetime

from bot.domain.messages import Choice
from bot.domain.rich_text import Markup, join_lines

ACTION = "urgent"


def pass_on_choice(activity_id: int, member_id: int) -> Choice:
    """One press passes it to the office."""
    return Choice(label="📤 Chuyển chuyên viên", action=ACTION, value=f"pass:{activity_id}:{member_id}")


def alarm(reporter: str, number: int, report: Markup) -> Markup:
    """To the leader, at once."""
    return join_lines(Markup("❗ <b>BÁO GẤP</b> từ <b>{}</b> (báo cáo số {}):").format(reporter, number), "", report)


def to_office(team: str, leader: str, report: Markup) -> Markup:
    """To the officers."""
    return join_lines(Markup("❗ <b>BÁO GẤP</b> – {} ({} chuyển):").format(team, leader), "", report)


def leader_has_it() -> Markup:
    """On the receipt."""
    return Markup("❗ Tổ trưởng được báo ngay.")


def deputies_have_it() -> Markup:
    """On the receipt, when the leader cannot be reached."""
    return Markup(
        "❗ Tổ trưởng chưa liên lạc được qua bot; em đã báo ngay tổ phó. Việc rất gấp, thầy/cô gọi điện thêm."
    )


def nobody_has_it() -> Markup:
    """On the receipt, when nobody can be reached."""
    return Markup("❗ Chưa ai trong ban điều hành tổ nhận được qua bot. Thầy/cô gọi điện cho tổ trưởng ngay giúp em.")


def passed_on(count: int) -> Markup:
    """To the leader."""
    return Markup("📤 Đã chuyển cho {} chuyên viên.").format(count)


def passed_already(at: datetime) -> Markup:
    """Once is enough."""
    return Markup("Báo cáo này đã được chuyển cho chuyên viên lúc {} ngày {}/{}.").format(
        f"{at:%H:%M}", at.day, at.month
    )


def no_officer() -> Markup:
    """To the leader: nobody of the office has joined."""
    return Markup(
        "Chưa có chuyên viên nào nối với bot nên chưa chuyển được. Thầy/cô báo trực tiếp cho cơ quan chủ quản."
    )


def reporter_told(number: int) -> Markup:
    """To the reporter."""
    return Markup("📤 Báo gấp số {} đã được chuyển lên chuyên viên.").format(number)

"""Sentences about correcting and withdrawing a report, and about its history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.messages import Choice
from bot.domain.rich_text import Markup, join_lines

ACTION = "report"


def receipt_choices(activity_id: int) -> tuple[tuple[Choice, ...], ...]:
    """Under a receipt."""
    return (
        (
            Choice(label="✏️ Sửa", action=ACTION, value=f"edit:{activity_id}"),
            Choice(label="↩️ Rút", action=ACTION, value=f"withdraw:{activity_id}"),
        ),
    )


def history_choice(activity_id: int) -> Choice:
    """To what it said before."""
    return Choice(label="🕘 Lịch sử sửa", action=ACTION, value=f"history:{activity_id}")


def withdrawal_choices(activity_id: int) -> tuple[tuple[Choice, ...], ...]:
    """One confirmation."""
    return (
        (
            Choice(label="Rút báo cáo", action=ACTION, value=f"withdraw-now:{activity_id}"),
            Choice(label="Giữ lại", action=ACTION, value=f"keep:{activity_id}"),
        ),
    )


def how_to_correct(number: int) -> Markup:
    """Above the filled-in form."""
    return Markup(
        "✏️ Báo cáo số <b>{}</b>. Thầy/cô gõ điều cần sửa, ví dụ: <i>lớp 4B</i> hoặc <i>Tư vấn: …</i>, rồi chọn Gửi."
    ).format(number)


def nothing_changed(number: int) -> Markup:
    """The form was sent as it was."""
    return Markup("Báo cáo số {} giữ nguyên, không có gì thay đổi.").format(number)


def corrected(number: int, what: Markup, lines: Sequence[Markup | None]) -> Markup:
    """The receipt of a correction."""
    return join_lines(Markup("✅ Đã sửa báo cáo số <b>{}</b>: {}.").format(number, what), *lines)


def ask_withdrawal(number: int, what: Markup) -> Markup:
    """One confirmation."""
    return Markup(
        "Rút báo cáo số <b>{}</b> ({})? Hoạt động sẽ không còn được tính cho thầy/cô và người cùng tham gia."
    ).format(number, what)


def withdrawn(number: int, lines: Sequence[Markup | None]) -> Markup:
    """It no longer counts."""
    return join_lines(Markup("↩️ Đã rút báo cáo số <b>{}</b>. Nội dung cũ vẫn được lưu.").format(number), *lines)


def kept(number: int) -> Markup:
    """It stays."""
    return Markup("Vâng, báo cáo số {} vẫn được giữ.").format(number)


def withdrawn_already(number: int) -> Markup:
    """Nothing more can be done with it."""
    return Markup("Báo cáo số {} đã được rút nên không sửa được nữa.").format(number)


def month_was_reported() -> Markup:
    """To the reporter: allowed, but marked."""
    return Markup("<i>Tháng này đã báo cáo cơ quan chủ quản: em đã đánh dấu thay đổi và báo thư ký.</i>")


def secretary_told(reporter: str, number: int, what: Markup, *, withdrawn: bool) -> Markup:
    """To the secretary: a number that the office has is no longer right."""
    done = "rút" if withdrawn else "sửa"
    return Markup(
        "⚠️ <b>{}</b> đã {} báo cáo số {} ({}) sau khi tháng đã được báo cáo cơ quan chủ quản. "
        "Thầy/cô xem có cần báo cáo bổ sung không."
    ).format(reporter, done, number, what)


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a report: who, when (in the team's time), what it was about as (label, before, after)."""

    by: str
    at: datetime
    fields: Sequence[tuple[str, str, str]]
    after_month_reported: bool


def history(number: int, reported_by: str, reported_at: datetime, changes: Sequence[Change]) -> Markup:
    """Everything a report said before."""
    first = Markup("<b>Lịch sử báo cáo số {}</b>\n{} – {} báo cáo.").format(number, _moment(reported_at), reported_by)
    if not changes:
        return join_lines(first, "Chưa sửa lần nào.")
    return join_lines(first, *(line for change in changes for line in _change(change)))


def _change(change: Change) -> list[Markup]:
    late = Markup(" <i>(sau khi tháng đã báo cáo)</i>") if change.after_month_reported else Markup("")
    return [
        Markup("{} – {} sửa{}:").format(_moment(change.at), change.by, late),
        *(
            Markup("• {}: <s>{}</s> → {}").format(label, before or "(trống)", after or "(trống)")
            for label, before, after in change.fields
        ),
    ]


def _moment(at: datetime) -> str:
    return f"{at:%H:%M} {at.day}/{at.month}/{at.year}"

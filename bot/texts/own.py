"""Sentences about one's own month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.duty import Standing
from bot.domain.rich_text import Markup, join_lines
from bot.domain.school_year import Month
from bot.domain.vocabulary import ActivityKind
from bot.texts.vocabulary import KIND_NAMES

_STANDINGS = {
    Standing.MET: "đã đủ định mức ✓",
    Standing.OWES: "còn thiếu – thầy/cô viết một tin hoặc gõ /baocao để báo cáo",
    Standing.ON_LEAVE: "được miễn vì đang nghỉ",
    Standing.EXEMPT: "không tính định mức",
}


def owed(month: Month, standing: Standing, done: int, required: int) -> Markup:
    """How my month stands."""
    return Markup("<b>Tháng {}:</b> {}/{} hoạt động – {}.").format(month.month, done, required, _STANDINGS[standing])


def activity_line(number: int, kind: str, day: date, school: str | None) -> Markup:
    """One activity in a list."""
    place = f", {school}" if school else ""
    return Markup("• Số {}: {}, {}/{}{}").format(number, KIND_NAMES[ActivityKind(kind)], day.day, day.month, place)


def mine(lines: Sequence[Markup]) -> Markup:
    """My activities."""
    if not lines:
        return Markup("Tháng này và tháng trước thầy/cô chưa có hoạt động nào được ghi.")
    return join_lines(Markup("<b>Hoạt động của thầy/cô</b> (tháng này và tháng trước):"), *lines)

"""Sentences of the summary about plans."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from bot.domain.plans import PlanLine
from bot.texts.periods import month_name

TEAM = "Kế hoạch tổ"
COLUMNS = ("Kế hoạch của", "Số tháng được duyệt", "Số mục", "Đã xong")
_SHOWN = 10


def team(lines: int, open_lines: Sequence[str]) -> str:
    """The team's plan against what was done."""
    done = lines - len(open_lines)
    if not open_lines:
        return f"Kế hoạch tổ: hoàn thành {done}/{lines} mục."
    more = f"; và {len(open_lines) - _SHOWN} mục khác" if len(open_lines) > _SHOWN else ""
    return f"Kế hoạch tổ: hoàn thành {done}/{lines} mục. Chưa xong: {'; '.join(open_lines[:_SHOWN])}{more}."


def members(plans: int, *, approved: int, lines: int, done: int) -> str:
    """Members' plans against what was done."""
    return f"Kế hoạch cá nhân: {plans} bản, {approved} bản được duyệt; hoàn thành {done}/{lines} mục."


def coming(lines: Sequence[PlanLine]) -> list[str]:
    """What the team plans next, a sentence a month."""
    return [
        f"Dự kiến tháng {month_name(month)}: {'; '.join(each.text for each in of_month)}."
        for month, of_month in groupby(lines, key=lambda line: line.month)
    ]

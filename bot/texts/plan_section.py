"""Sentences of the summary about plans."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from bot.domain.plans import PlanLine
from bot.domain.report_model import Tally
from bot.texts.periods import month_name

TEAM = "Kế hoạch tổ"
COLUMNS = ("Kế hoạch của", "Số tháng được duyệt", "Số mục", "Đã xong")
WIDTHS = (6, 3, 2, 2)
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


def tallies(lines: Sequence[PlanLine], rows: Sequence[tuple[str, ...]]) -> tuple[Tally, ...]:
    """The team's lines, done and open, and members' figures, of those who have planned anything."""
    planned = [row for row in rows if row[2] != "0" or (row[1] and row[1] != "0")]
    return (
        Tally("done", "Kế hoạch tổ: đã xong", tuple(_line(each) for each in lines if each.is_done)),
        Tally("open", "Kế hoạch tổ: chưa xong", tuple(_line(each) for each in lines if not each.is_done)),
        Tally(
            "members",
            "Kế hoạch cá nhân",
            tuple(
                f"{name}: {count} mục, xong {done}; {approved} tháng được duyệt"
                for name, approved, count, done in planned
            ),
        ),
    )


def _line(line: PlanLine) -> str:
    return f"Tháng {month_name(line.month)}: {line.text}"


def coming(lines: Sequence[PlanLine]) -> list[str]:
    """What the team plans next, a sentence a month."""
    return [
        f"Dự kiến tháng {month_name(month)}: {'; '.join(each.text for each in of_month)}."
        for month, of_month in groupby(lines, key=lambda line: line.month)
    ]

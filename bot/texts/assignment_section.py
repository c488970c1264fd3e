"""Sentences of the summary about work that was given out."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.assignment_view import AssignmentView
from bot.domain.report_model import Tally
from bot.texts.periods import short_day

COLUMNS = ("Số", "Việc", "Hạn", "Hoàn thành", "Tình trạng")
WIDTHS = (1, 6, 3, 3, 3)
Rows = Sequence[tuple[str, ...]]


def figures(count: int, *, done: int, overdue: int) -> str:
    """All in a sentence."""
    return f"Đã phân công {count} việc; hoàn thành {done}; quá hạn {overdue}."


def tallies(rows: Rows, *, done: Rows, overdue: Rows) -> tuple[Tally, ...]:
    """The three numbers of the sentence."""
    found = (("all", "Việc đã phân công", rows), ("done", "Hoàn thành", done), ("overdue", "Quá hạn", overdue))
    return tuple(Tally(key, label, tuple(_line(row) for row in those)) for key, label, those in found)


def _line(row: tuple[str, ...]) -> str:
    number, work, until, share, how = row
    return ", ".join([f"Số {number}: {work}", *([f"hạn {until}"] if until else []), f"{share} người xong", how])


def name(view: AssignmentView) -> str:
    """The work; a number for what is confidential."""
    return f"Nhiệm vụ mật số {view.number}" if view.confidential else view.title


def due(view: AssignmentView) -> str:
    """The day until which, or on which."""
    day = view.due_at or view.starts_at
    return short_day(day.date()) if day else ""


def state(*, done: bool, late: bool) -> str:
    """How it stands."""
    if done:
        return "xong"
    return "quá hạn" if late else "đang làm"

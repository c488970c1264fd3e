"""Sentences of the summary about work that was given out."""

from __future__ import annotations

from bot.domain.assignment_view import AssignmentView

COLUMNS = ("Số", "Việc", "Hạn", "Hoàn thành", "Tình trạng")


def figures(count: int, *, done: int, overdue: int) -> str:
    """All in a sentence."""
    return f"Đã phân công {count} việc; hoàn thành {done}; quá hạn {overdue}."


def name(view: AssignmentView) -> str:
    """The work; a number for what is confidential."""
    return f"Nhiệm vụ mật số {view.number}" if view.confidential else view.title


def due(view: AssignmentView) -> str:
    """The day until which, or on which."""
    day = view.due_at or view.starts_at
    return f"{day.day}/{day.month}/{day.year}" if day else ""


def state(*, done: bool, late: bool) -> str:
    """How it stands."""
    if done:
        return "xong"
    return "quá hạn" if late else "đang làm"

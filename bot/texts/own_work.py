"""Sentences about one's own work: the list, the search, the line in /toi and on a nudge."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.assignment_view import AssignmentView
from bot.domain.assignments import AssigneeStatus
from bot.domain.rich_text import Markup, join_lines
from bot.texts.assignments import STATUS_WORDS, moment


def line(view: AssignmentView, status: AssigneeStatus, *, overdue: bool) -> Markup:
    """One piece of work; to its assignee its name may be shown, unless it is confidential."""
    name = f"🔒 nhiệm vụ mật số {view.number}" if view.confidential else f"Số {view.number}: {view.title}"
    when = moment(view.starts_at, all_day=view.all_day) if view.starts_at else ""
    due = f"hạn {moment(view.due_at)}" if view.due_at else ""
    times = "; ".join(part for part in (when, due) if part)
    state = "⏰ quá hạn" if overdue else STATUS_WORDS[status]
    return Markup("• {} ({}) – {}").format(name, times, state) if times else Markup("• {} – {}").format(name, state)


def listed(lines: Sequence[Markup], *, everything: bool, words: str, total: int) -> Markup:
    """My work; `words` is what was searched for."""
    if not lines:
        if words:
            return Markup("Không có việc nào của thầy/cô khớp “{}”.").format(words)
        return Markup("Thầy/cô không có việc nào đang chờ.")
    heading = (
        Markup("<b>Việc của thầy/cô khớp “{}”: {}</b>").format(words, total)
        if words
        else Markup("<b>{}: {}</b>").format("Mọi việc của thầy/cô" if everything else "Việc thầy/cô đang làm", total)
    )
    return join_lines(heading, *lines)


def section(lines: Sequence[Markup], more: int) -> Markup:
    """What /toi says of it."""
    rest = Markup("… và {} việc nữa").format(more) if more else None
    return join_lines(Markup("📌 <b>Việc được giao:</b>"), *lines, rest)


def hint(view: AssignmentView) -> Markup:
    """On a nudge: what was given out and could be this month's activity."""
    place = f" ({view.school})" if view.school else ""
    when = moment(view.starts_at, all_day=True).capitalize() if view.starts_at else "Tháng này"
    return Markup("📌 {} thầy/cô được giao: {}{}. Đã làm?").format(
        when, view.title, place if place not in view.title else ""
    )

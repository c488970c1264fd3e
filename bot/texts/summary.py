"""The summary as chat text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.domain.rich_text import Markup, join_lines
from bot.domain.summary import MonthDuty, Summary
from bot.domain.vocabulary import ActivityKind
from bot.texts.vocabulary import KIND_NAMES

_SHOWN = 12


def period_unknown() -> Markup:
    """Words that name no period."""
    return Markup("Em chưa hiểu khoảng thời gian. Ví dụ: tháng này, tháng 10, HK1, năm học, từ 1/9 đến 20/11.")


def digest(team: str, first: date, last: date, summary: Summary, names: Mapping[int, str] | None) -> Markup:
    """All of it; `names` only for those who may see who owes."""
    return join_lines(
        Markup("📊 <b>{}</b>, {}/{}/{} – {}/{}/{}").format(
            team, first.day, first.month, first.year, last.day, last.month, last.year
        ),
        *(line for duty in summary.duties for line in _duty(duty, names)),
        Markup("<b>Hoạt động: {}</b>").format(summary.activities),
        *(Markup("• {}: {}").format(KIND_NAMES[ActivityKind(kind)], count) for kind, count in summary.by_kind),
        _listing("Theo trường", [f"{name} ({count})" for name, count in summary.by_school]),
        _listing("Trường chưa tới", list(summary.not_visited)),
        Markup("Điển hình: {} · Cần hỗ trợ: {}").format(summary.exemplary, summary.needs_support),
    )


def _duty(duty: MonthDuty, names: Mapping[int, str] | None) -> list[Markup]:
    head = Markup("<b>Định mức tháng {}:</b> {}/{} người đạt").format(duty.month.month, duty.met, duty.bound)
    if duty.on_leave:
        head += Markup(", {} người nghỉ").format(len(duty.on_leave))
    if names is None or not (duty.owing or duty.on_leave):
        return [head]
    owing = [names[member] for member in duty.owing if member in names]
    away = [names[member] for member in duty.on_leave if member in names]
    lines = [head]
    if owing:
        lines.append(Markup("Chưa có: {}").format(", ".join(owing)))
    if away:
        lines.append(Markup("Nghỉ: {}").format(", ".join(away)))
    return lines


def _listing(title: str, items: list[str]) -> Markup | None:
    if not items:
        return None
    more = f" … và {len(items) - _SHOWN} trường khác" if len(items) > _SHOWN else ""
    return Markup("<b>{}:</b> {}{}").format(title, ", ".join(items[:_SHOWN]), more)

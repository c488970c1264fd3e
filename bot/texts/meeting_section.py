"""Sentences of the summary about meetings, what they decided and what they taught."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.report_model import Tally
from bot.domain.resolution_line import LineKind

COLUMNS = ("Ngày", "Cuộc họp", "Có mặt", "Biên bản số", "Nghị quyết xong")
WIDTHS = (3, 4, 3, 2, 3)
NOT_TAKEN = "chưa điểm danh"
NO_MINUTES = "chưa có"
NO_RESOLUTIONS = "không có"
LESSONS = {LineKind.SPREAD: "cần nhân rộng", LineKind.MEND: "cần khắc phục"}
_SHOWN = 10


def of_year(year: str, held: int, required: int) -> str:
    """How the school year stands."""
    return f"{_general(year)}: {held}/{required} lần."


def unfinished(works: Sequence[str]) -> str:
    """What was decided and is not done."""
    more = f"; và {len(works) - _SHOWN} việc khác" if len(works) > _SHOWN else ""
    return f"Nghị quyết chưa xong: {len(works)} ({'; '.join(works[:_SHOWN])}{more})."


def lesson(meeting: str, kind: LineKind, text: str) -> str:
    """Something to spread or to mend."""
    return f"{meeting} – {LESSONS[kind]}: {text}"


def tallies(
    year: str, *, general: Sequence[str], rows: Sequence[tuple[str, ...]], unfinished: Sequence[str]
) -> tuple[Tally, ...]:
    """The general meetings of the year, all of the period, and what is not done."""
    return (
        Tally("general", _general(year), tuple(general)),
        Tally("held", "Cuộc họp trong kì", tuple(_line(row) for row in rows)),
        Tally("open", "Nghị quyết chưa xong", tuple(unfinished)),
    )


def _general(year: str) -> str:
    return f"Họp chung năm học {year}"


def _line(row: tuple[str, ...]) -> str:
    day, name, there, minutes, resolutions = row
    return f"{day}: {name}; có mặt: {there}; biên bản: {minutes}; nghị quyết: {resolutions}"

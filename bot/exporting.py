"""What `mangluoi export` offers: for each name its columns and the query that fills them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.documents import export as documents
from storage.exports import Row, activity_rows, assignment_rows, meeting_rows, member_rows
from storage.unit_of_work import UnitOfWork

FindRows = Callable[[UnitOfWork, int, date, date], Awaitable[list[Row]]]
"""The rows of a team between two days, both included."""


@dataclass(frozen=True, slots=True)
class Export:
    """One thing that can be exported."""

    columns: tuple[str, ...]
    find: FindRows


EXPORTS: Mapping[str, Export] = {
    "activities": Export(documents.ACTIVITY_COLUMNS, activity_rows),
    "meetings": Export(documents.MEETING_COLUMNS, meeting_rows),
    "assignments": Export(documents.ASSIGNMENT_COLUMNS, assignment_rows),
    "members": Export(documents.MEMBER_COLUMNS, member_rows),
}

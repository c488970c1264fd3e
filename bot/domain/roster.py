"""The roster from a spreadsheet: what importing it would do to a team, computed before anything is touched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from bot.domain.roster_headings import SheetKind
from bot.domain.roster_model import (
    FieldChange,
    FieldValue,
    KnownMember,
    KnownSchool,
    MemberChange,
    MemberEntry,
    Problem,
    ProblemCode,
    RawCell,
    RawSheet,
    RosterPlan,
    SchoolChange,
    SchoolEntry,
    Severity,
    UnreadableReason,
    UnreadableWorkbook,
    Workbook,
)
from bot.domain.roster_people import plan_members
from bot.domain.roster_school_finder import SchoolFinder
from bot.domain.roster_schools import plan_schools
from bot.domain.roster_tables import Table, TableRow, read_tables

_T = TypeVar("_T")

__all__ = [
    "FieldChange",
    "FieldValue",
    "KnownMember",
    "KnownSchool",
    "MemberChange",
    "MemberEntry",
    "Problem",
    "ProblemCode",
    "RawCell",
    "RawSheet",
    "RosterPlan",
    "SchoolChange",
    "SchoolEntry",
    "Severity",
    "UnreadableReason",
    "UnreadableWorkbook",
    "Workbook",
    "plan_roster",
]


def plan_roster(
    sheets: Sequence[RawSheet],
    *,
    existing_members: Sequence[KnownMember],
    existing_schools: Sequence[KnownSchool],
    file_name: str = "",
) -> RosterPlan:
    """What the sheets add to and change about a team; nobody is ever removed and no blank cell erases anything.

    Pure, and steady: once carried out, planning the same sheets again gives an empty plan.
    """
    tables, passed_over = read_tables(sheets)
    schools = plan_schools(_rows(tables, SheetKind.SCHOOLS), existing_schools)
    members = plan_members(_rows(tables, SheetKind.MEMBERS), SchoolFinder(schools.all), existing_members)
    about_tables = [problem for table in tables for problem in table.problems]
    return RosterPlan(
        file_name=file_name,
        schools_to_add=schools.to_add,
        schools_to_change=schools.to_change,
        schools_unchanged=schools.unchanged,
        members_to_add=members.to_add,
        members_to_change=members.to_change,
        members_unchanged=members.unchanged,
        members_absent=_left_out(members.absent, len(members.to_change) + members.unchanged),
        schools_absent=_left_out(schools.absent, len(schools.to_change) + schools.unchanged),
        problems=_sort((*passed_over, *about_tables, *schools.problems, *members.problems), sheets),
    )


def _left_out(absent: tuple[_T, ...], named: int) -> tuple[_T, ...]:
    """Those in no row of a file that is meant as the whole list; a file of a few newcomers leaves nobody out."""
    return absent if named >= len(absent) else ()


def _rows(tables: Iterable[Table], kind: SheetKind) -> list[TableRow]:
    return [row for table in tables if table.kind is kind for row in table.rows]


def _sort(problems: Iterable[Problem], sheets: Sequence[RawSheet]) -> tuple[Problem, ...]:
    """In the order in which somebody goes through the file; what concerns all of it comes first."""
    order = {sheet.name: index for index, sheet in enumerate(sheets)}

    def place(problem: Problem) -> tuple[int, int, int, str]:
        return order.get(problem.sheet, -1), problem.row or 0, len(problem.column), problem.column

    return tuple(sorted(problems, key=place))

"""A plan in a spreadsheet: a column for the month, one for what is to be done; every error by its row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.phrases import Source
from bot.domain.plan_parser import recognise
from bot.domain.plans import LONGEST_LINE, MOST_LINES, PlanEntry, month_of_year, plan_months
from bot.domain.report_kinds import find_kind
from bot.domain.roster_model import RawCell, RawSheet, column_letter
from bot.domain.school_matching import SchoolName, match_school
from bot.domain.school_year import Month, SchoolYear
from bot.domain.text import fold
from bot.domain.vocabulary import ActivityKind

_HEADING_ROWS = 20
_MONTH_CELL = re.compile(r"(?:thang |t)?(?P<number>\d{1,2})(?:(?:/| nam | )(?P<year>20\d{2}))?")
_DATE_CELL = re.compile(r"(?P<year>20\d{2}) (?P<number>\d{2})(?: .*)?")


class PlanColumn(StrEnum):
    """What a column holds."""

    MONTH = "month"
    TEXT = "text"
    SCHOOL = "school"
    KIND = "kind"


_SYNONYMS: Mapping[PlanColumn, tuple[str, ...]] = {
    PlanColumn.MONTH: ("thang", "thoi gian", "thang nam", "thang thuc hien", "thoi gian thuc hien"),
    PlanColumn.TEXT: (
        *("noi dung", "noi dung cong viec", "noi dung cong tac", "noi dung hoat dong", "noi dung thuc hien"),
        *("cong viec", "viec", "nhiem vu", "nhiem vu trong tam", "hoat dong"),
    ),
    PlanColumn.SCHOOL: ("truong", "don vi", "ten truong", "truong don vi", "don vi truong", "dia diem"),
    PlanColumn.KIND: ("loai", "loai hoat dong", "loai viec", "hinh thuc"),
}


class SheetTrouble(StrEnum):
    """What is wrong with a cell."""

    NO_MONTH = "no_month"
    MONTH_UNREADABLE = "month_unreadable"
    OTHER_YEAR = "other_year"
    NO_TEXT = "no_text"
    TOO_LONG = "too_long"
    SCHOOL_UNKNOWN = "school_unknown"
    SCHOOL_UNCLEAR = "school_unclear"
    KIND_UNKNOWN = "kind_unknown"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """One error: the sheet, its row and (where it is one cell) its column, and what stands there."""

    trouble: SheetTrouble
    sheet: str
    row: int
    column: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """The lines of a file, or what is wrong with it: with a single problem nothing is taken."""

    entries: tuple[PlanEntry, ...] = ()
    problems: tuple[SheetProblem, ...] = ()


Headings = Mapping[PlanColumn, int]


def is_plan(sheets: Iterable[RawSheet]) -> bool:
    """Whether a sheet has the headings of a plan."""
    return any(_headings(sheet) is not None for sheet in sheets)


def read_plan_sheets(sheets: Iterable[RawSheet], *, year: SchoolYear, schools: Sequence[SchoolName]) -> SheetPlan:
    """Every row below the headings of every sheet that has them; an empty month is that of the row above."""
    entries: list[PlanEntry] = []
    problems: list[SheetProblem] = []
    for sheet in sheets:
        found = _headings(sheet)
        if found is None or sheet.is_hidden:
            continue
        number, headings = found
        month: Month | None = None
        for row in sheet.rows:
            cells = {cell.column: cell for cell in row if cell.text}
            if not cells or row[0].row <= number or not cells.keys() & set(headings.values()):
                continue
            reading = _Row(sheet.name, row[0].row, {column: cells.get(at) for column, at in headings.items()}, headings)
            month = reading.month(year, above=month)
            entry = reading.entry(month, schools)
            problems += reading.problems
            entries += [entry] if entry is not None else []
    if len(entries) > MOST_LINES:
        problems.append(SheetProblem(SheetTrouble.TOO_MANY, "", 0))
    return SheetPlan(() if problems else tuple(entries), tuple(problems))


def _headings(sheet: RawSheet) -> tuple[int, Headings] | None:
    """The row of the headings and the column of each."""
    for row in sheet.rows:
        if row and row[0].row <= _HEADING_ROWS:
            found: dict[PlanColumn, int] = {}
            for cell in row:
                words = fold(re.sub(r"\(.*?\)", " ", cell.text)).replace("/", " ")
                named = next((column for column, synonyms in _SYNONYMS.items() if words in synonyms), None)
                if named is not None:
                    found.setdefault(named, cell.column)
            if PlanColumn.MONTH in found and PlanColumn.TEXT in found:
                return row[0].row, found
    return None


class _Row:
    """One row while it is read."""

    def __init__(self, sheet: str, number: int, cells: Mapping[PlanColumn, RawCell | None], headings: Headings) -> None:
        self._sheet, self._number, self._cells, self._headings = sheet, number, cells, headings
        self.problems: list[SheetProblem] = []

    def _text(self, column: PlanColumn) -> str:
        cell = self._cells.get(column)
        return cell.text if cell else ""

    def _wrong(self, trouble: SheetTrouble, column: PlanColumn) -> None:
        letter = column_letter(self._headings[column])
        self.problems.append(SheetProblem(trouble, self._sheet, self._number, letter, self._text(column)[:60]))

    def month(self, year: SchoolYear, *, above: Month | None) -> Month | None:
        """The row's month; None when it has none that can be read."""
        words = fold(self._text(PlanColumn.MONTH))
        if not words:
            return above
        match = _DATE_CELL.fullmatch(words) or _MONTH_CELL.fullmatch(words)
        number = int(match["number"]) if match else 0
        if match is None or not 1 <= number <= 12:
            self._wrong(SheetTrouble.MONTH_UNREADABLE, PlanColumn.MONTH)
            return None
        found = Month(int(match["year"]), number) if match["year"] else month_of_year(year, number)
        if found not in plan_months(year):
            self._wrong(SheetTrouble.OTHER_YEAR, PlanColumn.MONTH)
        return found

    def entry(self, month: Month | None, schools: Sequence[SchoolName]) -> PlanEntry | None:
        """The line; None for a row that only names its month, or with an error, which is noted."""
        text = self._text(PlanColumn.TEXT)
        school, kind = self._school(schools), self._kind()
        if not text:
            if self._text(PlanColumn.SCHOOL) or self._text(PlanColumn.KIND):
                self._wrong(SheetTrouble.NO_TEXT, PlanColumn.TEXT)
            return None
        if len(text) > LONGEST_LINE:
            self._wrong(SheetTrouble.TOO_LONG, PlanColumn.TEXT)
        if month is None and not self.problems:
            self._wrong(SheetTrouble.NO_MONTH, PlanColumn.MONTH)
        named_kind, named_school = recognise(text, schools)
        return None if self.problems else PlanEntry(month, text, kind or named_kind, school or named_school)

    def _school(self, schools: Sequence[SchoolName]) -> str | None:
        said = self._text(PlanColumn.SCHOOL)
        if not said:
            return None
        best = match_school(said, schools).best
        if len(best) != 1:
            self._wrong(SheetTrouble.SCHOOL_UNCLEAR if best else SheetTrouble.SCHOOL_UNKNOWN, PlanColumn.SCHOOL)
            return None
        return best[0]

    def _kind(self) -> ActivityKind | None:
        said = self._text(PlanColumn.KIND)
        if not said:
            return None
        found = find_kind(Source.of(said))
        if found is None:
            self._wrong(SheetTrouble.KIND_UNKNOWN, PlanColumn.KIND)
        return found[0] if found else None

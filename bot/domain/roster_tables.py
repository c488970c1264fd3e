"""From a raw sheet to rows that are people or schools: headings found, titles, totals and blanks passed over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.roster_headings import Column, Headings, SheetKind, read_headings
from bot.domain.roster_model import Problem, ProblemCode, RawCell, RawSheet, Severity, column_letter
from bot.domain.text import fold, normalise

_HEADING_ROWS = 20
# How few cells make a row part of what stands below a list rather than of the list.
_WIDTH_BELOW_TOTAL = 1
_WIDTH_BELOW_CLOSING = 2
_WIDEST_DATA_CELL = 2
_TOTAL = re.compile(r"(?:tong cong|tong so|tong|cong|danh sach(?: nay)?)\b.*\d.*|tong cong|tong so|cong")
_CLOSING = re.compile(
    r"(?:nguoi lap|nguoi tong hop|nguoi ky|nguoi viet|ky ten|xac nhan|thu truong|hieu truong|to truong|thu ky|thu ki"
    r"|noi nhan|ngay \d+ thang).*"
)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table: its filled cells by column, and what the headings call them."""

    sheet: str
    number: int
    headings: Mapping[Column, RawCell]
    cells: Mapping[int, RawCell]

    def cell(self, column: Column) -> RawCell | None:
        """The filled cell under a heading, if both are there."""
        heading = self.headings.get(column)
        return self.cells.get(heading.column) if heading else None

    def text(self, column: Column) -> str:
        """What stands under a heading; cells under one that spans several columns are read as one."""
        heading = self.headings.get(column)
        if heading is None:
            return ""
        under = (self.cells.get(heading.column + offset) for offset in range(heading.span))
        return " ".join(cell.text for cell in under if cell and cell.text)

    def listing(self, column: Column) -> str:
        """The same for a list of things: a line break within the cell parts them as ";" does."""
        cell = self.cell(column)
        lines = str(cell.value).splitlines() if cell and isinstance(cell.value, str) else [self.text(column)]
        return ";".join(" ".join(normalise(line).split()) for line in lines if line.strip())

    def problem(
        self, severity: Severity, code: ProblemCode, column: Column | None = None, /, **facts: str | int
    ) -> Problem:
        """Something to say about this row, or about its cell under a heading."""
        heading = self.headings.get(column) if column else None
        letter = column_letter(heading.column) if heading else ""
        value = self.text(column) if column else ""
        return Problem(severity, code, self.sheet, self.number, letter, value, facts)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a sheet that were understood, and what was passed over or is not used."""

    kind: SheetKind
    rows: tuple[TableRow, ...]
    problems: tuple[Problem, ...]


def read_tables(sheets: Iterable[RawSheet]) -> tuple[tuple[Table, ...], tuple[Problem, ...]]:
    """Every table of the file in its order, and what there is to say about sheets that are none."""
    tables: list[Table] = []
    passed_over: list[Problem] = []
    for sheet in sheets:
        headings = _find_headings(sheet)
        if headings is None:
            if sheet.rows:
                passed_over.append(Problem(Severity.NOTE, ProblemCode.SHEET_UNKNOWN, sheet.name))
        elif sheet.is_hidden:
            passed_over.append(Problem(Severity.WARNING, ProblemCode.SHEET_HIDDEN, sheet.name))
        else:
            tables.append(_read_table(sheet, headings))
    if not tables:
        passed_over.append(Problem(Severity.ERROR, ProblemCode.NO_TABLE))
    return tuple(tables), tuple(passed_over)


def _find_headings(sheet: RawSheet) -> Headings | None:
    candidates = [read_headings(row) for row in sheet.rows if row and row[0].row <= _HEADING_ROWS]
    return max((found for found in candidates if found), key=lambda found: found.score, default=None)


def _read_table(sheet: RawSheet, headings: Headings) -> Table:
    below = [_to_row(sheet.name, cells, headings) for cells in sheet.rows if cells and cells[0].row > headings.row]
    filled = [row for row in below if row.cells]
    rows: list[TableRow] = []
    problems = _find_unused_columns(sheet.name, headings, filled)
    last, stray_width = headings.row, 0
    for row in filled:
        if row.number > last + 1:
            problems.append(_describe_gap(sheet.name, last + 1, row.number - 1))
        last = row.number
        if _repeats_headings(row, headings):
            continue
        if _is_total(row):
            code, stray_width = ProblemCode.TOTAL_ROW, max(stray_width, _WIDTH_BELOW_TOTAL)
        else:
            stray_width = _WIDTH_BELOW_CLOSING if _closes(row) else stray_width
            code = ProblemCode.STRAY_ROW if _is_stray(row, stray_width) else None
        if code is None:
            rows.append(row)
        else:
            problems.append(_pass_over(row, code))
    return Table(headings.kind, tuple(rows), tuple(problems))


def _to_row(sheet: str, cells: tuple[RawCell, ...], headings: Headings) -> TableRow:
    filled = {cell.column: cell for cell in cells if cell.text}
    return TableRow(sheet, cells[0].row, headings.cells, filled)


def _find_unused_columns(sheet: str, headings: Headings, rows: list[TableRow]) -> list[Problem]:
    used = {column for row in rows for column in row.cells}
    return [
        Problem(Severity.NOTE, ProblemCode.COLUMN_UNUSED, sheet, headings.row, column_letter(cell.column), cell.text)
        for cell in headings.unused
        if cell.column in used
    ]


def _describe_gap(sheet: str, first: int, last: int) -> Problem:
    return Problem(Severity.NOTE, ProblemCode.BLANK_ROWS, sheet, first, facts={"first": first, "last": last})


def _pass_over(row: TableRow, code: ProblemCode) -> Problem:
    cell = _first_words(row) or next(iter(row.cells.values()))
    return Problem(Severity.NOTE, code, row.sheet, row.number, column_letter(cell.column), cell.text)


def _repeats_headings(row: TableRow, headings: Headings) -> bool:
    """Whether it is the heading again (printed on each page, merged downwards) or the row of column numbers."""
    if all(fold(row.cells[column].text).isdecimal() for column in row.cells) and row.number == headings.row + 1:
        return True
    pairs = [(row.cell(column), cell) for column, cell in headings.cells.items()]
    seen = [fold(own.text) == fold(heading.text) for own, heading in pairs if own]
    return bool(seen) and all(seen)


def _first_words(row: TableRow) -> RawCell | None:
    """The leftmost cell that holds words."""
    return next((cell for cell in row.cells.values() if any(char.isalpha() for char in cell.text)), None)


def _is_total(row: TableRow) -> bool:
    cell = _first_words(row)
    if cell is None or not _TOTAL.fullmatch(fold(cell.text)):
        return False
    # "Tống" is a family name, and without marks so is "Tong": only the real word or a figure makes a total.
    return not cell.text.lower().startswith("tống")


def _closes(row: TableRow) -> bool:
    """Whether it opens the lines below a list: who drew it up, where and when, who signs."""
    cell = _first_words(row)
    if cell is None or cell == row.cell(Column.ROLE):
        return False
    return len(row.cells) <= _WIDTH_BELOW_CLOSING and bool(_CLOSING.fullmatch(fold(cell.text)))


def _is_stray(row: TableRow, stray_width: int) -> bool:
    """Whether a row is neither person nor school: a group's title, a number alone, or a line below the list."""
    known = {cell.column + offset for cell in row.headings.values() for offset in range(cell.span)}
    if not known & row.cells.keys() or len(row.cells) <= stray_width:
        return True
    return len(row.cells) == 1 and next(iter(row.cells.values())).span > _WIDEST_DATA_CELL

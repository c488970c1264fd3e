"""Exports: rows in, bytes out, as JSON, CSV or Excel; no cell can become a formula."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from typing import Literal, get_args

Format = Literal["json", "csv", "xlsx"]
FORMATS: tuple[Format, ...] = get_args(Format)
Row = Mapping[str, object]
Cell = str | int | float | bool | None

ACTIVITY_COLUMNS = (
    "id",
    "member",
    "kind",
    "date",
    "school",
    "class",
    "subject",
    "strengths",
    "difficulties",
    "advice",
    "encouragement",
    "late",
    "reported_at",
    "number",
    "participants",
    "exemplary",
    "needs_support",
)
MEETING_COLUMNS = (
    "id",
    "kind",
    "starts_at",
    "place",
    "chair",
    "rsvp",
    "number",
    "title",
    "status",
    "ends_at",
    "agenda",
    "attendance",
)
MEMBER_COLUMNS = ("id", "name", "role", "school", "joined", "channels")
ASSIGNMENT_COLUMNS = (
    "id",
    "kind",
    "title",
    "due",
    "status",
    "assignees",
    "number",
    "starts",
    "school",
    "confidential",
)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def format_named(name: str) -> Format | None:
    """The format of this name, None when there is none."""
    return next((each for each in FORMATS if each == name), None)


def render(rows: Sequence[Row], *, columns: Sequence[str], kind: Format) -> bytes:
    """The rows in a file format; absent values are null in JSON and empty cells elsewhere."""
    if kind == "json":
        return json.dumps([dict(row) for row in rows], ensure_ascii=False, indent=1).encode()
    if kind == "csv":
        return _csv(rows, columns)
    return _xlsx(rows, columns)


def _csv(rows: Sequence[Row], columns: Sequence[str]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_harmless(_flat(row.get(column))) for column in columns])
    return buffer.getvalue().encode("utf-8-sig")  # Excel needs the mark to read UTF-8


def _xlsx(rows: Sequence[Row], columns: Sequence[str]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Dữ liệu")
    sheet.freeze_panes = "A2"
    sheet.append(list(columns))
    for row in rows:
        values = [_flat(row.get(column)) for column in columns]
        sheet.append([_printable(_harmless(value), ILLEGAL_CHARACTERS_RE) for value in values])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _printable(value: Cell, illegal: re.Pattern[str]) -> Cell:
    """Without the control characters that Excel refuses."""
    return illegal.sub("", value) if isinstance(value, str) else value


def _flat(value: object) -> Cell:
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    return json.dumps(value, ensure_ascii=False)


def _harmless(value: Cell) -> Cell:
    """Text that a spreadsheet would take for a formula is marked as text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value

"""Reads the spreadsheet that a leader uploads: bytes in, filled cells with their positions out.

The file comes from outside, so its size is judged before anything of it is unpacked, and cells are taken from
the stream one row at a time: a sheet that claims a million columns costs nothing.
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import IO, Any, cast

from bot.domain.roster import RawCell, RawSheet, UnreadableReason, UnreadableWorkbook, Workbook
from bot.domain.text import normalise

MAX_ROWS = 5_000
MAX_COLUMNS = 100
MAX_UNPACKED_BYTES = 50 * 1024 * 1024
MAX_TEXT = 5_000_000
"""Characters in all cells together: one long text may be referred to by every cell of a small file."""

_MAX_PARTS = 2_000
_MAX_RATIO = 200
_SMALL = 2 * 1024 * 1024
_OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")


def read_workbook(data: bytes) -> Workbook:
    """Every sheet of an .xlsx file; raises UnreadableWorkbook with the reason for anything else."""
    _check_container(data)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of extensions (validation, sparklines) that a reader of values does not need.
            warnings.simplefilter("ignore")
            return Workbook(tuple(_read_sheets(data)))
    except UnreadableWorkbook:
        raise
    except Exception as error:
        # Whatever a broken or hostile file makes the libraries raise, it says only this to the person.
        raise UnreadableWorkbook(UnreadableReason.DAMAGED) from error


def _check_container(data: bytes) -> None:
    if data.startswith(_OLE_MAGIC):
        is_encrypted = _ENCRYPTED_PART in data
        raise UnreadableWorkbook(UnreadableReason.ENCRYPTED if is_encrypted else UnreadableReason.OLD_XLS)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeError) as error:
        raise UnreadableWorkbook(UnreadableReason.NOT_XLSX) from error
    if any(part.flag_bits & 0x1 for part in parts):
        raise UnreadableWorkbook(UnreadableReason.ENCRYPTED)
    if "[Content_Types].xml" not in {part.filename for part in parts}:
        raise UnreadableWorkbook(UnreadableReason.NOT_XLSX)
    unpacked = sum(part.file_size for part in parts)
    is_bomb = unpacked > _SMALL and unpacked > _MAX_RATIO * len(data)
    if len(parts) > _MAX_PARTS or unpacked > MAX_UNPACKED_BYTES or is_bomb:
        raise UnreadableWorkbook(UnreadableReason.TOO_BIG)


def _read_sheets(data: bytes) -> Iterator[RawSheet]:
    from openpyxl.reader.excel import ExcelReader

    reader = ExcelReader(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    budget = _TextBudget()
    for sheet, relation in cast("Iterable[tuple[Any, Any]]", reader.parser.find_sheets()):
        if "chartsheet" in relation.Type or relation.target not in reader.valid_files:
            continue
        with reader.archive.open(relation.target) as source:
            rows, merged = _read_rows(source, reader.shared_strings, budget)
        is_hidden = (sheet.state or "visible") != "visible"
        yield RawSheet(normalise(str(sheet.name)), _apply_merges(rows, merged), is_hidden)


class _TextBudget:
    """Counts the characters of a whole file, so that none unfolds to more than a roster can hold."""

    def __init__(self) -> None:
        self._left = MAX_TEXT

    def spend(self, text: str) -> str:
        """The text, if there is still room for it."""
        self._left -= len(text)
        if self._left < 0:
            raise UnreadableWorkbook(UnreadableReason.TOO_BIG)
        return text


_Rows = dict[int, dict[int, RawCell]]
_Range = tuple[int, int, int, int]
"""First column, first row, last column, last row."""


def _read_rows(source: IO[bytes], shared_strings: list[str], budget: _TextBudget) -> tuple[_Rows, list[_Range]]:
    # The parser under openpyxl's read-only sheets: they pad every gap with empty cells and lose the merged ranges.
    from openpyxl.worksheet._reader import WorkSheetParser  # pyright: ignore[reportPrivateUsage] # see above

    parser = WorkSheetParser(source, shared_strings, data_only=True)
    rows: _Rows = {}
    for _, cells in cast("Iterable[tuple[int, list[dict[str, Any]]]]", parser.parse()):
        for raw in cells:
            value = _read_value(raw["value"], budget)
            if value == "":
                continue
            row, column = int(raw["row"]), int(raw["column"])
            if row > MAX_ROWS:
                raise UnreadableWorkbook(UnreadableReason.TOO_MANY_ROWS)
            if column > MAX_COLUMNS:
                raise UnreadableWorkbook(UnreadableReason.TOO_MANY_COLUMNS)
            rows.setdefault(row, {})[column] = RawCell(row, column, value)
    ranges = cast("Any", parser.merged_cells)
    return rows, [tuple(merged.bounds) for merged in ranges.mergeCell] if ranges else []


def _read_value(value: object, budget: _TextBudget) -> str | int | float | bool:
    """The value as typed; text in NFC, an empty cell as ""."""
    from openpyxl.utils.escape import unescape

    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return value
    text = budget.spend(str(value))
    return normalise(unescape(text) if "_x" in text else text)


def _apply_merges(rows: _Rows, merged: list[_Range]) -> tuple[tuple[RawCell, ...], ...]:
    """Rows in order; what is written over several rows holds for each of them that says anything itself."""
    filled = {number: dict(cells) for number, cells in rows.items()}
    for first_column, first_row, last_column, last_row in merged:
        anchor = rows.get(first_row, {}).get(first_column)
        if anchor is None:
            continue
        span = min(last_column, MAX_COLUMNS) - first_column + 1
        for number in range(first_row, min(last_row, MAX_ROWS) + 1):
            if number in rows:
                filled[number][first_column] = RawCell(number, first_column, anchor.value, span)
    return tuple(
        tuple(cells[column] for column in sorted(cells))
        for _, cells in sorted(filled.items(), key=lambda item: item[0])
    )

"""Sheets that people fill in: headings that explain themselves, cells that keep what is typed as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

BLANK_ROWS = 200
_TEXT_FORMAT = "@"


@dataclass(frozen=True, slots=True)
class BlankColumn:
    """One column: its heading, its width in characters, and the comment on the heading."""

    heading: str
    width: int
    meaning: str
    example: str


def lay_out(sheet: Any, columns: Sequence[BlankColumn]) -> None:
    """Headings that stay in sight, each with its meaning and an example in a comment; cells that keep a leading 0."""
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill

    for number, column in enumerate(columns, start=1):
        cell = sheet.cell(row=1, column=number, value=column.heading)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDEBF7")
        cell.alignment = Alignment(horizontal="center", vertical="center")
        cell.comment = Comment(f"{column.meaning}\nVí dụ: {column.example}", "Mạng lưới")
        sheet.column_dimensions[cell.column_letter].width = column.width
        for row in range(2, BLANK_ROWS + 2):
            sheet.cell(row=row, column=number).number_format = _TEXT_FORMAT
    sheet.freeze_panes = "A2"


def fill(sheet: Any, rows: Sequence[Sequence[str]]) -> None:
    """Texts as texts, whatever they begin with."""
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(row=number, column=column)
            cell.number_format = _TEXT_FORMAT
            if value:
                cell.value, cell.data_type = value, "s"


def offer(sheet: Any, columns: Sequence[BlankColumn], heading: str, options: Sequence[str]) -> None:
    """Under this heading one of the options is chosen."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    letter = get_column_letter([column.heading for column in columns].index(heading) + 1)
    offered = DataValidation(type="list", formula1=f'"{",".join(options)}"', allow_blank=True)
    offered.errorTitle, offered.error = heading, f"Xin chọn một trong: {', '.join(options)}."
    offered.showErrorMessage = True
    sheet.add_data_validation(offered)
    offered.add(f"{letter}2:{letter}{BLANK_ROWS + 1}")

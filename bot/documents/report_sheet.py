"""The summary as data: an Excel workbook with a sheet for each table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from bot.domain.duty import Standing
from bot.domain.report_model import Quote, ReportModel, Section
from bot.domain.vocabulary import ActivityKind
from bot.texts.periods import month_name, period_name
from bot.texts.summary import SECTION_NAMES, theme_name
from bot.texts.vocabulary import KIND_NAMES, NOTE_NAMES, ROLE_NAMES

Value = str | int | date | None
_STANDINGS = {
    Standing.MET: "Đạt",
    Standing.OWES: "Chưa đạt",
    Standing.ON_LEAVE: "Nghỉ",
    Standing.EXEMPT: "Không tính",
}
_LONGEST_CELL = 32_767  # characters, Excel's limit
_LONG = 60
_LINE_OF_CHARACTERS = 130
_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table; `widths` in characters."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Value]]
    widths: tuple[int, ...]


def draw_sheets(model: ReportModel) -> bytes:
    """The .xlsx file."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in _sheets(model):
        _draw(book.create_sheet(sheet.name), sheet)
    book.properties.title = f"Tổng hợp {period_name(model.period, model.first, model.last)}"
    book.properties.creator = model.team
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _sheets(model: ReportModel) -> list[Sheet]:
    return [
        _overview(model),
        _duty(model),
        _visits(model),
        _kinds(model),
        _schools(model),
        _figures("Theo môn", "Môn", [(each.label, each.count) for each in model.by_subject]),
        _quotes("Điển hình", model.exemplary),
        _quotes("Cần hỗ trợ", model.needs),
        _advice(model),
        _quotes("Hẹn kiểm tra lại", model.follow_ups),
        Sheet(
            "Cụm từ", ("Cụm từ", "Số hoạt động"), [(each.words, len(each.visits)) for each in model.phrases], (40, 14)
        ),
        *(
            Sheet(SECTION_NAMES[each.kind][:31], each.columns, _typed(each), _widths(each))
            for each in model.sections
            if each.columns
        ),
    ]


def _overview(model: ReportModel) -> Sheet:
    rows: list[tuple[Value, Value]] = [
        ("Tổ", model.team),
        ("Từ ngày", model.first),
        ("Đến ngày", model.last),
        ("Lập ngày", model.made_on),
        ("Số hoạt động", len(model.visits)),
        ("Số trường", model.schools),
        ("Trường chưa tới", len(model.not_visited)),
        ("Điển hình", len(model.exemplary)),
        ("Cần hỗ trợ", len(model.needs)),
    ]
    for index, month in enumerate(model.duty.months):
        rows.append((f"Đạt định mức tháng {month_name(month)}", model.duty.count(index, Standing.MET)))
        rows.append((f"Số người thực hiện tháng {month_name(month)}", model.duty.bound(index)))
        rows.append((f"Chưa đạt định mức tháng {month_name(month)}", model.duty.count(index, Standing.OWES)))
        rows.append((f"Được nghỉ tháng {month_name(month)}", model.duty.count(index, Standing.ON_LEAVE)))
    for section in model.sections:
        rows += [(f"{SECTION_NAMES[section.kind]}: {each.label}", len(each.lines)) for each in section.tallies]
        rows += [(SECTION_NAMES[section.kind], line) for line in section.lines]
    return Sheet("Tổng hợp", ("Nội dung", "Giá trị"), rows, (46, 60))


def _duty(model: ReportModel) -> Sheet:
    months = model.duty.months
    columns = ["Họ và tên", "Vai trò"]
    for month in months:
        columns += [f"Số hoạt động {month_name(month)}", f"Kết quả {month_name(month)}", f"Lý do {month_name(month)}"]
    rows: list[list[Value]] = []
    for member in model.duty.members:
        row: list[Value] = [member.person.name, ROLE_NAMES[member.person.role]]
        for month in member.months:
            row += [month.done, _STANDINGS[month.standing], month.reason or None]
        rows.append(row)
    return Sheet("Định mức", tuple(columns), rows, (28, 14, *(12, 14, 24) * len(months)))


def _visits(model: ReportModel) -> Sheet:
    names = {each.person.id: each.person.name for each in model.duty.members}
    columns = (
        *("Số", "Ngày", "Loại", "Trường", "Lớp/khối", "Môn", "Nội dung"),
        *NOTE_NAMES.values(),
        *("Điển hình", "Cần hỗ trợ", "Muộn", "Người tham gia"),
    )
    rows = [
        (
            visit.number,
            visit.day,
            KIND_NAMES[visit.kind],
            visit.school,
            visit.group,
            visit.subject,
            visit.topic,
            visit.strengths,
            visit.difficulties,
            visit.advice,
            visit.encouragement,
            _mark(visit.exemplary),
            _mark(visit.needs_support),
            _mark(visit.late),
            ", ".join(names[each] for each in visit.members if each in names),
        )
        for visit in model.visits
    ]
    return Sheet("Hoạt động", columns, rows, (6, 12, 26, 30, 10, 14, 30, 40, 40, 40, 40, 10, 11, 8, 30))


def _mark(is_set: bool) -> str | None:
    return "x" if is_set else None


def _kinds(model: ReportModel) -> Sheet:
    """All of each kind, and month by month."""
    months = {month: {figure.key: figure.count for figure in figures} for month, figures in model.by_month}
    rows = [
        (
            KIND_NAMES[ActivityKind(kind.key)],
            kind.count,
            *(of_month.get(kind.key, 0) for of_month in months.values()),
        )
        for kind in model.by_kind
    ]
    columns = ("Loại", "Số hoạt động", *(f"Tháng {month_name(month)}" for month in months))
    return Sheet("Theo loại", columns, rows, (40, 14, *(14 for _ in months)))


def _typed(section: Section) -> list[list[Value]]:
    """The table with numbers as numbers and dates as dates, wherever a cell says one."""
    return [[_value(section, column, cell) for column, cell in enumerate(row)] for row in section.rows]


def _value(section: Section, column: int, cell: str) -> Value:
    if column in section.numbers and cell.isdecimal():
        return int(cell)
    if column in section.dates and (day := _DAY.fullmatch(cell)):
        return date(int(day[3]), int(day[2]), int(day[1]))
    return cell


def _widths(section: Section) -> tuple[int, ...]:
    """In characters; every column has room for its title."""
    shares = section.widths or tuple(3 for _ in section.columns)
    whole = sum(shares)
    return tuple(
        max(12, len(title) + 4, round(_LINE_OF_CHARACTERS * share / whole))
        for title, share in zip(section.columns, shares, strict=True)
    )


def _figures(name: str, title: str, rows: Sequence[tuple[str, int]]) -> Sheet:
    return Sheet(name, (title, "Số hoạt động"), rows, (40, 14))


def _schools(model: ReportModel) -> Sheet:
    rows = [*((each.label, each.count) for each in model.by_school), *((name, 0) for name in model.not_visited)]
    return Sheet("Theo trường", ("Trường", "Số hoạt động"), rows, (40, 14))


def _quotes(name: str, quotes: Sequence[Quote]) -> Sheet:
    rows = [(quote.day, quote.school, quote.text) for quote in quotes]
    return Sheet(name, ("Ngày", "Trường", "Nội dung"), rows, (12, 30, 80))


def _advice(model: ReportModel) -> Sheet:
    rows = [
        (theme_name(theme.subject, theme.grade), quote.day, quote.school, quote.text)
        for theme in model.themes
        for quote in theme.quotes
    ]
    return Sheet("Tư vấn", ("Chủ đề", "Ngày", "Trường", "Nội dung"), rows, (22, 12, 30, 80))


def _draw(target: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    top, wrapped = Alignment(vertical="top"), Alignment(vertical="top", wrap_text=True)
    head, fill = Font(bold=True), PatternFill("solid", fgColor="DDE6F0")
    for column, title in enumerate(sheet.columns, 1):
        cell = target.cell(1, column, title)
        cell.font, cell.fill, cell.alignment = head, fill, wrapped
        target.column_dimensions[get_column_letter(column)].width = sheet.widths[column - 1]
    for number, row in enumerate(sheet.rows, 2):
        for column, value in enumerate(row, 1):
            if value is None or value == "":
                continue
            cell = target.cell(number, column)
            _put(cell, value)
            cell.alignment = wrapped if isinstance(value, str) and (len(value) > _LONG or "\n" in value) else top
    target.freeze_panes = "A2"
    last = get_column_letter(max(1, len(sheet.columns)))
    target.auto_filter.ref = f"A1:{last}{max(2, len(sheet.rows) + 1)}"
    target.page_setup.orientation, target.page_setup.paperSize = "landscape", 9
    target.page_setup.fitToWidth, target.page_setup.fitToHeight = 1, 0
    target.sheet_properties.pageSetUpPr.fitToPage = True
    target.print_title_rows = "1:1"


def _put(cell: Any, value: Value) -> None:
    """Numbers as numbers, dates as dates, and text as text even where it looks like a formula."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_CELL]
        cell.data_type = "s"
        if value.startswith(("=", "+", "-", "@", "\t", "\r")):
            cell.quotePrefix = True
    else:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "dd/mm/yyyy"

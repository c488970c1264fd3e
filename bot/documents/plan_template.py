"""The sheet on which a leader writes the year's plan, filled with what stands already."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from bot.documents.blank_sheets import BlankColumn, fill, lay_out
from bot.domain.plans import PlanLine
from bot.texts.periods import month_name
from bot.texts.vocabulary import KIND_NAMES

_COLUMNS = (
    BlankColumn("Tháng", 12, "Tháng thực hiện. Để trống là tháng của dòng trên.", "11 hoặc 11/2026"),
    BlankColumn("Nội dung", 60, "Việc cần làm, mỗi việc một dòng. Bắt buộc.", "Chuyên đề Toán 4 cấp cụm"),
    BlankColumn("Trường", 32, "Tên hoặc mã trường trong danh sách tổ. Có thể để trống.", "Tiểu học Kim Đồng"),
    BlankColumn("Loại hoạt động", 28, "Có thể để trống: máy nhận theo nội dung.", "Dự giờ tiết dạy"),
)


def build_plan(lines: Sequence[PlanLine]) -> bytes:
    """The .xlsx file; read back as it is, it changes nothing."""
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Kế hoạch"
    lay_out(sheet, _COLUMNS)
    fill(sheet, [_row(each) for each in lines])
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _row(line: PlanLine) -> tuple[str, ...]:
    return month_name(line.month), line.text, line.school or "", KIND_NAMES[line.kind] if line.kind else ""

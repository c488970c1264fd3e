"""The blank roster that leaders are offered: two sheets to fill in and one that explains them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from bot.domain.roster import MemberEntry, SchoolEntry
from bot.texts.vocabulary import ROLE_NAMES

_BLANK_ROWS = 200
_TEXT_FORMAT = "@"


@dataclass(frozen=True, slots=True)
class _Column:
    heading: str
    width: int
    meaning: str
    example: str


_ROLES = ("Tổ trưởng", "Tổ phó", "Thư ký", "Tổ viên", "Chuyên viên")
_ROLE_HEADING = "Vai trò"
_MEMBERS = (
    _Column("Họ và tên", 28, "Viết đủ họ, chữ đệm và tên, có dấu. Bắt buộc.", "Nguyễn Thị Lan"),
    _Column(_ROLE_HEADING, 14, f"Chọn một: {', '.join(_ROLES)}. Để trống là Tổ viên.", "Tổ viên"),
    _Column("Đơn vị công tác", 30, "Tên, tên gọi khác hoặc mã của trường có trong trang Trường.", "Tiểu học Kim Đồng"),
    _Column("Điện thoại", 16, "Một số. Viết liền hay có dấu chấm, dấu cách đều được.", "0912 345 678"),
    _Column("Trường phụ trách", 24, "Mã hoặc tên; nhiều trường thì cách nhau bằng dấu chấm phẩy.", "PH1; LHP"),
)
_SCHOOLS = (
    _Column("Mã", 10, "Ngắn, không trùng. Để trống thì máy đặt theo chữ đầu.", "KD"),
    _Column("Tên trường", 34, "Tên đầy đủ. Bắt buộc.", "Tiểu học Kim Đồng"),
    _Column("Tên gọi khác", 26, "Tên tắt mọi người hay viết, cách nhau bằng dấu chấm phẩy.", "KĐ; Kim Đồng A"),
    _Column("Khu vực", 22, "Phường, xã hoặc cụm.", "Phú Hòa"),
)
_GUIDE = (
    "Cách điền",
    "Điền vào hai trang Thành viên và Trường, giữ nguyên hàng tiêu đề, rồi gửi tệp này cho bot.",
    "Gửi lại tệp nhiều lần không làm trùng người. Ô để trống không xóa điều đã có. Không ai bị xóa khỏi tổ.",
)


def build(members_there: Sequence[MemberEntry] = (), schools_there: Sequence[SchoolEntry] = ()) -> bytes:
    """The .xlsx file, filled with who is there; read back as it is, it changes nothing."""
    from openpyxl import Workbook

    book = Workbook()
    members: Any = book.active
    members.title = "Thành viên"
    _lay_out(members, _MEMBERS)
    _offer_roles(members)
    _fill(members, [_member_row(each) for each in members_there])
    schools: Any = book.create_sheet("Trường")
    _lay_out(schools, _SCHOOLS)
    _fill(schools, [(each.code, each.name, "; ".join(each.aliases), each.area) for each in schools_there])
    _explain(book.create_sheet("Hướng dẫn"))
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _member_row(member: MemberEntry) -> tuple[str, ...]:
    role = ROLE_NAMES[member.role].capitalize()
    return (member.name, role, member.school or "", member.phone or "", "; ".join(member.in_charge))


def _fill(sheet: Any, rows: Sequence[Sequence[str]]) -> None:
    """Texts as texts, whatever they begin with."""
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(row=number, column=column)
            cell.number_format = _TEXT_FORMAT
            if value:
                cell.value, cell.data_type = value, "s"


def _lay_out(sheet: Any, columns: Sequence[_Column]) -> None:
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
        for row in range(2, _BLANK_ROWS + 2):
            sheet.cell(row=row, column=number).number_format = _TEXT_FORMAT
    sheet.freeze_panes = "A2"


def _offer_roles(sheet: Any) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    letter = get_column_letter([column.heading for column in _MEMBERS].index(_ROLE_HEADING) + 1)
    offered = DataValidation(type="list", formula1=f'"{",".join(_ROLES)}"', allow_blank=True)
    offered.errorTitle, offered.error = _ROLE_HEADING, f"Xin chọn một trong: {', '.join(_ROLES)}."
    offered.showErrorMessage = True
    sheet.add_data_validation(offered)
    offered.add(f"{letter}2:{letter}{_BLANK_ROWS + 1}")


def _explain(sheet: Any) -> None:
    """One line a column, so that no row of the guide looks like the headings of a list."""
    from openpyxl.styles import Alignment, Font

    for line in _GUIDE:
        sheet.append([line])
    for name, columns in (("Trang Thành viên", _MEMBERS), ("Trang Trường", _SCHOOLS)):
        sheet.append([])
        sheet.append([f"{name}: cột", "Ý nghĩa", "Ví dụ"])
        for column in columns:
            sheet.append([column.heading, column.meaning, column.example])
    for letter, width in (("A", 26), ("B", 62), ("C", 24)):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows(min_row=len(_GUIDE) + 1):
        row[0].font = Font(bold=True)
        row[1].alignment = Alignment(wrap_text=True, vertical="top")
    sheet["A1"].font = Font(bold=True, size=14)

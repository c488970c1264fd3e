"""The blank roster that leaders are offered: two sheets to fill in and one that explains them."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from bot.documents.blank_sheets import BlankColumn, fill, lay_out, offer
from bot.domain.roster import KnownMember, SchoolEntry
from bot.domain.roster_members import write_code
from bot.texts.vocabulary import ROLE_NAMES

_ROLES = ("Tổ trưởng", "Tổ phó", "Thư ký", "Tổ viên", "Chuyên viên")
_ROLE_HEADING = "Vai trò"
_MEMBERS = (
    BlankColumn("Họ và tên", 28, "Viết đủ họ, chữ đệm và tên, có dấu. Bắt buộc.", "Nguyễn Thị Lan"),
    BlankColumn(_ROLE_HEADING, 14, f"Chọn một: {', '.join(_ROLES)}. Để trống là Tổ viên.", "Tổ viên"),
    BlankColumn(
        "Đơn vị công tác", 30, "Tên, tên gọi khác hoặc mã của trường có trong trang Trường.", "Tiểu học Kim Đồng"
    ),
    BlankColumn("Điện thoại", 16, "Một số. Viết liền hay có dấu chấm, dấu cách đều được.", "0912 345 678"),
    BlankColumn("Trường phụ trách", 24, "Mã hoặc tên; nhiều trường thì cách nhau bằng dấu chấm phẩy.", "PH1; LHP"),
)
_MEMBER_CODE = BlankColumn("Mã tổ viên", 12, "Máy ghi để nhận ra người khi sửa tên. Người mới thì để trống.", "TV17")
_SCHOOLS = (
    BlankColumn("Mã", 10, "Ngắn, không trùng. Để trống thì máy đặt theo chữ đầu.", "KD"),
    BlankColumn("Tên trường", 34, "Tên đầy đủ. Bắt buộc.", "Tiểu học Kim Đồng"),
    BlankColumn("Tên gọi khác", 26, "Tên tắt mọi người hay viết, cách nhau bằng dấu chấm phẩy.", "KĐ; Kim Đồng A"),
    BlankColumn("Khu vực", 22, "Phường, xã hoặc cụm.", "Phú Hòa"),
)
_GUIDE = (
    "Cách điền",
    "Điền vào hai trang Thành viên và Trường, giữ nguyên hàng tiêu đề, rồi gửi tệp này cho bot.",
    "Gửi lại tệp nhiều lần không làm trùng người. Ô để trống không xóa điều đã có. Không ai bị xóa khỏi tổ.",
)


def build(members_there: Sequence[KnownMember] = (), schools_there: Sequence[SchoolEntry] = ()) -> bytes:
    """The .xlsx file, filled with who is there; read back as it is, it changes nothing."""
    from openpyxl import Workbook

    book = Workbook()
    members: Any = book.active
    members.title = "Thành viên"
    columns = (*_MEMBERS, _MEMBER_CODE) if members_there else _MEMBERS
    lay_out(members, columns)
    offer(members, _MEMBERS, _ROLE_HEADING, _ROLES)
    fill(members, [_member_row(each) for each in members_there])
    schools: Any = book.create_sheet("Trường")
    lay_out(schools, _SCHOOLS)
    fill(schools, [(each.code, each.name, "; ".join(each.aliases), each.area) for each in schools_there])
    _explain(book.create_sheet("Hướng dẫn"))
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _member_row(member: KnownMember) -> tuple[str, ...]:
    role = ROLE_NAMES[member.role].capitalize()
    return (
        member.name,
        role,
        member.school or "",
        member.phone or "",
        "; ".join(member.in_charge),
        write_code(member.id),
    )


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

"""What people send along: photos, sheets, and files that nobody wants."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import Any, Literal

from openpyxl import Workbook

from bot.domain.messages import IncomingFile
from storage.unit_of_work import UnitOfWork
from tests.rosters import PEOPLE


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file with or without words beside it, as the pipeline hands it on."""

    kind: Literal["photo", "document", "voice", "other"]
    name: str = ""
    mime: str = ""
    data: bytes = b"x"
    refusal: Literal["", "too_big", "unavailable", "wrong_type", "too_many_pixels"] = ""
    text: str = ""

    def saying(self, text: str) -> Parcel:
        """The same file with words beside it."""
        return replace(self, text=text)

    async def hand_over(self, uow: UnitOfWork) -> IncomingFile:
        """Stored, unless it was refused on the way."""
        kept = None
        if not self.refusal:
            kept = await uow.files.keep(data=self.data, name=self.name, mime=self.mime, now=uow.clock())
        return IncomingFile(
            reference="ref",
            kind=self.kind,
            name=self.name,
            mime=self.mime,
            size=len(self.data),
            stored_id=kept,
            refusal=self.refusal,
        )


def sheet(name: str, title: str, *rows: tuple[object, ...]) -> Parcel:
    """An Excel file with one sheet."""
    book = Workbook()
    page: Any = book.active
    page.title = title
    for row in rows:
        page.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return Parcel("document", name, mime, buffer.getvalue())


PHOTO = Parcel("photo", mime="image/jpeg", data=b"jpeg")
PICTURE_AS_FILE = Parcel("document", "lop-4a.png", "image/png")
LETTER = Parcel("document", "cong-van.pdf", "application/pdf", b"%PDF-1.7")
VOICE = Parcel("voice", "ghi-am.aac", "audio/aac")
VIDEO = Parcel("other")
TOO_BIG = Parcel("document", "phim.mp4", "video/mp4", refusal="too_big")
LOST_PHOTO = Parcel("photo", mime="image/jpeg", refusal="unavailable")
BROKEN_SHEET = Parcel("document", "danh-sach.xlsx", data=b"PK\x03\x04 no zip")
ROSTER = sheet("danh-sach.xlsx", "Thành viên", PEOPLE, ("Tạ Thị Nhập", "tổ viên", "", "0912 345 678", "", ""))
WRONG_ROSTER = sheet("danh-sach.xlsx", "Thành viên", PEOPLE, ("Tạ Thị Nhập", "vua", "Trường lạ", "12", "", ""))
_PLAN = ("Tháng", "Nội dung", "Trường", "Loại")
PLAN = sheet("ke-hoach.xlsx", "Kế hoạch", _PLAN, ("Tháng 3", "Dự giờ Toán 4", "Phú Hòa 1", "dự giờ"))
WRONG_PLAN = sheet("ke-hoach.xlsx", "Kế hoạch", _PLAN, ("Tháng 13", "Dự giờ Toán 4", "Trường lạ", ""))

"""Official documents to draw in tests, and ways to look at what was drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any, cast

import docx
import pypdfium2
from PIL import Image, ImageOps
from pypdf import PdfReader

from bot.documents.official import (
    Block,
    Bullets,
    Head,
    Heading,
    OfficialDocument,
    Paragraph,
    Signature,
    Table,
)

HARD = "A & B <x> “trích” 'đơn' \"kép\" 🌸\ndòng hai; =1+1"
POINTS_A_MM = 72 / 25.4


def word_text(data: bytes) -> str:
    """Everything that a Word file says, what stands in tables last."""
    read = docx.Document(BytesIO(data))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in read.paragraphs), *cells])


def paper(*blocks: Block, closing: str = "Trên đây là báo cáo của tổ./.", **changes: Any) -> OfficialDocument:
    """A report in which a test changes what it cares about."""
    given: dict[str, Any] = {
        "head": Head(
            parent="UBND phường Thủ Dầu Một",
            issuer="Tổ mạng lưới chuyên môn cấp tiểu học",
            code="BC-TML",
            number=5,
            place="Thủ Dầu Một",
            day=date(2026, 2, 1),
        ),
        "type_name": "Báo cáo",
        "subject": "Tổng hợp hoạt động tháng 01 năm 2026",
        "to": ("Phòng Văn hóa – Xã hội",),
        "blocks": blocks or (Heading("Thực hiện định mức"), Paragraph(HARD)),
        "closing": closing,
        "signatures": (Signature(("TM. Tổ mạng lưới", "Tổ trưởng"), "Trần Thị Mai"),),
        "copies": ("Như trên", "Lưu: Hồ sơ tổ"),
    }
    return OfficialDocument(**(given | changes))


def table(rows: int, *, words: str = "Nghỉ ốm") -> Table:
    """A table with this many rows."""
    return Table(
        ("TT", "Họ và tên", "Lý do"),
        tuple((str(number), f"Nguyễn Thị Hoa {number}", words) for number in range(1, rows + 1)),
        (1, 4, 6),
        (0,),
    )


def points(*texts: str) -> Bullets:
    """Points."""
    return Bullets.of(texts)


@dataclass(frozen=True, slots=True)
class Box:
    """Where something stands on a page, in millimetres from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float


class Printed:
    """A PDF file as it is read back."""

    def __init__(self, data: bytes) -> None:
        """From its bytes."""
        self._pages: Any = cast("Any", pypdfium2).PdfDocument(data)
        self.reader: Any = PdfReader(BytesIO(data))

    def __len__(self) -> int:
        """How many pages."""
        return len(self._pages)

    def words(self, page: int) -> str:
        """The text of a page, counted from 0, its white space made one."""
        return " ".join(self._pages[page].get_textpage().get_text_range().split())

    def find(self, text: str) -> list[tuple[int, Box]]:
        """Where a text without line breaks stands: the page and the box around it."""
        found: list[tuple[int, Box]] = []
        for number in range(len(self)):
            page = self._pages[number]
            height = page.get_height()
            content = page.get_textpage()
            search = content.search(text)
            while (hit := search.get_next()) is not None:
                boxes: list[tuple[float, float, float, float]] = [
                    content.get_charbox(index) for index in range(hit[0], hit[0] + hit[1])
                ]
                found.append(
                    (
                        number,
                        Box(
                            min(box[0] for box in boxes) / POINTS_A_MM,
                            (height - max(box[3] for box in boxes)) / POINTS_A_MM,
                            max(box[2] for box in boxes) / POINTS_A_MM,
                            (height - min(box[1] for box in boxes)) / POINTS_A_MM,
                        ),
                    )
                )
        return found

    def pieces(self, page: int) -> list[tuple[str, Box]]:
        """Every stretch of text on a line of the page, with the box around its letters."""
        content = self._pages[page].get_textpage()
        height = self._pages[page].get_height()
        found: list[tuple[str, Box]] = []
        for index in range(content.count_rects()):
            left, bottom, right, top = content.get_rect(index)
            words = content.get_text_bounded(left, bottom, right, top)
            found.append(
                (
                    words,
                    Box(
                        left / POINTS_A_MM,
                        (height - top) / POINTS_A_MM,
                        right / POINTS_A_MM,
                        (height - bottom) / POINTS_A_MM,
                    ),
                )
            )
        return found

    def overlaps(self, page: int, *, by: float = 0.6) -> list[tuple[str, str]]:
        """Pieces of text that stand on each other by more than so many millimetres both ways."""
        pieces = sorted(self.pieces(page), key=lambda piece: piece[1].top)
        found: list[tuple[str, str]] = []
        for index, (words, box) in enumerate(pieces):
            for other_words, other in pieces[index + 1 :]:
                if other.top > box.bottom - by:
                    break
                if min(box.right, other.right) - max(box.left, other.left) > by:
                    found.append((words, other_words))
        return found

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of a page in millimetres."""
        return self._pages[page].get_width() / POINTS_A_MM, self._pages[page].get_height() / POINTS_A_MM

    def ink(self, page: int) -> Box:
        """The box around everything that is not white, from the picture of the page."""
        picture: Image.Image = self._pages[page].render(scale=2).to_pil()
        box = ImageOps.invert(picture.convert("L")).getbbox()
        assert box is not None, f"page {page} is empty"
        left, top, right, bottom = (value / 2 / POINTS_A_MM for value in box)
        return Box(left, top, right, bottom)


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (64, 48), color: str = "green") -> bytes:
    """A small picture of one colour."""
    buffer = BytesIO()
    Image.new("RGB", size, color).save(buffer, kind)
    return buffer.getvalue()

"""An official document as a frozen model, after Decree 30/2020/NĐ-CP, Annex I and III.

Minutes, letters, plans and reports are all made of it; `official_word` and `official_pdf` draw it. Everything that
people typed goes in as typed: drawers escape, and keep line breaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from pydantic import ConfigDict, TypeAdapter

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
APPENDIX = "PHỤ LỤC ẢNH"
LINE_MM = 165
LEFT_HEAD_MM, RIGHT_HEAD_MM = 68.4, 96.6
"""The right one holds the nation's name on one line."""
LEFT_NAME_MM = LEFT_HEAD_MM - 5
WHOLE_TABLE_ROWS = 5
"""Tables up to so many rows are not broken over pages."""
PICTURE_MM = 100
"""How high a picture is at most: two to a page."""
_EXACTLY = ConfigDict(extra="forbid")
"""Blocks are told apart by their fields when a document is thawed."""


@dataclass(frozen=True, slots=True)
class Head:
    """Who issues it, under which number, where and when.

    `code` is what follows the number ("BC-TML"). A draft has no number yet. Minutes have neither place nor day.
    """

    parent: str
    issuer: str
    code: str = ""
    number: int | None = None
    place: str = ""
    day: date | None = None

    @property
    def number_line(self) -> str:
        """ "Số: 05/BC-TML": below ten with a zero; dots while there is no number; empty without a code."""
        if not self.code:
            return ""
        return f"Số: {'......' if self.number is None else format(self.number, '02d')}/{self.code}"

    @property
    def place_line(self) -> str:
        """ "Thủ Dầu Một, ngày 05 tháng 02 năm 2026": days below ten and the first two months with a zero."""
        if self.day is None:
            return ""
        month = f"{self.day.month:02d}" if self.day.month <= 2 else str(self.day.month)
        words = f"ngày {self.day.day:02d} tháng {month} năm {self.day.year}"
        return f"{self.place}, {words}" if self.place else words


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading: level 1 is "1.", level 2 "1.1."; the drawers number."""

    text: str
    level: int = 1
    __pydantic_config__: ClassVar[ConfigDict] = _EXACTLY


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, justified; `lead` stands before it in bold."""

    text: str
    lead: str = ""
    __pydantic_config__: ClassVar[ConfigDict] = _EXACTLY


@dataclass(frozen=True, slots=True)
class Bullets:
    """Points, one a line; each is what `Paragraph` is."""

    items: tuple[Paragraph, ...]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Bullets:
        """Points without leads."""
        return cls(tuple(Paragraph(text) for text in texts))


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table; its heading row is repeated on every page.

    `widths` are shares of the line; `numeric` names the columns (from 0) that are centred.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    numeric: tuple[int, ...] = ()
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG for the appendix, and what is said under it."""

    data: bytes
    caption: str


Block = Heading | Paragraph | Bullets | Table


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: the lines of the title ("TM. TỔ MẠNG LƯỚI", "TỔ TRƯỞNG"), then the name without academic titles."""

    titles: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """The whole document.

    One signature stands on the right, beside the recipients of copies; of two the first (thư ký) stands left and the
    second (chủ tọa) right. `type_name` is "Báo cáo", `subject` the trích yếu; both empty for letters, whose subject
    ("V/v …") stands under the number. `closing` is the last paragraph, which stays with the signatures.
    """

    head: Head
    type_name: str
    subject: str
    blocks: tuple[Block, ...]
    signatures: tuple[Signature, ...]
    to: tuple[str, ...] = ()
    """Whom it is addressed to, after "Kính gửi:"."""
    closing: str = ""
    copies: tuple[str, ...] = ()
    """After "Nơi nhận:"; the first is "Như trên", the last "Lưu: …"."""
    letter_subject: str = ""
    remark: str = ""
    """A mark above everything, such as "DỰ THẢO"."""
    pictures: tuple[Picture, ...] = ()
    """On pages of their own after the signatures, under "PHỤ LỤC ẢNH"."""

    @property
    def title(self) -> str:
        """What the file is called in its properties and bookmarks."""
        return f"{self.type_name} {self.subject}".strip() or self.letter_subject


def freeze(document: OfficialDocument) -> dict[str, Any]:
    """The document as JSON; one without pictures."""
    return TypeAdapter(OfficialDocument).dump_python(document, mode="json")


def thaw(content: dict[str, Any]) -> OfficialDocument:
    """The document as it was frozen."""
    return TypeAdapter(OfficialDocument).validate_python(content)


def copy_lines(copies: Sequence[str]) -> tuple[str, ...]:
    """The lines under "Nơi nhận:", ";" after each and "." after the last."""
    bare = [text.strip().rstrip(";.") for text in copies if text.strip()]
    return tuple(f"- {text}{'.' if index == len(bare) - 1 else ';'}" for index, text in enumerate(bare))

"""Draws an official document as PDF: the look of the Word file, real text, bookmarks and tags."""

from __future__ import annotations

from typing import Any

from bot.documents.fonts_bundled import balanced_lines
from bot.documents.official import (
    APPENDIX,
    LEFT_HEAD_MM,
    LEFT_NAME_MM,
    LINE_MM,
    MOTTO,
    NATION,
    PICTURE_MM,
    RIGHT_HEAD_MM,
    WHOLE_TABLE_ROWS,
    Block,
    Bullets,
    Heading,
    OfficialDocument,
    Paragraph,
    Table,
    copy_lines,
)
from bot.documents.typesetting import typeset


def draw_pdf(document: OfficialDocument) -> bytes:
    """The .pdf file."""
    return typeset("official.typ", as_data(document), kind="pdf")[0]


def as_data(document: OfficialDocument) -> dict[str, Any]:
    """What the template reads."""
    head = document.head
    return {
        "nation": NATION,
        "motto": MOTTO,
        "parent": _lines(head.parent.upper(), size=13, bold=False, within=LEFT_NAME_MM),
        "issuer": _lines(head.issuer.upper(), size=13, bold=True, within=LEFT_NAME_MM),
        "head_mm": (LEFT_HEAD_MM, RIGHT_HEAD_MM),
        "whole_rows": WHOLE_TABLE_ROWS,
        "author": head.issuer,
        "number": head.number_line,
        "place": head.place_line,
        "letter_subject": document.letter_subject,
        "title": document.title,
        "type_name": document.type_name.upper(),
        "subject": _lines(document.subject, size=14, bold=True, within=LINE_MM - 16),
        "to": [office.strip().rstrip(".;") for office in document.to],
        "blocks": [_block(block) for block in document.blocks],
        "closing": document.closing,
        "copies": copy_lines(document.copies),
        "signatures": [{"titles": each.titles, "name": each.name} for each in document.signatures],
        "remark": document.remark,
        "appendix": APPENDIX,
        "pictures": [{"data": list(each.data), "caption": each.caption} for each in document.pictures],
        "picture_mm": PICTURE_MM,
    }


def _lines(text: str, *, size: float, bold: bool, within: float) -> str:
    return "\n".join(balanced_lines(text, size=size, bold=bold, within=within))


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "text": block.text}
        case Paragraph():
            return {"kind": "paragraph", **_said(block)}
        case Bullets():
            return {"kind": "bullets", "items": [_said(item) for item in block.items]}
        case Table():
            return {
                "kind": "table",
                "caption": block.caption,
                "columns": block.columns,
                "rows": block.rows,
                "widths": block.widths,
                "numeric": block.numeric,
            }


def _said(paragraph: Paragraph) -> dict[str, str]:
    return {"lead": paragraph.lead, "text": paragraph.text}

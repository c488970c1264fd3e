"""The pieces that python-docx has no names for: fonts for every script, fields, rules, numbering, plain tables."""

from __future__ import annotations

from typing import Any, cast

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement  # pyright: ignore[reportUnknownVariableType]
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

Drawn = Any
"""A document, table, cell, row or paragraph of python-docx, whose types stop short of the XML that is needed here."""

FONT = "Times New Roman"
_ATTRIBUTES = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")
_THEMED = ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme")


def element(name: str, **attributes: object) -> Any:
    """An XML element with attributes in the same namespace: element("w:jc", val="center")."""
    made = cast("Any", OxmlElement)(name)
    for attribute, value in attributes.items():
        made.set(qn(f"w:{attribute}"), str(value))
    return made


def use_font(style: Any, *, size: float, bold: bool = False, italic: bool = False) -> None:
    """Times New Roman in black for every script, so that Vietnamese marks never fall into another font."""
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, italic
    style.font.color.rgb = RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    fonts = properties.rFonts
    for attribute in _ATTRIBUTES:
        fonts.set(qn(attribute), FONT)
    for attribute in _THEMED:
        fonts.attrib.pop(qn(attribute), None)
    for name in ("w:szCs", "w:lang"):
        for old in properties.findall(qn(name)):
            properties.remove(old)
    properties.append(element("w:szCs", val=int(size * 2)))
    properties.append(element("w:lang", val="vi-VN", eastAsia="vi-VN"))


def add_field(paragraph: Drawn, instruction: str) -> None:
    """A field that Word works out, such as PAGE."""
    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("value", "2"), ("end", "")):
        run = paragraph.add_run()
        if kind in {"begin", "separate", "end"}:
            run._r.append(element("w:fldChar", fldCharType=kind))
        elif kind == "value":
            run.text = text
        else:
            instruction_text = element("w:instrText")
            instruction_text.text = instruction
            run._r.append(instruction_text)


def write(paragraph: Drawn, text: str, *, bold: bool | None = None) -> None:
    """Text as typed: line breaks stay, and control characters that XML has no place for are left out."""
    for index, line in enumerate(text.split("\n")):
        run = paragraph.add_run()
        run.bold = bold
        if index:
            run.add_break()
        run.add_text("".join(char for char in line if char == "\t" or _is_allowed(char)))


def _is_allowed(char: str) -> bool:
    code = ord(char)
    return code >= 0x20 and not 0xD800 <= code <= 0xDFFF and code not in {0xFFFE, 0xFFFF}


def add_rule(cell: Drawn, *, width_mm: float, cell_mm: float) -> None:
    """A thin line in the middle of a cell, as the decree draws it under names."""
    paragraph = cell.add_paragraph()
    side = Mm(max(0.0, (cell_mm - width_mm) / 2))
    form = paragraph.paragraph_format
    form.left_indent, form.right_indent, form.first_line_indent = side, side, Mm(0)
    form.space_before, form.space_after = Pt(2), Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(2)
    borders = element("w:pBdr")
    borders.append(element("w:top", val="single", sz=6, space=0, color="000000"))
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def line_in(
    cell: Drawn, text: str, *, size: float, bold: bool = False, italic: bool = False, first: bool = False
) -> Any:
    """A centred line in a cell; `first` takes the paragraph that every cell begins with."""
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.first_line_indent, form.line_spacing = Mm(0), 1.0
    write(paragraph, text)
    for run in paragraph.runs:
        run.font.size, run.bold, run.italic = Pt(size), bold, italic
    return paragraph


def plain_table(document: Drawn, widths_mm: tuple[float, ...], *, ruled: bool = False, rows: int = 1) -> Drawn:
    """A table of fixed widths; without rules and cell margins it only sets things side by side."""
    table = document.add_table(rows=rows, cols=len(widths_mm))
    table.autofit = False
    if ruled:
        table.style = "Table Grid"
    properties = table._tbl.tblPr
    properties.append(_margins(1.2 if ruled else 0))
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    return table


def _margins(side_mm: float) -> Any:
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w=int(side_mm * 1440 / 25.4), type="dxa"))
    return margins


def repeat_heading_row(row: Any) -> None:
    """On every page the table reaches."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))


def keep_row_whole(row: Any) -> None:
    """No page break within it."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def number_headings(document: Drawn) -> None:
    """Real numbering "1.", "1.1." bound to the heading styles, so that people can move parts around."""
    numbering = document.part.numbering_part.element
    abstract = element("w:abstractNum", abstractNumId=90)
    abstract.append(element("w:multiLevelType", val="multilevel"))
    for level in range(2):
        entry = element("w:lvl", ilvl=level)
        entry.append(element("w:start", val=1))
        entry.append(element("w:numFmt", val="decimal"))
        entry.append(element("w:pStyle", val=f"Heading{level + 1}"))
        entry.append(element("w:suff", val="space"))
        entry.append(element("w:lvlText", val="".join(f"%{number + 1}." for number in range(level + 1))))
        entry.append(element("w:lvlJc", val="left"))
        abstract.append(entry)
    numbering.insert(0, abstract)
    number = element("w:num", numId=90)
    number.append(element("w:abstractNumId", val=90))
    numbering.append(number)
    for level in range(2):
        _bind(document.styles[f"Heading {level + 1}"], number_id=90, level=level)


def number_points(document: Drawn) -> None:
    """Points begin with a hyphen, as official documents have them."""
    numbering = document.part.numbering_part.element
    abstract = element("w:abstractNum", abstractNumId=91)
    entry = element("w:lvl", ilvl=0)
    entry.append(element("w:start", val=1))
    entry.append(element("w:numFmt", val="bullet"))
    entry.append(element("w:suff", val="space"))
    entry.append(element("w:lvlText", val="-"))
    entry.append(element("w:lvlJc", val="left"))
    abstract.append(entry)
    numbering.insert(0, abstract)
    number = element("w:num", numId=91)
    number.append(element("w:abstractNumId", val=91))
    numbering.append(number)
    _bind(document.styles["List Bullet"], number_id=91, level=0)


def _bind(style: Any, *, number_id: int, level: int) -> None:
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:numPr")):
        properties.remove(old)
    bound = properties.get_or_add_numPr()
    bound.append(element("w:ilvl", val=level))
    bound.append(element("w:numId", val=number_id))

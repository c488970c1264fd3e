"""Draws an official document as Word: real styles, numbered headings, tables and fields, to be edited further."""

from __future__ import annotations

from io import BytesIO
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from bot.documents.fonts_bundled import balanced_lines, text_width_mm, widest_mm
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
    Signature,
    Table,
)
from bot.documents.official import copy_lines as lines_of_copies

if TYPE_CHECKING:
    from bot.documents.word_parts import Drawn

TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = 20, 20, 30, 15
BODY = 14
_SUBJECT_MM = LINE_MM - 16
_SLACK_MM = 2.0
_RULE_SHARE = 0.4  # of the line above; the decree says a third to a half
_SIGNING_ROOM = 56  # points between the title and the name, for the hand and the seal


def draw_word(document: OfficialDocument) -> bytes:
    """The .docx file."""
    import docx

    word: Drawn = docx.Document()
    _set_page(word)
    _set_styles(word)
    word.core_properties.title = document.title[:250]
    word.core_properties.author = document.head.issuer
    word.core_properties.language = "vi-VN"
    word.core_properties.comments = ""
    _draw_head(word, document)
    _draw_title(word, document)
    for block, following in zip_longest(document.blocks, document.blocks[1:]):
        _draw_block(word, block, keep=isinstance(following, Table | Bullets))
    if document.closing:
        closing = _body(word, Paragraph(document.closing))
        closing.paragraph_format.keep_with_next = True
        closing.paragraph_format.keep_together = True
    _draw_signatures(word, document)
    _draw_pictures(word, document)
    buffer = BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def _set_page(word: Drawn) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    from bot.documents.word_parts import add_field

    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(TOP_MM), Mm(BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(LEFT_MM), Mm(RIGHT_MM)
    section.header_distance, section.footer_distance = Mm(10), Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_field(number, "PAGE")
    for run in number.runs:
        run.font.size = Pt(13)


def _set_styles(word: Drawn) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    from bot.documents.word_parts import number_headings, number_points, use_font

    for name, size, bold in (
        ("Normal", BODY, False),
        ("Body Text", BODY, False),
        ("Title", BODY, True),
        ("Subtitle", BODY, True),
        ("Heading 1", BODY, True),
        ("Heading 2", BODY, True),
        ("List Bullet", BODY, False),
        ("Caption", 13, False),
        ("Header", 13, False),
    ):
        use_font(word.styles[name], size=size, bold=bold, italic=name in {"Heading 2", "Caption"})
    for name in ("Body Text", "Heading 1", "Heading 2", "List Bullet"):
        form: Any = word.styles[name].paragraph_format
        form.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        form.first_line_indent, form.left_indent = Mm(12.7), Mm(0)
        form.space_before, form.space_after, form.line_spacing = Pt(0), Pt(6), 1.15
    for name in ("Title", "Subtitle", "Caption"):
        form = word.styles[name].paragraph_format
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER
        form.space_before, form.space_after, form.line_spacing = Pt(0), Pt(0), 1.0
        form.keep_with_next = True
        _without(word.styles[name], "w:pBdr")
    for name in ("Heading 1", "Heading 2"):
        word.styles[name].paragraph_format.keep_with_next = True
        word.styles[name].paragraph_format.space_before = Pt(6)
    _without(word.styles["List Bullet"], "w:contextualSpacing")  # which would set points without the decree's 6 pt
    number_headings(word)
    number_points(word)


def _without(style: Any, name: str) -> None:
    """The style without what the library's template gave it."""
    from docx.oxml.ns import qn

    for found in style.element.get_or_add_pPr().findall(qn(name)):
        style.element.pPr.remove(found)


def _draw_head(word: Drawn, document: OfficialDocument) -> None:
    from bot.documents.word_parts import add_rule, line_in, plain_table

    head = document.head
    table = plain_table(word, (LEFT_HEAD_MM, RIGHT_HEAD_MM))
    left, right = table.rows[0].cells
    parent = balanced_lines(head.parent.upper(), size=13, bold=False, within=LEFT_NAME_MM)
    issuer = balanced_lines(head.issuer.upper(), size=13, bold=True, within=LEFT_NAME_MM)
    _narrow(line_in(left, head.parent.upper(), size=13, first=True), parent, within=LEFT_HEAD_MM)
    _narrow(line_in(left, head.issuer.upper(), size=13, bold=True), issuer, within=LEFT_HEAD_MM, bold=True)
    add_rule(left, width_mm=widest_mm(issuer, size=13, bold=True) * _RULE_SHARE, cell_mm=LEFT_HEAD_MM)
    if head.number_line:
        line_in(left, head.number_line, size=13)
    if document.letter_subject:
        line_in(left, document.letter_subject, size=12)
    line_in(right, NATION, size=13, bold=True, first=True)
    line_in(right, MOTTO, size=14, bold=True)
    add_rule(right, width_mm=text_width_mm(MOTTO, size=14, bold=True), cell_mm=RIGHT_HEAD_MM)
    if head.place_line:
        line_in(right, head.place_line, size=13, italic=True)


def _narrow(paragraph: Any, lines: tuple[str, ...], *, within: float, size: float = 13, bold: bool = False) -> None:
    """Room for just these lines, so that Word breaks the text where they end."""
    from docx.shared import Mm

    if len(lines) < 2:
        return
    side = max(0.0, (within - widest_mm(lines, size=size, bold=bold) - _SLACK_MM) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(side)


def _draw_title(word: Drawn, document: OfficialDocument) -> None:
    from docx.shared import Mm, Pt

    from bot.documents.word_parts import add_rule, plain_table, write

    if document.remark:
        remark = word.add_paragraph(style="Caption")
        write(remark, document.remark, bold=True)
        remark.paragraph_format.space_before = Pt(12)
    if document.type_name:
        title = word.add_paragraph(style="Title")
        title.paragraph_format.space_before = Pt(14)
        write(title, document.type_name.upper())
        subject = balanced_lines(document.subject, size=BODY, bold=True, within=_SUBJECT_MM)
        below = word.add_paragraph(style="Subtitle")
        write(below, document.subject)
        _narrow(below, subject, within=LINE_MM, size=BODY, bold=True)
        holder = plain_table(word, (LINE_MM,)).rows[0].cells[0]
        first = holder.paragraphs[0]
        add_rule(holder, width_mm=widest_mm(subject, size=BODY, bold=True) * _RULE_SHARE, cell_mm=LINE_MM)
        first._p.getparent().remove(first._p)
    for index, office in enumerate(document.to):
        line = word.add_paragraph(style="Body Text")
        line.paragraph_format.first_line_indent = Mm(0)
        line.paragraph_format.left_indent = Mm(25)
        line.paragraph_format.space_before = Pt(10 if index == 0 else 0)
        lead = "Kính gửi: " if len(document.to) == 1 else "- "
        if len(document.to) > 1 and index == 0:
            write(line, "Kính gửi:")
            line = word.add_paragraph(style="Body Text")
            line.paragraph_format.first_line_indent, line.paragraph_format.left_indent = Mm(0), Mm(35)
        elif len(document.to) > 1:
            line.paragraph_format.left_indent = Mm(35)
        end = "" if len(document.to) == 1 else "." if index == len(document.to) - 1 else ";"
        write(line, f"{lead}{office.rstrip('.;')}{end}")


def _draw_block(word: Drawn, block: Block, *, keep: bool) -> None:
    """`keep`: a paragraph that leads to what follows stays with it."""
    match block:
        case Heading():
            from bot.documents.word_parts import write

            write(word.add_paragraph(style=f"Heading {block.level}"), block.text)
        case Paragraph():
            _body(word, block).paragraph_format.keep_with_next = keep or None
        case Bullets():
            for item in block.items:
                _body(word, item, style="List Bullet")
        case Table():
            _draw_table(word, block)


def _body(word: Drawn, paragraph: Paragraph, *, style: str = "Body Text") -> Any:
    from bot.documents.word_parts import write

    drawn = word.add_paragraph(style=style)
    if paragraph.lead:
        write(drawn, f"{paragraph.lead} ", bold=True)
    write(drawn, paragraph.text)
    return drawn


def _draw_table(word: Drawn, block: Table) -> None:
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Pt

    from bot.documents.word_parts import keep_row_whole, plain_table, repeat_heading_row, write

    if block.caption:
        write(word.add_paragraph(style="Caption"), block.caption)
    whole = sum(block.widths)
    widths = tuple(LINE_MM * width / whole for width in block.widths)
    table = plain_table(word, widths, ruled=True, rows=1 + len(block.rows))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid = [list(row.cells) for row in table.rows]
    for index, values in enumerate((block.columns, *block.rows)):
        for column, (cell, value) in enumerate(zip(grid[index], values, strict=True)):
            _fill(cell, value, centred=index == 0 or column in block.numeric, bold=index == 0)
    repeat_heading_row(table.rows[0])
    for row in table.rows:
        keep_row_whole(row)
    if len(block.rows) <= WHOLE_TABLE_ROWS:
        for cell in (cell for row in grid[:-1] for cell in row):
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    after = word.add_paragraph()
    after.paragraph_format.space_before = after.paragraph_format.space_after = Pt(0)
    after.paragraph_format.line_spacing = Pt(8)


def _fill(cell: Any, value: str, *, centred: bool, bold: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    from bot.documents.word_parts import write

    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    write(paragraph, value, bold=bold or None)
    for run in paragraph.runs:
        run.font.size = Pt(13)


def _draw_signatures(word: Drawn, document: OfficialDocument) -> None:
    from bot.documents.word_parts import keep_row_whole, plain_table

    copies = lines_of_copies(document.copies)
    table = plain_table(word, (LINE_MM / 2, LINE_MM / 2))
    left, right = table.rows[0].cells
    keep_row_whole(table.rows[0])
    match document.signatures:
        case (first, second, *_):
            _sign(left, first)
            _sign(right, second)
            if copies:
                below = plain_table(word, (LINE_MM,)).rows[0]
                keep_row_whole(below)
                _list_copies(below.cells[0], copies)
        case (only,):
            _list_copies(left, copies)
            _sign(right, only)
        case _:
            _list_copies(left, copies)
    for paragraph in (*left.paragraphs, *right.paragraphs):
        paragraph.paragraph_format.keep_with_next = len(document.signatures) > 1 and bool(copies)


def _sign(cell: Any, signature: Signature) -> None:
    from docx.shared import Pt

    from bot.documents.word_parts import line_in

    for index, title in enumerate(signature.titles):
        line = line_in(cell, title.upper(), size=14, bold=True, first=index == 0)
        if index == 0:
            line.paragraph_format.space_before = Pt(8)
    name = line_in(cell, signature.name, size=14, bold=True)
    name.paragraph_format.space_before = Pt(_SIGNING_ROOM)


def _list_copies(cell: Any, copies: tuple[str, ...]) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    from bot.documents.word_parts import line_in

    if not copies:
        return
    title = line_in(cell, "Nơi nhận:", size=12, bold=True, italic=True, first=True)
    title.alignment, title.paragraph_format.space_before = WD_ALIGN_PARAGRAPH.LEFT, Pt(8)
    for text in copies:
        line_in(cell, text, size=11).alignment = WD_ALIGN_PARAGRAPH.LEFT


def _draw_pictures(word: Drawn, document: OfficialDocument) -> None:
    """Each with its caption, which stays with it; two to a page."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    from bot.documents.word_parts import write

    if not document.pictures:
        return
    title = word.add_paragraph(style="Title")
    title.paragraph_format.page_break_before = True
    write(title, APPENDIX)
    for picture in document.pictures:
        holder = word.add_paragraph()
        holder.alignment = WD_ALIGN_PARAGRAPH.CENTER
        holder.paragraph_format.space_before, holder.paragraph_format.keep_with_next = Pt(8), True
        drawn = holder.add_run().add_picture(BytesIO(picture.data), height=Mm(PICTURE_MM))
        if drawn.width > Mm(LINE_MM):
            drawn.height, drawn.width = int(drawn.height * Mm(LINE_MM) / drawn.width), Mm(LINE_MM)
        drawn._inline.docPr.set("descr", picture.caption)  # read aloud to those who cannot see it
        caption = word.add_paragraph(style="Caption")
        caption.paragraph_format.keep_with_next = False
        write(caption, picture.caption)

"""What an official document is as Word: margins, fonts, sizes, numbering, fields, read back from its XML."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn

from bot.documents.fonts_bundled import text_width_mm
from bot.documents.official import Head, Heading, OfficialDocument, Paragraph, Signature, copy_lines
from bot.documents.official_word import draw_word
from tests.documents.papers import HARD, paper, points, table


def _read(document: OfficialDocument) -> Any:
    return Document(BytesIO(draw_word(document)))


def _texts(document: Any) -> list[str]:
    return [each.text for each in document.paragraphs]


def test_the_page_is_a4_with_the_margins_of_the_decree() -> None:
    section = _read(paper()).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    assert [round(each.mm) for each in margins] == [20, 20, 30, 15]


@pytest.mark.parametrize("style", ["Normal", "Body Text", "Title", "Subtitle", "Heading 1", "Heading 2", "List Bullet"])
def test_every_style_is_times_new_roman_in_black_for_every_script(style: str) -> None:
    properties = _read(paper()).styles[style].element.rPr
    fonts = properties.rFonts
    assert {fonts.get(qn(f"w:{kind}")) for kind in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
    assert not any("Theme" in name or "theme" in name for name in fonts.attrib)
    assert properties.find(qn("w:color")).get(qn("w:val")) == "000000"
    assert properties.find(qn("w:sz")).get(qn("w:val")) == "28"


def test_body_text_is_justified_with_a_first_line_of_127_cm_and_six_points_between() -> None:
    form = _read(paper()).styles["Body Text"].paragraph_format
    assert form.alignment == 3
    assert form.first_line_indent.mm == pytest.approx(12.7, abs=0.1)
    assert form.space_after.pt == 6
    assert 1 <= form.line_spacing <= 1.5


def test_the_page_number_is_a_field_in_the_header_but_not_on_the_first_page() -> None:
    section = _read(paper()).sections[0]
    assert section.different_first_page_header_footer
    instructions = [each.text for each in section.header._element.iter(qn("w:instrText"))]
    assert instructions == ["PAGE"]
    assert section.header.paragraphs[0].alignment == 1
    assert {run.font.size.pt for run in section.header.paragraphs[0].runs} == {13}
    assert not list(section.first_page_header._element.iter(qn("w:instrText")))


def test_headings_are_heading_styles_with_real_numbering() -> None:
    document = _read(paper(Heading("Một"), Heading("Hai", 2)))
    styled = [(each.style.name, each.text) for each in document.paragraphs if each.style.name.startswith("Heading")]
    assert styled == [("Heading 1", "Một"), ("Heading 2", "Hai")]
    number = document.styles["Heading 2"].element.pPr.numPr
    assert number.ilvl.val == 1
    xml = document.part.numbering_part.element.xml
    assert 'w:val="%1.%2."' in xml
    assert 'w:val="Heading2"' in xml


def test_the_head_reads_as_the_decree_wants_it() -> None:
    left, right = _read(paper()).tables[0].rows[0].cells
    assert [each.text for each in left.paragraphs] == [
        "UBND PHƯỜNG THỦ DẦU MỘT",
        "TỔ MẠNG LƯỚI CHUYÊN MÔN CẤP TIỂU HỌC",
        "",
        "Số: 05/BC-TML",
    ]
    assert [(each.text, each.runs[0].bold, each.runs[0].font.size.pt) for each in right.paragraphs if each.text] == [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True, 13),
        ("Độc lập - Tự do - Hạnh phúc", True, 14),
        ("Thủ Dầu Một, ngày 01 tháng 02 năm 2026", False, 13),
    ]
    assert right.paragraphs[3].runs[0].italic
    assert len(list(left._element.iter(qn("w:pBdr")))) == len(list(right._element.iter(qn("w:pBdr")))) == 1


def test_a_draft_has_dots_for_its_number_and_minutes_no_place() -> None:
    draft = Head(parent="", issuer="Tổ", code="BC-TML")
    assert draft.number_line == "Số: ....../BC-TML"
    assert draft.place_line == ""
    assert Head(parent="", issuer="Tổ", place="Huế", day=date(2026, 11, 9)).place_line == (
        "Huế, ngày 09 tháng 11 năm 2026"
    )


def test_what_people_typed_survives() -> None:
    document = _read(paper(Paragraph(HARD, lead="A & <b>:"), points(HARD), table(1, words=HARD)))
    assert f"A & <b>: {HARD}" in _texts(document)
    assert HARD in _texts(document)
    assert document.tables[-2].rows[1].cells[2].text == HARD


def test_control_characters_do_not_break_the_file() -> None:
    assert "ab" in _texts(_read(paper(Paragraph("a\x00\x0b\x1fb"))))


def test_long_names_in_the_head_are_broken_into_lines_of_equal_length_by_their_room() -> None:
    document = _read(paper())
    issuer = document.tables[0].rows[0].cells[0].paragraphs[1]
    room = 68.4 - (issuer.paragraph_format.left_indent + issuer.paragraph_format.right_indent) / 36_000
    assert text_width_mm("TỔ MẠNG LƯỚI CHUYÊN", size=13, bold=True) < room
    assert room < text_width_mm("TỔ MẠNG LƯỚI CHUYÊN MÔN", size=13, bold=True)


def test_points_keep_the_decree_s_space_between_them() -> None:
    style = _read(paper(points("a", "b"))).styles["List Bullet"]
    assert style.paragraph_format.space_after.pt == 6
    assert style.element.pPr.find(qn("w:contextualSpacing")) is None


def test_small_tables_stay_whole_and_with_the_words_that_lead_to_them() -> None:
    for rows, stays in ((3, True), (40, False)):
        document = _read(paper(Paragraph("Danh sách:"), table(rows)))
        lead = next(each for each in document.paragraphs if each.text == "Danh sách:")
        assert lead.paragraph_format.keep_with_next
        kept = document.tables[-2].rows[1].cells[0].paragraphs[0].paragraph_format.keep_with_next
        assert bool(kept) is stays


def test_tables_repeat_their_heading_row_and_break_no_row() -> None:
    drawn = _read(paper(table(3))).tables[-2]
    assert drawn.style.name == "Table Grid"
    assert drawn.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in drawn.rows)


def test_the_signatures_are_kept_with_the_last_words() -> None:
    document = _read(paper())
    closing = next(each for each in document.paragraphs if each.text.startswith("Trên đây"))
    assert closing.paragraph_format.keep_with_next
    left, right = document.tables[-1].rows[0].cells
    assert [each.text for each in left.paragraphs] == ["Nơi nhận:", "- Như trên;", "- Lưu: Hồ sơ tổ."]
    title = left.paragraphs[0].runs[0]
    assert (title.bold, title.italic, title.font.size.pt, left.paragraphs[1].runs[0].font.size.pt) == (
        True,
        True,
        12,
        11,
    )
    assert [each.text for each in right.paragraphs] == ["TM. TỔ MẠNG LƯỚI", "TỔ TRƯỞNG", "Trần Thị Mai"]
    assert {each.runs[0].font.size.pt for each in right.paragraphs} == {14}


def test_two_signatures_stand_side_by_side_above_the_copies() -> None:
    signatures = (Signature(("Thư ký",), "Lê Thị Lan"), Signature(("Chủ tọa",), "Trần Thị Mai"))
    document = _read(paper(signatures=signatures))
    left, right = document.tables[-2].rows[0].cells
    assert (left.paragraphs[0].text, right.paragraphs[0].text) == ("THƯ KÝ", "CHỦ TỌA")
    assert document.tables[-1].rows[0].cells[0].paragraphs[0].text == "Nơi nhận:"


def test_several_addressees_stand_under_each_other() -> None:
    assert [text for text in _texts(_read(paper(to=("Phòng A", "Phòng B")))) if "gửi" in text or "Phòng" in text] == [
        "Kính gửi:",
        "- Phòng A;",
        "- Phòng B.",
    ]


def test_copies_end_with_semicolons_and_a_full_stop() -> None:
    assert copy_lines(("Như trên;", " ", "Lưu: VT.")) == ("- Như trên;", "- Lưu: VT.")


def test_the_file_says_what_it_is() -> None:
    data = draw_word(paper())
    assert ZipFile(BytesIO(data)).testzip() is None
    properties = Document(BytesIO(data)).core_properties
    assert properties.title == "Báo cáo Tổng hợp hoạt động tháng 01 năm 2026"
    assert properties.author == "Tổ mạng lưới chuyên môn cấp tiểu học"

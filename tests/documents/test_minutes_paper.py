"""Minutes on paper: form 1.9 of Decree 30/2020 by the XML values of the Word file and the look of the PDF."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import docx
from docx.shared import Pt

from bot.documents.minutes_paper import MinutesPaper, PaperResolution, minutes_document
from bot.documents.official_pdf import draw_pdf
from bot.documents.official_word import draw_word
from bot.domain.clock import HOME_ZONE
from bot.domain.team_settings import PaperSettings
from tests.documents.papers import HARD, Printed, picture


def paper(**changes: Any) -> MinutesPaper:
    """Minutes in which a test changes what it cares about."""
    given: dict[str, Any] = {
        "team": "Tổ mạng lưới chuyên môn cấp tiểu học",
        "number": 5,
        "version": 1,
        "name": "Họp chung",
        "starts_at": datetime(2027, 1, 5, 14, 0, tzinfo=HOME_ZONE),
        "ends_at": datetime(2027, 1, 5, 15, 50, tzinfo=HOME_ZONE),
        "place": "Trường Tiểu học Lê Hồng Phong",
        "host": "",
        "present": tuple(f"Nguyễn Thị Hoa {number}" for number in range(1, 27)),
        "absent": ("Lý Ngọc Dung (có phép: ốm)",),
        "chair": "Bùi Quốc Hiếu",
        "chair_title": "tổ trưởng",
        "secretary": "Bùi Mỹ Quyên",
        "agenda": ("Sơ kết học kì",),
        "lines": (HARD,),
        "resolutions": (PaperResolution("Soạn đề cương", "cả tổ", "15/01/2027"),),
    }
    return MinutesPaper(**(given | changes))


def word(**changes: Any) -> Any:
    settings = PaperSettings(parent="UBND phường Thủ Dầu Một", place="Thủ Dầu Một")
    return docx.Document(io.BytesIO(draw_word(minutes_document(paper(**changes), settings))))


def everything(document: Any) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def test_the_page_has_the_decrees_margins_and_the_body_its_size() -> None:
    document = word()
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = [round(each.mm, 1) for each in (section.top_margin, section.left_margin, section.right_margin)]
    assert all(low <= each <= high for each, (low, high) in zip(margins, ((20, 25), (30, 35), (15, 20)), strict=True))
    assert document.styles["Body Text"].font.size == Pt(14)
    assert section.different_first_page_header_footer


def test_the_head_has_a_number_but_neither_place_nor_date() -> None:
    head = "\n".join(cell.text for cell in word().tables[0].rows[0].cells)
    assert "Số: 05/BB-TML" in head
    assert "UBND PHƯỜNG THỦ DẦU MỘT" in head
    assert "ngày" not in head


def test_everything_that_the_form_asks_for_is_there() -> None:
    said = everything(word())
    for words in (
        "BIÊN BẢN",
        "14 giờ 00 phút, ngày 05 tháng 01 năm 2027",
        "Trường Tiểu học Lê Hồng Phong",
        "26/27 thành viên",
        "Lý Ngọc Dung (có phép: ốm)",
        "Bùi Quốc Hiếu (tổ trưởng)",
        "Soạn đề cương",
        "kết thúc vào 15 giờ 50 phút",
    ):
        assert words in said
    assert HARD.splitlines()[0] in said


def test_the_secretary_signs_left_and_the_chair_right() -> None:
    printed = Printed(draw_pdf(minutes_document(paper(), PaperSettings())))
    last = len(printed) - 1
    (page, secretary), (other, chair) = printed.find("THƯ KÝ")[-1], printed.find("CHỦ TỌA")[-1]
    assert page == other == last
    assert secretary.right < 105 < chair.left
    assert abs(secretary.top - chair.top) < 2


def test_a_correction_says_which() -> None:
    assert "BẢN ĐÍNH CHÍNH LẦN 2" in everything(word(version=3))
    assert "ĐÍNH CHÍNH" not in everything(word())


def test_photos_come_two_to_a_page_after_the_signatures_each_with_its_words() -> None:
    photos = [("tiết dạy minh họa", picture(size=(400, 300))), ("", picture("PNG", size=(900, 200))), (HARD, picture())]
    document = minutes_document(paper(photos=3), PaperSettings(), photos=photos)
    drawn = docx.Document(io.BytesIO(draw_word(document)))
    said = [each.text for each in drawn.paragraphs]
    assert said[-6:][0::2] == ["", "", ""]
    assert said[-5::2] == ["Ảnh 1. tiết dạy minh họa", "Ảnh 2", f"Ảnh 3. {HARD}"]
    heights: list[float] = [shape.height.mm for shape in drawn.inline_shapes]
    widths: list[float] = [shape.width.mm for shape in drawn.inline_shapes]
    assert max(heights) <= 100
    assert max(widths) <= 165

    printed = Printed(draw_pdf(document))
    (signed, _), (first, _), (last, _) = (
        printed.find(words)[-1] for words in ("CHỦ TỌA", "tiết dạy minh họa", "Ảnh 3.")
    )
    assert signed < first < last == len(printed) - 1


def test_a_photo_that_cannot_be_read_is_left_out_and_the_rest_is_drawn() -> None:
    photos = [("hỏng", b"\xff\xd8\xff broken off"), ("còn", picture())]
    document = minutes_document(paper(photos=2), PaperSettings(), photos=photos)
    assert [each.caption for each in document.pictures] == ["Ảnh 2. còn"]
    assert draw_pdf(document).startswith(b"%PDF")

"""What an official document looks like as PDF: read back as text, bookmarks, tags and the ink on its pages."""

from __future__ import annotations

import pytest

from bot.documents.official import Head, Heading, Paragraph, Signature
from bot.documents.official_pdf import draw_pdf
from bot.documents.typesetting import drawable
from tests.documents.papers import HARD, Printed, paper, points, table


def test_what_people_typed_is_in_the_text_as_they_typed_it() -> None:
    printed = Printed(draw_pdf(paper(Paragraph(HARD), points(HARD), table(1, words=HARD))))
    assert printed.words(0).count("A & B <x> “trích” 'đơn' \"kép\"") == 3
    assert printed.words(0).count("dòng hai; =1+1") == 3
    assert printed.words(0).count("🌸") == 3


def test_the_head_has_everything_at_its_place() -> None:
    printed = Printed(draw_pdf(paper()))
    where = {
        words: printed.find(words)[0][1]
        for words in (
            "UBND PHƯỜNG",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "Số: 05/BC-TML",
            "Thủ Dầu Một, ngày 01 tháng 02 năm 2026",
            "BÁO CÁO",
            "Kính gửi: Phòng Văn hóa – Xã hội",
        )
    }
    assert where["UBND PHƯỜNG"].right < where["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"].left
    assert where["Số: 05/BC-TML"].top == pytest.approx(where["Thủ Dầu Một, ngày 01 tháng 02 năm 2026"].top, abs=1.5)
    title = where["BÁO CÁO"]
    assert (title.left + title.right) / 2 == pytest.approx(30 + 165 / 2, abs=1)
    assert where["Kính gửi: Phòng Văn hóa – Xã hội"].top > title.bottom > where["Số: 05/BC-TML"].bottom


def test_nothing_is_cut_and_margins_are_those_of_the_decree() -> None:
    long = "Trường Tiểu học Nguyễn Thị Minh Khai " * 40
    printed = Printed(draw_pdf(paper(Paragraph(long), table(60, words=long[:200]), Paragraph("x" * 40))))
    for page in range(len(printed)):
        ink = printed.ink(page)
        assert ink.left >= 29.5
        assert ink.right <= 195.5
        assert ink.bottom <= 277.5
        assert ink.top >= 8


def test_pages_are_numbered_from_the_second_on_at_the_top() -> None:
    printed = Printed(draw_pdf(paper(table(60))))
    assert printed.ink(0).top > 19
    number = next(box for page, box in printed.find("2") if page == 1 and box.top < 20)
    assert (number.left + number.right) / 2 == pytest.approx(30 + 165 / 2, abs=1)


def test_headings_are_numbered_and_are_bookmarks() -> None:
    printed = Printed(draw_pdf(paper(Heading("Một"), Heading("Hai"), Heading("Hai một", 2))))
    assert [entry["/Title"] for entry in printed.reader.outline if not isinstance(entry, list)] == ["1. Một", "2. Hai"]
    assert "2.1. Hai một" in printed.words(0)


def test_the_file_is_tagged_and_names_its_language_and_title() -> None:
    root = Printed(draw_pdf(paper())).reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("vi")
    assert Printed(draw_pdf(paper())).reader.metadata.title == "Báo cáo Tổng hợp hoạt động tháng 01 năm 2026"


def test_the_signature_is_never_alone_on_a_page() -> None:
    for rows in range(20, 40):
        printed = Printed(draw_pdf(paper(table(rows))))
        [(page, signature)] = printed.find("Trần Thị Mai")
        [(closing_page, closing)] = printed.find("Trên đây là báo cáo")
        assert page == closing_page, f"{rows} rows"
        assert closing.bottom < signature.top


def test_a_table_repeats_its_heading_on_every_page() -> None:
    printed = Printed(draw_pdf(paper(table(90))))
    assert {page for page, _ in printed.find("Họ và tên")} >= {0, 1, 2}


def test_minutes_are_signed_by_the_secretary_left_and_the_chair_right() -> None:
    head = Head(parent="UBND phường", issuer="Tổ mạng lưới", code="BB-TML", number=3)
    signatures = (Signature(("Thư ký",), "Lê Thị Lan"), Signature(("Chủ tọa",), "Trần Thị Mai"))
    printed = Printed(draw_pdf(paper(head=head, signatures=signatures, to=())))
    [(_, secretary)], [(_, chair)] = printed.find("THƯ KÝ"), printed.find("CHỦ TỌA")
    assert secretary.right < 112 < chair.left
    assert "ngày" not in printed.words(0)


def test_characters_that_no_font_has_are_shown_as_boxes() -> None:
    assert drawable("chữ 漢 và ✓") == "chữ □ và ✔"
    assert "□" in Printed(draw_pdf(paper(Paragraph("漢")))).words(0)

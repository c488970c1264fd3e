"""The letter to a school: a công văn that can be sent as it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.documents.official_pdf import draw_pdf
from bot.documents.official_word import draw_word
from bot.documents.school_letter import SchoolLetter, letter_document, letter_file_stem
from bot.domain.clock import HOME_ZONE
from bot.domain.team_settings import PaperSettings, TeamSettings
from tests.documents.papers import word_text

PAPER = PaperSettings(parent="UBND phường Thủ Dầu Một", place="Thủ Dầu Một", code="TML")
LETTER = SchoolLetter(
    team="Tổ mạng lưới cụm 1",
    school="Trường Tiểu học Kim Đồng",
    teacher="Nguyễn Thị Lan",
    work="Dự giờ Toán 4A <A & B>",
    day=date(2026, 11, 5),
    leader="Bùi Quốc Hiếu",
    settings=TeamSettings(paper=PAPER),
    place="Trường Tiểu học Phú Hòa 1",
    starts_at=datetime(2026, 11, 26, 8, 0, tzinfo=HOME_ZONE),
    due_at=datetime(2026, 11, 30, 17, 0, tzinfo=HOME_ZONE),
    number=5,
)


def words(letter: SchoolLetter) -> str:
    """Everything that stands on the page."""
    return word_text(draw_word(letter_document(letter)))


def test_it_says_who_is_asked_for_whom_and_when() -> None:
    text = words(LETTER)
    for expected in (
        "Số: 05/TML",
        "V/v tạo điều kiện cho thầy (cô) Nguyễn Thị Lan",
        "ngày 05 tháng 11 năm 2026",
        "Kính gửi: Hiệu trưởng Trường Tiểu học Kim Đồng",
        "Dự giờ Toán 4A <A & B>",
        "8 giờ 00, thứ Năm ngày 26/11/2026",
        "Trường Tiểu học Phú Hòa 1",
        "17 giờ 00, thứ Hai ngày 30/11/2026",
        "Bùi Quốc Hiếu",
    ):
        assert expected in text
    assert "DỰ THẢO" not in text


def test_only_the_day_is_said_where_only_the_day_is_known() -> None:
    assert "Thời gian: thứ Năm ngày 26/11/2026" in words(replace(LETTER, all_day=True))


def test_without_a_number_it_is_a_draft() -> None:
    text = words(replace(LETTER, number=None))
    assert "DỰ THẢO" in text
    assert "Số: ....../TML" in text


def test_under_a_seal_one_signs_for_the_team() -> None:
    sealed = replace(LETTER, settings=TeamSettings(paper=PAPER.model_copy(update={"has_seal": True})))
    assert letter_document(sealed).signatures[0].titles == ("TM. Tổ mạng lưới cụm 1", "Tổ trưởng")


def test_what_is_not_known_leaves_no_empty_line() -> None:
    text = words(replace(LETTER, starts_at=None, due_at=None, place=""))
    for missing in ("Thời gian:", "Địa điểm:", "Thời hạn"):
        assert missing not in text


def test_it_is_drawn_as_pdf_too() -> None:
    assert draw_pdf(letter_document(LETTER)).startswith(b"%PDF")


@pytest.mark.parametrize(("number", "name"), [(5, "thu-gui-truong-05"), (None, "thu-gui-truong-du-thao")])
def test_its_file_is_named_by_its_number(number: int | None, name: str) -> None:
    assert letter_file_stem(replace(LETTER, number=number)) == name

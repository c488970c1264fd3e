"""Text is kept clean and compared without regard to marks."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text import agrees, compose, fold, fold_with_offsets, normalise, skeleton


def test_an_iphone_text_is_kept_in_composed_letters() -> None:
    assert normalise(unicodedata.normalize("NFD", "Định Hòa")) == "Định Hòa"


def test_windows_line_ends_become_one_newline() -> None:
    assert normalise("một\r\nhai\rba") == "một\nhai\nba"


def test_invisible_characters_are_dropped() -> None:
    assert normalise("\u202aTrường\u200b \u2066Kim\u2069\x00 Đồng\ufeff") == "Trường Kim Đồng"


def test_a_mark_parted_from_its_letter_by_an_invisible_character_finds_it_again() -> None:
    assert normalise("e\u200b\u0301m") == "ém"


def test_an_emoji_family_stays_together() -> None:
    assert normalise("👩\u200d🏫 dạy hay 👍🏽 ❤️\u200d🔥") == "👩\u200d🏫 dạy hay 👍🏽 ❤️\u200d🔥"


def test_a_joiner_between_letters_is_dropped() -> None:
    assert normalise("to\u200dán") == "toán"


def test_a_hard_space_becomes_a_space() -> None:
    assert normalise("lớp\u00a04A") == "lớp 4A"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đạo đức 1B, TH Lê Thị Hồng Gấm!", "dao duc 1b th le thi hong gam"),
        ("  Lịch sử &  Địa lí ", "lich su dia li"),
        ("lớp 4/2 ngày 20/11/2026.", "lop 4/2 ngay 20/11/2026"),
        ("và/ hoặc /", "va hoac"),
        ("Ưu điểm: - nề nếp\n- ồn", "uu diem ne nep on"),
        ("👍", ""),
    ],
)
def test_folding_keeps_letters_digits_and_inner_slashes(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_each_folded_letter_knows_where_it_came_from() -> None:
    text = "Ở Định Hòa"
    folded, offsets = fold_with_offsets(text)
    start = folded.index("dinh")
    assert text[offsets[start] : offsets[start + len("dinh hoa") - 1] + 1] == "Định Hòa"


def test_the_skeleton_keeps_punctuation_and_length() -> None:
    assert skeleton("Ưu điểm: Tốt – 8,5!") == "uu diem: tot – 8,5!"


def test_old_and_new_tone_places_are_the_same() -> None:
    assert fold("Phú Hoà") == fold("phú hòa")


def test_different_letters_are_not_the_same() -> None:
    assert fold("Phú Hòa 1") != fold("Phú Hòa 2")


@pytest.mark.parametrize(
    ("typed", "form"), [("thu tu", "thứ tư"), ("Thư tư", "thứ tư"), ("hoà", "hòa"), ("dau thang", "đầu tháng")]
)
def test_marks_may_be_left_out_or_put_in_the_old_place(typed: str, form: str) -> None:
    assert agrees(typed, form)


@pytest.mark.parametrize(
    ("typed", "form"), [("một", "mốt"), ("này", "nay"), ("quá", "qua"), ("mai mốt", "mai"), ("đau", "dau")]
)
def test_a_wrong_mark_is_another_word(typed: str, form: str) -> None:
    assert not agrees(typed, form)


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text())
def test_offsets_rise_and_lie_within_the_text(text: str) -> None:
    folded, offsets = fold_with_offsets(text)
    assert len(folded) == len(offsets)
    assert offsets == sorted(offsets)
    assert all(0 <= offset < len(compose(text)) for offset in offsets)


@given(st.text())
def test_the_skeleton_is_as_long_as_the_text(text: str) -> None:
    assert len(skeleton(text)) == len(compose(text))

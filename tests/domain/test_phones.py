"""Vietnamese numbers in any form people type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.phones import find_phones, mask_phone, normalise_phone

mobile_numbers = st.from_regex(r"0[35789][0-9]{8}", fullmatch=True).filter(str.isascii)


@pytest.mark.parametrize(
    "typed",
    [
        "0912345000",
        "0912.345.000",
        "0912 345 000",
        "0912-345-000",
        "(0912) 345 000",
        "+84 912 345 000",
        "+84912345000",
        "+84 (0)912 345 000",
        "0084912345000",
        "84912345000",
        "912345000",
        912345000,
        912345000.0,
        "'0912345000",
        "ĐT: 0912345000 (Zalo)",
        "０９１２３４５０００",
        "0912\u00a0345\u00a0000",
    ],
)
def test_every_form_of_a_mobile_number_is_kept_alike(typed: object) -> None:
    assert normalise_phone(typed) == "0912345000"


@pytest.mark.parametrize(
    ("typed", "kept"), [("0274 3822 123", "02743822123"), (2743822123, "02743822123"), ("024 3869 2222", "02438692222")]
)
def test_a_landline_is_a_number_too(typed: object, kept: str) -> None:
    assert normalise_phone(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("01234567890", "0834567890"), ("0168 999 1234", "0389991234"), ("+84 1234567890", "0834567890")],
)
def test_a_number_of_eleven_digits_moves_to_its_prefix_of_2018(typed: str, kept: str) -> None:
    assert normalise_phone(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [None, "", "không có", True, 0, 9123450, 912345000.5, float("nan"), "0112345678", "09123450001", "+61 412 345 678"],
)
def test_what_is_no_vietnamese_number_is_none(typed: object) -> None:
    assert normalise_phone(typed) is None


def test_two_numbers_in_one_cell_are_found_in_order_and_are_not_one_number() -> None:
    assert find_phones("0912345000 / +84 987 654 321; 0912.345.000") == ("0912345000", "0987654321")
    assert find_phones("0912345000 - 0987654321") == find_phones("0912345000 0987654321")
    assert normalise_phone("0912345000 / 0987654321") is None


@given(mobile_numbers, st.sampled_from(["+84", "0084", "84", "0", ""]), st.sampled_from(["", " ", ".", "-"]))
def test_prefix_and_separators_make_no_difference(phone: str, prefix: str, separator: str) -> None:
    bare = phone[1:]
    written = prefix + separator.join((bare[:3], bare[3:6], bare[6:]))
    assert normalise_phone(written) == phone


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.none()))
def test_any_value_gives_a_number_that_stays_itself_or_none(value: object) -> None:
    phone = normalise_phone(value)
    assert phone is None or normalise_phone(phone) == phone


def test_a_masked_number_shows_its_ends_only() -> None:
    assert mask_phone("0912345000") == "0912•••000"
    assert mask_phone("02743822123") == "0274•••123"
    assert mask_phone("113") == "•••"

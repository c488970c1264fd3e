"""Who is meant by a name."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.member_matching import MemberName, match_member, match_members

NAMES = (
    "Nguyễn Thị Lan", "Trần Lan Anh", "Phạm Văn Hùng", "Lê Quốc Hưng", "Nguyễn Thị Mai", "Đỗ Thị Thu Hường",
    "Hoàng Lan", "Võ Minh Đức", "Trần Thị Ngọc Ánh",
)  # fmt: skip
TEAM = tuple(MemberName(number, name) for number, name in enumerate(NAMES))


def names(typed: str) -> list[str]:
    return [NAMES[number] for number in match_member(typed, TEAM).best]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Nguyễn Thị Lan", ["Nguyễn Thị Lan"]),
        ("nguyen thi lan", ["Nguyễn Thị Lan"]),
        ("Nguyễn Lan", ["Nguyễn Thị Lan"]),
        ("Ng. T. Lan", ["Nguyễn Thị Lan"]),
        ("N.T. Lan", ["Nguyễn Thị Lan"]),
        ("cô Lan", ["Nguyễn Thị Lan", "Hoàng Lan"]),
        ("Hoàng Lan", ["Hoàng Lan"]),
        ("Lan Anh", ["Trần Lan Anh"]),
        ("đ/c Lan Anh", ["Trần Lan Anh"]),
        ("thầy Hùng", ["Phạm Văn Hùng"]),
        ("thay hung", ["Phạm Văn Hùng", "Lê Quốc Hưng"]),
        ("HƯNG", ["Lê Quốc Hưng"]),
        ("Hứng", ["Phạm Văn Hùng", "Lê Quốc Hưng"]),
        ("Thu Hường", ["Đỗ Thị Thu Hường"]),
        ("huogn", ["Đỗ Thị Thu Hường"]),
        ("duc", ["Võ Minh Đức"]),
        ("ngoc anh", ["Trần Thị Ngọc Ánh"]),
        ("Lam", []),
        ("cô", []),
        ("", []),
        ("Nguyễn Văn Tèo", []),
    ],
)
def test_a_name_means_whom_it_fits_best(typed: str, expected: list[str]) -> None:
    assert names(typed) == expected


@pytest.mark.parametrize("name", NAMES)
def test_a_whole_name_without_marks_or_in_nfd_is_sure(name: str) -> None:
    assert names(unicodedata.normalize("NFD", name)) == [name]
    assert names(f"cô {name.upper()}") == [name]


def test_each_name_of_a_list_is_read() -> None:
    found = match_members("cô Lan Anh, thầy Hùng và Mai", TEAM)
    assert [NAMES[each.sure or 0] for each in found] == ["Trần Lan Anh", "Phạm Văn Hùng", "Nguyễn Thị Mai"]


@given(st.text(max_size=60))
def test_any_text_is_matched_or_not_but_never_fails(text: str) -> None:
    for each in match_members(text, TEAM):
        assert set(each.best) <= {member.id for member in TEAM}

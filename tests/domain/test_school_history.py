"""Schools renamed and merged: each day has its own names."""

from __future__ import annotations

from datetime import date

from bot.domain.school_history import SchoolHistory, SchoolTurn, is_name_free, told_apart, with_alias
from bot.domain.school_matching import SchoolName, match_school

NEW_YEAR = date(2027, 1, 1)
HISTORY = SchoolHistory(
    (
        SchoolTurn("A", NEW_YEAR, "TH Phú Hòa 1", into="B"),
        SchoolTurn("B", date(2027, 3, 1), "TH Phú Hòa 2"),
        SchoolTurn("B", date(2027, 5, 1), "TH Phú Hòa"),
        SchoolTurn("B", date(2027, 6, 1), "TH Phú Hòa Mới", into="C"),
    )
)


def test_a_merged_school_is_itself_until_the_day_before() -> None:
    assert HISTORY.code_on("A", date(2026, 12, 31)) == "A"
    assert HISTORY.code_on("A", NEW_YEAR) == "B"
    assert HISTORY.ended_on("A") == NEW_YEAR
    assert HISTORY.ended_on("C") is None


def test_a_school_that_merged_twice_is_found_where_it_is_now() -> None:
    assert HISTORY.code_on("A", date(2027, 6, 1)) == "C"


def test_two_that_name_each_other_come_to_an_end() -> None:
    circle = SchoolHistory((SchoolTurn("A", NEW_YEAR, "A", into="B"), SchoolTurn("B", NEW_YEAR, "B", into="A")))
    assert circle.code_on("A", NEW_YEAR) in {"A", "B"}


def test_a_name_is_the_one_of_its_day() -> None:
    names = [HISTORY.name_on("B", "TH Hòa Phú", day) for day in (NEW_YEAR, date(2027, 3, 1), date(2027, 5, 1))]
    assert names == ["TH Phú Hòa 2", "TH Phú Hòa", "TH Hòa Phú"]


def test_the_old_name_means_the_old_school_although_the_new_one_bears_it_too() -> None:
    new = SchoolName("B", "Trường Tiểu học Bình Minh", ("Trường Tiểu học Kim Đồng", "KD", "BM"))
    old = SchoolName("KD", "Trường Tiểu học Kim Đồng")
    assert match_school("Kim Đồng", [new]).best == ("B",)
    assert match_school("Kim Đồng", told_apart([new], [old])).best == ("KD",)
    assert told_apart([new], [old])[0].aliases == ("BM",)


def test_a_name_is_taken_however_it_is_written() -> None:
    assert not is_name_free("TH Phú Hoà 1", ["Trường Tiểu học Phú Hòa 1"])
    assert is_name_free("TH Phú Hòa 3", ["Trường Tiểu học Phú Hòa 1"])


def test_aliases_grow_and_none_stands_there_twice() -> None:
    assert with_alias(["PH1", "Phú Hòa"], "TH Phú Hòa 1", "ph1", "") == ["PH1", "Phú Hòa", "TH Phú Hòa 1"]

"""Who is meant, in the words leaders use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.assignments import Engagement
from bot.domain.choosing import Candidate, Chosen, Occasion, choose, troubles
from bot.domain.clock import HOME_ZONE
from bot.domain.school_matching import SchoolName
from bot.domain.text import fold
from bot.domain.vocabulary import Role

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=HOME_ZONE)
THURSDAY = datetime(2026, 11, 26, 8, 0, tzinfo=HOME_ZONE)
PEOPLE = (
    Candidate(1, "Bùi Quốc Hiếu", Role.LEADER, load=0),
    Candidate(2, "Trần Thị Lan", area="Khu vực 1", in_charge=("PH1",), load=3),
    Candidate(3, "Lê Thị Lan", area="Khu vực 2", load=2, leaves=((date(2026, 11, 26), date(2026, 11, 27)),)),
    Candidate(
        4, "Phạm Văn Hùng", Role.DEPUTY, area="Khu vực 1", load=1, engagements=(Engagement(THURSDAY, False, "họp"),)
    ),
    Candidate(5, "Võ Ngọc Mai", load=1, joined=False, in_charge=("KD",)),
)
OCCASION = Occasion(
    now=NOW,
    starts_at=THURSDAY,
    school="PH1",
    schools=(SchoolName("PH1", "Trường Tiểu học Phú Hòa 1"), SchoolName("KD", "Trường Tiểu học Kim Đồng")),
)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Hùng, cô Mai", (4, 5)),
        ("tất cả", (1, 2, 3, 4, 5)),
        ("ca to tru Hung va Mai", (1, 2, 3)),
        ("tổ phó, Trần Thị Lan", (4, 2)),
        ("khu vực 1", (2, 4)),
        ("phụ trách trường", (2,)),
        ("phụ trách trường Kim Đồng", (5,)),
        ("ít việc nhất", (1,)),
        ("3 người ít việc nhất", (1, 2, 4)),
    ],
)
def test_people_are_found(text: str, ids: tuple[int, ...]) -> None:
    found = choose(text, PEOPLE, OCCASION)
    assert (found.ids, found.unclear, found.unknown) == (ids, (), ())


def test_two_of_one_name_are_asked_about_and_the_others_kept() -> None:
    found = choose("cô Lan, Hùng", PEOPLE, OCCASION)
    assert found.ids == (4,)
    assert [match.best for match in found.unclear] == [(2, 3)]


def test_a_name_of_nobody_is_said() -> None:
    assert choose("Hùng, Zoltan", PEOPLE, OCCASION).unknown == ("Zoltan",)


def test_what_speaks_against_sending_is_seen() -> None:
    found = troubles((2, 3, 4, 5), PEOPLE, OCCASION)
    assert (found.away, found.not_joined, found.unreachable) == ((3,), (5,), ())
    assert [(member_id, engagement.title) for member_id, engagement in found.clashing] == [(4, "họp")]


@given(st.text(alphabet="abc lan hùng,;trừ tất cả ít việc nhất 0123456789", max_size=60))
def test_only_candidates_are_ever_chosen_and_nobody_twice(text: str) -> None:
    found = choose(text, PEOPLE, OCCASION)
    assert set(found.ids) <= {each.id for each in PEOPLE}
    assert len(set(found.ids)) == len(found.ids)


NAMES = {each.id: each.name for each in PEOPLE}
ids = st.lists(st.sampled_from(sorted(NAMES)), unique=True, max_size=5)
separators = st.sampled_from([", ", "; ", "\n", " và ", " + ", " cùng "])
spellings = st.sampled_from([str, str.lower, str.upper, fold])


@given(wanted=ids, separator=separators, spell=spellings)
def test_whoever_is_named_in_full_is_chosen_in_that_order_however_it_is_spelt(
    wanted: list[int], separator: str, spell: Callable[[str], str]
) -> None:
    found = choose(separator.join(spell(NAMES[each]) for each in wanted), PEOPLE, OCCASION)
    assert found == Chosen(tuple(wanted))


@given(without=ids.filter(bool), everybody=st.sampled_from(["tất cả", "cả tổ", "moi nguoi", "toàn thể tổ"]))
def test_everybody_but_some_is_all_the_others(without: list[int], everybody: str) -> None:
    found = choose(f"{everybody} trừ {', '.join(NAMES[each] for each in without)}", PEOPLE, OCCASION)
    assert found == Chosen(tuple(each for each in NAMES if each not in without))


@given(
    loads=st.lists(st.integers(0, 5), min_size=1, max_size=12),
    away=st.sets(st.integers(1, 12)),
    count=st.integers(1, 15),
)
def test_the_least_loaded_are_as_many_as_wanted_and_never_on_leave(
    loads: list[int], away: set[int], count: int
) -> None:
    leave = ((THURSDAY.date(), THURSDAY.date()),)
    people = [
        Candidate(number, f"Người {number}", load=load, leaves=leave if number in away else ())
        for number, load in enumerate(loads, start=1)
    ]
    chosen = choose(f"{count} người ít việc nhất", people, OCCASION).ids
    here = [each for each in people if each.id not in away]
    assert len(chosen) == min(count, len(here))
    assert not set(chosen) & away
    left = [each.load for each in here if each.id not in chosen]
    assert all(each.load <= min(left, default=each.load) for each in here if each.id in chosen)


@given(wanted=ids)
def test_what_speaks_against_somebody_is_said_of_those_chosen_only(wanted: list[int]) -> None:
    found = troubles(wanted, PEOPLE, OCCASION)
    named = {*found.away, *found.not_joined, *found.unreachable, *(member_id for member_id, _ in found.clashing)}
    assert named <= set(wanted)
    assert not set(found.not_joined) & set(found.unreachable)

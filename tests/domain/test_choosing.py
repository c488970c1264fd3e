"""Who is meant, in the words leaders use."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.assignments import Engagement
from bot.domain.choosing import Candidate, Occasion, choose, troubles
from bot.domain.clock import HOME_ZONE
from bot.domain.school_matching import SchoolName
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

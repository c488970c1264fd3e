"""One message that calls a meeting: when, where, what kind, and what about."""

from __future__ import annotations

import unicodedata
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.clock import HOME_ZONE
from bot.domain.meeting_parser import looks_like_meeting, parse_meeting, read_slots, split_agenda
from bot.domain.meetings import MeetingKind
from bot.domain.school_matching import SchoolName

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=HOME_ZONE)
SCHOOLS = (SchoolName("PH1", "Tiểu học Phú Hòa 1"), SchoolName("LHP", "Tiểu học Lê Hồng Phong"))


def at(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=HOME_ZONE)


@pytest.mark.parametrize(
    ("text", "kind", "when", "place", "agenda"),
    [
        (
            "họp chung 14h thứ sáu 27/11 tại TH Lê Hồng Phong, nội dung: sơ kết tháng 11; phân công kiểm tra",
            MeetingKind.GENERAL,
            at(11, 27, 14),
            "TH Lê Hồng Phong",
            ("sơ kết tháng 11", "phân công kiểm tra"),
        ),
        ("hop chung 8h sang mai tai truong phu hoa 1", MeetingKind.GENERAL, at(11, 24, 8), "truong phu hoa 1", ()),
        (
            "Mời họp toàn tổ 14h30 ngày 4/12, địa điểm: Phòng họp UBND phường.\nNội dung:\n1. Sơ kết\n2) Bàn\n- Khác",
            MeetingKind.GENERAL,
            at(12, 4, 14, 30),
            "Phòng họp UBND phường",
            ("Sơ kết", "Bàn", "Khác"),
        ),
        (
            "họp online 19h30 tối thứ 4 qua zoom https://zoom.us/j/123?pwd=a",
            None,
            at(11, 25, 19, 30),
            "https://zoom.us/j/123?pwd=a",
            (),
        ),
        ("họp chung tại phòng họp lúc 14h ngày 4/12", MeetingKind.GENERAL, at(12, 4, 14), "phòng họp", ()),
    ],
)
def test_messages_are_read(
    text: str, kind: MeetingKind | None, when: datetime, place: str, agenda: tuple[str, ...]
) -> None:
    for written in (text, unicodedata.normalize("NFD", text)):
        parsed = parse_meeting(written, now=NOW, schools=SCHOOLS)
        assert (parsed.kind, parsed.starts_at, parsed.place, parsed.agenda) == (kind, when, place, agenda)
        assert looks_like_meeting(written, now=NOW)


def test_a_topical_meeting_knows_its_title_its_school_and_who_comes_for_it() -> None:
    parsed = parse_meeting(
        "họp chuyên đề Toán lớp 4 lúc 7h30 thứ 5 tuần sau ở trường Phú Hòa 1 với ban giám hiệu cô Hạnh",
        now=NOW,
        schools=SCHOOLS,
    )
    assert (parsed.kind, parsed.title) == (MeetingKind.TOPICAL, "Chuyên đề Toán lớp 4")
    assert (parsed.school_codes, parsed.board) == (("PH1",), "ban giám hiệu cô Hạnh")
    assert parsed.starts_at == at(12, 3, 7, 30)


def test_a_day_without_an_hour_and_a_day_that_is_on_no_calendar_are_told_apart() -> None:
    only_day = parse_meeting("họp chung 27/11", now=NOW, schools=())
    assert (only_day.has_time, only_day.starts_at is not None) == (False, True)
    assert parse_meeting("họp chung 14h ngày 31/11", now=NOW, schools=()).impossible_date == "31/11"


@pytest.mark.parametrize(
    "text",
    ["họp phụ huynh xong rồi", "Tuần này họp chưa?", "hợp đồng 3/12", "Dự giờ sáng nay sau khi họp lúc 8h", "họp"],
)
def test_other_messages_call_no_meeting(text: str) -> None:
    assert not looks_like_meeting(text, now=NOW)


def test_times_to_vote_on_are_parted_by_semicolons_lines_or_words() -> None:
    found = read_slots("14h thứ năm 3/12; 8h 4/12\n14h 5/12 hoặc 9h ngày 6/12", now=NOW)
    assert [each.moment for each in found] == [at(12, 3, 14), at(12, 4, 8), at(12, 5, 14), at(12, 6, 9)]
    assert read_slots("14h 3/12; lúc nào đó", now=NOW) == ()


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(text: str) -> None:
    parse_meeting(text, now=NOW, schools=SCHOOLS)
    looks_like_meeting(text, now=NOW)
    assert all(point.strip() for point in split_agenda(text))

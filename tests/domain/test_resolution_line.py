"""Lines of minutes: what is a resolution, who is to do it, by when, and what is only a note."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.clock import HOME_ZONE
from bot.domain.member_matching import MemberName
from bot.domain.resolution_line import LineKind, read_line, read_people
from bot.domain.vocabulary import Role

NOW = datetime(2026, 12, 4, 15, 0, tzinfo=HOME_ZONE)
TEAM = (
    MemberName(1, "Bùi Quốc Hiếu"),
    MemberName(2, "Lý Ngọc Dung"),
    MemberName(3, "Bùi Minh Phượng"),
    MemberName(4, "Trần Ngọc Dung"),
)


@pytest.mark.parametrize(
    ("text", "work", "people", "due"),
    [
        ("Soạn đề kiểm tra – cô Phượng – 15/12", "Soạn đề kiểm tra", (3,), date(2026, 12, 15)),
        ("Soan de - hieu - truoc 20/12", "Soan de", (1,), date(2026, 12, 20)),
        ("Làm bảng — cô Phượng, thầy Hiếu — cuối tháng", "Làm bảng", (3, 1), date(2026, 12, 31)),
        ("NQ: thống nhất mẫu – thầy Hiếu", "thống nhất mẫu", (1,), None),
        (
            "Mở chuyên đề Toán – Tiếng Việt – Phượng – hạn 20/12",
            "Mở chuyên đề Toán – Tiếng Việt",
            (3,),
            date(2026, 12, 20),
        ),
    ],
)
def test_work_person_and_day_are_recognised(text: str, work: str, people: tuple[int, ...], due: date | None) -> None:
    for written in (text, unicodedata.normalize("NFD", text)):
        line = read_line(written, now=NOW, members=TEAM)
        assert line.kind is LineKind.RESOLUTION
        assert line.resolution is not None
        assert (line.resolution.work, line.resolution.member_ids, line.resolution.due) == (work, people, due)


@pytest.mark.parametrize(
    ("text", "work", "due"),
    [
        ("1. Soạn đề – cô Phượng – 15/12", "Soạn đề", date(2026, 12, 15)),
        ("- Soạn đề – cô Phượng – 15/12", "Soạn đề", date(2026, 12, 15)),
        ("Soạn đề – 15/12 – cô Phượng", "Soạn đề", date(2026, 12, 15)),
        ("Soạn đề – cô Phượng – hết tháng 12", "Soạn đề", date(2026, 12, 31)),
        ("Soạn đề – cô Phượng – trong tháng 1", "Soạn đề", date(2027, 1, 31)),
        ("Soạn đề – cô Phượng – trước tháng 1", "Soạn đề", date(2026, 12, 31)),
        ("Soạn đề – cô Phượng – trong tuần này", "Soạn đề", date(2026, 12, 5)),
        ("Soạn đề – cô Phượng – tuần sau", "Soạn đề", date(2026, 12, 12)),
        ("Soạn đề – cô Phượng – đầu tháng 1", "Soạn đề", date(2027, 1, 1)),
    ],
)
def test_lists_other_orders_and_stretches_of_days_are_read(text: str, work: str, due: date) -> None:
    resolution = read_line(text, now=NOW, members=TEAM).resolution
    assert resolution is not None
    assert (resolution.work, resolution.member_ids, resolution.due) == (work, (3,), due)


def test_a_role_stands_for_whoever_has_it() -> None:
    roles = {Role.LEADER: (1,), Role.DEPUTY: (2, 4), Role.SECRETARY: (3,)}
    found = read_people("tổ trưởng, thư ký", TEAM, roles)
    assert (found.member_ids, found.unknown) == ((1, 3), "")
    found = read_people("tổ phó", TEAM, roles)
    assert (found.unknown, found.candidates) == ("tổ phó", (2, 4))


def test_the_whole_team_may_be_meant() -> None:
    resolution = read_line("Nộp báo cáo – cả tổ – 30/12", now=NOW, members=TEAM).resolution
    assert resolution is not None
    assert resolution.everyone


@pytest.mark.parametrize(("name", "candidates"), [("cô Dung", (2, 4)), ("cô Xuyến", ()), ("thầy Hiểu Minh Khang", ())])
def test_a_name_of_several_or_of_nobody_is_left_to_be_asked(name: str, candidates: tuple[int, ...]) -> None:
    resolution = read_line(f"Dự giờ – {name} – 10/12", now=NOW, members=TEAM).resolution
    assert resolution is not None
    assert (resolution.unknown, resolution.candidates, resolution.member_ids) == (name, candidates, ())


@pytest.mark.parametrize("day", ["31/11", "1/12"])
def test_a_day_that_is_over_or_on_no_calendar_is_told(day: str) -> None:
    resolution = read_line(f"Dự giờ – cô Phượng – {day}", now=NOW, members=TEAM).resolution
    assert resolution is not None
    assert (resolution.trouble, resolution.due, resolution.member_ids) == (day, None, (3,))


@pytest.mark.parametrize("text", ["Toán – Tiếng Việt – Khoa học", "Thầy Hiếu: khai mạc lúc 14h", "14h – khai mạc"])
def test_other_lines_are_notes(text: str) -> None:
    assert read_line(text, now=NOW, members=TEAM).kind is LineKind.NOTE


def test_lessons_are_led_in() -> None:
    spread = read_line("Nhân rộng: nhóm đôi ở Phú Hòa 1", now=NOW, members=TEAM)
    assert (spread.kind, spread.text) == (LineKind.SPREAD, "nhóm đôi ở Phú Hòa 1")
    assert read_line("khac phuc: luyen tap gap", now=NOW, members=TEAM).kind is LineKind.MEND


@given(st.text(max_size=120))
def test_no_line_breaks_the_reading_and_nothing_typed_is_lost(text: str) -> None:
    line = read_line(text, now=NOW, members=TEAM)
    if line.kind is LineKind.NOTE:
        assert line.text == unicodedata.normalize("NFC", line.text)
    read_people(text, TEAM)

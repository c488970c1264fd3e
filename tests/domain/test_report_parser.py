"""One message, one report: the messages people write, read right in every field."""

from __future__ import annotations

import json
import unicodedata
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.clock import HOME_ZONE
from bot.domain.member_matching import MemberName
from bot.domain.report_parser import ParsedReport, looks_like_report, parse_report, single_spaced
from bot.domain.school_matching import SchoolName
from bot.domain.text import skeleton

DATA = Path(__file__).parent.parent / "data"
NOW = datetime(2026, 11, 23, 10, tzinfo=HOME_ZONE)
NOTES = ("strengths", "difficulties", "advice", "encouragement")
SCHOOLS = tuple(
    SchoolName(each["code"], each["name"], tuple(each["aliases"]))
    for each in json.loads((DATA / "schools.json").read_text())
)
NAMES = ("Nguyễn Thị Lan", "Phạm Văn Hùng", "Trần Thị Mai", "Lê Kim Đồng")
MEMBERS = tuple(MemberName(number, name) for number, name in enumerate(NAMES))


def lines_of(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text().splitlines()]


GIVEN = lines_of("messages.jsonl")
OWN = lines_of("own_messages.jsonl")


def read(text: str) -> ParsedReport:
    return parse_report(text, now=NOW, schools=SCHOOLS, members=MEMBERS)


def as_listed(found: ParsedReport) -> dict[str, Any]:
    """The fields in the form of the files."""
    codes = list(found.school_codes)
    return {
        "kind": found.kind,
        "date": found.date.isoformat() if found.date else None,
        "school": codes if len(codes) > 1 else next(iter(codes), None),
        "class_or_grade": found.class_or_grade,
        "subject": found.subject,
        "notes": [name for name in NOTES if getattr(found, name)],
        "exemplary": found.exemplary,
        "needs_support": found.needs_support,
        "urgent": found.urgent,
        "topic": found.topic,
        "follow_up_on": found.follow_up_on.isoformat() if found.follow_up_on else None,
        "impossible_date": found.impossible_date is not None,
        "companions": [NAMES[each.best[0]] for each in found.companions],
    }


@pytest.mark.parametrize("listed", [*GIVEN, *OWN], ids=lambda listed: listed["text"][:50])
def test_a_message_is_read_right_in_every_field(listed: dict[str, Any]) -> None:
    expected = {name: value for name, value in listed.items() if name not in {"now", "text"}}
    found = as_listed(read(listed["text"]))
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize("listed", [*GIVEN, *OWN], ids=lambda listed: listed["text"][:50])
def test_the_same_message_in_nfd_is_read_the_same(listed: dict[str, Any]) -> None:
    assert read(unicodedata.normalize("NFD", listed["text"])) == read(listed["text"])


@pytest.mark.parametrize("listed", [*GIVEN, *OWN], ids=lambda listed: listed["text"][:50])
def test_a_message_is_taken_for_a_report(listed: dict[str, Any]) -> None:
    assert looks_like_report(listed["text"])


@pytest.mark.parametrize("listed", GIVEN, ids=lambda listed: listed["text"][:50])
def test_without_marks_kind_date_and_school_stay(listed: dict[str, Any]) -> None:
    bare, full = read(skeleton(listed["text"])), read(listed["text"])
    assert (bare.kind, bare.date, bare.class_or_grade) == (full.kind, full.date, full.class_or_grade)
    assert set(full.school_codes) <= set(bare.school_codes)


@pytest.mark.parametrize("listed", [*GIVEN, *OWN], ids=lambda listed: listed["text"][:50])
def test_wide_spaces_and_tabs_change_nothing(listed: dict[str, Any]) -> None:
    wide = listed["text"].replace(" ", " \t  ")
    assert as_listed(read(wide)) == as_listed(read(listed["text"]))


ORDERS = (
    ("Ưu điểm", "strengths"), ("Hạn chế", "difficulties"), ("Tư vấn", "advice"), ("Thúc đẩy", "encouragement"),
    ("Điểm mạnh", "strengths"), ("Tồn tại", "difficulties"), ("Góp ý", "advice"), ("Hướng tới", "encouragement"),
    ("Mặt mạnh", "strengths"), ("Khó khăn", "difficulties"), ("Đề nghị", "advice"), ("Bước tiếp theo", "encouragement"),
)  # fmt: skip
CONTENT = st.text(alphabet="abcdeghiklmnoquy ,", min_size=3, max_size=40).filter(lambda text: len(text.strip(" ,")) > 2)


@given(st.permutations(ORDERS).map(lambda orders: orders[:5]), st.data(), st.sampled_from(["\n", ". ", "; "]))
def test_notes_are_found_in_any_order_by_any_lead_word(
    leads: list[tuple[str, str]], data: st.DataObject, between: str
) -> None:
    parts = [(lead, field, data.draw(CONTENT)) for lead, field in leads]
    text = "Dự giờ Toán 4A Kim Đồng hôm nay" + between + between.join(f"{lead}: {said}" for lead, _, said in parts)
    found = read(text)
    for _, field, said in parts:
        assert single_spaced(said).strip(" ,") in (getattr(found, field) or "")
    assert {field for _, field, _ in parts} == {name for name in NOTES if getattr(found, name)}


@given(st.text(max_size=300))
def test_any_text_is_read_without_fail(text: str) -> None:
    read(text)
    looks_like_report(text)


PIECES = st.lists(
    st.sampled_from(
        [
            "dự giờ", "Toán", "4A", "TH Kim Đồng", "hôm qua", "ưu điểm", "hạn chế:", "tư vấn", "thúc đẩy -",
            "cùng cô Lan",
            "kiểm tra lại 15/12", "31/11", "9/10", "\n", ".", ",", "chuyên đề", "cùng dự: Hùng, Mai", "báo gấp",
            "🌸", "TV:",
            "cần hỗ trợ", "không", "thứ ba", "tuần sau", "lớp 5", "1/2/3", "phu hoa", "\t", "hẹn", "điển hình", "ạ",
        ]
    ),
    max_size=25,
).map(" ".join)  # fmt: skip


@given(PIECES)
def test_notes_and_topic_are_what_was_typed(text: str) -> None:
    found = read(text)
    typed = single_spaced(text)
    for name in NOTES:
        for part in (getattr(found, name) or "").split("\n"):
            assert part.strip() in typed
    assert found.topic is None or found.topic in typed


@given(PIECES)
def test_a_day_to_look_again_is_still_to_come_and_never_the_day_of_the_activity(text: str) -> None:
    found = read(text)
    assert found.follow_up_on is None or found.follow_up_on > NOW.date()
    assert found.follow_up_on is None or found.date != found.follow_up_on


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dự giờ Toán 4A Kim Đồng hôm nay, cùng cô Bích Ngọc", ("cô Bích Ngọc",)),
        ("dự giờ Toán 4A Kim Đồng hôm nay cùng thầy Hùng và cô Ngân", ("cô Ngân",)),
        ("dự giờ Toán 4A Kim Đồng hôm nay cùng các cô trong tổ", ()),
        ("dự giờ Toán 4A Kim Đồng hôm nay cùng thầy cô khối 4", ()),
        ("dự giờ Toán 4A Kim Đồng hôm nay với lớp 4B", ()),
    ],
)
def test_a_companion_nobody_knows_is_told_and_a_crowd_is_nobody(text: str, expected: tuple[str, ...]) -> None:
    assert read(text).unknown_companions == expected


def test_companions_listed_after_the_notes_are_no_note() -> None:
    found = read("Dự giờ Toán 4A Kim Đồng hôm nay.\nƯu điểm: vui\nTư vấn: thêm nhóm\nCùng dự: cô Lan, thầy Hùng")
    assert [NAMES[each.best[0]] for each in found.companions] == ["Nguyễn Thị Lan", "Phạm Văn Hùng"]
    assert found.advice == "thêm nhóm"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dự giờ Toán 4A Kim Đồng hôm qua, kiểm tra lại ngày 15.12", date(2026, 12, 15)),
        ("dự giờ Toán 4A Kim Đồng hôm qua. Thúc đẩy: tháng sau sẽ dự lại", date(2026, 12, 1)),
        ("dự giờ Toán 4A Kim Đồng hôm qua. Thúc đẩy: thứ ba tuần sau quay lại xem", date(2026, 12, 1)),
        ("dự giờ Toán 4A Kim Đồng hôm qua. Thúc đẩy: kiểm tra lại bài làm của các em", None),
        ("dự giờ Toán 4A Kim Đồng hôm qua. Thúc đẩy: xem lại tiết dạy hôm 20/10", None),
    ],
)
def test_the_day_to_look_again(text: str, expected: date | None) -> None:
    assert read(text).follow_up_on == expected


@pytest.mark.parametrize(
    "text", ["xin chào", "cảm ơn em", "hôm nay có dự giờ không?", "dự giờ", "ok", "", "lịch dự giờ tuần này thế nào?"]
)
def test_small_talk_is_no_report(text: str) -> None:
    assert not looks_like_report(text)


@pytest.mark.parametrize("text", ["cần khẩn trương ôn tập", "luyện tập hơi gấp", "lớp gấp giấy"])
def test_hurry_is_not_urgency(text: str) -> None:
    assert not read(f"dự giờ Toán 4A Kim Đồng hôm nay. Hạn chế: {text}").urgent

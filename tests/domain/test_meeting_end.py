"""When a meeting ended: as its minutes say, or as they were written."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.domain.clock import HOME_ZONE
from bot.domain.meeting_end import meeting_end

BEGIN = datetime(2026, 12, 4, 14, 0, tzinfo=HOME_ZONE)
PLANNED = BEGIN + timedelta(hours=2)


def end(*lines: tuple[str, timedelta]) -> str:
    written = [(text, BEGIN + after) for text, after in lines]
    return f"{meeting_end(written, starts_at=BEGIN, ends_at=PLANNED):%H:%M}"


@pytest.mark.parametrize(
    "line", ["Bế mạc lúc 15 giờ 45", "Cuộc họp kết thúc lúc 15h45 cùng ngày", "be mac 15h45", "Kết thúc: 15:45"]
)
def test_what_the_minutes_say_counts_first(line: str) -> None:
    assert end(("khai mạc", timedelta()), (line, timedelta(hours=5))) == "15:45"


def test_the_last_line_written_during_it_counts_and_what_is_typed_in_the_evening_does_not() -> None:
    assert end(("khai mạc", timedelta()), ("biểu quyết", timedelta(minutes=50))) == "14:50"
    assert end(("biểu quyết", timedelta(minutes=50)), ("bổ sung", timedelta(hours=6))) == "14:50"
    assert end(("cả biên bản", timedelta(hours=6))) == "16:00"
    assert end() == "16:00"


@pytest.mark.parametrize("line", ["Kết thúc học kì 1 trước ngày 15/1", "Kết thúc lúc 8h", "Bế mạc"])
def test_words_about_other_ends_are_not_taken(line: str) -> None:
    assert end((line, timedelta(minutes=40))) == "14:40"

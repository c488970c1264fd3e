"""Periods as people ask for them, with and without marks: months, semesters, school years and any range."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.dates import ImpossibleDate, PeriodKind, find_period

TODAY = date(2026, 11, 23)
SEPTEMBER, SINCE_SEPTEMBER = "2026-09-01_2026-09-30", "2026-09-01_2026-11-23"
TO_THE_20TH, OCTOBER = "2026-09-01_2026-11-20", "2026-10-01_2026-10-31"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        *((words, OCTOBER) for words in ("tháng trước", "thang truoc", "tháng 10", "T10", "t10/2026", "tháng mười")),
        *((words, OCTOBER) for words in ("10/2026", "2026-10", "thang muoi", "Tháng 10 năm 2026")),
        *((words, SEPTEMBER) for words in ("thang chin", "tháng chín năm 2026")),
        ("tháng sáu", "2026-06-01_2026-06-30"),
        ("tháng sau", "2026-12-01_2026-12-31"),
        ("tháng năm 2026", "2026-05-01_2026-05-31"),
        *((words, "2026-09-01_2027-01-15") for words in ("HK1", "hk i", "học kỳ một", "hoc ki 1", "học kì này")),
        ("kì I năm học 2025-2026", "2025-09-01_2026-01-15"),
        ("hk1 năm ngoái", "2025-09-01_2026-01-15"),
        ("học kì trước", "2026-01-16_2026-05-31"),
        *((words, "2026-09-01_2027-05-31") for words in ("năm học", "ca nam", "năm học này", "2026-2027")),
        *((words, "2025-09-01_2026-05-31") for words in ("năm học trước", "nam ngoai", "năm học 25-26")),
        ("năm 2026", "2026-01-01_2026-12-31"),
        *((words, TO_THE_20TH) for words in ("từ 1/9 đến 20/11", "tu 1/9 den 20/11", "1/9-20/11", "1.9 đến 20.11")),
        *((words, TO_THE_20TH) for words in ("từ ngày 1/9 tới hết ngày 20/11", "1/9 → 20/11", "từ 1-9 đến 20-11")),
        *((words, TO_THE_20TH) for words in ("2026-09-01 đến 2026-11-20", "từ 20/11 đến 1/9", "đến hết 20/11")),
        *(
            (words, SINCE_SEPTEMBER)
            for words in ("từ 1/9", "từ 1/9 đến nay", "tu dau nam hoc den nay", "từ HK1 đến nay")
        ),
        *((words, SINCE_SEPTEMBER) for words in ("từ tháng 9 đến hôm nay", "đầu năm học đến nay")),
        *((words, "2026-09-01_2026-11-30") for words in ("tháng 9 đến tháng 11", "thang 9 den 11", "tháng 9-11")),
        *((words, "2026-09-01_2026-11-30") for words in ("tháng 9, 10, 11", "9/2026 - 11/2026")),
        ("tháng 9 và 10", "2026-09-01_2026-10-31"),
        *((words, "2025-12-15_2026-01-15") for words in ("từ 15/12/2025 đến 15/1", "từ 15/12 đến 15/1")),
        ("từ cuối tháng 9 đến đầu tháng 11", "2026-09-30_2026-11-01"),
        ("7 ngày qua", "2026-11-17_2026-11-23"),
        ("3 thang gan day", "2026-08-24_2026-11-23"),
        ("quý 3", "2026-07-01_2026-09-30"),
        ("quý IV năm 2025", "2025-10-01_2025-12-31"),
        ("tuần trước", "2026-11-16_2026-11-22"),
        ("hôm qua", "2026-11-22_2026-11-22"),
        ("ngày 20/11", "2026-11-20_2026-11-20"),
    ],
)
def test_words_name_a_period(words: str, expected: str) -> None:
    found = find_period(words, today=TODAY)
    assert found is not None
    assert found.key == expected


@pytest.mark.parametrize("words", ["bao giờ cũng được", "tháng 13", "", "hè", "từ đây đến đó", "tháng nào cũng được"])
def test_words_that_name_none_find_none(words: str) -> None:
    assert find_period(words, today=TODAY) is None


def test_days_that_no_calendar_has_are_refused() -> None:
    with pytest.raises(ImpossibleDate):
        find_period("từ 31/2 đến 3/3", today=TODAY)


def test_a_range_that_is_a_month_is_called_one() -> None:
    found = find_period("từ 1/10 đến 31/10", today=TODAY)
    assert found is not None
    assert found.kind is PeriodKind.MONTH

"""The holidays worked out beforehand are those of the library."""

from __future__ import annotations

from datetime import date

from bot.domain.public_holidays import known_years, public_holidays, worked_out


def test_every_year_worked_out_beforehand_is_what_the_library_says() -> None:
    for year in known_years():
        assert public_holidays(year) == worked_out(year), year


def test_a_year_that_was_not_is_asked_of_the_library() -> None:
    assert date(2050, 9, 2) in public_holidays(2050)

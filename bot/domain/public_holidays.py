"""Vietnam's public holidays, worked out beforehand: the library that knows them brings every country's along.

Loading it costs a third of a second and eighteen megabytes, in the middle of the first conversation. The days here are
what it says; a test compares them, and a year that is not here is still asked of it.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

_DAYS = {
    2025: "01-01 01-27 01-28 01-29 01-30 01-31 02-01 04-07 04-30 05-01 05-02 09-01 09-02",
    2026: "01-01 02-16 02-17 02-18 02-19 02-20 04-26 04-27 04-30 05-01 08-31 09-01 09-02 11-24",
    2027: "01-01 02-04 02-05 02-06 02-07 02-08 02-09 02-10 04-16 04-30 05-01 05-03 09-02 09-03 11-24",
    2028: "01-01 01-03 01-24 01-25 01-26 01-27 01-28 01-29 04-04 04-30 05-01 05-02 09-01 09-02 09-04 11-24",
    2029: "01-01 02-12 02-13 02-14 02-15 02-16 04-23 04-30 05-01 09-02 09-03 09-04 11-24 11-26",
    2030: "01-01 01-31 02-01 02-02 02-03 02-04 02-05 02-06 04-12 04-30 05-01 09-02 09-03 11-24 11-25",
    2031: "01-01 01-21 01-22 01-23 01-24 01-25 01-26 01-27 04-01 04-30 05-01 09-01 09-02 11-24",
    2032: "01-01 02-09 02-10 02-11 02-12 02-13 02-14 04-19 04-30 05-01 05-03 09-02 09-03 11-24",
    2033: "01-01 01-03 01-30 01-31 02-01 02-02 02-03 02-04 04-09 04-11 04-30 05-01 05-02 05-03 09-01 09-02 11-24",
    2034: "01-01 01-02 02-17 02-18 02-19 02-20 02-21 02-22 02-23 04-28 04-30 05-01 05-02 09-01 09-02 09-04 11-24",
    2035: "01-01 02-06 02-07 02-08 02-09 02-10 02-11 02-12 04-17 04-30 05-01 09-02 09-03 09-04 11-24 11-26",
    2036: "01-01 01-27 01-28 01-29 01-30 01-31 02-01 04-06 04-07 04-30 05-01 09-01 09-02 11-24",
    2037: "01-01 02-13 02-14 02-15 02-16 02-17 02-18 02-19 04-24 04-30 05-01 09-01 09-02 11-24",
    2038: "01-01 02-02 02-03 02-04 02-05 02-06 02-07 02-08 04-13 04-30 05-01 05-03 09-02 09-03 11-24",
    2039: "01-01 01-03 01-23 01-24 01-25 01-26 01-27 01-28 04-03 04-04 04-30 05-01 05-02 05-03 09-01 09-02 11-24",
    2040: "01-01 01-02 02-10 02-11 02-12 02-13 02-14 02-15 02-16 04-20 04-30 05-01 09-02 09-03 09-04 11-24 11-26",
}
"""Month and day of each, by calendar year: Tết, the Hùng kings, and the days given in lieu of those on a weekend."""


@lru_cache(maxsize=32)
def public_holidays(year: int) -> frozenset[date]:
    """Vietnam's public holidays of a calendar year, Tết and days in lieu included."""
    if year not in _DAYS:
        return worked_out(year)
    return frozenset(date(year, int(day[:2]), int(day[3:])) for day in _DAYS[year].split())


def worked_out(year: int) -> frozenset[date]:
    """The same from the library, which knows any year."""
    import holidays

    return frozenset(holidays.country_holidays("VN", years=year))


def known_years() -> range:
    """The years that are worked out beforehand."""
    return range(min(_DAYS), max(_DAYS) + 1)

"""School years, semesters and months (năm học, học kì): Sept–May; HK1 to 15 January, HK2 from 16 January."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

DEFAULT_SCHOOL_MONTHS = (9, 10, 11, 12, 1, 2, 3, 4, 5)
_TURN_OF_YEAR = 8  # June to August belong to the year that is ending


@dataclass(frozen=True, slots=True, order=True)
class SchoolYear:
    """One school year, named "2026-2027" by its first calendar year."""

    first_year: int

    @classmethod
    def of(cls, day: date) -> SchoolYear:
        """The school year a day falls in; summer days fall in the year that ended."""
        return cls(day.year if day.month > _TURN_OF_YEAR else day.year - 1)

    @property
    def name(self) -> str:
        """As people write it: "2026-2027"."""
        return f"{self.first_year}-{self.first_year + 1}"

    @property
    def first(self) -> date:
        """1 September."""
        return date(self.first_year, 9, 1)

    @property
    def last(self) -> date:
        """31 May of the next calendar year."""
        return date(self.first_year + 1, 5, 31)

    def semester(self, number: int) -> tuple[date, date]:
        """First and last day of HK1 or HK2; ValueError for any other number."""
        turn = date(self.first_year + 1, 1, 15)
        if number == 1:
            return self.first, turn
        if number == 2:
            return turn + timedelta(days=1), self.last
        raise ValueError(number)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One calendar month, the period of the duty (regulation III.2: 01 hoạt động/tháng)."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Month:
        """The month a day falls in: the date of the activity decides it."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read "2026-11"; ValueError when it is not such a month."""
        year, _, month = text.partition("-")
        first = date(int(year), int(month), 1)
        return cls(first.year, first.month)

    def __str__(self) -> str:
        """As keys and files name it: "2026-11"."""
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    @property
    def next(self) -> Month:
        """The month after it."""
        return Month.of(self.last + timedelta(days=1))

    @property
    def previous(self) -> Month:
        """The month before it."""
        return Month.of(self.first - timedelta(days=1))

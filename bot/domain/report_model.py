"""The summary of a period as one frozen model: computed once, worded and drawn elsewhere.

Every figure carries the ids of the activities behind it, so that chat, Word, PDF, Excel and pictures show the same
numbers and each number can be asked for its sources.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.duty import Standing
from bot.domain.periods import PeriodKind
from bot.domain.school_year import Month
from bot.domain.vocabulary import ActivityKind, Role


@dataclass(frozen=True, slots=True)
class Visit:
    """An activity as the summary needs it; `members` are those it counts for."""

    id: int
    number: int
    kind: ActivityKind
    day: date
    school_code: str | None = None
    school: str | None = None
    group: str | None = None
    """The class or grade as it was written."""
    subject: str | None = None
    topic: str | None = None
    strengths: str | None = None
    difficulties: str | None = None
    advice: str | None = None
    encouragement: str | None = None
    exemplary: bool = False
    needs_support: bool = False
    late: bool = False
    follow_up_on: date | None = None
    members: tuple[int, ...] = ()

    @property
    def grade(self) -> str | None:
        """ "4" of "4A"; None when the class says no grade."""
        return next((char for char in self.group or "" if char in "12345"), None)


@dataclass(frozen=True, slots=True)
class Person:
    """A member in force."""

    id: int
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class MemberMonth:
    """How one member stands with one month, what they did in it, and why not where they did nothing."""

    standing: Standing
    done: int
    reason: str = ""
    waits: bool = False
    """They asked for leave and nobody has answered; the month counts as owed."""


@dataclass(frozen=True, slots=True)
class MemberDuty:
    """One member over the months of the report, in their order."""

    person: Person
    months: tuple[MemberMonth, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """Members by months. Officers owe nothing and are not listed."""

    months: tuple[Month, ...]
    members: tuple[MemberDuty, ...]
    required: int
    """Activities a month, by the rules of the last month."""
    was: tuple[tuple[Month, int], ...] = ()
    """What it was before a month of the period, where it changed."""

    def count(self, index: int, standing: Standing) -> int:
        """How many members stand so with the month of this index."""
        return sum(1 for each in self.members if each.months[index].standing is standing)

    def bound(self, index: int) -> int:
        """How many the duty binds in that month."""
        return self.count(index, Standing.MET) + self.count(index, Standing.OWES)

    def those(self, index: int, standing: Standing) -> tuple[tuple[Person, MemberMonth], ...]:
        """Who stands so with the month."""
        return tuple(
            (each.person, each.months[index]) for each in self.members if each.months[index].standing is standing
        )


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the activities that it counts."""

    key: str
    label: str
    visits: tuple[int, ...]

    @property
    def count(self) -> int:
        """The number."""
        return len(self.visits)


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody wrote, with its school and day."""

    visit: int
    school: str | None
    day: date
    text: str


@dataclass(frozen=True, slots=True)
class Theme:
    """Advice on one subject and grade; either may be unknown."""

    subject: str | None
    grade: str | None
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class RecurringPhrase:
    """Words that come again in notes of different activities."""

    words: str
    visits: tuple[int, ...]


class SectionKind(StrEnum):
    """Parts of the report that other capabilities fill; in the order of the monthly report."""

    ASSIGNMENTS = "assignments"
    MEETINGS = "meetings"
    PROPOSALS = "proposals"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Tally:
    """A number that a section says, and a line for each thing that it counts."""

    key: str
    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What another capability adds: sentences, then a table; both empty when there is nothing to say.

    `widths` are shares of the line; `numbers` and `dates` (dd/mm/yyyy) name columns, from 0, that hold such.
    """

    kind: SectionKind
    lines: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    person_column: int | None = None
    """The column that names members, for readers to whom they are not named."""
    tallies: tuple[Tally, ...] = ()
    """Every number of the sentences; a line that is about a member begins with the name and a colon."""
    widths: tuple[int, ...] = ()
    numbers: tuple[int, ...] = ()
    dates: tuple[int, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing."""
        return not self.lines and not self.rows


@dataclass(frozen=True, slots=True)
class ReportModel:
    """Everything that is said about a period, both days included."""

    team: str
    period: PeriodKind
    first: date
    last: date
    made_on: date
    duty: Duty
    visits: tuple[Visit, ...]
    by_kind: tuple[Figure, ...]
    by_school: tuple[Figure, ...]
    by_subject: tuple[Figure, ...]
    by_month: tuple[tuple[Month, tuple[Figure, ...]], ...]
    """For every month of the period the figures by kind."""
    schools: int
    """How many schools the team has."""
    not_visited: tuple[str, ...]
    exemplary: tuple[Quote, ...]
    needs: tuple[Quote, ...]
    themes: tuple[Theme, ...]
    phrases: tuple[RecurringPhrase, ...]
    follow_ups: tuple[Quote, ...]
    """What is to be looked at again; the day is the day of the next visit."""
    sections: tuple[Section, ...] = ()

    def section(self, kind: SectionKind) -> Section:
        """The part of this kind, empty when nobody filled it."""
        return next((each for each in self.sections if each.kind is kind), Section(kind))

    @property
    def is_partial(self) -> bool:
        """Whether the period had not ended when the figures were read."""
        return self.made_on <= self.last

"""The summary as a frozen model: what happened in a period, computed once, worded or drawn elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.duty import DutyFacts, Standing, standing
from bot.domain.school_year import Month
from bot.domain.team_settings import TeamSettings


@dataclass(frozen=True, slots=True)
class Visit:
    """An activity as the summary needs it."""

    kind: str
    school: str | None
    exemplary: bool
    needs_support: bool


@dataclass(frozen=True, slots=True)
class MonthDuty:
    """How the team stands with one month."""

    month: Month
    met: int
    owing: tuple[int, ...]
    on_leave: tuple[int, ...]

    @property
    def bound(self) -> int:
        """How many the duty binds: those who met it and those who owe it."""
        return self.met + len(self.owing)


@dataclass(frozen=True, slots=True)
class Summary:
    """What happened in a period."""

    duties: tuple[MonthDuty, ...]
    activities: int
    by_kind: tuple[tuple[str, int], ...]
    by_school: tuple[tuple[str, int], ...]
    not_visited: tuple[str, ...]
    exemplary: int
    needs_support: int


def month_duty(month: Month, facts: Sequence[DutyFacts], settings: TeamSettings) -> MonthDuty:
    """Who met a month, who owes it, who is away."""
    stands = {each.member_id: standing(each, month, settings) for each in facts}
    return MonthDuty(
        month=month,
        met=sum(1 for each in stands.values() if each is Standing.MET),
        owing=tuple(member for member, each in stands.items() if each is Standing.OWES),
        on_leave=tuple(member for member, each in stands.items() if each is Standing.ON_LEAVE),
    )


def summarise(duties: Sequence[MonthDuty], visits: Sequence[Visit], schools: Mapping[str, str]) -> Summary:
    """Count visits by kind and by school; `schools` are the team's, code to name."""
    kinds = Counter(visit.kind for visit in visits)
    places = Counter(visit.school for visit in visits if visit.school)
    return Summary(
        duties=tuple(duties),
        activities=len(visits),
        by_kind=tuple(kinds.most_common()),
        by_school=tuple((schools.get(code, code), count) for code, count in places.most_common()),
        not_visited=tuple(name for code, name in schools.items() if code not in places),
        exemplary=sum(visit.exemplary for visit in visits),
        needs_support=sum(visit.needs_support for visit in visits),
    )

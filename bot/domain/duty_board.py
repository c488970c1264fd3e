"""How the team stands with a month, person by person, as leader and secretary see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.duty import DutyFacts, Standing, leave_reason, standing, waits_for_answer
from bot.domain.school_year import Month
from bot.domain.team_settings import TeamSettings


@dataclass(frozen=True, slots=True)
class Reach:
    """Whether messages get through to somebody who has joined, and when they last wrote."""

    reachable: bool
    last_used_at: datetime


@dataclass(frozen=True, slots=True)
class Owing:
    """Somebody who owes the month; `reach` is None for those who have not joined the bot."""

    name: str
    done: int
    reach: Reach | None


@dataclass(frozen=True, slots=True)
class Excused:
    """Somebody on leave, or waiting for an answer about it, with the reason they gave."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class DutyBoard:
    """One month of one team. `met` of `bound` have done their part; `waiting` still count as owing."""

    month: Month
    required: int
    met: int
    owing: tuple[Owing, ...]
    waiting: tuple[Excused, ...]
    on_leave: tuple[Excused, ...]

    @property
    def open(self) -> int:
        """How many have not done their part yet."""
        return len(self.owing) + len(self.waiting)

    @property
    def bound(self) -> int:
        """How many the duty binds."""
        return self.met + self.open


def duty_board(
    month: Month,
    facts: Sequence[DutyFacts],
    settings: TeamSettings,
    *,
    names: Mapping[int, str],
    reach: Mapping[int, Reach],
) -> DutyBoard:
    """The board from the facts of every member in force."""
    met, owing, waiting, on_leave = 0, list[Owing](), list[Excused](), list[Excused]()
    for each in facts:
        name = names[each.member_id]
        stands = standing(each, month, settings)
        asked = waits_for_answer(each, month)
        if stands is Standing.MET:
            met += 1
        elif stands is Standing.ON_LEAVE:
            on_leave.append(Excused(name, leave_reason(each.absences, month)))
        elif stands is Standing.OWES and asked is not None:
            waiting.append(Excused(name, asked.reason))
        elif stands is Standing.OWES:
            owing.append(Owing(name, each.activities, reach.get(each.member_id)))
    required = settings.in_month(month).activities_a_month
    return DutyBoard(month, required, met, tuple(owing), tuple(waiting), tuple(on_leave))

"""A school year of one team, day by day: the jobs tick, and what else happens is told by happenings."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.clock import HOME_ZONE
from bot.domain.vocabulary import Role
from scheduler.table import JOBS
from storage.tables import Team
from tests.builders import Joined, Make
from tests.clock import FakeClock
from tests.office import Office

FIRST_DAY, LAST_DAY = date(2026, 9, 1), date(2027, 6, 1)  # the last tick closes May
MONTHS = 9
_TICKS = (time(6, 30), time(11, 30), time(17, 0), time(18, 30))


@dataclass(frozen=True, slots=True)
class SimulatedTeam:
    """A team in which most do their part early, and one never answers."""

    team: Team
    leader: Joined
    secretary: Joined
    dutiful: Joined
    silent: Joined
    others: Sequence[Joined]

    @property
    def working(self) -> Sequence[Joined]:
        """All who do their part."""
        return (self.leader, self.secretary, self.dutiful, *self.others)


Happening = Callable[[Office, Make, SimulatedTeam, date], Awaitable[None]]
"""What happens on a day at seven in the morning; most days nothing."""


async def everybody_reports(office: Office, make: Make, team: SimulatedTeam, day: date) -> None:
    """On the tenth all but one have been somewhere."""
    if day.day == 10:
        for each in team.working:
            await make.activity(each.member, on=day)


MONTHLY: tuple[Happening, ...] = (everybody_reports,)


async def gather(make: Make, *, size: int = 12) -> SimulatedTeam:
    """The team before the school year."""
    team = await make.team()
    return SimulatedTeam(
        team=team,
        leader=await make.joined_member(team, role=Role.LEADER),
        secretary=await make.joined_member(team, role=Role.SECRETARY),
        dutiful=await make.joined_member(team),
        silent=await make.joined_member(team, name="Lý Im Lặng"),
        others=[await make.joined_member(team) for _ in range(size - 4)],
    )


async def live_through(
    office: Office, make: Make, clock: FakeClock, team: SimulatedTeam, happenings: Sequence[Happening] = MONTHLY
) -> None:
    """Every day of the school year, with every job at each of its ticks."""
    day = FIRST_DAY
    while day <= LAST_DAY:

        async def happen(day: date = day) -> None:
            for each in happenings:
                await each(office, make, team, day)

        await live_a_day(office, clock, day, happen)
        day += timedelta(days=1)


async def _nothing() -> None:
    """Most days."""


async def live_a_day(
    office: Office, clock: FakeClock, day: date, happen: Callable[[], Awaitable[None]] = _nothing
) -> None:
    """One day, with every job at each of its ticks; something may happen at seven in the morning."""
    for at in _TICKS:
        clock.set(datetime.combine(day, at, HOME_ZONE))
        for job in JOBS:
            if job.name != "housekeeping":
                await office.run_job(job.name)
        await office.deliver()
        if at == _TICKS[0]:
            await happen()

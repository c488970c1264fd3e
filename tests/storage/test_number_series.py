"""Numbers of official papers: each given once and none left out, also when two secretaries work at the same moment."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.meetings import MeetingKind
from bot.domain.vocabulary import Role
from storage.engine import Database
from storage.number_series import begin_series, last_number, take_number
from storage.tables import Meeting, Member
from storage.unit_of_work import UnitOfWork
from tests.builders import Make
from tests.clock import FakeClock

YEAR = 2026
TAKERS = 6


def _session(uow: UnitOfWork) -> AsyncSession:
    """What repositories are made of."""
    return uow._session  # pyright: ignore[reportPrivateUsage]


async def _all_at_once(database: Database, take: Callable[[UnitOfWork, int], Awaitable[int]]) -> list[int]:
    """The numbers that so many get who have all begun before anybody has ended."""
    begun = 0

    async def one(place: int) -> int:
        nonlocal begun
        async with database.begin() as uow:
            begun += 1
            number = await take(uow, place)
            await asyncio.sleep(0)
            return number

    numbers = await asyncio.gather(*(one(place) for place in range(TAKERS)))
    assert begun == TAKERS
    return sorted(numbers)


@pytest.mark.parametrize("kind", ["BC", "BB", "KH", "TB", "TTr", "GM"])
async def test_each_kind_of_paper_has_a_series_without_gaps(database: Database, make: Make, kind: str) -> None:
    team = await make.team()

    async def take(uow: UnitOfWork, place: int) -> int:
        return await take_number(_session(uow), team_id=team.id, kind=kind, year=YEAR)

    assert await _all_at_once(database, take) == list(range(1, TAKERS + 1))


async def test_a_number_that_was_not_kept_is_given_to_the_next(database: Database, make: Make) -> None:
    team = await make.team()

    async def take_in_vain() -> None:
        async with database.begin() as uow:
            assert await take_number(_session(uow), team_id=team.id, kind="BC", year=YEAR) == 1
            raise ValueError("undone")

    with pytest.raises(ValueError, match="undone"):
        await take_in_vain()
    async with database.begin() as uow:
        assert await take_number(_session(uow), team_id=team.id, kind="BC", year=YEAR) == 1
        assert await take_number(_session(uow), team_id=team.id, kind="BC", year=YEAR + 1) == 1


async def test_minutes_that_are_confirmed_at_once_get_different_numbers(
    database: Database, make: Make, clock: FakeClock
) -> None:
    team = await make.team()
    secretary = await make.member(team, role=Role.SECRETARY)
    ids = [await _minutes(database, secretary, clock(), number=each) for each in range(1, TAKERS + 1)]

    async def confirm(uow: UnitOfWork, place: int) -> int:
        minutes = await uow.minutes.get(ids[place], team_id=team.id)
        number = await uow.minutes.next_number(team.id, YEAR)
        minutes.year, minutes.number = YEAR, number
        await uow.flush()
        return number

    assert await _all_at_once(database, confirm) == list(range(1, TAKERS + 1))


async def test_minutes_numbered_before_the_series_was_kept_are_counted_on(
    database: Database, make: Make, clock: FakeClock
) -> None:
    team = await make.team()
    secretary = await make.member(team, role=Role.SECRETARY)
    old = await _minutes(database, secretary, clock())
    async with database.begin() as uow:
        minutes = await uow.minutes.get(old, team_id=team.id)
        minutes.year, minutes.number = YEAR, 7
    async with database.begin() as uow:
        assert await uow.minutes.next_number(team.id, YEAR) == 8
        assert await uow.minutes.next_number(team.id, YEAR) == 9


async def test_what_members_of_a_team_make_at_once_is_numbered_one_after_the_other(
    database: Database, make: Make, clock: FakeClock
) -> None:
    team = await make.team()
    members = [await make.member(team) for _ in range(TAKERS)]

    async def propose(uow: UnitOfWork, place: int) -> int:
        source = f"proposal:{place}"
        proposal = await uow.proposals.add(
            team_id=team.id, member_id=members[place].id, text="Dạy học STEM", source=source, files=(), now=clock()
        )
        return proposal.number

    assert await _all_at_once(database, propose) == list(range(1, TAKERS + 1))


async def test_the_same_plan_on_two_desks_gets_one_number(database: Database, make: Make, clock: FakeClock) -> None:
    team = await make.team()
    leader = await make.member(team, role=Role.LEADER)

    async def issue(uow: UnitOfWork, place: int) -> int:
        subject = f"team_plan:2026-2027/{place % 2}"
        return await uow.plans.paper_number(team_id=team.id, subject=subject, by=leader.id, now=clock(), year=YEAR)

    assert await _all_at_once(database, issue) == [1, 1, 1, 2, 2, 2]


async def test_a_series_may_begin_after_what_was_given_on_paper_but_never_goes_back(
    database: Database, make: Make
) -> None:
    team = await make.team()
    async with database.begin() as uow:
        session = _session(uow)
        assert await begin_series(session, team_id=team.id, kind="BC", year=YEAR, last=12)
        assert await take_number(session, team_id=team.id, kind="BC", year=YEAR) == 13
        assert not await begin_series(session, team_id=team.id, kind="BC", year=YEAR, last=3)
        assert await last_number(session, team_id=team.id, kind="BC", year=YEAR) == 13


async def _minutes(database: Database, secretary: Member, now: datetime, *, number: int = 1) -> int:
    async with database.begin() as uow:
        meeting = Meeting(
            team_id=secretary.team_id,
            number=number,
            source=f"meeting:{number}",
            uid=f"meeting-{number}",
            kind=MeetingKind.GENERAL,
            status="called",
            starts_at=now,
            ends_at=now + timedelta(hours=1),
            place="hội trường",
            created_by=secretary.id,
            created_at=now,
            called_at=now,
        )
        _session(uow).add(meeting)
        await uow.flush()
        return (await uow.minutes.begin(meeting, secretary_id=secretary.id, now=now)).id

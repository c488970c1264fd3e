"""The month is closed once, on the 1st or as soon after it as the bot is up."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.domain.clock import HOME_ZONE
from bot.domain.vocabulary import LeaveStatus, Role
from storage.tables import Team
from tests.builders import Joined, Make
from tests.clock import FakeClock
from tests.office import Office

JOB = "month-closing"
FIRST = datetime(2026, 12, 1, 6, 30, tzinfo=HOME_ZONE)


async def a_team(office: Office, make: Make, clock: FakeClock) -> tuple[Team, Joined]:
    """A leader who reported, one who did not, and one on leave."""
    team = await make.team()
    leader = await make.joined_member(team, role=Role.LEADER)
    await make.activity(leader.member)
    await make.member(team, name="Lý Còn Thiếu")
    away = await make.member(team, name="Cao Đang Nghỉ")
    leave = await make.leave(away, first=date(2026, 11, 1), last=date(2026, 12, 31), reason="thai sản")
    async with office.database.begin() as uow:
        fresh = await uow.leaves.get(leave.id, team_id=team.id)
        await uow.leaves.decide(fresh, status=LeaveStatus.GRANTED, by=leader.member.id, now=clock())
    return team, leader


async def test_the_leader_gets_the_count_with_names_and_reasons(office: Office, make: Make, clock: FakeClock) -> None:
    _, leader = await a_team(office, make, clock)
    clock.set(FIRST)
    assert (await office.run_job(JOB))["sent"] == 1
    text = office.phone(leader).last.text
    assert "1/2" in text
    assert "Lý Còn Thiếu (0/1)" in text
    assert "Cao Đang Nghỉ: thai sản" in text


async def test_the_group_gets_counts_only(office: Office, make: Make, clock: FakeClock) -> None:
    _, leader = await a_team(office, make, clock)
    group = office.phone(leader).in_group()
    await group.say("/noinhom")
    clock.set(FIRST)
    await office.run_job(JOB)
    assert "1/2" in group.last.text
    assert "Lý Còn Thiếu" not in group.last.text


async def test_it_is_never_closed_twice(office: Office, make: Make, clock: FakeClock) -> None:
    team, leader = await a_team(office, make, clock)
    clock.set(FIRST)
    await office.run_job(JOB)
    await make.joined_member(team, role=Role.SECRETARY)  # who is told of this month, not of the last
    clock.advance(timedelta(days=9))
    assert (await office.run_job(JOB))["sent"] == 0
    assert len(office.phone(leader).screen) == 1


async def test_nothing_is_said_before_the_quiet_hours_are_over(office: Office, make: Make, clock: FakeClock) -> None:
    await a_team(office, make, clock)
    clock.set(FIRST - timedelta(minutes=1))
    assert (await office.run_job(JOB))["sent"] == 0


async def test_downtime_over_the_1st_is_caught_up(office: Office, make: Make, clock: FakeClock) -> None:
    await a_team(office, make, clock)
    clock.set(FIRST + timedelta(days=12))
    assert (await office.run_job(JOB))["sent"] == 1


async def test_a_month_before_the_team_existed_is_not_closed(office: Office, make: Make, clock: FakeClock) -> None:
    await a_team(office, make, clock)
    assert (await office.run_job(JOB))["sent"] == 0


async def test_summer_months_are_not_closed(office: Office, make: Make, clock: FakeClock) -> None:
    await a_team(office, make, clock)
    clock.set(datetime(2027, 7, 1, 8, 0, tzinfo=HOME_ZONE))
    assert (await office.run_job(JOB))["sent"] == 0

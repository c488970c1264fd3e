"""Who has no plan for the coming month is reminded once."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.clock import HOME_ZONE
from bot.domain.plans import PlanStatus
from bot.domain.school_year import Month
from bot.domain.vocabulary import Role
from tests.handlers.making_plans import handed_in, planned
from tests.office import Office
from tests.working_team import People

NUDGE_TIME = datetime(2026, 11, 25, 18, 45, tzinfo=HOME_ZONE)


async def test_who_has_no_plan_for_the_coming_month_is_reminded_once(people: People, office: Office) -> None:
    await handed_in(people.lan)
    office.clock.set(NUDGE_TIME - timedelta(hours=1))
    assert (await office.run_job("plan-nudges"))["teams"] == 0
    office.clock.set(NUDGE_TIME)
    counts = await office.run_job("plan-nudges")
    assert counts == {"teams": 1, "owing": 4, "sent": 4, "already": 0, "unreachable": 0}
    assert "chưa có kế hoạch cá nhân tháng 12/2026" in people.hung.last.text
    assert "1/5 người đã nộp. Em đã nhắc 4 người" in people.leader.texts
    assert "chưa có kế hoạch" not in people.lan.texts
    assert not people.officer.screen
    office.clock.set(NUDGE_TIME + timedelta(days=2))
    assert (await office.run_job("plan-nudges"))["sent"] == 0
    await people.hung.press("Lập kế hoạch")
    assert "Kế hoạch tháng 12/2026 của thầy/cô" in people.hung.last.text


async def test_a_team_that_plans_nothing_is_not_pressed_for_plans(people: People, office: Office) -> None:
    office.clock.set(NUDGE_TIME)
    assert (await office.run_job("plan-nudges"))["owing"] == 0
    await planned(people)
    assert (await office.run_job("plan-nudges"))["owing"] == 5


async def test_in_quiet_hours_and_before_months_without_school_nobody_is_reminded(
    people: People, office: Office
) -> None:
    await planned(people)
    office.clock.set(NUDGE_TIME.replace(hour=22))
    assert (await office.run_job("plan-nudges"))["teams"] == 0
    office.clock.set(datetime(2027, 5, 28, 9, 0, tzinfo=HOME_ZONE))
    assert (await office.run_job("plan-nudges"))["teams"] == 0


async def test_leave_and_the_teams_setting_hold_reminders_back(people: People, office: Office) -> None:
    await planned(people)
    await people.lan.say("/nghi tháng 12 thai sản")
    await people.leader.press("Đồng ý cho nghỉ")
    await people.hung.say("/nghi từ 25/11 đến 26/11 con ốm")
    await people.leader.press("Đồng ý cho nghỉ")
    office.clock.set(NUDGE_TIME)
    assert (await office.run_job("plan-nudges"))["owing"] == 3
    office.clock.set(NUDGE_TIME + timedelta(days=2))
    assert (await office.run_job("plan-nudges"))["sent"] == 1
    assert "chưa có kế hoạch" in people.hung.last.text
    assert "chưa có kế hoạch" not in people.lan.texts
    async with office.database.begin() as uow:
        team = await uow.teams.get(people.team.id)
        uow.teams.change_settings(team, uow.teams.settings(team).model_copy(update={"plan_nudges": False}))
    assert (await office.run_job("plan-nudges"))["teams"] == 0


async def test_the_reason_is_asked_again_at_sending(people: People, office: Office) -> None:
    from scheduler import plan_nudges
    from scheduler.jobs import JobContext

    await planned(people)
    office.clock.set(NUDGE_TIME)
    await plan_nudges.run(JobContext(database=office.database, now=office.clock()))
    async with office.database.begin() as uow:
        for member in await uow.members.with_roles(people.team.id, Role.MEMBER):
            plan = await uow.plans.begin(member.id, Month(2026, 12))
            await uow.plans.decide(plan, PlanStatus.APPROVED, by=member.id, word=None, now=office.clock())
    await office.deliver()
    assert not people.lan.screen
    assert not people.hung.screen
    assert "chưa có kế hoạch" in people.secretary.last.text

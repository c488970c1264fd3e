"""Who is nudged about the month, when, and who is told about it."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

from bot.domain.clock import HOME_ZONE
from bot.domain.messages import ChatEvent
from bot.domain.vocabulary import Role
from scheduler.jobs import JobContext
from scheduler.table import find_job
from storage.engine import Database
from storage.tables import Team
from tests.builders import Joined, Make
from tests.clock import FakeClock
from tests.office import Office, Phone

JOB = "monthly-nudges"
SEVEN_DAYS = datetime(2026, 11, 23, 18, 30, tzinfo=HOME_ZONE)
THREE_DAYS = datetime(2026, 11, 27, 18, 30, tzinfo=HOME_ZONE)
ONE_DAY = datetime(2026, 11, 29, 18, 30, tzinfo=HOME_ZONE)
LAST_DAY = datetime(2026, 11, 30, 17, 0, tzinfo=HOME_ZONE)


async def at(office: Office, clock: FakeClock, moment: datetime) -> dict[str, int]:
    """The clock reaches this moment and the job ticks."""
    clock.set(moment)
    return await office.run_job(JOB)


def nudges(phone: Phone) -> list[str]:
    """The nudges on a screen."""
    return [each.text for each in phone.screen if "Nhắc tôi ngày mai" in each.labels]


async def test_each_stage_nudges_once_gently_first_and_plainly_last(
    office: Office, make: Make, clock: FakeClock
) -> None:
    phone = office.phone(await make.joined_member(await make.team()))
    for moment in (SEVEN_DAYS, THREE_DAYS, ONE_DAY, LAST_DAY):
        assert (await at(office, clock, moment))["sent"] == 1
        assert (await at(office, clock, moment + timedelta(minutes=5)))["sent"] == 0
    texts = nudges(phone)
    assert len(texts) == 4
    assert "một tuần" in texts[0]
    assert "hạn cuối" in texts[-1]


async def test_nobody_is_nudged_before_the_first_stage(office: Office, make: Make, clock: FakeClock) -> None:
    phone = office.phone(await make.joined_member(await make.team()))
    await at(office, clock, SEVEN_DAYS - timedelta(minutes=1))
    assert phone.screen == []


async def test_who_has_reported_and_officers_are_left_alone(office: Office, make: Make, clock: FakeClock) -> None:
    team = await make.team()
    done = await make.joined_member(team)
    officer = await make.joined_member(team, role=Role.OFFICER)
    await make.activity(done.member)
    assert (await at(office, clock, LAST_DAY))["owing"] == 0
    assert office.phone(done).screen == office.phone(officer).screen == []


async def test_whose_membership_has_ended_is_left_alone(office: Office, make: Make, clock: FakeClock) -> None:
    team = await make.team()
    gone = await make.joined_member(team)
    async with office.database.begin() as uow:
        await uow.members.end(await uow.members.get(gone.member.id, team_id=team.id), now=clock())
    assert (await at(office, clock, LAST_DAY))["owing"] == 0


async def test_after_downtime_only_the_latest_stage_is_sent(office: Office, make: Make, clock: FakeClock) -> None:
    phone = office.phone(await make.joined_member(await make.team()))
    await at(office, clock, LAST_DAY + timedelta(hours=2))
    assert len(nudges(phone)) == 1
    assert "hạn cuối" in nudges(phone)[0]


async def test_after_the_month_has_ended_nothing_is_sent_for_it(office: Office, make: Make, clock: FakeClock) -> None:
    phone = office.phone(await make.joined_member(await make.team()))
    await at(office, clock, datetime(2026, 12, 2, 8, 0, tzinfo=HOME_ZONE))
    assert phone.screen == []


async def test_quiet_hours_hold_a_nudge_until_morning_and_the_guard_asks_again(
    office: Office, make: Make, clock: FakeClock
) -> None:
    team = await make.team()
    idle, quick = await make.joined_member(team), await make.joined_member(team)
    assert (await at(office, clock, datetime(2026, 11, 27, 23, 0, tzinfo=HOME_ZONE)))["sent"] == 2
    assert office.phone(idle).screen == []
    await make.activity(quick.member, on=date(2026, 11, 27))
    clock.set(datetime(2026, 11, 28, 6, 30, tzinfo=HOME_ZONE))
    await office.deliver()
    assert len(nudges(office.phone(idle))) == 1
    assert nudges(office.phone(quick)) == []


async def test_nothing_is_sent_in_the_summer(office: Office, make: Make, clock: FakeClock) -> None:
    await make.joined_member(await make.team())
    assert (await at(office, clock, datetime(2027, 7, 31, 18, 0, tzinfo=HOME_ZONE)))["teams"] == 0


async def test_a_person_in_two_teams_is_nudged_for_each_by_name_and_answers_for_the_right_one(
    office: Office, make: Make, clock: FakeClock
) -> None:
    first, second = await make.team("Tổ cụm 1"), await make.team("Tổ cụm 2")
    joined = await make.joined_member(first)
    other = await make.member(second)
    async with office.database.begin() as uow:
        known = await uow.accounts.known(joined.chat.channel, joined.user_id)
        assert known is not None
        await uow.accounts.join(known, await uow.members.get(other.id, team_id=second.id), now=clock())
    phone = office.phone(joined)
    await at(office, clock, THREE_DAYS)
    assert [("Tổ cụm 1" in text, "Tổ cụm 2" in text) for text in nudges(phone)] == [(True, False), (False, True)]
    await phone.press("Xin nghỉ tháng này", on=phone.screen[0])
    await phone.say("đi học")
    async with office.database.read() as uow:
        assert [
            each.member_id for each in await uow.leaves.within(first.id, date(2026, 11, 1), date(2026, 11, 30))
        ] == [joined.member.id]


async def test_running_for_another_time_lives_wholly_at_that_time(office: Office, make: Make) -> None:
    phone = office.phone(await make.joined_member(await make.team()))
    await office.run_job(JOB, at=datetime(2027, 3, 31, 17, 0, tzinfo=HOME_ZONE))
    assert "tháng 3" in phone.last.text


async def with_officials(make: Make) -> tuple[Team, Joined, Joined]:
    """A team whose leader and secretary have done their part."""
    team = await make.team()
    leader = await make.joined_member(team, role=Role.LEADER, name="Bùi Quốc Hiếu")
    secretary = await make.joined_member(team, role=Role.SECRETARY, name="Bùi Mỹ Quyên")
    for each in (leader, secretary):
        await make.activity(each.member)
    return team, leader, secretary


async def test_a_day_before_the_last_leader_and_secretary_see_who_owes_and_how_to_reach_them(
    office: Office, make: Make, clock: FakeClock
) -> None:
    team, leader, secretary = await with_officials(make)
    await make.member(team, name="Lý Chưa Vào")
    blocked = await make.joined_member(team, name="Trần Đã Chặn")
    await make.joined_member(team, name="Đỗ Vẫn Dùng")
    away = await make.member(team, name="Cao Chờ Duyệt")
    await make.leave(away, first=date(2026, 11, 1), last=date(2026, 11, 30), reason="thai sản")
    await office.phone(blocked).happens(ChatEvent.BLOCKED)
    await at(office, clock, ONE_DAY)
    await at(office, clock, ONE_DAY + timedelta(minutes=5))
    for phone in (office.phone(leader), office.phone(secretary)):
        assert len(phone.screen) == 1
        assert "2/6" in phone.last.text
        assert "Lý Chưa Vào (0/1) – chưa tham gia" in phone.last.text
        assert "Trần Đã Chặn (0/1) – đã chặn" in phone.last.text
        assert "Đỗ Vẫn Dùng (0/1) – dùng bot 6 ngày trước" in phone.last.text
        assert "Cao Chờ Duyệt: thai sản" in phone.last.text


async def test_the_group_sees_counts_and_no_names(office: Office, make: Make, clock: FakeClock) -> None:
    team, leader, _ = await with_officials(make)
    await make.joined_member(team, name="Trần Còn Thiếu")
    group = office.phone(leader).in_group()
    await group.say("/noinhom")
    before = len(group.screen)
    await at(office, clock, ONE_DAY)
    await at(office, clock, LAST_DAY)
    said = [each.text for each in group.screen[before:]]
    assert len(said) == 1
    assert "2/3" in said[0]
    assert "Trần Còn Thiếu" not in said[0]


async def test_the_list_waits_for_the_morning_and_tells_the_state_of_then(
    office: Office, make: Make, clock: FakeClock
) -> None:
    team, leader, _ = await with_officials(make)
    late = await make.joined_member(team, name="Trần Báo Muộn")
    await make.member(team, name="Lý Còn Thiếu")
    assert (await at(office, clock, datetime(2026, 11, 29, 22, 0, tzinfo=HOME_ZONE)))["lists"] == 0
    await make.activity(late.member)
    assert (await at(office, clock, datetime(2026, 11, 30, 6, 30, tzinfo=HOME_ZONE)))["lists"] == 2
    assert "Trần Báo Muộn" not in office.phone(leader).last.text


async def test_ticks_at_any_time_zone_of_the_clock_agree(office: Office, make: Make) -> None:
    await make.joined_member(await make.team())
    counts = await office.run_job(JOB, at=LAST_DAY.astimezone(UTC))
    assert counts["sent"] == 1


async def test_who_comes_late_in_a_month_owes_from_the_next_one_on(
    office: Office, make: Make, clock: FakeClock
) -> None:
    team = await make.team()
    await make.member(team, role=Role.LEADER)
    await make.member(team)
    clock.set(datetime(2026, 12, 20, 9, 0, tzinfo=HOME_ZONE))
    async with office.database.begin() as uow:
        fresh = await uow.teams.get(team.id)
        since = await uow.members.newcomer_since(fresh, added=1, today=date(2026, 12, 20))
        late = await uow.members.add(team_id=team.id, name="Đỗ Mới Về", role=Role.MEMBER, since=since)
    joined = await make.join(late)
    await at(office, clock, datetime(2026, 12, 31, 17, 0, tzinfo=HOME_ZONE))
    assert nudges(office.phone(joined)) == []
    await at(office, clock, datetime(2027, 1, 31, 17, 0, tzinfo=HOME_ZONE))
    assert len(nudges(office.phone(joined))) == 1


async def test_a_roster_that_is_being_filled_has_no_newcomers(office: Office, make: Make) -> None:
    team = await make.team()
    await make.member(team, role=Role.LEADER)
    async with office.database.begin() as uow:
        assert await uow.members.newcomer_since(team, added=30, today=date(2026, 12, 20)) is None
        assert await uow.members.newcomer_since(team, added=0, today=date(2026, 11, 25)) is None


async def test_two_processes_that_tick_together_write_what_one_would(
    office: Office, make: Make, clock: FakeClock, database_url: str
) -> None:
    team, leader, _ = await with_officials(make)
    idle = [office.phone(await make.joined_member(team)) for _ in range(5)]
    clock.set(ONE_DAY)
    job = find_job(JOB)
    assert job is not None
    second = Database(database_url, clock=clock)
    try:
        contexts = [JobContext(database=each, now=clock()) for each in (office.database, second)]
        counts = await asyncio.gather(*(job.run(context) for context in contexts))
    finally:
        await second.close()
    await office.deliver()
    assert sum(each["sent"] for each in counts) == 5
    assert [len(nudges(phone)) for phone in idle] == [1] * 5
    assert len(office.phone(leader).screen) == 1

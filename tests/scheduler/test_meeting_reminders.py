"""Reminders of meetings: the right stage, once, to those who have not answered; stale ones are dropped."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.domain.clock import HOME_ZONE
from bot.domain.vocabulary import Role
from scheduler.table import find_job
from storage.engine import Database
from storage.exports import meeting_rows
from tests.builders import Make
from tests.clock import FakeClock
from tests.office import Office, Phone

MEETING = datetime(2026, 12, 4, 14, 0, tzinfo=HOME_ZONE)  # a Friday
THREE_DAYS, ONE_DAY, TWO_HOURS = timedelta(days=3), timedelta(days=1), timedelta(hours=2)


class Team:
    """Leader, a member who answers, one who does not, and the group."""

    leader: Phone
    answering: Phone
    silent: Phone
    group: Phone


async def made(office: Office, make: Make, *, group: bool = True, call: str = "14h ngày 4/12") -> Team:
    """A team whose meeting has been called."""
    record, team = await make.team(), Team()
    team.leader = office.phone(await make.joined_member(record, role=Role.LEADER, name="Bùi Quốc Hiếu"))
    team.answering = office.phone(await make.joined_member(record, name="Lý Ngọc Dung"))
    team.silent = office.phone(await make.joined_member(record, name="Bùi Minh Phượng"))
    team.group = team.leader.in_group()
    if group:
        await team.group.say("/noinhom")
    await team.leader.say(f"họp chung {call} tại phòng họp, nội dung: sơ kết")
    await team.leader.press("Gửi")
    await team.answering.press("Tham dự")
    return team


@pytest.fixture
async def team(office: Office, make: Make) -> Team:
    return await made(office, make)


async def tick(office: Office, clock: FakeClock, at: datetime) -> dict[str, int]:
    clock.set(at)
    return await office.run_job("meeting-reminders")


async def test_the_group_and_those_who_have_not_answered_are_reminded_once_a_stage(
    office: Office, clock: FakeClock, team: Team
) -> None:
    for before, words in ((THREE_DAYS, "trước 3 ngày"), (ONE_DAY, "trước 1 ngày"), (TWO_HOURS, "trước 2 giờ")):
        seen = len(team.answering.screen), len(team.silent.screen), len(team.group.screen)
        assert (await tick(office, clock, MEETING - before))["sent"] == 2
        assert (await tick(office, clock, MEETING - before + timedelta(minutes=5)))["sent"] == 0
        assert words in team.group.last.text
        assert "• sơ kết" in team.group.last.text
        assert team.silent.last.labels == ("Tham dự", "Vắng", "Chưa chắc")
        now = len(team.answering.screen), len(team.silent.screen), len(team.group.screen)
        assert now == (seen[0], seen[1] + 1, seen[2] + 1)


async def test_nobody_is_reminded_before_the_time_or_after_the_beginning(
    office: Office, clock: FakeClock, team: Team
) -> None:
    assert (await tick(office, clock, MEETING - THREE_DAYS - timedelta(minutes=1)))["sent"] == 0
    assert (await tick(office, clock, MEETING))["sent"] == 0


async def test_after_a_day_of_silence_only_the_right_stage_goes(office: Office, clock: FakeClock, team: Team) -> None:
    await tick(office, clock, MEETING - timedelta(hours=3))
    assert "trước 1 ngày" in team.group.last.text
    assert "trước 3 ngày" not in team.group.texts
    await tick(office, clock, MEETING - timedelta(hours=1))
    assert "trước 2 giờ" in team.group.last.text


async def test_two_processes_write_what_one_would(office: Office, clock: FakeClock, team: Team) -> None:
    clock.set(MEETING - ONE_DAY)
    job = find_job("meeting-reminders")
    assert job is not None
    first = await office.run_job("meeting-reminders")
    second = await office.run_job("meeting-reminders")
    assert (first["sent"], second["sent"], second["already"]) == (2, 0, 2)


async def test_who_answers_before_it_leaves_is_not_reminded(office: Office, clock: FakeClock, make: Make) -> None:
    """A one-day stage that fell in the night waits for the morning, and asks again then."""
    team = await made(office, make, call="5h30 ngày 5/12")
    clock.set(datetime(2026, 12, 4, 6, 0, tzinfo=HOME_ZONE))
    before = len(team.silent.screen)
    await office.run_job("meeting-reminders")
    assert len(team.silent.screen) == before
    await team.silent.press("Vắng")
    seen = len(team.silent.screen)
    clock.set(datetime(2026, 12, 4, 6, 31, tzinfo=HOME_ZONE))
    await office.run_job("meeting-reminders")
    assert len(team.silent.screen) == seen


async def test_quiet_hours_hold_back_all_but_the_last_stage(office: Office, clock: FakeClock, make: Make) -> None:
    team = await made(office, make, call="7h ngày 5/12")
    assert (await tick(office, clock, datetime(2026, 12, 4, 22, 0, tzinfo=HOME_ZONE)))["sent"] == 2
    assert "trước 1 ngày" not in team.group.texts
    await tick(office, clock, datetime(2026, 12, 5, 5, 0, tzinfo=HOME_ZONE))
    assert "trước 2 giờ" in team.group.last.text


async def test_nothing_but_the_last_stage_is_sent_at_tet(office: Office, clock: FakeClock, make: Make) -> None:
    clock.set(datetime(2027, 1, 25, 9, 0, tzinfo=HOME_ZONE))
    team = await made(office, make, call="9h ngày 12/2/2027")
    before = len(team.group.screen)
    for day in range(4, 11):
        await tick(office, clock, datetime(2027, 2, day, 10, 0, tzinfo=HOME_ZONE))
    assert len(team.group.screen) == before
    await tick(office, clock, datetime(2027, 2, 11, 10, 0, tzinfo=HOME_ZONE))
    assert len(team.group.screen) == before + 1


async def test_a_moved_meeting_drops_what_was_written_and_is_reminded_of_anew(
    office: Office, clock: FakeClock, make: Make
) -> None:
    team = await made(office, make, call="7h ngày 5/12")
    await tick(office, clock, datetime(2026, 12, 3, 22, 0, tzinfo=HOME_ZONE))  # waits for the morning
    await team.leader.press("Đổi giờ")
    await team.leader.say("14h ngày 12/12")
    await team.leader.press("Gửi")
    clock.set(datetime(2026, 12, 4, 7, 0, tzinfo=HOME_ZONE))
    await office.run_job("meeting-reminders")
    assert "Nhắc họp" not in team.group.texts
    await tick(office, clock, datetime(2026, 12, 9, 14, 0, tzinfo=HOME_ZONE))
    assert "14:00 thứ Bảy, 12/12/2026" in team.group.last.text


async def test_a_cancelled_meeting_is_not_reminded_of(office: Office, clock: FakeClock, team: Team) -> None:
    await team.leader.press("Hủy họp")
    await team.leader.press("Không còn cần họp")
    await team.leader.press("Hủy họp")
    assert (await tick(office, clock, MEETING - ONE_DAY))["sent"] == 0


async def test_without_a_group_everybody_who_comes_is_reminded_privately(
    office: Office, clock: FakeClock, make: Make
) -> None:
    team = await made(office, make, group=False)
    await tick(office, clock, MEETING - ONE_DAY)
    assert "trước 1 ngày" in team.answering.last.text
    assert "trả lời giúp em" in team.silent.last.text


async def test_who_came_to_the_team_after_the_invitation_is_reminded_too(
    office: Office, clock: FakeClock, make: Make, team: Team
) -> None:
    async with office.database.read() as uow:
        record = await uow.teams.get(1)
    newcomer = office.phone(await make.joined_member(record, name="Trần Mới"))
    await tick(office, clock, MEETING - ONE_DAY)
    assert newcomer.last.labels == ("Tham dự", "Vắng", "Chưa chắc")
    assert "phòng họp" in newcomer.last.text


async def test_it_can_be_run_for_another_time(office: Office, team: Team) -> None:
    counts = await office.run_job("meeting-reminders", at=MEETING - ONE_DAY)
    assert counts["sent"] == 2
    assert "trước 1 ngày" in team.group.last.text


async def test_the_leader_is_warned_once_when_a_third_of_the_year_has_passed_without_a_meeting(
    office: Office, clock: FakeClock, make: Make
) -> None:
    record = await make.team()
    leader = office.phone(await make.joined_member(record, role=Role.LEADER))
    member = office.phone(await make.joined_member(record))
    assert (await tick(office, clock, datetime(2026, 11, 30, 9, tzinfo=HOME_ZONE)))["warned"] == 0
    assert (await tick(office, clock, datetime(2026, 12, 2, 22, tzinfo=HOME_ZONE)))["warned"] == 0
    assert (await tick(office, clock, datetime(2026, 12, 3, 9, tzinfo=HOME_ZONE)))["warned"] == 1
    assert (await tick(office, clock, datetime(2026, 12, 20, 9, tzinfo=HOME_ZONE)))["warned"] == 0
    assert "mới họp chung 0/3" in leader.last.text
    assert member.screen == []
    await leader.press("Mời họp")
    assert "Họp gì ạ?" in leader.last.text


async def test_a_held_meeting_counts_toward_the_three(clock: FakeClock, team: Team) -> None:
    assert "Họp chung 0/3" in (await team.answering.say("/hop")).text
    clock.set(MEETING + timedelta(hours=3))
    assert "Họp chung 1/3" in (await team.answering.say("/hop")).text


async def test_the_export_has_who_chairs_and_every_answer(database: Database, team: Team) -> None:
    async with database.read() as uow:
        rows = await meeting_rows(uow, 1, MEETING.date(), MEETING.date())
    assert len(rows) == 1
    row = rows[0]
    assert (row["kind"], row["starts_at"], row["place"]) == ("general", "2026-12-04T14:00:00+07:00", "phòng họp")
    assert row["chair"] == "Bùi Quốc Hiếu"
    assert row["rsvp"] == [
        {"member": "Bùi Quốc Hiếu", "answer": "attending", "reason": None},
        {"member": "Lý Ngọc Dung", "answer": "attending", "reason": None},
        {"member": "Bùi Minh Phượng", "answer": None, "reason": None},
    ]

"""Who was at a meeting: the checklist, the check-in word, and presence offered as the month's activity."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from bot.domain.clock import HOME_ZONE
from bot.domain.vocabulary import ActivityKind, Role
from storage.engine import Database
from tests.builders import Make
from tests.clock import FakeClock
from tests.office import Office, Phone

BEGIN = datetime(2026, 12, 4, 14, 0, tzinfo=HOME_ZONE)


class Team:
    """A team with a topical meeting at a school."""

    leader: Phone
    secretary: Phone
    member: Phone
    other: Phone


@pytest.fixture
async def team(office: Office, make: Make, clock: FakeClock) -> Team:
    record, made = await make.team(), Team()
    await make.school(record, code="LHP", name="Trường Tiểu học Lê Hồng Phong")
    made.leader = office.phone(await make.joined_member(record, role=Role.LEADER, name="Bùi Quốc Hiếu"))
    made.secretary = office.phone(await make.joined_member(record, role=Role.SECRETARY, name="Bùi Mỹ Quyên"))
    made.member = office.phone(await make.joined_member(record, name="Lý Ngọc Dung"))
    made.other = office.phone(await make.joined_member(record, name="Bùi Minh Phượng"))
    await made.leader.say("họp chuyên đề Toán lớp 4 lúc 14h ngày 4/12 tại TH Lê Hồng Phong")
    await made.leader.press("Gửi")
    await made.other.press("Vắng")
    await made.other.press("Ốm")
    clock.set(BEGIN)
    return made


async def presence(database: Database) -> dict[str, str | None]:
    async with database.read() as uow:
        rows = await uow.meetings.invitations(1)
        names = await uow.members.names([each.member_id for each in rows])
    return {names[each.member_id]: each.presence for each in rows}


async def word_of(team: Team) -> str:
    await team.secretary.say("/diemdanh")
    shown = await team.secretary.press("Từ điểm danh")
    found = re.search(r": (\w+)\n", shown.text)
    assert found is not None
    return found.group(1)


async def test_the_checklist_is_edited_in_place_and_turns_with_each_press(team: Team, database: Database) -> None:
    sheet = await team.secretary.say("/diemdanh")
    seen = len(team.secretary.screen)
    for expected in ("present", "late", "excused", "unexcused", None, "present"):
        await team.secretary.press("Lý Ngọc Dung")
        assert (await presence(database))["Lý Ngọc Dung"] == expected
    assert len(team.secretary.screen) == seen
    assert "✅ Lý Ngọc Dung" in next(each for each in team.secretary.screen if each.id == sheet.id).labels


async def test_the_rest_are_present_and_who_said_so_is_excused(team: Team, database: Database) -> None:
    await team.secretary.say("/diemdanh")
    await team.secretary.press("Lý Ngọc Dung")
    await team.secretary.press("Lý Ngọc Dung")
    await team.secretary.press("Còn lại có mặt")
    assert await presence(database) == {
        "Bùi Quốc Hiếu": "present",
        "Bùi Mỹ Quyên": "present",
        "Lý Ngọc Dung": "late",
        "Bùi Minh Phượng": "excused",
    }


async def test_the_word_checks_in_and_after_ten_minutes_it_is_late(
    team: Team, database: Database, clock: FakeClock
) -> None:
    word = await word_of(team)
    assert "có mặt" in (await team.member.say(word.upper())).text
    clock.set(BEGIN + timedelta(minutes=11))
    assert "đến muộn" in (await team.other.say(f"điểm danh {word}")).text
    found = await presence(database)
    assert (found["Lý Ngọc Dung"], found["Bùi Minh Phượng"]) == ("present", "late")


async def test_the_word_is_not_taken_outside_the_meeting(team: Team, clock: FakeClock, database: Database) -> None:
    word = await word_of(team)
    clock.set(BEGIN - timedelta(hours=2))
    assert "Chưa đến giờ điểm danh" in (await team.member.say(f"/diemdanh {word}")).text
    clock.set(BEGIN + timedelta(hours=3))
    assert "hết giờ điểm danh" in (await team.member.say(f"/diemdanh {word}")).text
    assert (await presence(database))["Lý Ngọc Dung"] is None


async def test_guessing_is_limited_even_when_the_right_word_comes_at_last(team: Team, database: Database) -> None:
    word = await word_of(team)
    for number in range(10, 15):
        await team.member.say("le" + str(number))
    assert "quá số lần" in (await team.member.say(word)).text
    assert (await presence(database))["Lý Ngọc Dung"] is None
    assert "có mặt" in (await team.other.say(word)).text


async def test_a_word_without_a_meeting_is_explained(office: Office, make: Make) -> None:
    stranger = office.phone(await make.joined_member(await make.team("Tổ cụm 9")))
    assert "không có cuộc họp nào" in (await stranger.say("/diemdanh sen27")).text


async def test_members_neither_see_the_checklist_nor_the_word(team: Team, database: Database) -> None:
    assert "thư ký đọc" in (await team.member.say("/diemdanh")).text
    await team.secretary.say("/diemdanh")
    key = team.secretary.last.outgoing.choices_key
    await team.member.press_data(f"{key}:0")
    assert "không còn dùng được" in team.member.last.text
    assert set((await presence(database)).values()) == {None}


async def test_presence_is_offered_as_the_months_activity_once_and_filed_when_wanted(
    team: Team, office: Office, clock: FakeClock, database: Database
) -> None:
    await team.secretary.say("/diemdanh")
    await team.secretary.press("Còn lại có mặt")
    clock.set(BEGIN + timedelta(hours=3))
    assert (await office.run_job("meeting-reminders"))["offered"] == 3
    assert (await office.run_job("meeting-reminders"))["offered"] == 0
    assert "đã dự Chuyên đề Toán lớp 4 với Trường Tiểu học Lê Hồng Phong" in team.member.last.text
    await team.member.press("Ghi nhận hoạt động")
    assert "Tháng 12: 1/1 ✓" in team.member.texts
    await team.leader.press("Không")
    async with database.read() as uow:
        rows = await uow.activities.between(1, BEGIN.date(), BEGIN.date())
    assert [(row.activity.kind, row.school_code, row.activity.origin) for row in rows] == [
        ("peer_school_activity", "LHP", "meeting:1")
    ]


async def test_the_meeting_is_one_activity_that_counts_for_each_who_wants_it(
    team: Team, office: Office, clock: FakeClock, database: Database
) -> None:
    await team.secretary.say("/diemdanh")
    await team.secretary.press("Còn lại có mặt")
    clock.set(BEGIN + timedelta(hours=3))
    await office.run_job("meeting-reminders")
    for phone in (team.member, team.leader):
        await phone.press("Ghi nhận hoạt động")
    assert "Tháng 12: 1/1 ✓" in team.leader.texts
    async with database.read() as uow:
        assert len(await uow.activities.between(1, BEGIN.date(), BEGIN.date())) == 1
        counts = await uow.activities.counts(1, BEGIN.date(), BEGIN.date(), kinds=(ActivityKind.PEER_SCHOOL_ACTIVITY,))
    assert sorted(counts.values()) == [1, 1]


async def test_who_has_reported_it_already_is_not_asked_and_never_counted_twice(
    team: Team, office: Office, clock: FakeClock
) -> None:
    await team.secretary.say("/diemdanh")
    await team.secretary.press("Còn lại có mặt")
    clock.set(BEGIN + timedelta(hours=3))
    await team.member.say("dự sinh hoạt chuyên môn TH Lê Hồng Phong hôm nay, chủ đề: Toán lớp 4")
    await team.member.press("Gửi")
    assert "12: 1/1" in team.member.texts
    assert (await office.run_job("meeting-reminders"))["offered"] == 2
    assert "Ghi nhận hoạt động" not in " ".join(label for each in team.member.screen for label in each.labels)


async def test_who_came_to_the_team_after_the_invitation_is_on_the_checklist(
    team: Team, make: Make, database: Database
) -> None:
    async with database.read() as uow:
        record = await uow.teams.get(1)
    await make.joined_member(record, name="Trần Mới")
    await make.joined_member(record, role=Role.OFFICER, name="Lê Chuyên Viên")
    await team.secretary.say("/diemdanh")
    await team.secretary.press("Trần Mới")
    assert (await presence(database))["Trần Mới"] == "present"
    assert "Lê Chuyên Viên" not in await presence(database)


async def test_who_was_struck_off_the_list_meanwhile_files_nothing(
    team: Team, office: Office, clock: FakeClock
) -> None:
    await team.secretary.say("/diemdanh")
    await team.secretary.press("Lý Ngọc Dung")
    clock.set(BEGIN + timedelta(hours=3))
    await office.run_job("meeting-reminders")
    for _ in range(3):
        await team.secretary.press("Lý Ngọc Dung")
    assert "không ghi thầy/cô có mặt" in (await team.member.press("Ghi nhận hoạt động")).text

"""Answers to an invitation, their reasons, and who chairs because of them (regulation II.1)."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.domain.clock import HOME_ZONE
from bot.domain.vocabulary import LeaveStatus, Role
from storage.engine import Database
from tests.builders import Make
from tests.clock import FakeClock
from tests.office import Office, Phone


class Team:
    """All offices of a team, one member, and its group chat."""

    leader: Phone
    first: Phone
    second: Phone
    secretary: Phone
    member: Phone
    group: Phone


@pytest.fixture
async def team(office: Office, make: Make, database: Database) -> Team:
    record, made = await make.team(), Team()
    made.leader = office.phone(await make.joined_member(record, role=Role.LEADER, name="Bùi Quốc Hiếu"))
    second = await make.joined_member(record, role=Role.DEPUTY, name="Phó Thứ Hai")
    first = await make.joined_member(record, role=Role.DEPUTY, name="Phó Thứ Nhất")
    async with database.begin() as uow:
        (await uow.members.get(first.member.id, team_id=record.id)).deputy_order = 1
        (await uow.members.get(second.member.id, team_id=record.id)).deputy_order = 2
    made.first, made.second = office.phone(first), office.phone(second)
    made.secretary = office.phone(await make.joined_member(record, role=Role.SECRETARY, name="Bùi Mỹ Quyên"))
    made.member = office.phone(await make.joined_member(record, name="Lý Ngọc Dung"))
    made.group = made.leader.in_group()
    await made.group.say("/noinhom")
    await made.secretary.say("họp chung 14h thứ sáu 27/11 tại phòng họp")
    await made.secretary.press("Gửi")
    return made


async def rsvp(database: Database) -> dict[str, tuple[str | None, str | None]]:
    """Everybody's answer and reason by name."""
    async with database.read() as uow:
        rows = await uow.meetings.invitations(1)
        names = await uow.members.names([each.member_id for each in rows])
    return {names[each.member_id]: (each.answer, each.reason) for each in rows}


async def test_an_answer_is_recorded_and_can_be_changed(team: Team, database: Database) -> None:
    shown = await team.member.press("Tham dự")
    assert "Thầy/cô: Tham dự" in shown.text
    assert shown.labels == ("✓ Tham dự", "Vắng", "Chưa chắc")
    await team.member.press("Chưa chắc")
    assert (await rsvp(database))["Lý Ngọc Dung"] == ("unsure", None)


async def test_away_counts_from_the_press_and_the_reason_may_follow(team: Team, database: Database) -> None:
    asked = await team.member.press("Vắng")
    assert "vì lý do gì" in asked.text
    assert (await rsvp(database))["Lý Ngọc Dung"] == ("absent", None)
    await team.member.say("đưa con đi khám")
    assert (await rsvp(database))["Lý Ngọc Dung"] == ("absent", "đưa con đi khám")
    await team.secretary.say("/hop")
    await team.secretary.press("Xem 14:00")
    assert "Vắng: Lý Ngọc Dung – đưa con đi khám" in team.secretary.last.text


async def test_the_reason_may_be_left_out(team: Team, database: Database) -> None:
    await team.member.press("Vắng")
    await team.member.press("Bỏ qua")
    assert (await rsvp(database))["Lý Ngọc Dung"] == ("absent", None)


async def test_a_reason_for_an_answer_that_stands_no_longer_is_not_said_to_be_kept(
    team: Team, database: Database
) -> None:
    await team.member.press("Vắng")
    await team.secretary.press("Đổi giờ")
    await team.secretary.say("14h ngày 4/12")
    await team.secretary.press("Gửi")
    assert "chưa ghi lý do" in (await team.member.say("con ốm")).text
    assert (await rsvp(database))["Lý Ngọc Dung"] == (None, None)


async def test_in_the_group_everybody_presses_for_themselves_and_the_group_stays_quiet(
    team: Team, database: Database
) -> None:
    invitation = team.group.last
    before = len(team.group.screen)
    member = team.member.in_group()
    await member.press("Vắng", on=invitation)
    assert member.toast == "Đã ghi: Vắng."
    assert len(team.group.screen) == before
    assert (await rsvp(database))["Lý Ngọc Dung"] == ("absent", None)
    await team.member.press("Ghi lý do")
    await team.member.say("bận coi thi")
    assert (await rsvp(database))["Lý Ngọc Dung"] == ("absent", "bận coi thi")


async def test_a_stranger_in_the_group_changes_nothing(team: Team, office: Office, database: Database) -> None:
    invitation = team.group.last
    stranger = office.stranger().in_group()
    await stranger.press_data(f"{invitation.outgoing.choices_key}:0", message_id=invitation.id)
    assert all(answer is None for name, (answer, _) in (await rsvp(database)).items() if name != "Bùi Mỹ Quyên")


async def test_leader_away_the_first_deputy_then_the_second_then_the_secretary_chair(team: Team) -> None:
    await team.leader.press("Vắng")
    assert "sẽ điều hành họp chung" in team.first.last.text
    assert "Phó Thứ Nhất (tổ phó) điều hành" in team.group.last.text
    await team.first.press("Vắng")
    assert "sẽ điều hành" in team.second.last.text
    await team.second.press("Vắng")
    assert "sẽ điều hành" in team.secretary.last.text
    assert "Bùi Mỹ Quyên (thư ký) điều hành" in team.group.last.text


async def test_when_nobody_is_left_the_leader_is_asked_to_move_it(team: Team) -> None:
    for phone in (team.leader, team.first, team.second, team.secretary):
        await phone.press("Vắng")
    assert "đều báo vắng" in team.leader.last.text
    assert "🔁 Đổi giờ, nơi" in team.leader.last.labels


async def test_a_leader_who_comes_after_all_chairs_again_each_time_it_changes(team: Team) -> None:
    await team.leader.press("Vắng")
    await team.leader.press("Tham dự")
    assert "Bùi Quốc Hiếu (tổ trưởng) điều hành" in team.group.last.text
    await team.leader.press("Vắng")
    assert "Phó Thứ Nhất (tổ phó) điều hành" in team.group.last.text


async def test_a_member_who_stays_away_changes_no_chair(team: Team) -> None:
    before = len(team.group.screen)
    await team.member.press("Vắng")
    assert len(team.group.screen) == before


async def test_a_leader_on_leave_that_day_does_not_chair(team: Team, office: Office, database: Database) -> None:
    async with database.begin() as uow:
        leader = (await uow.members.with_roles(1, Role.LEADER))[0]
        leave = await uow.leaves.ask(
            member_id=leader.id, first=date(2026, 12, 1), last=date(2026, 12, 5), reason="ốm", now=office.clock()
        )
        await uow.leaves.decide(leave, status=LeaveStatus.GRANTED, by=leader.id, now=office.clock())
    await team.secretary.say("họp chung 14h thứ năm 3/12 tại phòng họp")
    await team.secretary.press("Gửi")
    assert "Chủ tọa: Phó Thứ Nhất (tổ phó)" in team.member.last.text


async def test_after_the_end_and_after_cancelling_answers_are_explained_and_change_nothing(
    team: Team, clock: FakeClock, database: Database
) -> None:
    clock.set(datetime(2026, 11, 27, 16, 1, tzinfo=HOME_ZONE))
    assert "đã kết thúc" in (await team.member.press("Tham dự")).text
    assert (await rsvp(database))["Lý Ngọc Dung"] == (None, None)


async def test_an_answer_to_a_cancelled_meeting_says_so(team: Team) -> None:
    invitation = team.member.last
    await team.secretary.press("Hủy họp")
    await team.secretary.press("Không còn cần họp")
    await team.secretary.press("Hủy họp")
    assert "đã hủy" in (await team.member.press("Tham dự", on=invitation)).text


async def test_who_comes_to_the_team_later_can_answer_in_the_group(team: Team, office: Office, make: Make) -> None:
    async with office.database.read() as uow:
        record = await uow.teams.get(1)
    newcomer = office.phone(await make.joined_member(record, name="Trần Mới"))
    await newcomer.in_group().press("Tham dự", on=team.group.last)
    assert (await rsvp(office.database))["Trần Mới"] == ("attending", None)


async def test_leave_on_the_day_changes_who_chairs_and_they_are_told(team: Team) -> None:
    await team.leader.say("/nghi từ 26/11 đến 28/11 đi công tác")
    await team.secretary.press("Đồng ý cho nghỉ")
    assert "điều hành" in team.first.last.text
    assert "Phó Thứ Nhất" in team.group.last.text
    await team.leader.press("Rút đơn")
    assert "Bùi Quốc Hiếu" in team.group.last.text


async def test_leave_on_another_day_changes_nothing(team: Team) -> None:
    before = team.group.last
    await team.leader.say("/nghi từ 30/11 đến 4/12 đi công tác")
    await team.secretary.press("Đồng ý cho nghỉ")
    assert team.group.last == before


async def test_when_who_was_to_chair_is_no_deputy_any_more_the_next_one_is_told(team: Team) -> None:
    await team.leader.press("Vắng")
    assert "điều hành" in team.first.last.text
    await team.leader.say("/thanhvien Phó Thứ Nhất")
    await team.leader.press("Kết thúc tham gia tổ")
    await team.leader.press("Kết thúc")
    assert "Phó Thứ Hai" in team.group.last.text
    assert "điều hành" in team.second.last.text
    await team.leader.say("/thanhvien Phó Thứ Hai")
    await team.leader.press("Vai trò")
    await team.leader.press("Tổ viên")
    assert "Bùi Mỹ Quyên" in team.group.last.text

"""Báo gấp: the leader at once, the office with one press."""

from __future__ import annotations

from datetime import datetime

from bot.domain.clock import HOME_ZONE
from bot.domain.vocabulary import Role
from tests.builders import Make
from tests.office import Office

SCHOOLS = ("Kim Đồng",)
REPORT = "Báo gấp: dự giờ Toán 4A TH Kim Đồng hôm nay. Hạn chế: phòng học dột nặng"


async def test_the_leader_has_it_at_once_and_passes_it_on_with_one_press_once(office: Office, make: Make) -> None:
    team = await make.team(schools=SCHOOLS)
    reporter = office.phone(await make.joined_member(team, name="Trần Thị Hoa"))
    leader = office.phone(await make.joined_member(team, role=Role.LEADER, name="Lê Tổ Trưởng"))
    officers = [office.phone(await make.joined_member(team, role=Role.OFFICER)) for _ in range(2)]
    office.clock.set(datetime(2026, 11, 23, 22, 30, tzinfo=HOME_ZONE))
    card = await reporter.say(REPORT)
    assert "❗ Báo gấp" in card.text
    assert "Tổ trưởng được báo ngay" in (await reporter.press("Gửi")).text
    assert "BÁO GẤP từ Trần Thị Hoa" in leader.last.text
    assert "phòng học dột nặng" in leader.last.text
    assert all(not officer.screen for officer in officers)
    assert "Đã chuyển cho 2 chuyên viên" in (await leader.press("Chuyển chuyên viên")).text
    for officer in officers:
        assert "phòng học dột nặng" in officer.last.text
    assert "chuyển lên chuyên viên" in reporter.last.text
    assert "đã được chuyển" in (await leader.press("Chuyển chuyên viên")).text
    assert [len(officer.screen) for officer in officers] == [1, 1]


async def test_the_office_reads_no_name_of_an_observed_teacher_but_the_leader_does(office: Office, make: Make) -> None:
    team = await make.team(schools=SCHOOLS)
    reporter = office.phone(await make.joined_member(team))
    leader = office.phone(await make.joined_member(team, role=Role.LEADER))
    officer = office.phone(await make.joined_member(team, role=Role.OFFICER))
    await reporter.say(f"{REPORT}, cô Cúc bị thương")
    await reporter.press("Gửi")
    assert "cô Cúc bị thương" in leader.last.text
    await leader.press("Chuyển chuyên viên")
    assert "cô … bị thương" in officer.last.text


async def test_the_leader_is_told_when_no_officer_has_joined(office: Office, make: Make) -> None:
    team = await make.team(schools=SCHOOLS)
    reporter = office.phone(await make.joined_member(team))
    leader = office.phone(await make.joined_member(team, role=Role.LEADER))
    await make.member(team, role=Role.OFFICER)
    await reporter.say(REPORT)
    await reporter.press("Gửi")
    assert "Chưa có chuyên viên nào" in (await leader.press("Chuyển chuyên viên")).text
    officer = office.phone(await make.joined_member(team, role=Role.OFFICER))
    await leader.press("Chuyển chuyên viên")
    assert "dột nặng" in officer.last.text


async def test_deputies_have_it_when_the_leader_cannot_be_reached(office: Office, make: Make) -> None:
    team = await make.team(schools=SCHOOLS)
    reporter = office.phone(await make.joined_member(team))
    await make.member(team, role=Role.LEADER)
    deputy = office.phone(await make.joined_member(team, role=Role.DEPUTY))
    officer = office.phone(await make.joined_member(team, role=Role.OFFICER))
    await reporter.say(REPORT)
    assert "báo ngay tổ phó" in (await reporter.press("Gửi")).text
    assert "BÁO GẤP" in deputy.last.text
    await deputy.press("Chuyển chuyên viên")
    assert "dột nặng" in officer.last.text


async def test_nobody_reachable_is_said_plainly(office: Office, make: Make) -> None:
    reporter = office.phone(await make.joined_member(await make.team(schools=SCHOOLS)))
    await reporter.say(REPORT)
    assert "gọi điện" in (await reporter.press("Gửi")).text


async def test_a_leader_who_reports_passes_it_on_from_the_receipt(office: Office, make: Make) -> None:
    team = await make.team(schools=SCHOOLS)
    leader = office.phone(await make.joined_member(team, role=Role.LEADER))
    officer = office.phone(await make.joined_member(team, role=Role.OFFICER))
    await leader.say(REPORT)
    await leader.press("Gửi")
    await leader.press("Chuyển chuyên viên")
    assert "dột nặng" in officer.last.text


async def test_a_mark_set_later_raises_the_alarm_once(office: Office, make: Make) -> None:
    team = await make.team(schools=SCHOOLS)
    reporter = office.phone(await make.joined_member(team))
    leader = office.phone(await make.joined_member(team, role=Role.LEADER))
    await reporter.say(REPORT.removeprefix("Báo gấp: "))
    await reporter.press("Gửi")
    assert not leader.screen
    await reporter.press("Sửa")
    await reporter.say("báo gấp")
    await reporter.press("Gửi")
    assert "BÁO GẤP" in leader.last.text
    await reporter.press("Sửa")
    await reporter.say("lớp 4B")
    assert "báo ngay" not in (await reporter.press("Gửi")).text
    assert len(leader.screen) == 1
    await reporter.press("Rút")
    await reporter.press("Rút báo cáo")
    assert "đã rút báo cáo số 1" in leader.last.text


async def test_a_leader_replaced_meanwhile_passes_nothing_on(office: Office, make: Make) -> None:
    team = await make.team(schools=SCHOOLS)
    reporter = office.phone(await make.joined_member(team))
    joined = await make.joined_member(team, role=Role.LEADER)
    officer = office.phone(await make.joined_member(team, role=Role.OFFICER))
    await reporter.say(REPORT)
    await reporter.press("Gửi")
    async with office.database.begin() as uow:
        (await uow.members.get(joined.member.id, team_id=team.id)).role = Role.MEMBER
    await office.phone(joined).press("Chuyển chuyên viên")
    assert not officer.screen

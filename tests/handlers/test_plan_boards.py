"""The members' plans before the leader, and who may look at them and decide."""

from __future__ import annotations

import pytest

from bot.domain.school_year import Month
from bot.domain.vocabulary import Role
from storage.plans import NewLine
from tests.builders import Make
from tests.clock import FakeClock
from tests.handlers.making_plans import handed_in, planned
from tests.office import Office
from tests.working_team import People


async def test_the_leader_sees_who_has_handed_in_and_approves_all(people: People) -> None:
    await handed_in(people.lan)
    await handed_in(people.hung)
    await people.leader.say("/kehoach")
    await people.leader.press("Kế hoạch tổ viên")
    board = people.leader.last.text
    assert "2/5 người đã nộp" in board
    assert "Lê Chuyên Viên" not in board
    await people.leader.press("Duyệt tất cả (2)")
    assert "Đã duyệt 2 kế hoạch" in people.leader.last.text
    assert "đã duyệt kế hoạch tháng 12/2026 của thầy/cô" in people.lan.last.text
    assert "đã duyệt kế hoạch" in people.hung.last.text


async def test_one_is_returned_with_a_word_and_handed_in_again(people: People) -> None:
    await handed_in(people.lan)
    await people.leader.say("/kehoach")
    await people.leader.press("Kế hoạch tổ viên")
    await people.leader.press("⏳ Trần Thị Lan")
    assert "dự giờ TH Kim Đồng" in people.leader.last.text
    await people.leader.press("Trả lại")
    await people.leader.say("Thêm một tiết Toán")
    assert "trả lại kế hoạch tháng 12/2026: Thêm một tiết Toán" in people.lan.last.text
    await people.lan.press("Lập kế hoạch")
    assert "Tổ trưởng ghi: Thêm một tiết Toán" in people.lan.last.text
    await handed_in(people.lan, "/kehoach tháng 12: dự giờ Toán 4 TH Phú Hòa 1")
    assert "đã sửa và nộp lại kế hoạch tháng 12/2026" in people.leader.last.text


async def test_what_was_changed_after_the_leader_looked_is_not_approved(people: People, clock: FakeClock) -> None:
    await handed_in(people.lan)
    await people.leader.say("/kehoach")
    await people.leader.press("Kế hoạch tổ viên")
    board = people.leader.last
    seen = await people.leader.press("⏳ Trần Thị Lan")
    clock.advance(60)
    await handed_in(people.lan, "/kehoach tháng 12: việc mới")
    await people.leader.press("✅ Duyệt", on=seen)
    assert "vừa sửa kế hoạch này" in people.leader.texts
    assert "việc mới" in people.leader.last.text
    await people.leader.press("Duyệt tất cả", on=board)
    assert "Không có kế hoạch" in people.leader.texts
    assert "đã duyệt" not in people.lan.last.text


async def test_changing_an_approved_plan_makes_it_a_draft_again(people: People) -> None:
    await handed_in(people.lan)
    await people.leader.say("/kehoach")
    await people.leader.press("Kế hoạch tổ viên")
    await people.leader.press("Duyệt tất cả")
    await people.lan.say("/kehoach tháng 12: thêm việc")
    await people.lan.press("Lưu")
    assert "nháp, chưa nộp" in people.lan.last.text


async def test_the_leaders_own_plan_needs_nobody(people: People) -> None:
    await handed_in(people.leader, "/kehoach cá nhân tháng 12: chấm thi")
    assert "đã được ghi nhận" in people.leader.last.text


async def test_the_leader_is_told_when_the_last_one_has_come(people: People) -> None:
    for phone in (people.leader, people.deputy, people.secretary, people.lan, people.hung):
        await handed_in(phone, "/kehoach của tôi tháng 12: chấm thi")
    assert "Cả tổ đã nộp kế hoạch tháng 12/2026 (5 người)" in people.leader.last.text


async def test_members_are_asked_once_with_the_teams_lines(people: People) -> None:
    await planned(people)
    await handed_in(people.lan)
    await people.leader.say("/kehoach")
    await people.leader.press("Kế hoạch tổ viên")
    await people.leader.press("Mời lập kế hoạch")
    assert "Đã mời 3 người" in people.leader.last.text
    assert "Sơ kết" in people.hung.last.text
    assert not people.officer.screen
    seen = len(people.hung.screen)
    await people.leader.press("Mời lập kế hoạch")
    assert len(people.hung.screen) == seen


@pytest.mark.parametrize(
    ("role", "may_see_board", "may_plan_team"),
    [(Role.DEPUTY, True, False), (Role.SECRETARY, True, False), (Role.MEMBER, False, False)],
)
async def test_what_each_role_is_offered(people: People, role: Role, may_see_board: bool, may_plan_team: bool) -> None:
    phone = {Role.DEPUTY: people.deputy, Role.SECRETARY: people.secretary, Role.MEMBER: people.lan}[role]
    await phone.say("/kehoach")
    assert any("Kế hoạch tổ viên" in label for label in phone.last.labels) is may_see_board
    await phone.say("/kehoach tổ")
    assert any("Thêm việc" in label for label in phone.last.labels) is may_plan_team
    await phone.say("/kehoach tổ Tháng 11: họp")
    assert "không thuộc quyền" in phone.last.text
    if may_see_board:
        await handed_in(people.hung)
        await phone.say("/kehoach")
        await phone.press("Kế hoạch tổ viên")
        assert not any("Duyệt" in label or "Mời" in label for label in phone.last.labels)


async def test_officers_have_no_plans(people: People) -> None:
    assert "không thuộc quyền" in (await people.officer.say("/kehoach")).text


async def test_who_is_no_leader_any_more_cannot_press_what_was_shown(people: People, office: Office) -> None:
    await planned(people)
    await handed_in(people.lan)
    await people.leader.say("/kehoach")
    await people.leader.press("Kế hoạch tổ viên")
    board = people.leader.last
    await people.leader.say("/kehoach tổ tháng 11")
    month = people.leader.last
    async with office.database.begin() as uow:
        leader = (await uow.members.with_roles(people.team.id, Role.LEADER))[0]
        leader.role = Role.MEMBER
    for shown, label in ((board, "Duyệt tất cả"), (month, "Thêm việc"), (month, "Mục 1")):
        await people.leader.press(label, on=shown)
        assert "không thuộc quyền" in people.leader.last.text


async def test_another_teams_leader_finds_nothing_and_presses_nothing(
    people: People, office: Office, make: Make
) -> None:
    await planned(people)
    await handed_in(people.lan)
    other = office.phone(await make.joined_member(await make.team("Tổ khác"), role=Role.LEADER))
    await other.say("/kehoach tổ")
    assert "chưa có" in other.last.text
    await other.say("/kehoach")
    await other.press("Kế hoạch tổ viên")
    assert "Lan" not in other.last.text
    await people.leader.say("/kehoach tổ tháng 11")
    stolen = people.leader.last
    for index in range(len(stolen.labels)):
        await other.press_data(f"{stolen.outgoing.choices_key}:{index}")
        assert "không còn dùng được" in other.last.text


async def test_a_line_of_another_team_is_not_found(people: People, office: Office, make: Make) -> None:
    from bot.domain.errors import NotFound

    foreign = await make.team("Tổ khác")
    async with office.database.begin() as uow:
        await uow.plans.add(foreign.id, member_id=None, lines=[NewLine(Month(2026, 11), "việc của tổ khác")])
        [line] = await uow.plans.lines(foreign.id, member_id=None, months=[Month(2026, 11)])
        with pytest.raises(NotFound):
            await uow.plans.line(line.id, team_id=people.team.id)

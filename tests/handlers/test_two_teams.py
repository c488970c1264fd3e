"""Somebody in two teams answers what either sent, whichever they act for at the moment."""

from __future__ import annotations

from bot.domain.vocabulary import Role
from tests.builders import Make
from tests.office import Office, Phone
from tests.working_team import People


async def joins_another_team(office: Office, make: Make, phone: Phone, role: Role) -> None:
    """They are somebody in a second team too, and act for that one from now on."""
    member = await make.member(await make.team("Tổ mạng lưới cụm 2"), name="Người hai tổ", role=role)
    async with office.database.begin() as uow:
        known = await uow.accounts.known(phone.chat.channel, phone.sender.user_id)
        assert known is not None
        fresh = await uow.members.get(member.id, team_id=member.team_id)
        fresh.person_id = known.person.id
        known.person.current_member_id = fresh.id


async def test_an_officer_of_two_teams_confirms_reading(people: People, office: Office, make: Make) -> None:
    await people.leader.say("/thongbao Thứ sáu họp tổ")
    await people.leader.say("cả tổ")
    await people.leader.press("Gửi")
    await joins_another_team(office, make, people.officer, Role.OFFICER)
    await people.officer.press("Đã đọc")
    assert "Em đã ghi nhận" in people.officer.last.text


async def test_a_leader_who_is_a_member_elsewhere_still_leads(people: People, office: Office, make: Make) -> None:
    await people.give()
    await people.leader.say("/thongbao Thứ sáu họp tổ")
    await people.leader.say("cả tổ")
    await people.leader.press("Gửi")
    await people.officer.say("/dieudong chấm thi TH Phú Hòa 1 thứ sáu 8h")
    for label, answer in (
        ("Đổi giờ", "Đổi sang lúc nào"),
        ("Ai chưa đọc", "Chưa đọc thông báo số 1"),
        ("Nhận, giao việc", "Giao"),
    ):
        await joins_another_team(office, make, people.leader, Role.MEMBER)
        await people.leader.press(label)
        assert answer in people.leader.last.text
        await people.leader.say("/huy")


async def test_a_member_of_another_team_alone_learns_nothing(people: People, office: Office, make: Make) -> None:
    await people.give()
    other = office.phone(await make.joined_member(await make.team("Tổ khác"), role=Role.LEADER))
    await other.press_data(f"{people.board.outgoing.choices_key}:0")
    assert "không còn dùng được" in other.last.text

"""Members' pages, roles, leadership, the end of a membership, several teams, and the log of it all."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import text as sql
from sqlalchemy.exc import DBAPIError

from bot.domain.vocabulary import Role
from storage.engine import Database
from storage.tables import Member, Team
from tests.builders import Make
from tests.office import Office, Phone, Shown


@dataclass
class Cast:
    team: Team
    leader: Phone
    secretary: Phone
    lan: Phone
    lan_id: int


@pytest.fixture
async def people(office: Office, make: Make) -> Cast:
    team = await make.team()
    await make.school(team, code="PH1", name="Trường Tiểu học Phú Hòa 1")
    await make.school(team, code="LHP", name="Trường Tiểu học Lê Hồng Phong")
    leader = await make.joined_member(team, role=Role.LEADER, name="Bùi Quốc Hiếu")
    secretary = await make.joined_member(team, role=Role.SECRETARY, name="Bùi Mỹ Quyên")
    lan = await make.joined_member(team, name="Nguyễn Thị Lan")
    return Cast(team, office.phone(leader), office.phone(secretary), office.phone(lan), lan.member.id)


async def member(database: Database, member_id: int) -> Member:
    async with database.read() as uow:
        found = await uow.members.by_id(member_id)
        assert found is not None
        return found


async def test_the_secretary_corrects_a_phone_and_a_wrong_one_changes_nothing(people: Cast, database: Database) -> None:
    await people.secretary.say("/thanhvien cô Lan")
    assert "Nguyễn Thị Lan – tổ viên" in people.secretary.last.text
    await people.secretary.press("Điện thoại")
    await people.secretary.say("12345")
    assert "Chưa có gì thay đổi" in people.secretary.last.text
    await people.secretary.say("0912.345.678")
    assert "✅ Điện thoại của Nguyễn Thị Lan" in people.secretary.texts
    assert (await member(database, people.lan_id)).phone == "0912345678"


async def test_members_are_added_by_name_and_a_namesake_is_pointed_out(people: Cast, database: Database) -> None:
    await people.secretary.say("/thanhvien")
    await people.secretary.press("Thêm tổ viên")
    assert "chưa giống họ tên" in (await people.secretary.say("Trịnh Thị Xuân\n12345")).text
    shown = await people.secretary.say("trịnh thị xuân; Nguyễn Thị Lan")
    assert "• Trịnh Thị Xuân" in shown.text
    assert "Tổ đã có người tên: Nguyễn Thị Lan" in shown.text
    await people.secretary.press("Thêm", on=shown)
    async with database.read() as uow:
        names = [each.name for each in await uow.members.current(people.team.id)]
    assert names[-2:] == ["Trịnh Thị Xuân", "Nguyễn Thị Lan"]


async def test_schools_in_charge_are_named_in_one_line_and_gaps_are_seen(people: Cast) -> None:
    await people.leader.say("/thanhvien lan")
    await people.leader.press("Trường phụ trách")
    await people.leader.say("phu hoa 1; trường không có thật xyz")
    assert "Chưa có gì thay đổi" in people.leader.last.text
    await people.leader.say("Phú Hòa 1")
    await people.leader.say("/thanhvien")
    await people.leader.press("Trường phụ trách", on=people.leader.last)
    assert "1 trường – Nguyễn Thị Lan" in people.leader.last.text
    assert "Chưa ai phụ trách (1): Trường Tiểu học Lê Hồng Phong" in people.leader.last.text


async def test_only_the_leader_changes_roles(people: Cast, database: Database) -> None:
    await people.secretary.say("/thanhvien lan")
    assert not [label for label in people.secretary.last.labels if "Vai trò" in label]
    await people.leader.say("/thanhvien lan")
    await people.leader.press("Vai trò")
    await people.leader.press("Tổ phó")
    assert (await member(database, people.lan_id)).role == Role.DEPUTY
    assert "tổ phó" in people.lan.last.text
    await people.leader.say("/nhatky")
    assert "Bùi Quốc Hiếu đổi vai trò của Nguyễn Thị Lan (từ tổ viên, thành tổ phó)" in people.leader.last.text


async def test_leadership_is_handed_over_when_both_want_it(people: Cast, database: Database) -> None:
    await people.leader.say("/thanhvien lan")
    await people.leader.press("Bàn giao tổ trưởng")
    assert (await member(database, people.lan_id)).role == Role.MEMBER
    offer = people.lan.last
    await people.lan.press("Nhận làm tổ trưởng")
    assert (await member(database, people.lan_id)).role == Role.LEADER
    assert "Nguyễn Thị Lan là tổ trưởng" in people.leader.last.text
    await people.leader.say("/nhatky")
    assert "Nhật ký của tổ" not in people.leader.last.text
    await people.lan.press("Nhận làm tổ trưởng", on=offer)
    assert "không còn dùng được" in people.lan.last.text


async def test_a_withdrawn_handover_cannot_be_taken(people: Cast, database: Database) -> None:
    await people.leader.say("/thanhvien lan")
    await people.leader.press("Bàn giao tổ trưởng")
    await people.leader.press("Rút lại")
    await people.lan.press("Nhận làm tổ trưởng")
    assert "không còn dùng được" in people.lan.last.text
    assert (await member(database, people.lan_id)).role == Role.MEMBER


async def test_access_ends_at_once_and_the_same_person_may_come_back(
    people: Cast, database: Database, make: Make
) -> None:
    await people.leader.say("/thanhvien lan")
    await people.leader.press("Kết thúc tham gia tổ")
    assert "Không còn việc nào đang mở" in people.leader.last.text
    await people.leader.press("Kết thúc")
    assert "đã kết thúc" in people.lan.last.text
    await people.lan.say("/toi")
    assert "mã" in people.lan.last.text.lower()
    again = await make.member(people.team, name="Nguyễn Thị Lan")
    async with database.begin() as uow:
        known = await uow.accounts.known(people.lan.chat.channel, people.lan.sender.user_id)
        assert known is not None
        assert not known.members
        fresh = await uow.members.get(again.id, team_id=people.team.id)
        await uow.accounts.join(known, fresh, now=uow.clock())
    await people.lan.say("/toi")
    assert "Tháng 11" in people.lan.last.text


async def test_long_leave_is_entered_with_its_days(people: Cast, database: Database) -> None:
    await people.secretary.say("/thanhvien lan")
    await people.secretary.press("Ghi nghỉ dài ngày")
    await people.secretary.say("từ 1/12 đến 31/5 thai sản")
    assert "từ 01/12/2026 đến 31/05/2027" in people.lan.last.text
    async with database.read() as uow:
        (leave,) = await uow.leaves.of_member(people.lan_id, until=uow.clock().date())
        assert leave.status == "granted"


async def test_the_roster_as_excel_changes_nothing_when_sent_back_and_shows_what_was_edited(people: Cast) -> None:
    await people.leader.say("/thanhvien")
    shown = await people.leader.press("Tải danh sách")
    assert shown.file_names == ("danh-sach-to.xlsx",)
    data = await people.leader.file()
    await people.leader.send_file(data, name="danh-sach-to.xlsx")
    assert "không có gì thay đổi" in people.leader.last.text
    book = load_workbook(io.BytesIO(data))
    sheet = book["Thành viên"]
    row = next(index for index in range(2, 9) if sheet.cell(index, 1).value == "Nguyễn Thị Lan")
    sheet.cell(row, 4, "0987 654 321")
    buffer = io.BytesIO()
    book.save(buffer)
    await people.leader.send_file(buffer.getvalue(), name="danh-sach-to.xlsx")
    assert "Thành viên: thêm 0, sửa 1" in people.leader.last.text


async def taken_roster(phone: Phone) -> Workbook:
    await phone.say("/thanhvien")
    await phone.press("Tải danh sách")
    return load_workbook(io.BytesIO(await phone.file()))


async def send_roster(phone: Phone, book: Workbook) -> Shown:
    buffer = io.BytesIO()
    book.save(buffer)
    return await phone.send_file(buffer.getvalue(), name="danh-sach-to.xlsx")


def row_of(sheet: Any, words: str) -> int:
    return next(index for index in range(2, 12) if words in [cell.value for cell in sheet[index]])


async def test_an_edited_roster_shows_who_and_what_is_added_changed_and_gone_before_anything_changes(
    people: Cast, database: Database, make: Make
) -> None:
    hung = await make.member(people.team, name="Phạm Văn Hùng")
    book = await taken_roster(people.leader)
    members, schools = book["Thành viên"], book["Trường"]
    members.cell(row_of(members, "Nguyễn Thị Lan"), 1, "Nguyễn Thị Lam")
    row = row_of(members, "Phạm Văn Hùng")
    for column, value in enumerate(("Trịnh Thị Xuân", "Tổ viên", "LHP", "0912345678", "", ""), start=1):
        members.cell(row, column, value)
    schools.delete_rows(row_of(schools, "PH1"))
    schools.append(["", "Trường Tiểu học Kim Đồng", "", ""])
    members.cell(row_of(members, "Bùi Mỹ Quyên"), 5, "LHP")
    shown = (await send_roster(people.leader, book)).text
    assert "+ KD: Trường Tiểu học Kim Đồng" in shown
    assert "− PH1: Trường Tiểu học Phú Hòa 1 (không có trong tệp)" in shown
    assert "+ Trịnh Thị Xuân" in shown
    assert "~ Nguyễn Thị Lan: tên Nguyễn Thị Lan → Nguyễn Thị Lam" in shown
    assert "~ Bùi Mỹ Quyên: trường phụ trách (trống) → LHP" in shown
    assert "− Phạm Văn Hùng (không có trong tệp)" in shown
    assert (await member(database, people.lan_id)).name == "Nguyễn Thị Lan"
    await people.leader.press("Nhập danh sách")
    assert (await member(database, people.lan_id)).name == "Nguyễn Thị Lam"
    assert (await member(database, hung.id)).ended_at is None
    await send_roster(people.leader, book)
    await people.leader.press("Kết thúc: Phạm Văn Hùng")
    await people.leader.press("Kết thúc", on=people.leader.last)
    assert (await member(database, hung.id)).ended_at is not None


async def test_a_newcomer_typed_over_a_row_does_not_become_that_person(people: Cast, database: Database) -> None:
    book = await taken_roster(people.leader)
    members = book["Thành viên"]
    members.cell(row_of(members, "Nguyễn Thị Lan"), 1, "Vương Đình Khôi")
    shown = (await send_roster(people.leader, book)).text
    assert "+ Vương Đình Khôi" in shown
    assert "− Nguyễn Thị Lan" in shown
    await people.leader.press("Nhập danh sách")
    assert (await member(database, people.lan_id)).name == "Nguyễn Thị Lan"


async def test_a_file_that_changes_roles_is_the_leader_s_and_says_so_at_once(people: Cast) -> None:
    book = await taken_roster(people.secretary)
    members = book["Thành viên"]
    members.cell(row_of(members, "Nguyễn Thị Lan"), 2, "Tổ phó")
    shown = await send_roster(people.secretary, book)
    assert "việc ấy của tổ trưởng" in shown.text
    assert "Nhập danh sách" not in shown.labels
    await send_roster(people.leader, book)
    await people.leader.press("Nhập danh sách")
    assert "Đã nhập xong" in people.leader.last.text


async def test_a_few_newcomers_in_a_file_leave_nobody_out(people: Cast) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["Họ và tên", "Vai trò"])
    sheet.append(["Trịnh Thị Xuân", "Tổ viên"])
    shown = await send_roster(people.leader, book)
    assert "+ Trịnh Thị Xuân" in shown.text
    assert "không có trong tệp)" not in shown.text


async def test_somebody_in_two_teams_chooses_once_and_is_asked_when_it_is_unclear(
    people: Cast, make: Make, database: Database
) -> None:
    other = await make.team("Tổ mạng lưới cụm 2")
    second = await make.member(other, name="Nguyễn Thị Lan")
    async with database.begin() as uow:
        known = await uow.accounts.known(people.lan.chat.channel, people.lan.sender.user_id)
        assert known is not None
        await uow.accounts.join(known, await uow.members.get(second.id, team_id=other.id), now=uow.clock())
        known.person.current_member_id = None
    await people.lan.say("/toi")
    assert "Đang làm cho tổ nào?" in people.lan.last.text
    await people.lan.say("2")
    assert "làm cho Tổ mạng lưới cụm 2" in people.lan.last.text
    await people.lan.say("/toi")
    assert "Tổ mạng lưới cụm 2" in people.lan.last.text


async def test_the_log_can_be_read_by_the_leader_only_and_taken_as_a_file(people: Cast) -> None:
    await people.leader.say("/thanhvien lan")
    await people.leader.press("Vai trò")
    await people.leader.press("Thư ký")
    await people.leader.say("/nhatky")
    shown = await people.leader.press("Tải cả nhật ký")
    assert shown.file_names == ("nhat-ky.xlsx",)
    before = len(people.secretary.screen)
    await people.secretary.say("/nhatky")
    assert "đổi vai trò" not in people.secretary.screen[before].text


@pytest.mark.parametrize("deed", ["UPDATE audit_entry SET action = 'nothing'", "DELETE FROM audit_entry"])
async def test_the_database_itself_refuses_to_change_the_log(people: Cast, database: Database, deed: str) -> None:
    await people.leader.say("/thanhvien lan")
    await people.leader.press("Vai trò")
    await people.leader.press("Thư ký")
    with pytest.raises(DBAPIError, match="only grows"):
        async with database.engine.begin() as connection:
            await connection.execute(sql(deed))

"""/truong for whoever keeps the list: schools added, mended, renamed and merged from a day on, with both histories."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import pytest

from bot.domain.clock import HOME_ZONE
from bot.domain.vocabulary import ChannelName, Role
from storage.engine import Database
from storage.tables import Activity, School, Team
from tests.builders import Make
from tests.office import Office, Phone

REPORT = "Dự giờ Toán lớp 4A trường {} hôm nay. Ưu điểm: lớp sôi nổi. Tư vấn: nhóm đôi"


@dataclass
class Cast:
    team: Team
    leader: Phone
    secretary: Phone
    lan: Phone
    lan_id: int
    office: Office
    schools: dict[str, School]

    async def carry_out(self, *, at: datetime) -> None:
        self.office.clock.set(at)
        await self.office.run_job("housekeeping")


@pytest.fixture
async def people(office: Office, make: Make, database: Database) -> Cast:
    team = await make.team()
    schools = {
        code: await make.school(team, code=code, name=name)
        for code, name in (
            ("KD", "Trường Tiểu học Kim Đồng"),
            ("BM", "Trường Tiểu học Bình Minh"),
            ("LHP", "Trường Tiểu học Lê Hồng Phong"),
        )
    }
    leader = await make.joined_member(team, role=Role.LEADER, name="Bùi Quốc Hiếu")
    secretary = await make.joined_member(team, role=Role.SECRETARY, name="Bùi Mỹ Quyên", channel=ChannelName.ZALO)
    lan = await make.joined_member(team, name="Nguyễn Thị Lan", channel=ChannelName.ZALO, school=schools["KD"])
    async with database.begin() as uow:
        await uow.members.set_schools_in_charge(lan.member.id, [schools["KD"].id])
    return Cast(
        team,
        office.phone(leader),
        office.phone(secretary),
        office.phone(lan),
        lan.member.id,
        office,
        schools,
    )


async def school(database: Database, code: str) -> School:
    async with database.read() as uow:
        team = (await uow.teams.all())[0]
        return await uow.schools.by_code(team.id, code)


async def open_school(phone: Phone, name: str) -> None:
    await phone.say(f"/truong {name}")
    await phone.press("Quản lý trường này")


async def merge(phone: Phone, *, on: str) -> None:
    await open_school(phone, "Kim Đồng")
    await phone.press("Sáp nhập")
    await phone.say("Bình Minh")
    await phone.say(on)


async def test_the_list_shows_who_has_nobody_and_only_those_who_keep_it_get_it(people: Cast) -> None:
    shown = await people.secretary.say("/truong")
    assert "3 trường" in shown.text
    assert "Chưa ai phụ trách: Trường Tiểu học Bình Minh, Trường Tiểu học Lê Hồng Phong" in shown.text
    assert "gõ tên trường" in (await people.lan.say("/truong")).text
    assert "Quản lý trường này" not in (await people.lan.say("/truong Kim Đồng")).labels


async def test_schools_are_added_by_name_and_none_twice(people: Cast, database: Database) -> None:
    await people.leader.say("/truong")
    await people.leader.press("Thêm trường")
    assert "đã có trường tên" in (await people.leader.say("TH Võ Thị Sáu\ntiểu học kim đồng")).text
    await people.leader.say("TH Võ Thị Sáu")
    await people.leader.press("Sửa")
    await people.leader.press("Khu vực")
    await people.leader.say("phường Phú Lợi")
    await people.leader.press("Thêm")
    assert "TH Võ Thị Sáu (mã VTS)" in people.leader.last.text
    assert (await school(database, "VTS")).area == "phường Phú Lợi"
    await people.lan.say(REPORT.format("Võ Thị Sáu"))
    assert "TH Võ Thị Sáu" in people.lan.last.text


async def test_name_aliases_and_area_are_mended(people: Cast, database: Database) -> None:
    await open_school(people.secretary, "Kim Đồng")
    await people.secretary.press("Sửa tên gọi khác")
    assert "đang chỉ" in (await people.secretary.say("KĐ; BM")).text
    await people.secretary.say("KĐ; Đồng Ấu")
    assert (await school(database, "KD")).aliases == ["KĐ", "Đồng Ấu"]
    await people.secretary.press("Sửa khu vực")
    await people.secretary.say("cụm 2")
    await people.secretary.press("Sửa tên", on=people.secretary.last)
    assert "đã có trường tên" in (await people.secretary.say("TH Bình Minh")).text
    await people.secretary.say("Trường Tiểu học Kim Đồng A")
    found = await school(database, "KD")
    assert (found.name, found.area) == ("Trường Tiểu học Kim Đồng A", "Cụm 2")


async def test_who_is_in_charge_is_said_on_the_school_s_side_too(people: Cast, database: Database) -> None:
    await open_school(people.leader, "Kim Đồng")
    await people.leader.press("Sửa người phụ trách")
    assert "chưa rõ là ai" in (await people.leader.say("cô Quyên, ông Xyz")).text
    await people.leader.say("cô Quyên")
    assert "không còn phụ trách Trường Tiểu học Kim Đồng" in people.lan.last.text
    assert "phân công thầy/cô phụ trách Trường Tiểu học Kim Đồng" in people.secretary.last.text
    await people.leader.say("/thanhvien")
    board = (await people.leader.press("Trường phụ trách")).text
    assert "người ít nhất 0, nhiều nhất 1, trung bình 0,3 trường" in board
    assert "1 trường – Bùi Mỹ Quyên: Trường Tiểu học Kim Đồng" in board
    async with database.read() as uow:
        assert people.lan_id not in await uow.members.schools_in_charge(people.team.id)


async def test_a_renamed_school_keeps_its_old_name_for_the_days_before(people: Cast, database: Database) -> None:
    await people.lan.say(REPORT.format("Kim Đồng"))
    await people.lan.press("Gửi")
    await open_school(people.leader, "Kim Đồng")
    await people.leader.press("Đổi tên từ một ngày")
    assert "giống tên hiện nay" in (await people.leader.say("Trường Tiểu học Kim Đồng")).text
    await people.leader.say("Trường Tiểu học Hoa Sen")
    await people.leader.press("Ngày 1/12/2026")
    assert "vẫn ghi Trường Tiểu học Kim Đồng" in people.leader.last.text
    await people.leader.press("Ghi nhận")
    assert "Đến ngày ấy em tự chuyển" in people.leader.last.text
    assert "đổi tên thành Trường Tiểu học Hoa Sen" in people.lan.last.text
    assert (await school(database, "KD")).name == "Trường Tiểu học Kim Đồng"
    await people.carry_out(at=datetime(2026, 12, 1, 6, tzinfo=HOME_ZONE))
    page = await people.leader.say("/truong kim đồng")
    assert "🏫 Trường Tiểu học Hoa Sen" in page.text
    assert "Trước 01/12/2026: Trường Tiểu học Kim Đồng" in page.text
    await people.lan.say(REPORT.format("Kim Đồng"))
    assert "Hoa Sen" in people.lan.last.text
    await people.lan.press("Gửi")
    async with database.read() as uow:
        rows = await uow.activities.between(people.team.id, date(2026, 11, 1), date(2026, 12, 31))
        november = await uow.schools.on(
            people.team.id, await uow.school_changes.history(people.team.id), date(2026, 11, 30)
        )
    assert [row.school_name for row in rows] == ["Trường Tiểu học Kim Đồng", "Trường Tiểu học Hoa Sen"]
    assert november["KD"] == "Trường Tiểu học Kim Đồng"


async def test_a_merger_moves_what_comes_and_leaves_what_was(people: Cast, database: Database) -> None:
    await people.lan.say(REPORT.format("Kim Đồng"))
    await people.lan.press("Gửi")
    await people.leader.say("giao dự giờ Toán 4A TH Kim Đồng ngày 10/12 lúc 8h: Lan")
    await people.leader.press("Gửi")
    await merge(people.leader, on="1/12")
    assert "1 người phụ trách (Nguyễn Thị Lan); 1 tổ viên" in people.leader.last.text
    assert "1 việc và cuộc họp" in people.leader.last.text
    await people.leader.press("Ghi nhận")
    await people.carry_out(at=datetime(2026, 12, 2, 8, tzinfo=HOME_ZONE))
    kim_dong, binh_minh = await school(database, "KD"), await school(database, "BM")
    assert not kim_dong.active
    async with database.read() as uow:
        charge = await uow.members.schools_in_charge(people.team.id)
        (work,) = await uow.assignments.of_team(people.team.id)
    assert charge == {people.lan_id: [binh_minh.id]}
    assert work.school_id == binh_minh.id
    await people.lan.say("/truong Kim Đồng")
    assert "🏫 Trường Tiểu học Bình Minh" in people.lan.last.text
    assert "Trường Tiểu học Kim Đồng nhập vào Trường Tiểu học Bình Minh từ 01/12/2026" in people.lan.last.text
    assert "1 lượt đến" in (await people.lan.press("Trang của Trường Tiểu học Kim Đồng")).text
    async with database.read() as uow:
        history = await uow.school_changes.history(people.team.id)
        november = await uow.schools.on(people.team.id, history, date(2026, 11, 30))
        december = await uow.schools.on(people.team.id, history, date(2026, 12, 31))
    assert set(november) - set(december) == {"KD"}


async def test_reports_of_before_and_after_go_to_the_school_of_their_day(people: Cast, database: Database) -> None:
    await merge(people.leader, on="1/12")
    await people.leader.press("Ghi nhận")
    await people.carry_out(at=datetime(2026, 12, 2, 8, tzinfo=HOME_ZONE))
    for day, name in (("30/11", "Kim Đồng"), ("1/12", "Bình Minh")):
        await people.lan.say(REPORT.replace("hôm nay", f"ngày {day}").format("Kim Đồng"))
        assert f"Trường Tiểu học {name}" in people.lan.last.text
        await people.lan.press("Gửi")
    async with database.read() as uow:
        rows = await uow.activities.between(people.team.id, date(2026, 11, 1), date(2026, 12, 31))
    assert [row.school_code for row in rows] == ["KD", "BM"]


async def test_a_merger_entered_late_takes_the_reports_since_then_along(people: Cast, database: Database) -> None:
    for day in ("10/11", "20/11"):
        await people.lan.say(REPORT.replace("hôm nay", f"ngày {day}").format("Kim Đồng"))
        await people.lan.press("Gửi")
    await merge(people.secretary, on="15/11")
    assert "1 báo cáo từ ngày ấy" in people.secretary.last.text
    assert "không hoàn lại được" in people.secretary.last.text
    await people.secretary.press("Ghi nhận")
    async with database.read() as uow:
        rows = await uow.activities.between(people.team.id, date(2026, 11, 1), date(2026, 11, 30))
    assert [row.school_code for row in rows] == ["KD", "BM"]
    await people.leader.say("/nhatky")
    assert (
        "Bùi Mỹ Quyên sáp nhập trường KD (thành Trường Tiểu học Bình Minh, từ ngày 15/11/2026)"
        in people.leader.last.text
    )


async def test_a_change_to_come_can_be_given_up(people: Cast, database: Database) -> None:
    await merge(people.leader, on="1/12")
    await people.leader.press("Ghi nhận")
    await open_school(people.leader, "Kim Đồng")
    await people.leader.press("Bỏ thay đổi sắp tới")
    assert "Đã bỏ thay đổi" in people.leader.texts
    assert "Bùi Quốc Hiếu đã bỏ thay đổi" in people.lan.last.text
    await people.carry_out(at=datetime(2026, 12, 2, 8, tzinfo=HOME_ZONE))
    assert (await school(database, "KD")).active


async def test_a_school_is_not_merged_into_itself_nor_into_one_that_goes(people: Cast) -> None:
    await merge(people.leader, on="1/12")
    await people.leader.press("Ghi nhận")
    await open_school(people.leader, "Lê Hồng Phong")
    await people.leader.press("Sáp nhập")
    assert "chính là trường" in (await people.leader.say("Lê Hồng Phong")).text
    assert "cũng sắp nhập" in (await people.leader.say("Kim Đồng")).text
    assert "chưa có trường" in (await people.leader.say("Quang Trung xyz")).text


async def test_a_merged_school_is_managed_no_more(people: Cast) -> None:
    await open_school(people.leader, "Kim Đồng")
    before = people.leader.last
    await people.leader.press("Sáp nhập")
    await people.leader.say("Bình Minh")
    await people.leader.press("Hôm nay")
    await people.leader.press("Ghi nhận")
    await people.leader.press("Đổi tên từ một ngày", on=before)
    assert "không còn dùng được" in people.leader.last.text


async def test_another_team_s_leader_cannot_touch_a_school(people: Cast, office: Office, make: Make) -> None:
    other = await make.team("Tổ cụm 2")
    stranger = office.phone(await make.joined_member(other, role=Role.LEADER))
    await make.school(other, code="XX", name="TH Xa Xôi")
    await stranger.say("/truong Xa Xôi")
    await stranger.press("Quản lý trường này")
    async with office.database.read() as uow:
        shown = await uow.keyboards.find(stranger.last.outgoing.choices_key)
    assert shown is not None
    assert "Kim Đồng" not in stranger.texts


async def test_activities_of_a_merged_school_stay_in_the_database_as_they_were(
    people: Cast, make: Make, database: Database
) -> None:
    async with database.read() as uow:
        lan = await uow.members.get(people.lan_id, team_id=people.team.id)
    made = await make.activity(lan, on=date(2026, 10, 5), school=people.schools["KD"])
    await merge(people.leader, on="hôm nay")
    await people.leader.press("Ghi nhận")
    async with database.read() as uow:
        session = uow._session  # pyright: ignore[reportPrivateUsage] - tests look behind the repositories
        assert (await session.get_one(Activity, made.id)).school_id == people.schools["KD"].id

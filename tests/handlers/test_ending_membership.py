"""The end of a membership: what is in hand goes to others in a dialogue, access ends at once, nothing is forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from bot.domain.assignments import AssigneeStatus
from bot.domain.periods import Period
from bot.domain.vocabulary import ChannelName, Role
from bot.report_sections import read_report
from storage.engine import Database
from storage.tables import School
from tests.builders import Joined, Make
from tests.office import Office, Phone

WORK = "giao dự giờ Toán 4A TH Phú Hòa 1 ngày 10/12 lúc 8h: Lan"
SECRET = "giao ra đề Toán HK1: Lan; hạn 10/12"


@dataclass
class Cast:
    leader: Phone
    secretary: Phone
    lan: Phone
    hung: Phone
    people: dict[str, Joined]
    school: School


@pytest.fixture
async def people(office: Office, make: Make, database: Database) -> Cast:
    team = await make.team()
    school = await make.school(team, code="PH1", name="Trường Tiểu học Phú Hòa 1")
    found = {
        "leader": await make.joined_member(team, role=Role.LEADER, name="Bùi Quốc Hiếu"),
        "secretary": await make.joined_member(team, role=Role.SECRETARY, name="Bùi Mỹ Quyên"),
        "lan": await make.joined_member(team, name="Nguyễn Thị Lan", channel=ChannelName.ZALO),
        "hung": await make.joined_member(team, name="Phạm Văn Hùng", channel=ChannelName.ZALO),
        "hoa": await make.joined_member(team, name="Nguyễn Thị Hoa"),
        "hoa2": await make.joined_member(team, name="Lê Thị Hoa"),
    }
    async with database.begin() as uow:
        await uow.members.set_schools_in_charge(found["lan"].member.id, [school.id])
    leader, secretary, lan, hung = (office.phone(found[name]) for name in ("leader", "secretary", "lan", "hung"))
    cast = Cast(leader, secretary, lan, hung, found, school)
    for words in (WORK, SECRET):
        await cast.leader.say(words)
        await cast.leader.press("Gửi")
    return cast


async def end(phone: Phone) -> None:
    await phone.say("/thanhvien Nguyễn Thị Lan")
    await phone.press("Kết thúc tham gia tổ")


async def in_hand(database: Database, joined: Joined) -> list[int]:
    async with database.read() as uow:
        return [each.number for each in await uow.assignments.in_hand(joined.member.id)]


async def test_everything_goes_to_one_person_before_it_ends(people: Cast, database: Database) -> None:
    await end(people.leader)
    assert "Còn trong tay (3)" in people.leader.last.text
    await people.leader.press("Giao hết cho một người")
    assert "không có ai tên" in (await people.leader.say("Xyz")).text
    await people.leader.say("thầy Hùng")
    assert "Đã giao cho Phạm Văn Hùng: 2 việc, 1 trường phụ trách" in people.leader.texts
    assert "Không còn việc nào đang mở" in people.leader.last.text
    assert "phụ trách thêm: Trường Tiểu học Phú Hòa 1" in people.hung.texts
    assert "Dự giờ" in people.hung.texts
    await people.leader.press("Kết thúc", on=people.leader.last)
    assert "đã kết thúc" in people.lan.last.text
    assert "Chưa có người nhận" not in people.leader.texts
    assert (await in_hand(database, people.people["hung"]), await in_hand(database, people.people["lan"])) == (
        [1, 2],
        [],
    )
    async with database.read() as uow:
        assert await uow.members.schools_in_charge(people.school.team_id) == {
            people.people["hung"].member.id: [people.school.id]
        }


async def test_each_goes_to_somebody_else_and_namesakes_are_asked(people: Cast, database: Database) -> None:
    await end(people.leader)
    await people.leader.press("Giao lại phân công số 1")
    assert "nhiều người tên như vậy" in (await people.leader.say("cô Hoa")).text
    await people.leader.say("2")
    assert await in_hand(database, people.people["hoa2"]) == [1]
    await people.leader.press("Giao lại trường phụ trách")
    await people.leader.say("Hùng")
    assert "Còn trong tay (1)" in people.leader.last.text
    assert await in_hand(database, people.people["lan"]) == [2]


async def test_confidential_work_is_a_number_to_the_secretary_who_cannot_give_it_on(
    people: Cast, database: Database
) -> None:
    await end(people.secretary)
    assert "Phân công số 2: việc mật, tổ trưởng giao lại" in people.secretary.last.text
    assert "Ra đề" not in people.secretary.last.text
    await people.secretary.press("Giao hết cho một người")
    await people.secretary.say("Hùng")
    assert "1 việc, 1 trường" in people.secretary.texts
    assert await in_hand(database, people.people["lan"]) == [2]


async def test_what_nobody_takes_over_is_put_before_the_leader(people: Cast, database: Database) -> None:
    await end(people.secretary)
    await people.secretary.press("Kết thúc", on=people.secretary.last)
    told = people.leader.last.text
    assert "Nguyễn Thị Lan không còn trong tổ" in told
    assert "Phân công số 1" in told
    assert "Phụ trách Trường Tiểu học Phú Hòa 1" in told
    assert await in_hand(database, people.people["lan"]) == []
    async with database.read() as uow:
        work = await uow.assignments.by_number(1, team_id=people.school.team_id)
        (assignee,) = await uow.assignments.assignees(work.id)
    assert assignee.status == AssigneeStatus.REMOVED
    await people.leader.say("/nhatky")
    assert "kết thúc tư cách thành viên của Nguyễn Thị Lan" in people.leader.last.text


async def test_work_that_has_not_been_sent_yet_is_handed_over_too(people: Cast, database: Database) -> None:
    await people.leader.say("giao chấm thi TH Phú Hòa 1 ngày 15/12: Lan")
    await people.leader.say("gửi lúc 7h sáng mai")
    await people.leader.press("Gửi")
    await end(people.leader)
    await people.leader.press("Giao lại phân công số 3")
    await people.leader.say("Hùng")
    assert await in_hand(database, people.people["hung"]) == [3]
    assert "Chấm thi" not in people.hung.texts


async def test_records_of_who_left_stay_in_the_summary_of_the_months_before(
    people: Cast, office: Office, make: Make
) -> None:
    lan = people.people["lan"].member
    await make.activity(lan, on=date(2026, 10, 5), school=people.school)
    await end(people.leader)
    await people.leader.press("Kết thúc", on=people.leader.last)
    async with office.database.read() as uow:
        team = await uow.teams.get(lan.team_id)
        october = await read_report(uow, team, Period.parse("2026-10-01_2026-10-31"), uow.clock())
        december = await read_report(uow, team, Period.parse("2026-12-01_2026-12-31"), uow.clock())
    assert "Nguyễn Thị Lan" in [each.person.name for each in october.duty.members]
    assert "Nguyễn Thị Lan" not in [each.person.name for each in december.duty.members]


async def test_a_leader_hands_over_first_and_officials_are_the_leader_s(people: Cast) -> None:
    await people.secretary.say("/thanhvien Bùi Quốc Hiếu")
    assert not [label for label in people.secretary.last.labels if "Kết thúc" in label]
    await people.secretary.say("/thanhvien Bùi Mỹ Quyên")
    await people.secretary.press("Kết thúc tham gia tổ")
    assert "không" in people.secretary.last.text.lower()
    assert "Còn trong tay" not in people.secretary.last.text


async def test_an_old_list_ends_nothing_twice(people: Cast) -> None:
    await end(people.leader)
    shown = people.leader.last
    await people.leader.press("Kết thúc", on=shown)
    await people.leader.press("Giao hết cho một người", on=shown)
    assert "không còn dùng được" in people.leader.last.text

"""What stands on official papers: asked the first time, changed from /caidat, with numbers that go on from paper."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.team_settings import PaperSettings, TeamSettings
from bot.domain.vocabulary import ChannelName, Role
from storage.engine import Database
from tests.builders import Joined, Make
from tests.clock import FakeClock
from tests.handlers.taking_minutes import Team, meeting_begun, words_of, written
from tests.office import Office, Phone
from tests.working_team import People


class Scene:
    """A team whose leader makes papers."""

    def __init__(self, office: Office, make: Make, leader: Joined) -> None:
        self.office, self.make, self.leader = office, make, leader
        self.phone = office.phone(leader)

    async def settings(self) -> TeamSettings:
        """The team's, as they are kept."""
        async with self.office.database.read() as uow:
            return uow.teams.settings(await uow.teams.get(self.leader.member.team_id))


async def _scene(database: Database, make: Make, clock: FakeClock, channel: ChannelName) -> Scene:
    team = await make.team()
    leader = await make.joined_member(team, name="Bùi Quốc Hiếu", role=Role.LEADER, channel=channel)
    await make.activity(leader.member, on=date(2026, 10, 5))
    return Scene(Office(database, clock), make, leader)


@pytest.fixture
async def scene(database: Database, make: Make, clock: FakeClock) -> Scene:
    return await _scene(database, make, clock, ChannelName.TELEGRAM)


async def _first_questions(phone: Phone) -> None:
    await phone.say("/tonghop tháng 10")
    await phone.press("Lập báo cáo")
    await phone.say("UBND phường Thủ Dầu Một")
    await phone.say("Thủ Dầu Một")
    await phone.press("Không đóng dấu")


async def _correct(phone: Phone, field: str, answer: str) -> None:
    await phone.press("Sửa")
    await phone.press(field)
    await phone.say(answer)


async def test_numbers_go_on_from_those_that_were_given_on_paper(scene: Scene) -> None:
    await _first_questions(scene.phone)
    await _correct(scene.phone, "Số báo cáo đã cấp", "mười hai")
    assert "Em cần một số" in scene.phone.last.text
    await scene.phone.say("12")
    assert "Báo cáo tiếp theo: số 13" in scene.phone.last.text
    await scene.phone.press("Lưu")
    await scene.phone.press("Duyệt")
    assert "số 13/BC-TML" in scene.phone.texts


async def test_a_series_that_goes_on_is_not_set_back(scene: Scene) -> None:
    await _first_questions(scene.phone)
    await scene.phone.press("Lưu")
    await scene.phone.press("Duyệt")
    await scene.phone.say("/caidat")
    await scene.phone.press("📄")
    await _correct(scene.phone, "Số báo cáo đã cấp", "40")
    await scene.phone.press("Lưu")
    assert "đã cấp đến 01" in scene.phone.texts
    await scene.phone.say("/tonghop tháng 10")
    await scene.phone.press("Lập báo cáo")
    await scene.phone.press("Duyệt")
    assert "số 02/BC-TML" in scene.phone.texts


async def test_who_signs_in_the_leader_s_place_and_who_gets_copies_are_as_the_decree_writes_them(scene: Scene) -> None:
    await _first_questions(scene.phone)
    await _correct(scene.phone, "Chức danh người ký", "KT. Tổ trưởng\nTổ phó")
    await _correct(scene.phone, "Họ tên người ký", "Trần Thị Thu Hà")
    await _correct(scene.phone, "Nơi nhận", "Phòng Văn hóa – Xã hội")
    assert "Người ký: KT. Tổ trưởng / Tổ phó Trần Thị Thu Hà" in scene.phone.last.text
    await scene.phone.press("Lưu")
    paper = (await scene.settings()).paper
    assert paper.titles("Tổ mạng lưới") == ("KT. Tổ trưởng", "Tổ phó")
    assert paper.copies == ("Như trên", "Phòng Văn hóa – Xã hội", "Lưu: Hồ sơ tổ")
    assert paper.signer == "Trần Thị Thu Hà"


def test_under_the_parent_s_seal_one_signs_for_the_team() -> None:
    assert PaperSettings(has_seal=True).titles("Tổ mạng lưới") == ("TM. Tổ mạng lưới", "Tổ trưởng")
    assert PaperSettings().titles("Tổ mạng lưới") == ("Tổ trưởng",)


async def test_on_zalo_the_head_is_asked_for_in_words(database: Database, make: Make, clock: FakeClock) -> None:
    scene = await _scene(database, make, clock, ChannelName.ZALO)
    digest = await scene.phone.say("/tonghop tháng 10")
    await scene.phone.say(str(digest.labels.index("📝 Lập báo cáo") + 1))
    await scene.phone.say("UBND phường Thủ Dầu Một")
    await scene.phone.say("Thủ Dầu Một")
    await scene.phone.say("không")
    assert "dự thảo" in (await scene.phone.say("lưu")).text
    assert (await scene.settings()).paper.is_filled


async def _answer(phone: Phone) -> None:
    assert "Lần đầu lập văn bản" in phone.last.text
    await phone.say("UBND phường Thủ Dầu Một")
    await phone.say("Thủ Dầu Một")
    await phone.press("Không đóng dấu")
    await phone.press("Lưu")


@pytest.fixture
async def meeting(office: Office, make: Make, clock: FakeClock) -> Team:
    """A team in a meeting, that has made no paper yet."""
    return await meeting_begun(office, make, clock, head_is_known=False)


async def test_the_first_letter_asks_and_is_then_written(people: People, office: Office) -> None:
    await _with_school(people, office)
    await people.give("giao dự giờ Toán 4A TH Phú Hòa 1 thứ năm 8h: Lan; hạn báo cáo 30/11")
    await people.leader.say("/thugui 1")
    await _answer(people.leader)
    assert people.leader.last.file_names == ("thu-gui-truong-01.docx", "thu-gui-truong-01.pdf")
    assert (await people.leader.say("/thugui 1")).file_names == people.leader.last.file_names


async def test_a_letter_that_is_given_up_at_the_questions_takes_no_number(
    people: People, office: Office, make: Make
) -> None:
    await _with_school(people, office)
    await people.give("giao dự giờ Toán 4A TH Phú Hòa 1 thứ năm 8h: Lan; hạn báo cáo 30/11")
    await people.leader.say("/thugui 1")
    await people.leader.say("/huy")
    await make.paper_head(people.team)
    await people.leader.say("/thugui 1")
    assert people.leader.last.file_names[0] == "thu-gui-truong-01.docx"


async def test_who_may_not_say_what_stands_on_papers_is_not_asked(people: People, office: Office) -> None:
    await _with_school(people, office)
    await people.leader.say("/uyquyen Nga: tất cả đến 31/12")
    await people.leader.press("Ủy quyền")
    await people.deputy.say("giao dự giờ Toán 4A TH Phú Hòa 1 thứ năm 8h: Lan; hạn báo cáo 30/11")
    await people.deputy.press("Gửi")
    assert (await people.deputy.say("/thugui 1")).file_names[0] == "thu-gui-truong-01.docx"


async def test_the_first_plan_that_is_issued_asks_and_a_draft_does_not(people: People) -> None:
    await people.leader.say("/kehoach tổ\nTháng 11: dự giờ TH Phú Hòa 1\nTháng 12: chấm thi")
    await people.leader.press("Lưu")
    await people.secretary.say("/kehoach tổ")
    assert "dự thảo" in (await people.secretary.press("Word")).text
    await people.leader.say("/kehoach tổ")
    await people.leader.press("Ban hành")
    await _answer(people.leader)
    assert people.leader.last.file_names[0] == "ke-hoach-nam-hoc-2026-2027-01.docx"


async def test_an_approved_plan_gets_its_number_after_the_questions(people: People) -> None:
    await people.secretary.say("/kehoach tháng 12: dự giờ TH Kim Đồng")
    await people.secretary.press("Lưu")
    await people.secretary.press("Nộp kế hoạch")
    await people.leader.say("/kehoach")
    await people.leader.press("Kế hoạch tổ viên")
    await people.leader.press("Duyệt tất cả")
    await people.secretary.say("/kehoach tháng 12")
    await people.secretary.press("Word, PDF")
    await _answer(people.secretary)
    assert people.secretary.last.file_names[0] == "ke-hoach-ca-nhan-2026-12-01.docx"


async def test_minutes_ask_whoever_sends_them_and_then_go_to_the_chair(meeting: Team, database: Database) -> None:
    await written(meeting)
    assert "mời thầy/cô duyệt" not in meeting.leader.texts
    await _answer(meeting.secretary)
    assert "Đã gửi Bùi Quốc Hiếu duyệt" in meeting.secretary.last.text
    await meeting.leader.press("Xác nhận biên bản")
    assert "Biên bản số 01" in meeting.leader.last.text
    assert "UBND PHƯỜNG THỦ DẦU MỘT" in await words_of(database)


async def test_minutes_sent_by_who_may_not_say_ask_the_leader_who_confirms(meeting: Team, database: Database) -> None:
    await meeting.deputy.say("/bienban Thầy Hiếu khai mạc")
    await meeting.deputy.press("Gửi chủ tọa duyệt")
    await meeting.leader.press("Xác nhận biên bản")
    await _answer(meeting.leader)
    assert "Biên bản số 01" in meeting.leader.last.text
    assert "UBND PHƯỜNG THỦ DẦU MỘT" in await words_of(database)


async def test_minutes_taken_back_while_the_leader_answers_are_not_confirmed(meeting: Team, database: Database) -> None:
    await meeting.deputy.say("/bienban Thầy Hiếu khai mạc")
    await meeting.deputy.press("Gửi chủ tọa duyệt")
    await meeting.leader.press("Xác nhận biên bản")
    await meeting.deputy.say("/bienban")
    await meeting.deputy.press("Lấy lại để sửa")
    await meeting.leader.say("/tieptuc")
    await meeting.leader.say("UBND phường Thủ Dầu Một")
    await meeting.leader.say("Thủ Dầu Một")
    await meeting.leader.press("Không đóng dấu")
    await meeting.leader.press("Lưu")
    assert "không còn dùng được" in meeting.leader.last.text
    async with database.read() as uow:
        assert await uow.minutes.confirmed(1, limit=1) == []
        assert uow.teams.settings(await uow.teams.get(1)).paper.is_filled


async def _with_school(people: People, office: Office) -> None:
    """The roster says where Lan works."""
    async with office.database.begin() as uow:
        school = await uow.schools.by_code(people.team.id, "KD")
        [lan] = [each for each in await uow.members.current(people.team.id) if each.name == "Trần Thị Lan"]
        lan.school_id = school.id

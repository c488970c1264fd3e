"""What stands on official papers: asked the first time, changed from /caidat, with numbers that go on from paper."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.team_settings import PaperSettings, TeamSettings
from bot.domain.vocabulary import ChannelName, Role
from storage.engine import Database
from tests.builders import Joined, Make
from tests.clock import FakeClock
from tests.office import Office, Phone


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

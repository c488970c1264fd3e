"""The letter to a school: one press, Word and PDF, one number."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text as sql

from bot.domain.vocabulary import Role
from storage.tables import Team
from tests.builders import Joined, Make
from tests.clock import FakeClock
from tests.documents.papers import word_text
from tests.office import Office, Phone


@pytest.fixture
async def team(make: Make) -> Team:
    made = await make.team()
    await make.paper_head(made)
    await make.school(made, code="PH1", name="Trường Tiểu học Phú Hòa 1")
    return made


@pytest.fixture
async def leader(office: Office, make: Make, team: Team) -> Phone:
    return office.phone(await make.joined_member(team, role=Role.LEADER, name="Bùi Quốc Hiếu"))


async def teacher(make: Make, team: Team, name: str, *, school: str | None = "Trường Tiểu học Kim Đồng") -> Joined:
    place = await make.school(team, name=school) if school else None
    return await make.joined_member(team, name=name, school=place)


async def assign(leader: Phone, who: str) -> None:
    await leader.say(f"giao dự giờ Toán 4A TH Phú Hòa 1 thứ năm 8h: {who}; hạn báo cáo 30/11")
    await leader.press("Gửi")


async def test_one_press_gives_word_and_pdf_with_the_number(make: Make, team: Team, leader: Phone) -> None:
    await teacher(make, team, "Nguyễn Thị Lan")
    await assign(leader, "Lan")
    await leader.say("/thugui 1")
    assert leader.last.file_names == ("thu-gui-truong-01.docx", "thu-gui-truong-01.pdf")
    text = word_text(await leader.file(".docx"))
    for expected in ("Số: 01/TML", "Hiệu trưởng Trường Tiểu học Kim Đồng", "thầy (cô) Nguyễn Thị Lan", "8 giờ 00"):
        assert expected in text


async def test_asked_again_it_keeps_its_number_and_the_next_letter_has_the_next(
    make: Make, team: Team, leader: Phone
) -> None:
    await teacher(make, team, "Nguyễn Thị Lan")
    await teacher(make, team, "Phạm Văn Hùng", school="Trường Tiểu học Lê Văn Tám")
    await assign(leader, "Lan, Hùng")
    asked = await leader.say("/thugui 1")
    assert "Thư gửi trường của ai" in asked.text
    await leader.press("Nguyễn Thị Lan", on=asked)
    await leader.press("Nguyễn Thị Lan", on=asked)
    assert "Thư số 01" in leader.last.text
    await leader.press("Phạm Văn Hùng", on=asked)
    assert "Thư số 02" in leader.last.text
    assert "Lê Văn Tám" in word_text(await leader.file(".docx"))


async def test_a_letter_says_what_was_true_when_it_was_asked_for(
    office: Office, make: Make, team: Team, leader: Phone
) -> None:
    lan = await teacher(make, team, "Nguyễn Thị Lan")
    await assign(leader, "Lan")
    office.seconds_to_draw = None
    for _ in range(2):
        assert "Em đang lập tệp" in (await leader.say("/thugui 1")).text
    async with office.database.begin() as uow:
        (await uow.members.get(lan.member.id, team_id=team.id)).name = "Người khác"
    office.seconds_to_draw = 20.0
    await office.draw_papers()
    await office.deliver()
    letters = [each for each in leader.screen if each.file_names]
    assert [each.text[:12] for each in letters] == ["✉️ Thư số 01"] * 2
    assert "thầy (cô) Nguyễn Thị Lan" in word_text(await leader.file(".docx"))


async def test_a_letter_that_cannot_be_drawn_is_said_so_and_keeps_its_number(
    office: Office, make: Make, team: Team, leader: Phone
) -> None:
    await teacher(make, team, "Nguyễn Thị Lan")
    await assign(leader, "Lan")
    office.seconds_to_draw = 0.0
    await leader.say("/thugui 1")
    assert "chưa lập được tệp" in leader.last.text
    office.seconds_to_draw = 20.0
    await leader.say("/thugui 1")
    assert leader.last.file_names == ("thu-gui-truong-01.docx", "thu-gui-truong-01.pdf")


@pytest.mark.parametrize("seconds", [20.0, 0.0], ids=["drawn", "given up"])
async def test_what_a_letter_says_is_forgotten_with_its_order_and_stays_in_its_file(
    office: Office, make: Make, team: Team, leader: Phone, clock: FakeClock, seconds: float
) -> None:
    await teacher(make, team, "Nguyễn Thị Lan")
    await assign(leader, "Lan")
    office.seconds_to_draw = seconds
    await leader.say("/thugui 1")
    async with office.database.engine.connect() as connection:
        assert "Lan" not in str(await connection.scalar(sql("SELECT what FROM paper_order")))
    for days, left in ((364, 1), (2, 0)):
        clock.advance(timedelta(days=days))
        await office.run_job("housekeeping")
        async with office.database.engine.connect() as connection:
            assert await connection.scalar(sql("SELECT count(*) FROM paper_order")) == left
    office.seconds_to_draw = 20.0
    await leader.say("/thugui 1")
    assert "Thư số 01" in leader.last.text


async def test_without_a_school_in_the_roster_it_says_what_is_missing(make: Make, team: Team, leader: Phone) -> None:
    await teacher(make, team, "Nguyễn Thị Lan", school=None)
    await assign(leader, "Lan")
    await leader.say("/thugui 1")
    assert "chưa ghi trường của Nguyễn Thị Lan" in leader.last.text
    assert not leader.last.file_names


async def test_another_persons_button_writes_nothing(office: Office, make: Make, team: Team, leader: Phone) -> None:
    lan = office.phone(await teacher(make, team, "Nguyễn Thị Lan"))
    await teacher(make, team, "Phạm Văn Hùng", school="Trường Tiểu học Lê Văn Tám")
    await assign(leader, "Lan, Hùng")
    asked = await leader.say("/thugui 1")
    await lan.press_data(f"{asked.outgoing.choices_key}:0")
    assert "không còn dùng được" in lan.last.text


async def test_without_a_number_it_asks_which_work(leader: Phone) -> None:
    assert "nhiệm vụ số mấy" in (await leader.say("/thugui")).text


async def test_confidential_work_is_not_told_to_the_school(make: Make, team: Team, leader: Phone) -> None:
    await teacher(make, team, "Nguyễn Thị Lan")
    await leader.say("giao ra đề thi Toán lớp 5 TH Phú Hòa 1 thứ năm 8h: Lan; hạn 30/11")
    await leader.press("Gửi")
    await leader.say("/thugui 1")
    text = word_text(await leader.file(".docx"))
    assert "Nhiệm vụ chuyên môn theo phân công của tổ" in text
    assert "đề" not in text.split("Nội dung:")[1].split("Thời gian:")[0].lower().replace("đề nghị", "")
    assert "Phú Hòa 1" not in text


async def test_a_member_may_not_write_letters(office: Office, make: Make, team: Team, leader: Phone) -> None:
    lan = office.phone(await teacher(make, team, "Nguyễn Thị Lan"))
    await assign(leader, "Lan")
    await lan.say("/thugui 1")
    assert "không thuộc quyền" in lan.last.text

"""/tonghop: what each role reads, and where its numbers come from."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.domain.vocabulary import ActivityKind, ChannelName, Role
from storage.engine import Database
from tests.builders import Joined, Make
from tests.clock import FakeClock
from tests.office import Office


class Scene:
    """A team with a secretary, an officer and a few activities in November 2026."""

    def __init__(self, office: Office, make: Make, secretary: Joined, officer: Joined, **rest: Any) -> None:
        self.office, self.make, self.secretary, self.officer = office, make, secretary, officer
        self.team, self.lan, self.hoa, self.school = rest["team"], rest["lan"], rest["hoa"], rest["school"]


@pytest.fixture
async def scene(database: Database, make: Make, clock: FakeClock) -> Scene:
    team = await make.team()
    school = await make.school(team, name="TH Phú Hòa 1")
    await make.school(team, name="TH Nguyễn Du")
    secretary = await make.joined_member(team, name="Trần Thị Mai", role=Role.SECRETARY)
    officer = await make.joined_member(team, name="Phạm Văn Phòng", role=Role.OFFICER)
    lan = await make.member(team, name="Lê Thị Lan")
    hoa = await make.member(team, name="Đỗ Thị Hoa")
    for day in range(1, 11):
        await make.activity(lan, on=date(2026, 11, day), school=school, advice="Cô Cúc tăng thời gian nhóm đôi")
    await make.activity(lan, on=date(2026, 11, 11), kind=ActivityKind.EXAM_MARKING)
    office = Office(database, clock)
    return Scene(office, make, secretary, officer, team=team, lan=lan, hoa=hoa, school=school)


async def test_the_secretary_reads_who_owes_and_what_was_done(scene: Scene) -> None:
    said = await scene.office.phone(scene.secretary).say("/tonghop")
    assert "Định mức tháng 11: 1/3 người đạt" in said.text
    assert "Chưa đạt: Trần Thị Mai, Đỗ Thị Hoa" in said.text
    assert "Dự giờ tiết dạy: 10" in said.text
    assert "TH Phú Hòa 1 (10)" in said.text
    assert "Trường chưa tới (1/2): TH Nguyễn Du" in said.text
    assert "“tăng thời gian nhóm đôi” (10)" in said.text


async def test_an_officer_reads_the_numbers_without_names(scene: Scene) -> None:
    phone = scene.office.phone(scene.officer)
    said = await phone.say("/tonghop tháng 11")
    assert "1/3 người đạt" in said.text
    assert "Đỗ Thị Hoa" not in said.text
    await phone.press("Nguồn số liệu")
    await phone.press("Tất cả hoạt động: 11")
    whole = await phone.press("Số 1")
    assert "Cô … tăng thời gian nhóm đôi" in whole.text
    assert "Lan" not in phone.texts
    assert "Cúc" not in phone.texts


async def test_a_member_may_not_ask(scene: Scene) -> None:
    member = await scene.make.joined_member(scene.team)
    said = await scene.office.phone(member).say("/tonghop")
    assert "Định mức" not in said.text


async def test_every_number_leads_to_its_activities_page_by_page(scene: Scene) -> None:
    phone = scene.office.phone(scene.secretary)
    await phone.say("/tonghop")
    groups = await phone.press("Nguồn số liệu")
    assert "Theo loại (2 mục)" in groups.labels
    await phone.press("Theo loại")
    page = await phone.press("Dự giờ tiết dạy: 10")
    assert "Dự giờ tiết dạy: 10 hoạt động – trang 1/2" in page.text
    assert page.text.count("• Số") == 8
    page = await phone.press("Trang sau")
    assert page.text.count("• Số") == 2
    whole = await phone.press("Số 10")
    assert "👤 Lê Thị Lan" in whole.text
    assert "Tư vấn: Cô Cúc tăng thời gian nhóm đôi" in whole.text


async def test_numbers_that_count_no_activities_lead_to_what_they_count(scene: Scene) -> None:
    leader = scene.office.phone(await scene.make.joined_member(scene.team, name="Bùi Quốc Hiếu", role=Role.LEADER))
    for number in range(1, 11):
        await leader.say(f"/giaoviec Soạn tài liệu {number}; hạn 30/11")
        await leader.say("Đỗ Thị Hoa")
        await leader.press("Gửi")
    phone = scene.office.phone(scene.secretary)
    assert "Đã phân công 10 việc; hoàn thành 0; quá hạn 0." in (await phone.say("/tonghop")).text
    groups = await phone.press("Nguồn số liệu")
    assert "• Đỗ Thị Hoa" in (await phone.press("Chưa đạt định mức tháng 11/2026: 3", on=groups)).text
    assert "• TH Nguyễn Du" in (await phone.press("Trường chưa tới: 1", on=groups)).text
    page = await phone.press("Việc đã phân công: 10", on=groups)
    assert "Việc đã phân công: 10 – trang 1/2" in page.text
    assert "• Số 1: Soạn tài liệu 1, hạn 30/11/2026, 0/1 người xong, đang làm" in page.text
    assert "Soạn tài liệu 10" in (await phone.press("Trang sau")).text


async def test_an_officer_cannot_press_for_who_owes(scene: Scene) -> None:
    phone = scene.office.phone(scene.officer)
    await phone.say("/tonghop")
    assert not any("Chưa đạt" in label for label in (await phone.press("Nguồn số liệu")).labels)
    assert "Trường chưa tới: 1" in phone.last.labels


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("tháng trước", "tháng 10 năm 2026"),
        ("HK1", "học kì 1 năm học 2026-2027"),
        ("năm học", "năm học 2026-2027"),
        ("từ 1/9 đến 20/11", "từ 01/09/2026 đến 20/11/2026"),
        ("từ 31/2 đến 3/3", "chưa hiểu khoảng thời gian"),
        ("bao giờ cũng được", "chưa hiểu khoảng thời gian"),
    ],
)
async def test_periods_are_asked_for_in_words(scene: Scene, words: str, expected: str) -> None:
    assert expected in (await scene.office.phone(scene.secretary).say(f"/tonghop {words}")).text


@pytest.mark.parametrize("channel", list(ChannelName))
async def test_another_period_is_asked_for_in_words(scene: Scene, channel: ChannelName) -> None:
    deputy = await scene.make.joined_member(scene.team, role=Role.DEPUTY, channel=channel)
    phone = scene.office.phone(deputy)
    said = await phone.say("/tonghop")
    await phone.say(str(said.labels.index("🗓 Khoảng khác") + 1)) if channel is ChannelName.ZALO else await phone.press(
        "Khoảng khác"
    )
    assert "từ 01/09/2026 đến 20/11/2026" in (await phone.say("tu 1/9 den 20/11")).text


async def test_a_semester_tells_every_month_that_somebody_has_reported_for(scene: Scene) -> None:
    await scene.make.activity(scene.lan, on=date(2026, 10, 9))  # before the team took the bot into use
    said = await scene.office.phone(scene.secretary).say("/tonghop học kì 1")
    assert [f"Định mức tháng {number}:" in said.text for number in (9, 10, 11, 12)] == [False, True, True, False]


async def test_on_zalo_numbers_are_reached_by_numbers(scene: Scene) -> None:
    deputy = await scene.make.joined_member(scene.team, role=Role.DEPUTY, channel=ChannelName.ZALO)
    phone = scene.office.phone(deputy)
    said = await phone.say("/tonghop")
    number = said.labels.index("🔎 Nguồn số liệu") + 1
    await phone.say(str(number))
    page = await phone.say("1")
    assert "Tất cả hoạt động: 11 hoạt động" in page.text


async def test_a_foreign_team_is_never_counted(scene: Scene) -> None:
    other = await scene.make.team("Tổ khác")
    stranger = await scene.make.member(other)
    await scene.make.activity(stranger, on=date(2026, 11, 3))
    assert "Hoạt động: 11" in (await scene.office.phone(scene.secretary).say("/tonghop")).text

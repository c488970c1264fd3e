"""Several members, one activity: named in the message, asked privately, counted once they confirm."""

from __future__ import annotations

from datetime import datetime

from bot.domain.clock import HOME_ZONE
from bot.domain.vocabulary import Role
from storage.tables import Team
from tests.builders import Make
from tests.office import Office

SCHOOLS = ("Kim Đồng",)
REPORT = "Dự giờ Toán 4A TH Kim Đồng hôm nay, {}. Ưu điểm: lớp sôi nổi"
ALONE = "Dự giờ Toán 4A TH Kim Đồng hôm nay. Ưu điểm: lớp sôi nổi"


async def total(office: Office, team: Team) -> list[int]:
    from bot.domain.school_year import Month

    month = Month(2026, 11)
    async with office.database.read() as uow:
        kinds = uow.teams.settings(team).kinds_that_count
        return sorted((await uow.activities.counts(team.id, month.first, month.last, kinds=kinds)).values())


async def test_companions_named_in_the_message_are_asked_and_count_once_they_confirm(
    office: Office, make: Make
) -> None:
    team = await make.team(schools=SCHOOLS)
    reporter = office.phone(await make.joined_member(team, name="Trần Thị Hoa"))
    lan = office.phone(await make.joined_member(team, name="Nguyễn Thị Lan"))
    hung = office.phone(await make.joined_member(team, name="Phạm Văn Hùng"))
    card = await reporter.say(REPORT.format("cùng cô Lan và thầy Hùng"))
    assert "Cùng tham gia: Nguyễn Thị Lan, Phạm Văn Hùng" in card.text
    receipt = await reporter.press("Gửi")
    assert "đang hỏi riêng Nguyễn Thị Lan, Phạm Văn Hùng" in receipt.text
    assert await total(office, team) == [1]
    assert "Trần Thị Hoa ghi thầy/cô cùng tham gia" in lan.last.text
    assert "Toán 4A" in lan.last.text
    assert "Tháng 11: 1/1 ✓" in (await lan.press("Đã tham gia")).text
    assert "Nguyễn Thị Lan đã xác nhận" in reporter.last.text
    await hung.press("Không tham gia")
    assert "Phạm Văn Hùng trả lời là không tham gia" in reporter.last.text
    assert await total(office, team) == [1, 1]
    await reporter.say("/hoatdong")
    opened = await reporter.press("Số 1")
    assert "Nguyễn Thị Lan, Phạm Văn Hùng (không tham gia)" in opened.text


async def test_a_no_can_become_a_yes(office: Office, make: Make) -> None:
    team = await make.team(schools=SCHOOLS)
    reporter = office.phone(await make.joined_member(team))
    lan = office.phone(await make.joined_member(team, name="Nguyễn Thị Lan"))
    await reporter.say(REPORT.format("đi cùng Lan"))
    await reporter.press("Gửi")
    await lan.press("Không tham gia")
    await lan.press("Đã tham gia")
    assert await total(office, team) == [1, 1]


async def test_a_name_that_fits_two_is_asked_about(office: Office, make: Make) -> None:
    team = await make.team(schools=SCHOOLS)
    reporter = office.phone(await make.joined_member(team))
    await make.joined_member(team, name="Nguyễn Thị Lan")
    await make.joined_member(team, name="Hoàng Lan")
    asked = await reporter.say(REPORT.format("cùng cô Lan"))
    assert asked.labels[:2] == ("Nguyễn Thị Lan", "Hoàng Lan")
    assert "Cùng tham gia: Hoàng Lan" in (await reporter.press("Hoàng Lan")).text


async def test_the_question_who_can_be_left_open(office: Office, make: Make) -> None:
    team = await make.team(schools=SCHOOLS)
    reporter = office.phone(await make.joined_member(team))
    await make.joined_member(team, name="Nguyễn Thị Lan")
    await make.joined_member(team, name="Hoàng Lan")
    await reporter.say(REPORT.format("cùng cô Lan"))
    card = await reporter.press("Bỏ qua")
    assert "Cùng tham gia" not in card.text
    assert "1/1" in (await reporter.press("Gửi")).text


async def test_a_name_nobody_has_is_said_and_the_report_goes_on(office: Office, make: Make) -> None:
    reporter = office.phone(await make.joined_member(await make.team(schools=SCHOOLS)))
    card = await reporter.say(REPORT.format("cùng cô Bích Ngọc"))
    assert "không có ai tên “cô Bích Ngọc”" in card.text
    assert "Kim Đồng" in card.text


async def test_companions_as_a_field_of_the_form(office: Office, make: Make) -> None:
    team = await make.team(schools=SCHOOLS)
    reporter = office.phone(await make.joined_member(team))
    await make.joined_member(team, name="Nguyễn Thị Lan")
    await reporter.say(ALONE)
    await reporter.press("Sửa")
    await reporter.press("Người cùng tham gia")
    assert "không có ai tên" in (await reporter.say("cô Tuyết Nhung")).text
    assert "Cùng tham gia: Nguyễn Thị Lan" in (await reporter.say("lan")).text


async def test_one_who_has_not_joined_the_bot_is_named_as_not_asked(office: Office, make: Make) -> None:
    team = await make.team(schools=SCHOOLS)
    reporter = office.phone(await make.joined_member(team))
    await make.member(team, name="Nguyễn Thị Lan")
    await reporter.say(REPORT.format("cùng cô Lan"))
    assert "Nguyễn Thị Lan chưa nối với bot" in (await reporter.press("Gửi")).text


async def test_nobody_is_asked_at_night(office: Office, make: Make) -> None:
    team = await make.team(schools=SCHOOLS)
    reporter = office.phone(await make.joined_member(team))
    lan = office.phone(await make.joined_member(team, name="Nguyễn Thị Lan"))
    office.clock.set(datetime(2026, 11, 25, 22, 0, tzinfo=HOME_ZONE))
    await reporter.say(REPORT.format("cùng cô Lan"))
    await reporter.press("Gửi")
    assert not lan.screen
    office.clock.set(datetime(2026, 11, 26, 6, 31, tzinfo=HOME_ZONE))
    await office.deliver()
    assert "cùng tham gia" in lan.last.text


async def test_officers_take_part_in_nothing(office: Office, make: Make) -> None:
    team = await make.team(schools=SCHOOLS)
    reporter = office.phone(await make.joined_member(team))
    await make.joined_member(team, name="Nguyễn Thị Lan", role=Role.OFFICER)
    assert "không có ai tên" in (await reporter.say(REPORT.format("cùng cô Lan"))).text


async def test_what_a_colleague_has_reported_is_offered_as_shared(office: Office, make: Make) -> None:
    team = await make.team(schools=SCHOOLS)
    lan = office.phone(await make.joined_member(team, name="Nguyễn Thị Lan"))
    hoa = office.phone(await make.joined_member(team, name="Trần Thị Hoa"))
    await lan.say(ALONE)
    await lan.press("Gửi")
    offer = await hoa.say("dự giờ toán 4a kim đồng hôm nay. Tư vấn: thêm nhóm đôi")
    assert "Nguyễn Thị Lan đã báo hoạt động này" in offer.text
    receipt = await hoa.press("Cùng tham gia")
    assert "cùng tham gia hoạt động số 1" in receipt.text
    assert "Tháng 11: 1/1 ✓" in receipt.text
    assert await total(office, team) == [1, 1]
    assert "Trần Thị Hoa đã xác nhận cùng tham gia hoạt động số 1 và ghi thêm ý kiến" in lan.last.text
    await lan.say("/hoatdong")
    assert "Trần Thị Hoa: thêm nhóm đôi" in (await lan.press("Số 1")).text


async def test_another_activity_is_another(office: Office, make: Make) -> None:
    team = await make.team(schools=SCHOOLS)
    lan = office.phone(await make.joined_member(team, name="Nguyễn Thị Lan"))
    hoa = office.phone(await make.joined_member(team, name="Trần Thị Hoa"))
    await lan.say(ALONE)
    await lan.press("Gửi")
    await hoa.say(ALONE)
    card = await hoa.press("Hoạt động khác")
    assert any("Gửi" in label for label in card.labels)
    assert "số 2" in (await hoa.press("Gửi")).text


async def test_a_different_class_subject_day_or_team_is_not_offered(office: Office, make: Make) -> None:
    team = await make.team(schools=SCHOOLS)
    lan = office.phone(await make.joined_member(team, name="Nguyễn Thị Lan"))
    hoa = office.phone(await make.joined_member(team, name="Trần Thị Hoa"))
    stranger = office.phone(await make.joined_member(await make.team(schools=SCHOOLS)))
    await lan.say(ALONE)
    await lan.press("Gửi")
    for other in ("4B", "hôm qua", "Khoa học"):
        old = {"4B": "4A", "hôm qua": "hôm nay", "Khoa học": "Toán"}[other]
        assert "đã báo hoạt động này" not in (await hoa.say(ALONE.replace(old, other))).text
        await hoa.press("Bỏ")
    assert "đã báo hoạt động này" not in (await stranger.say(ALONE)).text


async def test_ones_own_report_again_is_pointed_out(office: Office, make: Make) -> None:
    phone = office.phone(await make.joined_member(await make.team(schools=SCHOOLS)))
    await phone.say(ALONE)
    await phone.press("Gửi")
    assert "đã có báo cáo số 1 giống như vậy" in (await phone.say(ALONE)).text


async def test_a_withdrawn_report_asks_nobody_and_tells_those_it_counted_for(office: Office, make: Make) -> None:
    team = await make.team(schools=SCHOOLS)
    reporter = office.phone(await make.joined_member(team))
    lan = office.phone(await make.joined_member(team, name="Nguyễn Thị Lan"))
    hung = office.phone(await make.joined_member(team, name="Phạm Văn Hùng"))
    await reporter.say(REPORT.format("cùng cô Lan và thầy Hùng"))
    await reporter.press("Gửi")
    await lan.press("Đã tham gia")
    await reporter.press("Rút")
    await reporter.press("Rút báo cáo")
    assert "không còn được tính" in lan.last.text
    assert "đã được rút" in (await hung.press("Đã tham gia")).text
    assert await total(office, team) == []


async def test_a_colleague_cannot_press_the_question_of_another(office: Office, make: Make) -> None:
    team = await make.team(schools=SCHOOLS)
    reporter = office.phone(await make.joined_member(team))
    lan = office.phone(await make.joined_member(team, name="Nguyễn Thị Lan"))
    other = office.phone(await make.joined_member(team, name="Võ Minh Đức"))
    await reporter.say(REPORT.format("cùng cô Lan"))
    await reporter.press("Gửi")
    await other.press_data(f"{lan.last.outgoing.choices_key}:0")
    assert await total(office, team) == [1]


async def test_going_back_leaves_out_a_question_that_is_settled(office: Office, make: Make) -> None:
    team = await make.team(schools=SCHOOLS)
    for name in ("Nguyễn Thị Hoa", "Lê Thị Hoa"):
        await make.member(team, name=name)
    phone = office.phone(await make.joined_member(team, name="Trần Thị Lan"))
    asked = await phone.say("Dự giờ hôm nay, cùng cô Hoa")
    for _ in range(4):
        if "Lê Thị Hoa" in asked.labels:
            break
        asked = await phone.say({"Ở trường nào": "kim đồng"}.get(asked.text[:12], "1"))
    assert "Lê Thị Hoa" in asked.labels
    await phone.press("Lê Thị Hoa")
    shown = await phone.say("quay lại")
    assert "Lê Thị Hoa" not in shown.labels
    assert phone.last.text

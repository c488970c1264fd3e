"""/caidat: the leader's; each change says what it will do and from when, and months that are over never change."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.domain.clock import HOME_ZONE
from bot.domain.school_year import Month
from bot.domain.team_settings import TeamSettings
from bot.domain.vocabulary import ActivityKind, ChannelName, Role
from storage.engine import Database
from tests.builders import Make
from tests.clock import FakeClock
from tests.office import Office, Phone
from tests.working_team import People

HEAD = ["UBND phường Thủ Dầu Một", "Thủ Dầu Một"]


async def settings_of(database: Database, people: People) -> TeamSettings:
    async with database.read() as uow:
        return uow.teams.settings(await uow.teams.get(people.team.id))


async def test_a_greater_duty_begins_next_month_and_says_so(people: People, clock: FakeClock) -> None:
    await people.leader.say("/caidat")
    await people.leader.press("Định mức tháng")
    await people.leader.say("2")
    await people.leader.press("Từ tháng 12/2026")
    assert "Từ tháng 12/2026: mỗi thầy/cô cần ít nhất 2 hoạt động" in people.leader.last.text
    assert "Tháng 11/2026 và các tháng trước giữ nguyên" in people.leader.last.text
    await people.leader.press("Lưu")
    await people.lan.say("/toi")
    assert "0/1" in people.lan.last.text
    clock.set(datetime(2026, 12, 2, 9, tzinfo=HOME_ZONE))
    await people.lan.say("/toi")
    assert "0/2" in people.lan.last.text


async def test_a_month_that_is_over_keeps_its_numbers(people: People, make: Make, database: Database) -> None:
    async with database.read() as uow:
        lan = next(each for each in await uow.members.current(people.team.id) if each.name == "Trần Thị Lan")
    await make.activity(lan, on=date(2026, 10, 5), kind=ActivityKind.EXAM_MARKING)
    await people.leader.say("/tonghop tháng 10")
    before = people.leader.last.text
    for change in ("/caidat định mức 3", "/caidat loại dự giờ", "/caidat tháng tính 12-5"):
        await people.leader.say(change)
        await people.leader.press("Ngay tháng này")
        await people.leader.press("Lưu")
    await people.leader.say("/tonghop tháng 10")
    assert people.leader.last.text == before
    settings = await settings_of(database, people)
    assert settings.in_month(Month(2026, 10)) == TeamSettings().model_copy(update={"earlier": settings.earlier})
    assert settings.in_month(Month(2026, 11)).activities_a_month == 3


async def test_everybody_hears_in_the_group_what_concerns_everybody(people: People) -> None:
    group = people.leader.in_group("-100")
    await group.say("/noinhom")
    await people.leader.say("/caidat loại trừ ra đề")
    await people.leader.press("Từ tháng 12")
    await people.leader.press("Lưu")
    assert "Từ tháng 12/2026 – loại được tính: mọi loại, trừ ra đề thi" in group.last.text


async def test_a_group_that_is_not_written_to_costs_nobody_their_invitation(people: People) -> None:
    group = people.leader.in_group("-100")
    await group.say("/noinhom")
    seen = len(group.screen)
    await people.leader.say("/caidat")
    await people.leader.press("Nhắn vào nhóm chat")
    assert "Từ bây giờ: em không tự nhắn vào nhóm nữa" in people.leader.last.text
    await people.leader.say("họp chung 14h thứ sáu 27/11 tại phòng họp, nội dung: sơ kết")
    await people.leader.press("Gửi")
    assert "phòng họp" in people.lan.last.text
    assert len(group.screen) == seen
    await people.leader.press("Bật lại")
    assert "bật" in people.leader.last.text


async def test_the_closing_stays_out_of_the_group_when_counts_do(
    people: People, office: Office, clock: FakeClock
) -> None:
    group = people.leader.in_group("-100")
    await group.say("/noinhom")
    seen = len(group.screen)
    await people.leader.say("/caidat")
    await people.leader.press("Báo số liệu")
    clock.set(datetime(2026, 12, 1, 9, tzinfo=HOME_ZONE))
    await office.run_job("month-closing")
    assert len(group.screen) == seen
    assert "Trần Thị Lan" in people.leader.last.text


async def test_reminders_follow_the_new_days(people: People, office: Office, clock: FakeClock) -> None:
    await people.leader.say("/caidat lịch nhắc 5 ngày 19h, ngày cuối 16h30")
    await people.leader.press("Ngay tháng này")
    await people.leader.press("Lưu")
    for moment, count in ((datetime(2026, 11, 24, 20), 0), (datetime(2026, 11, 25, 19, 5), 1)):
        clock.set(moment.replace(tzinfo=HOME_ZONE))
        before = len(people.lan.screen)
        await office.run_job("monthly-nudges")
        assert len(people.lan.screen) == before + count
    assert "Còn khoảng 5 ngày nữa" in people.lan.last.text


async def test_a_card_that_was_looked_at_too_long_asks_again(people: People, clock: FakeClock) -> None:
    await people.leader.say("/caidat định mức 2")
    await people.leader.press("Ngay tháng này")
    clock.set(datetime(2026, 12, 1, 0, 1, tzinfo=HOME_ZONE))
    await people.leader.press("Lưu")
    assert "vừa trôi qua" in people.leader.last.text
    assert any("12/2026" in label for label in people.leader.last.labels)
    assert not any("11/2026" in label for label in people.leader.last.labels)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("/caidat định mức 0", "số từ 1 đến 10"),
        ("/caidat định mức 1", "đang đúng như vậy rồi"),
        ("/caidat loại đi chợ", "chưa rõ loại “đi chợ”"),
        ("/caidat lịch nhắc 1 ngày 23h", "giờ yên tĩnh"),
        ("/caidat giờ yên tĩnh 17h đến 6h", "không được trùm lên giờ nhắc định mức 18:30"),
        ("/caidat màu sắc", "không có mục cài đặt “màu sắc”"),
    ],
)
async def test_bad_input_gets_one_sentence_and_changes_nothing(
    people: People, database: Database, said: str, answer: str
) -> None:
    await people.leader.say(said)
    assert answer in people.leader.last.text
    assert await settings_of(database, people) == TeamSettings()


async def test_document_head_and_delegation_are_asked_from_here(people: People, database: Database) -> None:
    await people.leader.say("/caidat")
    await people.leader.press("Đầu văn bản")
    for answer in HEAD:
        await people.leader.say(answer)
    await people.leader.press("Không đóng dấu")
    await people.leader.press("Lưu")
    assert "văn bản đã ban hành giữ nguyên" in people.leader.last.text
    assert (await settings_of(database, people)).paper.place == "Thủ Dầu Một"
    await people.leader.press("Ủy quyền giao việc")
    assert "tổ phó nào" in people.leader.last.text


async def test_each_change_stands_in_the_log(people: People) -> None:
    await people.leader.say("/caidat định mức 2")
    await people.leader.press("Từ tháng 12")
    await people.leader.press("Lưu")
    await people.leader.press("Nhắn vào nhóm", on=await people.leader.say("/caidat"))
    await people.leader.say("/nhatky")
    log = people.leader.last.text
    assert (
        "Bùi Quốc Hiếu đổi cài đặt (mục Định mức tháng, từ 1 hoạt động/tháng, thành 2 hoạt động/tháng, "
        "áp dụng từ tháng 2026-12)" in log
    )
    assert "mục Nhắn vào nhóm chat, từ bật, thành tắt" in log


@pytest.mark.parametrize("who", ["deputy", "secretary", "lan", "officer"])
async def test_settings_are_the_leaders(people: People, database: Database, who: str) -> None:
    phone: Phone = getattr(people, who)
    await phone.say("/caidat định mức 2")
    assert "không thuộc quyền" in phone.last.text
    assert await settings_of(database, people) == TeamSettings()


async def test_somebody_who_no_longer_leads_changes_nothing(people: People, database: Database) -> None:
    shown = await people.leader.say("/caidat")
    await people.leader.say("/thanhvien lan")
    await people.leader.press("Bàn giao tổ trưởng")
    await people.lan.press("Nhận làm tổ trưởng")
    await people.leader.press("Nhắn vào nhóm chat", on=shown)
    assert "không thuộc quyền" in people.leader.last.text
    assert await settings_of(database, people) == TeamSettings()


async def test_a_list_of_one_team_changes_no_other(office: Office, make: Make, database: Database) -> None:
    first, second = await make.team("Tổ cụm 1"), await make.team("Tổ cụm 2")
    joined = await make.joined_member(first, role=Role.LEADER)
    other = await make.member(second, role=Role.LEADER)
    leader = office.phone(joined)
    shown = await leader.say("/caidat")
    async with database.begin() as uow:
        fresh = await uow.members.get(other.id, team_id=second.id)
        known = await uow.accounts.known(leader.chat.channel, leader.sender.user_id)
        assert known is not None
        await uow.accounts.join(known, fresh, now=office.clock())
    await leader.press("Nhắn vào nhóm chat", on=shown)
    assert "không còn dùng được" in leader.last.text
    async with database.read() as uow:
        for team in (first, second):
            assert uow.teams.settings(await uow.teams.get(team.id)) == TeamSettings()


async def test_it_works_by_numbers_on_zalo(office: Office, make: Make, database: Database) -> None:
    team = await make.team()
    leader = office.phone(await make.joined_member(team, role=Role.LEADER, channel=ChannelName.ZALO))
    await leader.say("/caidat")
    for said in ("1", "2", "1", "1"):
        await leader.say(said)
    assert "2 hoạt động/tháng, từ tháng 12/2026" in leader.last.text
    async with database.read() as uow:
        settings = uow.teams.settings(await uow.teams.get(team.id))
    assert settings.in_month(Month(2026, 12)).activities_a_month == 2

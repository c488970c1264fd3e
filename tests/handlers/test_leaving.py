"""Asking leave takes two interactions; leader or secretary decides; it can be taken back."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.domain.clock import HOME_ZONE
from bot.domain.vocabulary import ChannelName, Role
from tests.builders import Make
from tests.clock import FakeClock
from tests.office import Office, Phone

LAST_DAY = datetime(2026, 11, 30, 17, 0, tzinfo=HOME_ZONE)


@pytest.fixture
async def phones(office: Office, make: Make) -> tuple[Phone, Phone, Phone]:
    """Leader, secretary, member."""
    team = await make.team()
    leader = await make.joined_member(team, role=Role.LEADER, name="Bùi Quốc Hiếu")
    secretary = await make.joined_member(team, role=Role.SECRETARY, name="Bùi Mỹ Quyên")
    member = await make.joined_member(team, name="Lý Ngọc Dung")
    return office.phone(leader), office.phone(secretary), office.phone(member)


async def nudged(office: Office, clock: FakeClock) -> None:
    """The stage three days before the month's last day."""
    clock.set(datetime(2026, 11, 27, 18, 30, tzinfo=HOME_ZONE))
    await office.run_job("monthly-nudges")


async def test_from_a_nudge_it_takes_a_press_and_a_reason(
    office: Office, clock: FakeClock, phones: tuple[Phone, Phone, Phone]
) -> None:
    leader, secretary, member = phones
    await nudged(office, clock)
    await member.press("Xin nghỉ tháng này")
    await member.press("Ốm, điều trị")
    assert "Đã gửi đơn xin nghỉ cả tháng 11" in member.last.text
    for phone in (leader, secretary):
        assert "Lý Ngọc Dung xin nghỉ cả tháng 11. Lý do: Ốm, điều trị" in phone.last.text


async def test_while_it_waits_and_once_it_is_granted_nobody_nudges(
    office: Office, clock: FakeClock, phones: tuple[Phone, Phone, Phone]
) -> None:
    leader, _, member = phones
    await member.say("/nghi tháng này thai sản")
    await nudged(office, clock)
    assert "Đã gửi đơn" in member.last.text
    await leader.press("Đồng ý cho nghỉ")
    assert "Bùi Quốc Hiếu đồng ý" in member.last.text
    assert "Không tính định mức tháng 11" in member.last.text
    before = len(member.screen)
    clock.set(LAST_DAY)
    await office.run_job("monthly-nudges")
    assert len(member.screen) == before


async def test_refused_leave_is_nudged_again(
    office: Office, clock: FakeClock, phones: tuple[Phone, Phone, Phone]
) -> None:
    leader, _, member = phones
    await member.say("/nghi tháng này bận")
    await leader.press("Không đồng ý")
    clock.set(LAST_DAY)
    await office.run_job("monthly-nudges")
    assert "hạn cuối" in member.last.text


async def test_whoever_presses_second_sees_that_it_is_decided(phones: tuple[Phone, Phone, Phone]) -> None:
    leader, secretary, member = phones
    await member.say("/nghi từ 25/11 đến 5/12 con ốm")
    await leader.press("Đồng ý cho nghỉ")
    seen = len(member.screen)
    answer = await secretary.press("Không đồng ý")
    assert "đã được Bùi Quốc Hiếu trả lời: đồng ý" in answer.text
    assert len(member.screen) == seen


async def test_some_days_leave_the_month_owed_and_say_so(phones: tuple[Phone, Phone, Phone]) -> None:
    leader, _, member = phones
    await member.say("/nghi từ 25/11 đến 5/12 con ốm")
    await leader.press("Đồng ý cho nghỉ")
    assert "định mức của tháng vẫn tính" in member.last.text


async def test_a_request_is_taken_back_and_can_no_longer_be_granted(phones: tuple[Phone, Phone, Phone]) -> None:
    leader, _, member = phones
    await member.say("/nghi tháng này bận")
    await member.press("Rút đơn")
    assert "đã rút đơn" in leader.last.text
    await leader.press("Đồng ý cho nghỉ")
    assert "Lý Ngọc Dung đã rút đơn này" in leader.texts


async def test_a_member_cannot_decide_with_a_borrowed_button(phones: tuple[Phone, Phone, Phone]) -> None:
    leader, _, member = phones
    await member.say("/nghi tháng này bận")
    message = leader.last
    assert message.outgoing.choices_key
    await member.press_data(f"{message.outgoing.choices_key}:0")
    assert "không còn dùng được" in member.last.text
    assert "chưa đồng ý nghỉ" in (await leader.press("Không đồng ý")).text


async def test_the_leaders_own_leave_is_decided_by_the_secretary(phones: tuple[Phone, Phone, Phone]) -> None:
    leader, secretary, _ = phones
    await leader.say("/nghi tháng này đi viện")
    await secretary.press("Đồng ý cho nghỉ")
    assert "Bùi Mỹ Quyên đồng ý" in leader.last.text


async def test_what_is_missing_is_asked_and_what_is_wrong_is_explained(phones: tuple[Phone, Phone, Phone]) -> None:
    *_, member = phones
    assert "những ngày nào" in (await member.say("/nghi")).text
    assert "Em chưa thấy ngày nghỉ" in (await member.say("con ốm")).text
    assert "không có trong lịch" in (await member.say("từ 25/11 đến 31/11")).text
    assert "vì lý do gì" in (await member.say("từ 25/11 đến 5/12")).text
    assert "Đã gửi đơn xin nghỉ từ 25/11 đến 5/12" in (await member.say("con ốm hôm nay")).text


async def test_tomorrow_reminds_once_and_only_who_still_owes(
    office: Office, clock: FakeClock, phones: tuple[Phone, Phone, Phone]
) -> None:
    *_, member = phones
    await nudged(office, clock)
    await member.press("Nhắc tôi ngày mai")
    await member.press("Nhắc tôi ngày mai")
    assert "11:30 ngày 28/11" in member.last.text
    before = len(member.screen)
    clock.set(datetime(2026, 11, 28, 11, 30, tzinfo=HOME_ZONE))
    await office.deliver()
    assert len(member.screen) == before + 1
    assert "dặn em nhắc" in member.last.text


async def test_there_is_no_tomorrow_after_the_months_last_day(
    office: Office, clock: FakeClock, phones: tuple[Phone, Phone, Phone]
) -> None:
    *_, member = phones
    clock.set(LAST_DAY)
    await office.run_job("monthly-nudges")
    await member.press("Nhắc tôi ngày mai")
    assert "không nhắc lại được nữa" in member.last.text


async def test_on_zalo_numbers_do_what_buttons_do(office: Office, make: Make, clock: FakeClock) -> None:
    team = await make.team()
    leader = office.phone(await make.joined_member(team, role=Role.LEADER, channel=ChannelName.ZALO))
    member = office.phone(await make.joined_member(team, name="Lý Ngọc Dung", channel=ChannelName.ZALO))
    await nudged(office, clock)
    await member.say("2")
    assert "vì lý do gì" in member.last.text
    await member.say("2")
    assert "Đã gửi đơn xin nghỉ cả tháng 11" in member.last.text
    assert "Lý do: Thai sản" in leader.last.text
    await leader.say("1")
    assert "đồng ý cho thầy/cô nghỉ cả tháng 11" in member.last.text


async def test_a_button_of_another_person_changes_nothing(
    office: Office, make: Make, clock: FakeClock, phones: tuple[Phone, Phone, Phone]
) -> None:
    *_, member = phones
    stranger = office.phone(await make.joined_member(await make.team("Tổ cụm 9")))
    await nudged(office, clock)
    key = member.last.outgoing.choices_key
    await stranger.press_data(f"{key}:1")
    assert "không còn dùng được" in stranger.last.text

"""One person on Telegram and Zalo: linked by a code, answered where they ask, unlinked again."""

from __future__ import annotations

import re
from datetime import datetime

from bot.domain.clock import HOME_ZONE
from bot.domain.messages import Chat, Sender
from bot.domain.vocabulary import ChannelName, Role
from tests.builders import Make
from tests.office import Office, Phone

WEEK_BEFORE = datetime(2026, 11, 23, 18, 30, tzinfo=HOME_ZONE)
THREE_DAYS_BEFORE = datetime(2026, 11, 27, 18, 30, tzinfo=HOME_ZONE)


async def linked(office: Office, make: Make, *, role: Role = Role.MEMBER) -> tuple[Phone, Phone]:
    """Somebody who joined on Telegram and linked their Zalo."""
    telegram = office.phone(await make.joined_member(await make.team(), name="Lý Ngọc Dung", role=role))
    shown = await telegram.say("/lienket")
    code = re.search(r"\b[A-Z2-9]{8}\b", shown.text)
    assert code is not None
    office.clock.advance(60)
    zalo = Phone(office, Chat(channel=ChannelName.ZALO, chat_id="6ede"), Sender(user_id="6ede", name="Dung Z"))
    await zalo.say(code[0])
    await zalo.say("dong y")
    return telegram, zalo


async def test_a_code_from_one_side_links_the_other_and_both_are_answered(office: Office, make: Make) -> None:
    telegram, zalo = await linked(office, make)
    assert "Zalo Dung Z" in telegram.last.text
    assert "Tháng 11" in (await zalo.say("/toi")).text
    assert "Tháng 11" in (await telegram.say("/toi")).text


async def test_who_goes_back_to_the_other_phone_at_once_is_answered_there(office: Office, make: Make) -> None:
    telegram, zalo = await linked(office, make, role=Role.LEADER)
    await telegram.say("giao chấm thi thứ năm 8h: tất cả")
    await telegram.press("Gửi")
    for phone in (zalo, telegram, zalo):
        before = len(phone.screen)
        await phone.say("/bangviec 1")
        assert "Phân công số 1" in "".join(each.text for each in phone.screen[before:]), phone.chat


async def test_the_code_is_good_once_and_for_half_an_hour(office: Office, make: Make) -> None:
    telegram = office.phone(await make.joined_member(await make.team()))
    shown = await telegram.say("/lienket")
    code = re.search(r"\b[A-Z2-9]{8}\b", shown.text)
    assert code is not None
    office.clock.advance(31 * 60)
    late = office.stranger("7", channel=ChannelName.ZALO)
    assert "không đúng hoặc đã hết hạn" in (await late.say(code[0])).text


async def test_a_nudge_goes_where_the_person_wrote_last_and_elsewhere_when_it_stayed_unread(
    office: Office, make: Make
) -> None:
    telegram, zalo = await linked(office, make)
    office.clock.set(WEEK_BEFORE)
    await office.run_job("monthly-nudges")
    assert (len(zalo.last.labels), len(telegram.last.labels)) == (3, 0)
    office.clock.set(THREE_DAYS_BEFORE)
    await office.run_job("monthly-nudges")
    assert len(telegram.last.labels) == 3


async def test_unlinking_asks_first_and_then_the_account_knows_nothing(office: Office, make: Make) -> None:
    telegram, zalo = await linked(office, make)
    await telegram.say("/lienket")
    await telegram.press("Gỡ Zalo Dung Z")
    assert "Tháng 11" in (await zalo.say("/toi")).text
    await telegram.press("Gỡ tài khoản")
    assert "mã tham gia" in (await zalo.say("/toi")).text


async def test_an_account_that_is_no_longer_mine_cannot_be_unlinked(office: Office, make: Make) -> None:
    telegram, zalo = await linked(office, make)
    await telegram.say("/lienket")
    offered = telegram.last
    await telegram.press("Gỡ Zalo Dung Z")
    await telegram.press("Gỡ tài khoản")
    await telegram.press("Gỡ Zalo Dung Z", on=offered)
    assert "không còn dùng được" in telegram.last.text
    assert "mã tham gia" in (await zalo.say("xin chào")).text

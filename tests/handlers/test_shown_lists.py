"""Numbers and words choose from the list shown last, and from no other."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.clock import HOME_ZONE
from bot.domain.messages import Choice, ChoiceList, Delivery, Incoming, Outgoing
from bot.domain.vocabulary import ChannelName, Role
from storage.engine import Database
from tests.builders import Make
from tests.clock import FakeClock
from tests.office import Office, Phone

EVENING_BEFORE = datetime(2026, 11, 29, 18, 30, tzinfo=HOME_ZONE)


async def nudged(office: Office, make: Make) -> Phone:
    """A member on Zalo who was shown the choices of a nudge."""
    joined = await make.joined_member(await make.team(), channel=ChannelName.ZALO)
    office.clock.set(EVENING_BEFORE)
    await office.run_job("monthly-nudges")
    return office.phone(joined)


async def test_words_without_marks_press_a_button(office: Office, make: Make) -> None:
    phone = await nudged(office, make)
    assert "nhắc lại lúc" in (await phone.say("nhac toi ngay mai")).text


async def test_the_beginning_of_a_label_is_enough_when_only_one_begins_so(office: Office, make: Make) -> None:
    phone = await nudged(office, make)
    before = len(phone.screen)
    await phone.say("xin nghi")
    assert len(phone.screen) > before
    assert "chưa hiểu" not in phone.last.text


async def test_a_number_beyond_the_list_shows_the_list_again(office: Office, make: Make) -> None:
    phone = await nudged(office, make)
    shown = await phone.say("9")
    assert shown.text == "Mời thầy/cô chọn trong danh sách hiện tại:"
    assert len(shown.labels) == 3


async def test_a_number_written_before_the_list_appeared_shows_the_list_and_does_nothing(
    office: Office, make: Make
) -> None:
    phone = await nudged(office, make)
    early = office.clock.now - timedelta(minutes=1)
    incoming = Incoming(external_id="early", chat=phone.chat, sender=phone.sender, at=early, text="2")
    await office.receive(incoming)
    assert phone.last.text == "Mời thầy/cô chọn trong danh sách hiện tại:"


async def test_a_second_tap_before_the_next_question_could_be_seen_answers_nothing(office: Office, make: Make) -> None:
    phone = office.phone(await make.joined_member(await make.team(), channel=ChannelName.ZALO))
    await phone.say("báo cáo")
    asked_at = office.clock.now
    office.clock.advance(4)
    assert "ngày nào" in (await phone.say("1")).text
    again = Incoming(external_id="again", chat=phone.chat, sender=phone.sender, at=asked_at, text="1")
    await office.receive(again)
    assert phone.last.text.startswith("Mời thầy/cô chọn trong danh sách hiện tại:")
    assert "Hoạt động diễn ra ngày nào" in phone.last.text
    assert "trường nào" in (await phone.say("1")).text


async def test_a_number_does_nothing_while_a_newer_list_is_on_its_way(
    office: Office, make: Make, database: Database, clock: FakeClock
) -> None:
    phone = await nudged(office, make)
    rows = ((Choice(label="Xin nghỉ", action="nudge", value="leave"),),)
    async with database.begin() as uow:
        coming = Outgoing(chat=phone.chat, text="Khác", choices=ChoiceList(rows=rows))
        await uow.outbox.put(coming, Delivery(dedupe_key="coming"), now=clock.now)
    shown = await phone.say("3")
    assert shown.labels == ("Xin nghỉ",)
    assert "nhắc lại lúc" not in phone.texts


async def test_a_list_that_was_dropped_is_not_what_a_number_means(
    office: Office, make: Make, database: Database, clock: FakeClock
) -> None:
    phone = await nudged(office, make)
    rows = ((Choice(label="Xin nghỉ", action="nudge", value="leave"),),)
    async with database.begin() as uow:
        gone = Outgoing(chat=phone.chat, text="Đã qua", choices=ChoiceList(rows=rows))
        await uow.outbox.put(gone, Delivery(dedupe_key="gone", expires_at=clock.now), now=clock.now)
    await office.deliver()
    clock.advance(10)
    assert "nhắc lại lúc" in (await phone.say("3")).text


async def test_a_list_that_is_still_to_be_sent_is_not_what_a_number_means(
    office: Office, make: Make, database: Database, clock: FakeClock
) -> None:
    phone = await nudged(office, make)
    later = Outgoing(
        chat=phone.chat, text="Mai", choices=ChoiceList(rows=((Choice(label="Khác", action="nudge", value="report"),),))
    )
    async with database.begin() as uow:
        tomorrow = Delivery(dedupe_key="later", not_before=clock.now + timedelta(days=1))
        await uow.outbox.put(later, tomorrow, now=clock.now)
    assert "nhắc lại lúc" in (await phone.say("3")).text


async def test_a_long_list_goes_on_when_asked(office: Office, make: Make, database: Database, clock: FakeClock) -> None:
    phone = await nudged(office, make)
    rows = tuple((Choice(label=f"Cô {at}", action="nudge", value="report"),) for at in range(1, 21))
    async with database.begin() as uow:
        await uow.outbox.put(
            Outgoing(chat=phone.chat, text="Ai?", choices=ChoiceList(rows=rows)),
            Delivery(dedupe_key="long"),
            now=clock.now,
        )
    await office.deliver()
    clock.advance(1)
    shown = await phone.say("tiếp")
    assert shown.outgoing.choices is not None
    assert shown.outgoing.choices.first == 16


async def test_a_group_on_zalo_takes_commands_without_a_slash_and_sends_the_rest_to_private(
    office: Office, make: Make
) -> None:
    team = await make.team()
    leader = office.phone(await make.joined_member(team, role=Role.LEADER, channel=ChannelName.ZALO))
    group = leader.in_group("9a1c")
    await group.say("noi nhom")
    assert "đã gắn với" in group.last.text
    assert "nhắn riêng" in (await group.say("hôm nay thế nào")).text


async def test_a_file_that_zalo_does_not_hand_on_is_answered_with_what_to_do(office: Office, make: Make) -> None:
    phone = office.phone(await make.joined_member(await make.team(), channel=ChannelName.ZALO))
    assert "Zalo chưa chuyển tệp" in (await phone.send_file(b"", name="", kind="other")).text


async def test_a_stranger_s_group_is_told_nothing(office: Office) -> None:
    group = office.stranger("77", channel=ChannelName.ZALO).in_group("9a1d")
    incoming = Incoming(external_id="x", chat=group.chat, sender=group.sender, at=office.clock.now, text="bot ơi")
    await office.receive(incoming)
    assert group.screen == []

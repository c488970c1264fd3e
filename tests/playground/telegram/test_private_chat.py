"""A person and the bot alone: messages, buttons, edits, as python-telegram-bot sees them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove
from telegram.error import BadRequest, Forbidden

from bot.playground.telegram.people import NoSuchButton, Phone
from bot.playground.telegram.playground import TelegramPlayground
from tests.clock import FakeClock


def one_button(label: str, data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=data)]])


async def test_the_bot_knows_itself(bot: Bot) -> None:
    me = await bot.get_me()

    assert (me.username, me.is_bot, me.can_read_all_group_messages) == ("mangluoi_bot", True, False)


async def test_what_a_person_writes_reaches_the_bot(bot: Bot, lan: Phone) -> None:
    lan.send("Chào, em là cô Lan")

    updates = await bot.get_updates()

    assert [u.message.text for u in updates if u.message] == ["/start", "Chào, em là cô Lan"]
    assert updates[-1].effective_user is not None
    assert updates[-1].effective_user.full_name == "Lan Nguyễn"


async def test_a_start_link_carries_its_code(bot: Bot, lan: Phone) -> None:
    lan.start("AB12CD34")

    update = (await bot.get_updates())[-1]

    assert update.message is not None
    assert update.message.text == "/start AB12CD34"
    assert [entity.type for entity in update.message.entities] == ["bot_command"]


async def test_the_person_sees_what_the_bot_writes(bot: Bot, lan: Phone) -> None:
    sent = await bot.send_message(lan.person.id, "<b>Xin chào</b> &amp; mời", parse_mode="HTML")

    assert lan.last().text == "Xin chào & mời"
    assert [(e.type, e.offset, e.length) for e in sent.entities] == [("bold", 0, 8)]


async def test_message_ids_count_up_in_each_chat(bot: Bot, lan: Phone, playground: TelegramPlayground) -> None:
    hoa = playground.add_person("Hoa")
    hoa.start()

    to_lan = await bot.send_message(lan.person.id, "một")
    to_hoa = await bot.send_message(hoa.person.id, "một")

    assert (to_lan.message_id, to_hoa.message_id) == (2, 2)


async def test_the_date_of_a_message_comes_from_the_clock(bot: Bot, lan: Phone, clock: FakeClock) -> None:
    sent = await bot.send_message(lan.person.id, "mấy giờ rồi")

    assert sent.date == clock().replace(microsecond=0)


async def test_a_bot_cannot_write_to_somebody_it_never_saw(bot: Bot, playground: TelegramPlayground) -> None:
    stranger = playground.add_person("Ẩn")

    with pytest.raises(BadRequest, match=r"^Chat not found$"):
        await bot.send_message(stranger.person.id, "chào")


async def test_a_bot_cannot_write_first_to_somebody_it_only_met_in_a_group(
    bot: Bot, lan: Phone, playground: TelegramPlayground
) -> None:
    hoa = playground.add_person("Hoa")
    lan.create_group("Tổ", members=[hoa])

    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(hoa.person.id, "chào")


async def test_a_person_who_blocked_the_bot_gets_nothing(bot: Bot, lan: Phone) -> None:
    lan.block()

    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(lan.person.id, "chào")
    assert lan.received() == []


async def test_blocking_and_coming_back_are_told(bot: Bot, lan: Phone) -> None:
    lan.block()
    lan.start()

    updates = await bot.get_updates()

    changes = [u.my_chat_member.new_chat_member.status for u in updates if u.my_chat_member]
    assert changes == ["kicked", "member"]


async def test_an_account_that_is_gone_is_deactivated(bot: Bot, lan: Phone) -> None:
    lan.delete_account()

    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(lan.person.id, "chào")


async def test_a_press_reaches_the_bot_with_its_message(bot: Bot, lan: Phone) -> None:
    sent = await bot.send_message(lan.person.id, "Gửi nhé?", reply_markup=one_button("✅ Gửi", "send:1"))

    lan.press("Gửi")
    query = (await bot.get_updates())[-1].callback_query

    assert query is not None
    assert query.message is not None
    assert (query.data, query.message.message_id, query.from_user.id) == ("send:1", sent.message_id, lan.person.id)


async def test_a_press_is_answered_once(bot: Bot, lan: Phone) -> None:
    await bot.send_message(lan.person.id, "Gửi nhé?", reply_markup=one_button("Gửi", "x"))
    press = lan.press("Gửi")

    await bot.answer_callback_query(press.id, "Đã gửi")

    assert await lan.wait_for_answer(press) == {"text": "Đã gửi"}
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired or query id is invalid"):
        await bot.answer_callback_query(press.id)


async def test_an_old_press_cannot_be_answered(bot: Bot, lan: Phone, clock: FakeClock) -> None:
    await bot.send_message(lan.person.id, "Gửi nhé?", reply_markup=one_button("Gửi", "x"))
    press = lan.press("Gửi")

    clock.advance(timedelta(minutes=5))

    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(press.id)


async def test_an_equal_label_goes_before_a_newer_one_that_contains_it(bot: Bot, lan: Phone) -> None:
    await bot.send_message(lan.person.id, "một", reply_markup=one_button("Gửi", "plain"))
    await bot.send_message(lan.person.id, "hai", reply_markup=one_button("Gửi lại", "again"))

    assert lan.press("Gửi").data == "plain"


async def test_a_button_that_is_not_there_cannot_be_pressed(lan: Phone) -> None:
    with pytest.raises(NoSuchButton):
        lan.press("Gửi")


async def test_an_edit_replaces_text_and_buttons(bot: Bot, lan: Phone) -> None:
    sent = await bot.send_message(lan.person.id, "cũ", reply_markup=one_button("Gửi", "x"))

    edited = await bot.edit_message_text("mới", lan.person.id, sent.message_id)

    assert (lan.last().text, lan.last().buttons) == ("mới", [])
    assert not isinstance(edited, bool)
    assert edited.edit_date is not None


async def test_an_edit_that_changes_nothing_is_refused(bot: Bot, lan: Phone) -> None:
    markup = one_button("Gửi", "x")
    sent = await bot.send_message(lan.person.id, "<i>như</i> cũ", parse_mode="HTML", reply_markup=markup)

    with pytest.raises(BadRequest, match="Message is not modified: specified new message content and reply markup"):
        await bot.edit_message_text(
            "<em>như</em> cũ ", lan.person.id, sent.message_id, parse_mode="HTML", reply_markup=markup
        )


async def test_what_is_not_there_cannot_be_edited(bot: Bot, lan: Phone) -> None:
    with pytest.raises(BadRequest, match=r"^Message to edit not found$"):
        await bot.edit_message_text("mới", lan.person.id, 999)


async def test_a_person_s_message_cannot_be_edited(bot: Bot, lan: Phone) -> None:
    theirs = lan.send("của em")

    with pytest.raises(BadRequest, match=r"^Message can't be edited$"):
        await bot.edit_message_text("mới", lan.person.id, theirs.id)


async def test_a_message_that_brought_a_reply_keyboard_cannot_be_edited(bot: Bot, lan: Phone) -> None:
    sent = await bot.send_message(lan.person.id, "chọn", reply_markup=ReplyKeyboardMarkup([["A"]]))

    with pytest.raises(BadRequest, match=r"^Message can't be edited$"):
        await bot.edit_message_text("mới", lan.person.id, sent.message_id)


async def test_a_reply_keyboard_writes_its_label_until_it_is_removed(bot: Bot, lan: Phone) -> None:
    keyboard = ReplyKeyboardMarkup([["Báo cáo", "Còn thiếu gì?"]], is_persistent=True)
    await bot.send_message(lan.person.id, "menu", reply_markup=keyboard)

    assert lan.keyboard() == ["Báo cáo", "Còn thiếu gì?"]
    assert lan.tap("thiếu").text == "Còn thiếu gì?"
    await bot.send_message(lan.person.id, "xong", reply_markup=ReplyKeyboardRemove())
    assert lan.keyboard() == []


async def test_a_reply_quotes_its_message(bot: Bot, lan: Phone) -> None:
    question = lan.send("khi nào họp?")

    answer = await bot.send_message(lan.person.id, "thứ Ba", reply_to_message_id=question.id)

    assert answer.reply_to_message is not None
    assert answer.reply_to_message.text == "khi nào họp?"


async def test_a_reply_to_nothing_is_refused_unless_allowed(bot: Bot, lan: Phone) -> None:
    with pytest.raises(BadRequest, match=r"^Message to be replied not found$"):
        await bot.send_message(lan.person.id, "dạ", reply_to_message_id=77)

    sent = await bot.send_message(lan.person.id, "dạ", reply_to_message_id=77, allow_sending_without_reply=True)
    assert sent.reply_to_message is None


async def test_a_deleted_message_is_gone(bot: Bot, lan: Phone) -> None:
    sent = await bot.send_message(lan.person.id, "nhầm")

    await bot.delete_message(lan.person.id, sent.message_id)

    assert lan.received() == []
    with pytest.raises(BadRequest, match=r"^Message to delete not found$"):
        await bot.delete_message(lan.person.id, sent.message_id)


async def test_a_person_edits_what_they_wrote(bot: Bot, lan: Phone) -> None:
    lan.edit(lan.send("dự giờ lớp 3A"), "dự giờ lớp 3B")

    update = (await bot.get_updates())[-1]

    assert update.edited_message is not None
    assert update.edited_message.text == "dự giờ lớp 3B"

"""What every channel promises, on the recording one and on Telegram's and Zalo's over HTTP.

`lan` is on each of them; `rich` only where there are buttons, edits, documents, menus and a queue that waits.
"""

from __future__ import annotations

import asyncio
import struct
import unicodedata
import zlib
from typing import TYPE_CHECKING

import pytest

from bot.channels.base import FileContent, FileRefused, NotSent, RateLimited, Rejected, Unreachable, Unsure
from bot.domain.messages import Attachment, ChatEvent, Choice, ChoiceList, Command, Outgoing
from bot.domain.rich_text import utf16_length

if TYPE_CHECKING:
    from tests.channels.platforms import Conversation

CHOICES = ChoiceList(
    rows=(
        (Choice(label="Gửi", action="send"), Choice(label="Sửa", action="change")),
        (Choice(label="Bỏ", action="drop"),),
    )
)
FILE = Attachment(stored_id=7, name="tong-hop.pdf", mime="application/pdf")
CONTENT = FileContent(b"%PDF-1.7 \x00\xff\r\n", "tong-hop.pdf", "application/pdf")
LONG = " ".join(f"từ{number}😀" for number in range(2000))


def picture(width: int = 64, height: int = 48) -> bytes:
    """A white PNG, a small one."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = zlib.compress((b"\0" + b"\xff" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


async def test_opening_tells_who_the_bot_is_and_can_be_done_again(lan: Conversation) -> None:
    first = await lan.channel.open()
    await lan.channel.close()
    assert first == await lan.channel.open()
    assert first.user_id
    assert first.username


async def test_what_a_person_says_is_heard(lan: Conversation) -> None:
    await lan.platform.say("Chào em")
    (incoming,) = await lan.hear()
    assert (incoming.text, incoming.chat.key) == ("Chào em", lan.platform.chat.key)
    assert incoming.sender is not None
    assert incoming.sender.name == "Lan Nguyễn"
    assert incoming.addressed


async def test_decomposed_letters_are_heard_composed(lan: Conversation) -> None:
    await lan.platform.say(unicodedata.normalize("NFD", "dự giờ Tiếng Việt"))
    (incoming,) = await lan.hear()
    assert incoming.text == "dự giờ Tiếng Việt"


async def test_things_are_heard_in_the_order_they_were_said(lan: Conversation) -> None:
    for number in range(5):
        await lan.platform.say(str(number))
    heard: list[str] = []
    while len(heard) < 5:
        heard += [incoming.text for incoming in await lan.hear()]
    assert heard == ["0", "1", "2", "3", "4"]


async def test_an_update_comes_again_until_it_is_confirmed(lan: Conversation) -> None:
    await lan.platform.say("một")
    await lan.platform.say("hai")
    channel = lan.channel
    first = await channel.poll(after="", wait=0)
    again = await channel.poll(after="", wait=0)
    assert [channel.external_id(raw) for raw in first] == [channel.external_id(raw) for raw in again]
    assert (first_heard := channel.read(first[0])) is not None
    (rest,) = await channel.poll(after=channel.external_id(first[0]), wait=0)
    assert (then_heard := channel.read(rest)) is not None
    assert (first_heard.text, then_heard.text) == ("một", "hai")


async def test_nothing_is_heard_when_nothing_is_said(lan: Conversation) -> None:
    assert await lan.hear(wait=0) == []


async def test_a_poll_ends_as_soon_as_something_is_said(lan: Conversation) -> None:
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        hearing = group.create_task(lan.hear(wait=60))
        await lan.platform.wait_for_poll()
        await lan.platform.say("Có đây")
    assert [incoming.text for incoming in hearing.result()] == ["Có đây"]


async def test_what_waits_survives_a_webhook_that_is_taken_away(rich: Conversation) -> None:
    await rich.channel.use_webhook(url="http://127.0.0.1:9/hook", secret="s3cret")
    await rich.platform.say("Chờ nhé")
    await rich.channel.use_polling()
    assert [incoming.text for incoming in await rich.hear()] == ["Chờ nhé"]


async def test_a_message_arrives_with_its_formatting_and_nothing_parsed(lan: Conversation) -> None:
    (sent,) = await lan.say("😀 <b>tháng 11: 1/1 ✓</b> &lt;b&gt;")
    (shown,) = lan.platform.screen()
    assert (shown.message_id, shown.text) == (sent.message_id, "😀 tháng 11: 1/1 ✓ <b>")
    assert shown.bold == ("tháng 11: 1/1 ✓",)


async def test_a_long_text_arrives_whole(lan: Conversation) -> None:
    await lan.say(LONG)
    shown = lan.platform.screen()
    assert " ".join(message.text for message in shown).split() == LONG.split()
    assert all(utf16_length(message.text) <= lan.channel.capabilities.text_limit for message in shown)


async def test_a_pressed_choice_tells_its_list_its_number_and_its_message(rich: Conversation) -> None:
    (sent,) = await rich.say("Gửi báo cáo?", choices=CHOICES, choices_key="k7")
    assert rich.platform.screen()[0].labels == ("Gửi", "Sửa", "Bỏ")
    await rich.platform.press("Bỏ")
    (incoming,) = await rich.hear()
    assert incoming.press is not None
    assert (incoming.press.data, incoming.press.message_id) == ("k7:2", sent.message_id)
    await rich.channel.acknowledge_press(incoming.press.callback_id, toast="Đã bỏ")
    await rich.channel.acknowledge_press(incoming.press.callback_id, toast="Đã bỏ")


async def test_an_edit_takes_the_place_of_the_message_and_its_choices(rich: Conversation) -> None:
    (sent,) = await rich.say("Gửi báo cáo?", choices=CHOICES, choices_key="k7")
    (edited,) = await rich.say("Đã gửi", replaces=sent.message_id)
    assert edited.message_id == sent.message_id
    (shown,) = rich.platform.screen()
    assert (shown.text, shown.labels) == ("Đã gửi", ())


async def test_an_edit_that_changes_nothing_succeeds(rich: Conversation) -> None:
    (sent,) = await rich.say("Đã gửi")
    (edited,) = await rich.say("Đã gửi", replaces=sent.message_id)
    assert edited.message_id == sent.message_id


async def test_an_edit_of_a_message_that_is_not_there_is_sent_anew(lan: Conversation) -> None:
    (sent,) = await lan.say("Đã gửi", replaces="4711")
    assert [message.message_id for message in lan.platform.screen()] == [sent.message_id]


async def test_a_tidying_edit_takes_only_the_choices_away(rich: Conversation) -> None:
    (sent,) = await rich.say("Gửi báo cáo?", choices=CHOICES, choices_key="k7")
    await rich.say("", replaces=sent.message_id, only_if_editable=True)
    (shown,) = rich.platform.screen()
    assert (shown.text, shown.labels) == ("Gửi báo cáo?", ())


async def test_a_tidying_edit_of_a_message_that_is_not_there_does_nothing(lan: Conversation) -> None:
    sent = await lan.say("Hết hạn", replaces="4711", only_if_editable=True)
    assert not any(each.message_id for each in sent)
    assert not lan.platform.screen()


async def test_a_message_can_be_taken_out_of_the_chat_and_is_gone_though_it_is_asked_twice(rich: Conversation) -> None:
    (secret,) = await rich.say("🔒 Ra đề Toán", attachments=(FILE,), files={7: CONTENT})
    (other,) = await rich.say("Chào thầy/cô")
    for _ in range(2):
        (done,) = await rich.say("đã ẩn", deletes=secret.message_id)
        assert done.message_id == ""
    assert [message.message_id for message in rich.platform.screen()] == [other.message_id]


async def test_a_file_arrives_byte_for_byte_with_its_caption(rich: Conversation) -> None:
    (sent,) = await rich.say("<b>Tổng hợp</b> tháng 11", attachments=(FILE,), files={7: CONTENT})
    (shown,) = rich.platform.screen()
    assert (shown.message_id, shown.text, shown.bold) == (sent.message_id, "Tổng hợp tháng 11", ("Tổng hợp",))
    assert shown.file == CONTENT.data


async def test_a_file_is_sent_again_by_its_reference(rich: Conversation) -> None:
    (sent,) = await rich.say(attachments=(FILE,), files={7: CONTENT})
    by_reference = FileContent(b"", FILE.name, FILE.mime, sent.file_references[7])
    await rich.say(attachments=(FILE,), files={7: by_reference})
    assert [message.file for message in rich.platform.screen()] == [CONTENT.data, CONTENT.data]


async def test_a_reference_that_is_refused_gives_way_to_the_bytes(rich: Conversation) -> None:
    stale = FileContent(CONTENT.data, FILE.name, FILE.mime, "stale")
    (sent,) = await rich.say(attachments=(FILE,), files={7: stale})
    assert rich.platform.screen()[0].file == CONTENT.data
    assert sent.file_references[7] != "stale"


async def test_a_picture_arrives_byte_for_byte(rich: Conversation) -> None:
    photo = Attachment(stored_id=8, name="anh.png", mime="image/png", as_photo=True)
    await rich.say(attachments=(photo,), files={8: FileContent(picture(), "anh.png", "image/png")})
    assert rich.platform.screen()[0].file == picture()


async def test_a_photo_that_is_no_picture_arrives_as_a_file(rich: Conversation) -> None:
    photo = FILE.model_copy(update={"as_photo": True})
    await rich.say(attachments=(photo,), files={7: CONTENT})
    assert rich.platform.screen()[0].file == CONTENT.data


@pytest.mark.parametrize("size", [(1080, 8_921), (40, 801)], ids=["too large", "too narrow"])
async def test_a_picture_that_cannot_be_a_photo_arrives_as_a_file(rich: Conversation, size: tuple[int, int]) -> None:
    photo = Attachment(stored_id=8, name="anh.png", mime="image/png", as_photo=True)
    tall = picture(*size)
    await rich.say("Tổng hợp", attachments=(photo,), files={8: FileContent(tall, "anh.png", "image/png")})
    (shown,) = rich.platform.screen()
    assert (shown.text, shown.file) == ("Tổng hợp", tall)


async def test_the_words_under_a_file_can_be_edited(rich: Conversation) -> None:
    (sent,) = await rich.say("Bản nháp", attachments=(FILE,), files={7: CONTENT}, choices=CHOICES, choices_key="k")
    (edited,) = await rich.say("Đã duyệt", replaces=sent.message_id)
    (shown,) = rich.platform.screen()
    assert edited.message_id == sent.message_id
    assert (shown.text, shown.labels, shown.file) == ("Đã duyệt", (), CONTENT.data)


async def test_a_file_that_is_missing_is_rejected(lan: Conversation) -> None:
    with pytest.raises(Rejected):
        await lan.say(attachments=(FILE,))


async def test_a_file_that_came_along_is_fetched_byte_for_byte(rich: Conversation) -> None:
    await rich.platform.send_file(CONTENT.data, "kế hoạch.pdf")
    (incoming,) = await rich.hear()
    (file,) = incoming.files
    assert (file.kind, file.name, file.mime, file.size) == (
        "document",
        "kế hoạch.pdf",
        "application/pdf",
        len(CONTENT.data),
    )
    assert (await rich.channel.fetch(file.reference)).data == CONTENT.data


async def test_a_file_over_the_limit_is_refused(lan: Conversation) -> None:
    await lan.platform.send_file(bytes(lan.channel.capabilities.download_limit + 1), "lon.pdf")
    (incoming,) = await lan.hear()
    with pytest.raises(FileRefused) as caught:
        await lan.channel.fetch(incoming.files[0].reference)
    assert caught.value.facts == {"reason": "too_big"}


async def test_a_file_that_is_not_there_is_refused(lan: Conversation) -> None:
    with pytest.raises(FileRefused) as caught:
        await lan.channel.fetch("unknown")
    assert caught.value.facts == {"reason": "unavailable"}


async def test_a_menu_is_shown_and_taken_away(rich: Conversation) -> None:
    await rich.say("Chào thầy/cô", menu=(("Báo cáo", "Của tôi"), ("Trợ giúp",)))
    assert rich.platform.menu() == ["Báo cáo", "Của tôi", "Trợ giúp"]
    await rich.say("Tạm biệt", menu=())
    assert rich.platform.menu() == []


async def test_commands_are_set_for_all_and_for_one_chat(rich: Conversation) -> None:
    await rich.channel.set_default_commands([Command(name="start", description="Bắt đầu")])
    assert rich.platform.commands() == ["start"]
    (sent,) = await rich.say("", commands=(Command(name="toi", description="Của tôi"),))
    assert sent.message_id == ""
    assert rich.platform.commands() == ["toi"]


async def test_somebody_who_blocks_the_bot_is_unreachable(rich: Conversation) -> None:
    await rich.platform.block()
    (incoming,) = await rich.hear()
    assert incoming.event is ChatEvent.BLOCKED
    with pytest.raises(Unreachable):
        await rich.say("Chào thầy/cô")


async def test_the_limit_of_the_platform_says_how_long_to_wait(lan: Conversation) -> None:
    lan.platform.refuse_next(retry_after=3)
    with pytest.raises(RateLimited) as caught:
        await lan.say("Chào thầy/cô")
    assert caught.value.retry_after >= 3
    assert not lan.platform.screen()


async def test_a_message_that_was_not_taken_can_be_sent_again(lan: Conversation) -> None:
    lan.platform.break_next()
    with pytest.raises(NotSent):
        await lan.say("Chào thầy/cô")
    await lan.say("Chào thầy/cô")
    assert len(lan.platform.screen()) == 1


async def test_a_message_whose_answer_is_lost_may_have_arrived(lan: Conversation) -> None:
    lan.platform.lose_answer()
    with pytest.raises(Unsure):
        await lan.say("Chào thầy/cô")
    assert len(lan.platform.screen()) == 1


@pytest.mark.parametrize("text", ["", "   ", "a" * 4097])
async def test_a_text_that_the_platform_cannot_show_is_rejected(lan: Conversation, text: str) -> None:
    with pytest.raises(Rejected):
        await lan.channel.send(Outgoing(chat=lan.platform.chat, text=text), files={})


async def test_what_is_no_update_is_a_value_error(lan: Conversation) -> None:
    for raw in ({}, {"update": "x"}, {"update_id": None}):
        with pytest.raises(ValueError):  # noqa: PT011 -- the contract promises no more than the type
            lan.channel.external_id(raw)
        with pytest.raises(ValueError):  # noqa: PT011 -- the same
            lan.channel.read(raw)

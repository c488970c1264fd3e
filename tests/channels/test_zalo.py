"""What Zalo's channel makes of what Zalo lacks, of its errors, and of the shapes its updates come in."""

from __future__ import annotations

import json
import logging
from typing import Any, cast

import pytest

from bot.channels.base import (
    ChannelDown,
    ChannelError,
    FileContent,
    FileRefused,
    NotSent,
    RateLimited,
    Rejected,
    Unreachable,
    Unsure,
)
from bot.channels.zalo_calls import IdlePoll, read_answer
from bot.channels.zalo_reading import read_update, without_name
from bot.domain.messages import Attachment, Choice, ChoiceList, Incoming
from bot.domain.vocabulary import ChatKind
from tests.channels.platforms import Conversation
from tests.channels.zalo_platform import ZaloPlatform

CHOICES = ChoiceList(
    rows=((Choice(label="✅ Gửi", action="a"),), (Choice(label="‹ Quay lại", action="b", numbered=False),))
)
PICTURE = Attachment(stored_id=8, name="bieu-do.png", mime="image/png", as_photo=True)
SHEET = Attachment(stored_id=9, name="tong-hop.xlsx", mime="application/vnd.ms-excel")
SAID: dict[str, Any] = {
    "event_name": "message.text.received",
    "message": {
        "from": {"id": "6ede", "display_name": "Ted", "is_bot": False},
        "chat": {"id": "6ede", "chat_type": "PRIVATE"},
        "text": "Xin chào",
        "message_id": "2d75",
        "date": 1750316131602,
    },
}


def platform(zalo: Conversation) -> ZaloPlatform:
    """The platform behind the conversation."""
    return cast(ZaloPlatform, zalo.platform)


def read(event: str = "message.text.received", /, **message: object) -> Incoming | None:
    """An update with some fields of its message changed."""
    changed = {"event_name": event, "message": {**SAID["message"], **message}}
    return read_update(changed, bot_names=("Bot Mạng lưới",))


async def test_choices_become_numbered_lines_and_ways_around_become_words(zalo: Conversation) -> None:
    await zalo.say("Gửi báo cáo?", choices=CHOICES, choices_key="k")
    assert zalo.platform.screen()[0].text == "Gửi báo cáo?\n1. ✅ Gửi\nHoặc nhắn: “Quay lại”."


async def test_a_number_is_heard_as_the_text_it_is(zalo: Conversation) -> None:
    await zalo.say("Gửi báo cáo?", choices=CHOICES, choices_key="k")
    await zalo.platform.press("Gửi")
    (incoming,) = await zalo.hear()
    assert (incoming.text, incoming.press) == ("1", None)


async def test_a_message_is_dated_by_the_clock_that_dates_what_people_write(zalo: Conversation) -> None:
    (sent,) = await zalo.say("Chào thầy/cô")
    await zalo.platform.say("Chào em")
    (incoming,) = await zalo.hear()
    assert sent.at == incoming.at


async def test_an_edit_is_a_new_message_and_one_that_only_tidies_is_dropped(zalo: Conversation) -> None:
    await zalo.say("Đã gửi", replaces="41")
    assert await zalo.say("Đã gửi", replaces="41", only_if_editable=True) == []
    assert [shown.text for shown in zalo.platform.screen()] == ["Đã gửi"]


async def test_nothing_can_be_taken_out_of_a_chat(zalo: Conversation) -> None:
    await zalo.say("Ra đề Toán")
    assert await zalo.say("đã ẩn", deletes="41") == []
    assert [shown.text for shown in zalo.platform.screen()] == ["Ra đề Toán"]


async def test_a_document_becomes_a_link(zalo: Conversation) -> None:
    platform(zalo).links[9] = "https://to.vn/files/9-1-abc"
    await zalo.say("Tổng hợp", attachments=(SHEET,), files={9: FileContent(b"PK", SHEET.name, SHEET.mime)})
    (shown,) = zalo.platform.screen()
    assert shown.text.startswith("Tổng hợp\n📎 tong-hop.xlsx")
    assert shown.text.endswith("https://to.vn/files/9-1-abc")


async def test_documents_that_go_together_are_one_message_with_a_link_to_each(zalo: Conversation) -> None:
    word = Attachment(stored_id=10, name="tong-hop.docx", mime="application/msword")
    platform(zalo).links |= {9: "https://to.vn/files/9-1-abc", 10: "https://to.vn/files/10-1-def"}
    files = {each.stored_id: FileContent(b"PK", each.name, each.mime) for each in (SHEET, word)}
    await zalo.say("Tổng hợp", attachments=(SHEET, word), files=files)
    (shown,) = zalo.platform.screen()
    assert [line for line in shown.text.splitlines() if "📎" in line] == ["📎 tong-hop.xlsx", "📎 tong-hop.docx"]
    assert shown.text.count("https://to.vn/files/") == 2


async def test_a_document_without_a_public_address_says_how_to_get_it(zalo: Conversation) -> None:
    await zalo.say(attachments=(SHEET,), files={9: FileContent(b"PK", SHEET.name, SHEET.mime)})
    assert "Telegram" in zalo.platform.screen()[0].text


async def test_a_picture_is_shown_and_linked(zalo: Conversation) -> None:
    world = platform(zalo).world
    platform(zalo).links[8] = address = world.keep_media(b"\x89PNG picture", "image/png")
    await zalo.say("Bản đồ", attachments=(PICTURE,), files={8: FileContent(b"\x89PNG", PICTURE.name, PICTURE.mime)})
    (shown,) = zalo.platform.screen()
    assert shown.file == b"\x89PNG picture"
    assert address in shown.text


async def test_a_picture_that_zalo_cannot_fetch_is_linked_only(zalo: Conversation) -> None:
    platform(zalo).links[8] = "http://127.0.0.1:9/files/8"
    await zalo.say(attachments=(PICTURE,), files={8: FileContent(b"\x89PNG", PICTURE.name, PICTURE.mime)})
    (shown,) = zalo.platform.screen()
    assert (shown.file, shown.text.endswith("http://127.0.0.1:9/files/8")) == (None, True)


async def test_somebody_who_blocked_the_bot_is_unreachable(zalo: Conversation) -> None:
    await zalo.platform.block()
    with pytest.raises(Unreachable):
        await zalo.say("Chào thầy/cô")


async def test_a_used_up_quota_is_a_limit_on_the_whole_bot(zalo: Conversation) -> None:
    platform(zalo).world.switches.message_quota = 1
    await zalo.say("một")
    with pytest.raises(RateLimited) as caught:
        await zalo.say("hai")
    assert caught.value.whole_bot


async def test_a_poll_survives_hammering_and_bad_gateways(zalo: Conversation) -> None:
    world = platform(zalo).world
    world.fail_next(method="getUpdates", status=429, body="<html>429</html>", html=True)
    world.fail_next(method="getUpdates", status=502, body="<html>502</html>", html=True)
    for expected in (RateLimited, NotSent):
        with pytest.raises(expected):
            await zalo.hear(wait=0)
    await zalo.platform.say("Còn đây")
    assert [incoming.text for incoming in await zalo.hear()] == ["Còn đây"]


@pytest.mark.parametrize("wrapped", [True, False])
@pytest.mark.parametrize("field", ["photo_url", "photo"])
async def test_a_picture_is_heard_and_fetched_in_every_shape(zalo: Conversation, wrapped: bool, field: str) -> None:
    switches = platform(zalo).world.switches
    switches.wrapped, switches.photo_field = wrapped, field
    await platform(zalo).phone.send_photo(b"\xff\xd8\xff picture", caption="Tiết Toán 4A")
    (incoming,) = await zalo.hear()
    assert (incoming.text, incoming.files[0].kind) == ("Tiết Toán 4A", "photo")
    fetched = await zalo.channel.fetch(incoming.files[0].reference)
    assert (fetched.data, fetched.mime) == (b"\xff\xd8\xff picture", "image/jpeg")


async def test_a_picture_whose_link_has_expired_is_refused(zalo: Conversation) -> None:
    with pytest.raises(FileRefused):
        await zalo.channel.fetch(f"{platform(zalo).playground.url}/media/gone")


async def test_what_zalo_does_not_hand_on_is_a_file_that_cannot_be_had(zalo: Conversation) -> None:
    await platform(zalo).phone.send_file()
    (incoming,) = await zalo.hear()
    assert incoming.files[0].kind == "other"
    with pytest.raises(FileRefused):
        await zalo.channel.fetch(incoming.files[0].reference)


async def test_a_mention_in_a_group_is_heard_without_the_name(zalo: Conversation) -> None:
    await zalo.channel.open()
    phone = platform(zalo).phone
    group = phone.create_group("Tổ mạng lưới")
    await phone.send("chuyện riêng", chat=group)
    await phone.send("/noinhom", chat=group, mention=True)
    (incoming,) = await zalo.hear()
    assert (incoming.text, incoming.chat.kind, incoming.chat.chat_id) == ("/noinhom", ChatKind.GROUP, group.id)


async def test_a_refused_token_takes_the_channel_down(zalo: Conversation) -> None:
    platform(zalo).world.token = "another"
    with pytest.raises(ChannelDown):
        await zalo.channel.open()


async def test_the_token_is_in_no_log(zalo: Conversation, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    await zalo.say("một")
    zalo.platform.lose_answer()
    with pytest.raises(Unsure) as caught:
        await zalo.say("hai")
    assert platform(zalo).world.token not in caplog.text + repr(caught.value) + repr(caught.value.__cause__)


def answer(code: object, words: str = "no", field: str = "error_code") -> bytes:
    """An error in Zalo's envelope."""
    return json.dumps({"ok": False, "description": words, field: code}).encode()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (answer(400, "text is empty"), Rejected),
        (answer("400", "chat not found", "errorCode"), Unreachable),
        (answer(401), ChannelDown),
        (answer(403, "internal"), NotSent),
        (answer(404, "Not Found: user not found"), Unreachable),
        (answer(408), IdlePoll),
        (answer("429", field="errorCode"), RateLimited),
        (answer(500), NotSent),
        (b"<html>", Unsure),
    ],
)
def test_errors_in_an_answer_of_200_are_understood(body: bytes, expected: type[Exception]) -> None:
    with pytest.raises(expected):
        read_answer(200, body)


@pytest.mark.parametrize(("status", "expected"), [(429, RateLimited), (502, NotSent), (503, NotSent), (504, Unsure)])
def test_pages_of_gateways_are_understood(status: int, expected: type[ChannelError]) -> None:
    with pytest.raises(expected):
        read_answer(status, b"<html><h1>nginx</h1></html>")


def test_a_success_may_carry_an_error_code_of_zero() -> None:
    assert read_answer(200, b'{"ok":true,"result":{"id":"1"},"error_code":0}') == {"id": "1"}


def test_flat_and_wrapped_updates_say_the_same() -> None:
    wrapped = {"ok": True, "result": SAID}
    assert read_update(SAID, bot_names=()) == read_update(wrapped, bot_names=())


def test_a_spoken_message_is_a_voice_file() -> None:
    incoming = read("message.voice.received", text=None, voice_url="https://z.vn/a.aac")
    assert incoming is not None
    assert (incoming.files[0].kind, incoming.files[0].mime) == ("voice", "audio/aac")


def test_what_a_bot_says_is_not_heard() -> None:
    assert read(**{"from": {"id": "1", "is_bot": True}}) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("@Bot Mạng lưới /tonghop", "/tonghop"),
        ("@bot mạng lưới: 2", "2"),
        ("@Bot Mạng lướiX 2", "@Bot Mạng lướiX 2"),
        ("chào @Bot Mạng lưới", "chào @Bot Mạng lưới"),
    ],
)
def test_the_name_before_the_words_is_dropped(text: str, words: str) -> None:
    assert without_name(text, ("bot.mangluoi", "Bot Mạng lưới")) == words

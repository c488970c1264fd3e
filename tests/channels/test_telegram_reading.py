from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram_addressing import KnownBot
from bot.channels.telegram_reading import UpdateReader, external_id
from bot.domain.messages import ChatEvent, Incoming
from bot.domain.vocabulary import ChatKind

BOT_ID = 4839574812
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
LAN = {"id": 501, "is_bot": False, "first_name": "Lan", "last_name": "Nguyễn", "language_code": "vi"}
THE_BOT = {"id": BOT_ID, "is_bot": True, "first_name": "Mạng lưới", "username": "MangLuoiBot"}
PRIVATE = {"id": 501, "first_name": "Lan", "last_name": "Nguyễn", "type": "private"}
GROUP = {"id": -4001, "title": "Tổ mạng lưới", "type": "group", "all_members_are_administrators": True}
SUPERGROUP = {"id": -1001234567890, "title": "Tổ mạng lưới", "type": "supergroup"}

reader = UpdateReader(KnownBot(BOT_ID, "MangLuoiBot"), lambda: NOW)
unopened = UpdateReader(KnownBot(BOT_ID), lambda: NOW)


def message(chat: dict[str, Any] = PRIVATE, **fields: Any) -> dict[str, Any]:
    """An update with a message from Lan."""
    content = {"message_id": 42, "from": LAN, "chat": chat, "date": 1795140000, **fields}
    return {"update_id": 9001, "message": content}


def press(**fields: Any) -> dict[str, Any]:
    """An update with a pressed button under the bot's message."""
    under = {"message_id": 41, "from": THE_BOT, "chat": PRIVATE, "date": 1795139000, "text": "Gửi báo cáo?"}
    query = {"id": "2153", "from": LAN, "message": under, "chat_instance": "-33", "data": "k7:1", **fields}
    return {"update_id": 9002, "callback_query": query}


def membership(kind: str, chat: dict[str, Any], old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """An update about somebody's place in a chat."""
    change = {"chat": chat, "from": LAN, "date": 1795140000, "old_chat_member": old, "new_chat_member": new}
    return {"update_id": 9003, kind: change}


def bot_is(status: str, **fields: Any) -> dict[str, Any]:
    """The bot's place in a chat."""
    return {"user": THE_BOT, "status": status, **fields}


def understood(raw: dict[str, Any], by: UpdateReader = reader) -> Incoming:
    """What is read; the test fails when it is nothing."""
    incoming = by.read(raw)
    assert incoming is not None
    return incoming


def mention(text: str, name: str = "@MangLuoiBot") -> dict[str, Any]:
    """The entity of a name in a text, counted as Telegram counts."""
    offset = len(text[: text.index(name)].encode("utf-16-le")) // 2
    return {"type": "mention", "offset": offset, "length": len(name)}


def test_a_private_text_is_read_with_its_sender_time_and_place() -> None:
    incoming = understood(message(text="Chào em"))
    assert incoming.external_id == "9001"
    assert incoming.chat.key == "telegram:501"
    assert incoming.chat.is_private
    assert incoming.sender is not None
    assert (incoming.sender.user_id, incoming.sender.name) == ("501", "Lan Nguyễn")
    assert incoming.at == datetime.fromtimestamp(1795140000, UTC)
    assert (incoming.text, incoming.message_id, incoming.reply_to) == ("Chào em", "42", "")
    assert incoming.addressed


def test_decomposed_letters_are_composed() -> None:
    text = "dự giờ Toán lớp 4A trường Phú Hòa"
    assert understood(message(text=unicodedata.normalize("NFD", text))).text == text


def test_half_a_character_is_dropped_from_a_text() -> None:
    assert understood(message(text="Chào\ud83d em")).text == "Chào em"


def test_a_start_command_keeps_its_payload() -> None:
    assert understood(message(text="/start ABCD2345")).text == "/start ABCD2345"


@pytest.mark.parametrize("chat", [GROUP, SUPERGROUP])
def test_both_sorts_of_group_are_groups(chat: dict[str, Any]) -> None:
    incoming = understood(message(chat, text="Chào cả tổ"))
    assert incoming.chat.kind is ChatKind.GROUP
    assert incoming.chat.title == "Tổ mạng lưới"
    assert not incoming.addressed


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("/toi", "/toi"),
        ("/toi@MangLuoiBot", "/toi"),
        ("/tonghop@mangluoibot tháng 11", "/tonghop tháng 11"),
    ],
)
def test_a_command_in_a_group_is_for_the_bot_and_loses_its_name(typed: str, text: str) -> None:
    incoming = understood(message(GROUP, text=typed))
    assert (incoming.text, incoming.addressed) == (text, True)


def test_a_command_for_another_bot_passes_by() -> None:
    assert not understood(message(GROUP, text="/toi@BotKhac")).addressed


def test_a_named_command_is_taken_for_ours_until_the_bot_knows_its_name() -> None:
    incoming = understood(message(GROUP, text="/toi@MangLuoiBot"), unopened)
    assert (incoming.text, incoming.addressed) == ("/toi", True)


def test_a_slash_within_a_word_is_no_command() -> None:
    assert not understood(message(GROUP, text="/giờ học sáng mai")).addressed
    assert not understood(message(GROUP, text="lớp 4/2")).addressed


def test_a_forwarded_command_in_a_group_passes_by() -> None:
    origin = {"type": "user", "date": 1, "sender_user": LAN}
    assert not understood(message(GROUP, text="/toi", forward_origin=origin)).addressed


def test_a_mention_in_a_group_is_for_the_bot() -> None:
    text = "😀 nhờ @MangLuoiBot tổng hợp"
    incoming = understood(message(GROUP, text=text, entities=[mention(text)]))
    assert (incoming.text, incoming.addressed) == (text, True)


def test_a_mention_at_the_beginning_is_dropped_from_the_words() -> None:
    text = "@mangluoibot, tổng hợp tháng 11"
    incoming = understood(message(GROUP, text=text, entities=[mention(text, "@mangluoibot")]))
    assert (incoming.text, incoming.addressed) == ("tổng hợp tháng 11", True)


def test_a_mention_of_somebody_else_passes_by() -> None:
    text = "@MangLuoiBot2 giúp với"
    incoming = understood(message(GROUP, text=text, entities=[mention(text, "@MangLuoiBot2")]))
    assert (incoming.text, incoming.addressed) == (text, False)


def test_a_mention_by_link_is_for_the_bot() -> None:
    entity = {"type": "text_mention", "offset": 0, "length": 9, "user": THE_BOT}
    assert understood(message(GROUP, text="Mạng lưới ơi", entities=[entity])).addressed


def test_a_mention_in_a_caption_counts() -> None:
    caption = "@MangLuoiBot ảnh tiết dạy"
    photo = [{"file_id": "A", "file_unique_id": "a", "width": 90, "height": 60}]
    raw = message(GROUP, caption=caption, caption_entities=[mention(caption)], photo=photo)
    assert understood(raw).addressed


@pytest.mark.parametrize(("author", "addressed"), [(THE_BOT, True), (LAN, False)])
def test_a_reply_in_a_group_is_for_the_bot_when_it_answers_the_bot(author: dict[str, Any], addressed: bool) -> None:
    reply = {"message_id": 40, "from": author, "chat": GROUP, "date": 1, "text": "?"}
    incoming = understood(message(GROUP, text="Vâng", reply_to_message=reply), unopened)
    assert (incoming.addressed, incoming.reply_to) == (addressed, "40")


def test_a_message_in_a_topic_that_the_bot_opened_answers_nobody() -> None:
    opening = {"message_id": 3, "from": THE_BOT, "chat": SUPERGROUP, "date": 1, "forum_topic_created": {"name": "x"}}
    incoming = understood(message(SUPERGROUP, text="Chào", is_topic_message=True, reply_to_message=opening))
    assert (incoming.addressed, incoming.reply_to) == (False, "")


def test_of_a_photo_the_largest_size_is_taken() -> None:
    sizes = [
        {"file_id": "small", "file_unique_id": "a", "width": 90, "height": 60, "file_size": 1100},
        {"file_id": "large", "file_unique_id": "b", "width": 1280, "height": 853, "file_size": 120000},
        {"file_id": "middle", "file_unique_id": "c", "width": 800, "height": 533, "file_size": 60000},
    ]
    incoming = understood(message(photo=sizes, caption="Tiết Toán 4A", media_group_id="77"))
    assert incoming.text == "Tiết Toán 4A"
    (file,) = incoming.files
    assert (file.reference, file.kind, file.mime, file.size) == ("large", "photo", "image/jpeg", 120000)


def test_a_document_keeps_its_name_and_type() -> None:
    document = {
        "file_id": "BQAC",
        "file_unique_id": "u",
        "file_name": "Danh sách.xlsx",
        "mime_type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "file_size": 9000,
    }
    (file,) = understood(message(document=document)).files
    assert (file.reference, file.kind, file.name, file.size) == ("BQAC", "document", "Danh sách.xlsx", 9000)
    assert file.mime.endswith("spreadsheetml.sheet")


def test_a_voice_message_is_a_voice() -> None:
    voice = {"file_id": "AwAC", "file_unique_id": "v", "duration": 7, "mime_type": "audio/ogg", "file_size": 30000}
    (file,) = understood(message(voice=voice)).files
    assert (file.reference, file.kind, file.mime) == ("AwAC", "voice", "audio/ogg")


def test_an_animation_is_one_other_file_though_it_comes_as_a_document_too() -> None:
    moving = {"file_id": "CgAC", "file_unique_id": "g", "duration": 2, "width": 9, "height": 9}
    (file,) = understood(message(animation=moving, document=moving)).files
    assert (file.reference, file.kind) == ("CgAC", "other")


@pytest.mark.parametrize("kind", ["audio", "video", "video_note", "sticker"])
def test_other_files_are_told_as_other(kind: str) -> None:
    content = {"file_id": "X", "file_unique_id": "x"}
    assert understood(message(**{kind: content})).files[0].kind == "other"


def test_a_location_is_something_said_without_words() -> None:
    incoming = understood(message(location={"latitude": 10.98, "longitude": 106.65}))
    assert (incoming.text, incoming.files) == ("", ())


@pytest.mark.parametrize(
    "service",
    [
        {"new_chat_title": "Tổ 2"},
        {"pinned_message": {"message_id": 1}},
        {"group_chat_created": True},
        {"new_chat_members": [THE_BOT]},
        {"migrate_from_chat_id": -4001},
    ],
)
def test_notices_of_the_platform_say_nothing(service: dict[str, Any]) -> None:
    assert reader.read(message(SUPERGROUP, **service)) is None


def test_a_press_is_read_with_what_the_button_carried() -> None:
    incoming = understood(press())
    assert incoming.press is not None
    assert (incoming.press.data, incoming.press.message_id, incoming.press.callback_id) == ("k7:1", "41", "2153")
    assert incoming.chat.key == "telegram:501"
    assert incoming.sender is not None
    assert incoming.sender.user_id == "501"
    assert incoming.at == NOW
    assert incoming.addressed


def test_a_press_under_a_message_telegram_no_longer_shows_is_read() -> None:
    incoming = understood(press(message={"chat": GROUP, "message_id": 12, "date": 0}))
    assert incoming.press is not None
    assert (incoming.chat.chat_id, incoming.press.message_id) == ("-4001", "12")


def test_a_press_outside_any_chat_is_nothing() -> None:
    raw = press()
    del raw["callback_query"]["message"]
    assert reader.read(raw) is None


@pytest.mark.parametrize(
    ("chat", "old", "new", "event"),
    [
        (GROUP, "left", "member", ChatEvent.BOT_ADDED),
        (SUPERGROUP, "kicked", "administrator", ChatEvent.BOT_ADDED),
        (GROUP, "member", "left", ChatEvent.BOT_REMOVED),
        (SUPERGROUP, "administrator", "kicked", ChatEvent.BOT_REMOVED),
        (PRIVATE, "member", "kicked", ChatEvent.BLOCKED),
        (PRIVATE, "kicked", "member", ChatEvent.UNBLOCKED),
    ],
)
def test_the_bots_coming_and_going_are_events(chat: dict[str, Any], old: str, new: str, event: ChatEvent) -> None:
    incoming = understood(membership("my_chat_member", chat, bot_is(old), bot_is(new)))
    assert incoming.event is event
    assert incoming.sender is not None
    assert incoming.sender.user_id == "501"


def test_a_promotion_of_the_bot_is_nothing() -> None:
    assert reader.read(membership("my_chat_member", GROUP, bot_is("member"), bot_is("administrator"))) is None


def test_a_restricted_bot_is_in_the_group_as_long_as_it_is_a_member() -> None:
    restricted = bot_is("restricted", is_member=False)
    incoming = understood(membership("my_chat_member", SUPERGROUP, bot_is("member"), restricted))
    assert incoming.event is ChatEvent.BOT_REMOVED


def test_the_bots_place_in_a_channel_is_nothing() -> None:
    channel = {"id": -1009, "title": "Kênh", "type": "channel"}
    assert reader.read(membership("my_chat_member", channel, bot_is("left"), bot_is("administrator"))) is None


def test_somebody_who_leaves_is_named_whoever_removed_them() -> None:
    hoa = {"id": 502, "is_bot": False, "first_name": "Hoa"}
    for raw in (
        message(GROUP, left_chat_member=hoa),
        membership("chat_member", GROUP, {"user": hoa, "status": "member"}, {"user": hoa, "status": "kicked"}),
    ):
        incoming = understood(raw)
        assert incoming.event is ChatEvent.MEMBER_LEFT
        assert incoming.sender is not None
        assert incoming.sender.user_id == "502"


def test_the_notice_that_the_bot_left_is_not_told_twice() -> None:
    assert reader.read(message(GROUP, left_chat_member=THE_BOT)) is None


def test_a_group_that_becomes_a_supergroup_tells_its_new_number() -> None:
    incoming = understood(message(GROUP, migrate_to_chat_id=-1001234567890))
    assert incoming.event is ChatEvent.MIGRATED
    assert (incoming.chat.chat_id, incoming.new_chat_id) == ("-4001", "-1001234567890")


@pytest.mark.parametrize("kind", ["edited_message", "channel_post", "edited_channel_post", "poll", "inline_query"])
def test_other_kinds_of_update_are_nothing(kind: str) -> None:
    assert reader.read({"update_id": 1, kind: message(text="Chào")["message"]}) is None


def test_an_anonymous_administrator_has_no_name() -> None:
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    raw = message(SUPERGROUP, text="/toi")
    raw["message"] |= {"from": anonymous, "sender_chat": SUPERGROUP}
    assert understood(raw).sender is None


def test_what_other_bots_say_is_nothing() -> None:
    raw = message(GROUP, text="/toi")
    raw["message"]["from"] = {"id": 5, "is_bot": True, "first_name": "Bot khác"}
    assert reader.read(raw) is None


def test_a_post_forwarded_by_the_linked_channel_is_nothing() -> None:
    assert reader.read(message(SUPERGROUP, text="Tin", is_automatic_forward=True)) is None


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"update_id": "7"},
        {"update_id": True},
        {"update_id": 7, "message": "text"},
        {"update_id": 7, "message": {"message_id": 1}},
        {"update_id": 7, "message": {**message(text="x")["message"], "date": 10**18}},
        press(data="\ud800"),
        message(document={"file_id": "\udc00"}),
        {"update_id": 7, "callback_query": []},
    ],
)
def test_a_malformed_update_is_a_value_error(raw: dict[str, Any]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- the contract promises no more than the type
        reader.read(raw)


@pytest.mark.parametrize("raw", [[], None, "update", 7])
def test_what_is_no_object_has_no_external_id(raw: Any) -> None:
    with pytest.raises(ValueError, match="update_id"):
        external_id(raw)


def read_or_refuse(raw: Any) -> None:
    """Anything but a result or a ValueError fails."""
    try:
        result = reader.read(raw)
    except ValueError:
        return
    assert result is None or Incoming.model_validate_json(result.model_dump_json()) == result


@given(text=st.text(max_size=40), offset=st.integers(), length=st.integers())
@settings(deadline=None)
def test_entities_that_lie_outside_the_text_do_no_harm(text: str, offset: int, length: int) -> None:
    entity = {"type": "mention", "offset": offset, "length": length}
    read_or_refuse(message(GROUP, text=text, entities=[entity]))

"""The two platforms as the page sees them, and what people do there."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import asdict

import pytest

from bot.playground.page.switches import FaultSwitches
from bot.playground.page.telegram_side import TelegramSide
from bot.playground.page.zalo_side import ZaloSide
from bot.playground.telegram import world as telegram
from bot.playground.telegram.chats import Json
from bot.playground.telegram.files import plain_png
from bot.playground.telegram.people import Phone
from bot.playground.zalo import world as zalo

PNG = plain_png(120, 80, 100)


@pytest.fixture
def world() -> telegram.World:
    """A Telegram with nobody in it."""
    return telegram.World()


@pytest.fixture
def side(world: telegram.World) -> TelegramSide:
    """As the page sees it."""
    return TelegramSide(world)


def _messages(side: TelegramSide | ZaloSide, person: str) -> list[Json]:
    return next(chat for chat in side.chats() if chat["key"] == f"{side.name}:{person}")["messages"]


async def test_a_text_stands_in_the_private_chat_and_waits_for_the_bot(
    world: telegram.World, side: TelegramSide
) -> None:
    person = side.add_person("Dung")
    await side.act(person, "send", {"text": "<b>chào</b> /toi"})
    (message,) = _messages(side, person)
    assert message["text"] == "<b>chào</b> /toi"
    assert [entity["type"] for entity in message["entities"]] == ["bot_command"]
    assert len(world.updates.pending) == 1


async def test_a_press_is_made_by_the_place_of_the_button(world: telegram.World, side: TelegramSide) -> None:
    person = side.add_person("Dung")
    await side.act(person, "send", {"text": "chào"})
    rows = [[{"text": "Trang", "url": "https://example.org"}, {"text": "Gửi", "callback_data": "k:0"}]]
    chat = world.chats[int(person)]
    sent = world.post(chat, world.bot, {"text": "?"}, markup={"inline_keyboard": rows})
    shown = _messages(side, person)[-1]["buttons"]
    assert shown == [[{"label": "Trang", "url": "https://example.org"}, {"label": "Gửi"}]]
    await side.act(person, "press", {"message_id": sent.id, "index": 1})
    assert [press.data for press in world.presses.made.values()] == ["k:0"]
    for index in (0, 2, -1):  # a link, and buttons that are not there
        with pytest.raises(LookupError):
            await side.act(person, "press", {"message_id": sent.id, "index": index})


def test_a_button_that_leads_to_something_else_than_the_web_is_no_link(
    world: telegram.World, side: TelegramSide
) -> None:
    person = side.add_person("Dung")
    chat = world.private_chat(world.accounts[int(person)])
    markup = {"inline_keyboard": [[{"text": "x", "url": "javascript:alert(1)"}]]}
    world.post(chat, world.bot, {"text": "?"}, markup=markup)
    assert _messages(side, person)[-1]["buttons"] == [[{"label": "x"}]]


async def test_photos_and_files_can_be_had_again_byte_for_byte(side: TelegramSide) -> None:
    person = side.add_person("Dung")
    await side.act(person, "photo", {"data": b64encode(PNG).decode()})
    await side.act(person, "document", {"data": b64encode(b"abc").decode(), "name": "a.txt", "mime": "text/plain"})
    photo, document = _messages(side, person)
    assert side.file(photo["photo"]["name"]).data == PNG
    found = side.file(document["file"]["name"])
    assert (found.data, found.name) == (b"abc", "a.txt")
    with pytest.raises(LookupError):
        side.file("nothing")


@pytest.mark.parametrize("act", ["create-group", "promote", "delete-account", "vote", "nothing"])
async def test_the_page_offers_no_more_than_a_phone_needs(side: TelegramSide, act: str) -> None:
    person = side.add_person("Dung")
    with pytest.raises(LookupError):
        await side.act(person, act, {"title": "x"})


async def test_nobody_writes_into_a_group_they_are_not_in(world: telegram.World, side: TelegramSide) -> None:
    person, other = side.add_person("Dung"), side.add_person("Khách")
    group = Phone(world, world.accounts[int(person)]).create_group("Tổ")
    with pytest.raises(ValueError, match="no longer a member"):
        await side.act(other, "send", {"text": "x", "chat": f"telegram:{group.id}"})


async def test_zalo_shows_bold_and_links_and_pictures_without_buttons() -> None:
    world = zalo.World()
    side = ZaloSide(world)
    person = side.add_person("Phượng")
    await side.act(person, "photo", {"data": b64encode(PNG).decode()})
    chat = world.chats[person]
    sent = world.put(chat, world.bot, {"text": ""}, plain="Xem 👍 kỹ https://example.org/a. Rồi", photo=None)
    sent.bold = ("kỹ",)
    picture, message = _messages(side, person)
    assert side.file(picture["photo"]["name"]).data == PNG
    assert [(each["type"], each["offset"], each["length"]) for each in message["entities"]] == [
        ("bold", 7, 2),
        ("url", 10, 21),
    ]
    assert message["buttons"] == []


async def test_whoever_blocks_on_zalo_can_let_the_bot_write_again() -> None:
    side = ZaloSide(zalo.World())
    person = side.add_person("Phượng")
    await side.act(person, "block", {})
    assert side.is_blocked(person)
    await side.act(person, "unblock", {})
    assert not side.is_blocked(person)


def test_a_fault_stays_until_it_is_switched_off(world: telegram.World) -> None:
    switches = FaultSwitches(world.faults)
    switches.turn("busy", on=True)
    switches.turn("busy", on=True)
    assert [world.faults.take(method="sendmessage", chat_id="1") is not None for _ in range(5)] == [True] * 5
    switches.turn("busy", on=False)
    assert world.faults.take(method="sendmessage", chat_id="1") is None
    assert switches.state == {"slow": False, "busy": False, "broken": False}
    with pytest.raises(LookupError):
        switches.turn("earthquake", on=True)


def test_every_switch_of_zalo_changes_the_world_and_can_be_taken_back() -> None:
    world = zalo.World()
    switches, before = ZaloSide(world).switches(), asdict(world.switches)
    for name in switches.state:
        switches.turn(name, on=True)
        assert switches.state[name]
    assert [name for name, value in asdict(world.switches).items() if value == before[name]] == ["https_only"]
    assert len(world.faults.waiting) == 4
    for name in switches.state:
        switches.turn(name, on=False)
    assert (asdict(world.switches), world.faults.waiting) == (before, [])
    with pytest.raises(LookupError):
        switches.turn("earthquake", on=True)


async def test_in_a_zalo_group_the_bot_hears_who_names_it_or_replies_to_it() -> None:
    world = zalo.World()
    side = ZaloSide(world)
    person = side.add_person("Phượng")
    group = world.add_group("Tổ", [world.accounts[person]])
    chat = f"zalo:{group.id}"
    shown = next(each for each in side.chats() if each["key"] == chat)
    asked = world.put(group, world.bot, {"text": ""}, plain="1. Tham dự")
    await side.act(person, "send", {"text": "chuyện riêng", "chat": chat})
    assert len(world.updates) == 0
    await side.act(person, "send", {"text": f"{shown['mention']}1", "chat": chat})
    await side.act(person, "send", {"text": "1", "chat": chat, "reply_to": asked.id})
    assert len(world.updates) == 2

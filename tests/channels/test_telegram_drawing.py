from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest

from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_drawing import draw_keyboard
from bot.domain.messages import Chat, Choice, ChoiceList, Outgoing
from bot.domain.vocabulary import ChannelName

if TYPE_CHECKING:
    from tests.channels.conftest import ScriptedServer

CHAT = Chat(channel=ChannelName.TELEGRAM, chat_id="501")
LINK = Choice(label="Trang", action="", url="https://example.vn")
ROWS = (
    (Choice(label="Gửi", action="send"), Choice(label="Sửa", action="change")),
    (LINK, Choice(label="Bỏ", action="drop")),
)


def saying(**fields: object) -> Outgoing:
    """A message to Lan."""
    return Outgoing.model_validate({"chat": CHAT, "text": "<b>Gửi</b> 😀 <i>báo cáo</i>?", **fields})


def drawn(part: Outgoing) -> dict[str, Any]:
    keyboard = draw_keyboard(part)
    assert keyboard is not None
    return keyboard.to_dict()


async def parameters(server: ScriptedServer, channel: TelegramChannel, part: Outgoing) -> dict[str, str]:
    """What a call carried, as Telegram gets it."""
    message = {"message_id": 78, "date": 1, "chat": {"id": 501, "type": "private"}, "text": "Gửi"}
    server.will_return(message)
    await channel.send(part, files={})
    return {name: values[0] for name, values in parse_qs(server.calls[-1][1].decode()).items()}


def test_buttons_carry_the_key_and_the_number_in_reading_order() -> None:
    rows = drawn(saying(choices=ChoiceList(rows=ROWS), choices_key="k7"))["inline_keyboard"]
    assert [[button.get("callback_data") for button in row] for row in rows] == [["k7:0", "k7:1"], [None, "k7:3"]]
    assert rows[1][0] == {"text": "Trang", "url": "https://example.vn"}


def test_a_menu_stays_and_is_only_as_tall_as_it_must_be() -> None:
    keyboard = drawn(saying(menu=(("Báo cáo", "Của tôi"),)))
    assert [[button["text"] for button in row] for row in keyboard["keyboard"]] == [["Báo cáo", "Của tôi"]]
    assert (keyboard["is_persistent"], keyboard["resize_keyboard"]) == (True, True)


def test_an_empty_menu_takes_the_menu_away() -> None:
    assert drawn(saying(menu=())) == {"remove_keyboard": True}


def test_choices_go_before_a_menu_as_a_message_carries_only_one() -> None:
    assert "inline_keyboard" in drawn(saying(menu=(("Báo cáo",),), choices=ChoiceList(rows=ROWS)))


@pytest.mark.parametrize("replaces", ["", "77"])
async def test_text_travels_with_entities_and_without_previews(
    server: ScriptedServer, channel: TelegramChannel, replaces: str
) -> None:
    carried = await parameters(server, channel, saying(replaces=replaces))
    assert carried["text"] == "Gửi 😀 báo cáo?"
    assert json.loads(carried["entities"]) == [
        {"type": "bold", "offset": 0, "length": 3},
        {"type": "italic", "offset": 7, "length": 7},
    ]
    assert json.loads(carried["link_preview_options"]) == {"is_disabled": True}
    assert "parse_mode" not in carried


async def test_an_edit_without_choices_carries_no_keyboard(server: ScriptedServer, channel: TelegramChannel) -> None:
    assert "reply_markup" not in await parameters(server, channel, saying(replaces="77"))

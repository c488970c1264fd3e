"""Reply markup that is refused, and what each kind does."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from bot.playground.telegram.people import Phone


def inline(*buttons: object) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


@pytest.mark.parametrize(
    ("markup", "description"),
    [
        ("{", "can't parse reply keyboard markup JSON object"),
        ("[]", "object expected as reply markup"),
        ({"keyboard": ["A"]}, 'field "keyboard" must be an Array of Arrays'),
        (
            {"inline_keyboard": [{"text": "A"}]},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        (inline("A"), "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
        (inline({"callback_data": "a"}), "can't parse inline keyboard button: Can't find field \"text\""),
        (
            inline({"text": "A"}),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (inline({"text": " ", "callback_data": "a"}), "inline keyboard button text must be non-empty"),
        (inline({"text": "A", "callback_data": "x" * 65}), "BUTTON_DATA_INVALID"),
        (
            inline({"text": "A", "url": "http://localhost"}),
            "inline keyboard button URL 'http://localhost' is invalid: Wrong HTTP URL",
        ),
        (inline(*({"text": "A", "callback_data": str(n)} for n in range(101))), "reply markup is too long"),
        ({"keyboard": [[{"text": ""}]]}, "keyboard button text must be non-empty"),
    ],
)
async def test_bad_markup_is_refused_and_nothing_is_sent(
    http: httpx.AsyncClient, lan: Phone, markup: object, description: str
) -> None:
    text = markup if isinstance(markup, str) else json.dumps(markup)

    answer = await http.post("/sendMessage", data={"chat_id": lan.person.id, "text": "?", "reply_markup": text})

    assert answer.json()["description"] == f"Bad Request: {description}"
    assert lan.received() == []


async def test_an_empty_inline_keyboard_is_none(http: httpx.AsyncClient, lan: Phone) -> None:
    answer = await http.post(
        "/sendMessage", json={"chat_id": lan.person.id, "text": "?", "reply_markup": {"inline_keyboard": []}}
    )

    assert "reply_markup" not in answer.json()["result"]


async def test_a_link_opens_and_calls_nothing_back(http: httpx.AsyncClient, lan: Phone) -> None:
    markup = inline({"text": "Mở", "url": "https://vi.du/"})
    await http.post("/sendMessage", json={"chat_id": lan.person.id, "text": "?", "reply_markup": markup})

    with pytest.raises(LookupError, match="opens a link"):
        lan.press("Mở")


async def test_a_keyboard_for_some_is_seen_by_them_alone(http: httpx.AsyncClient, lan: Phone) -> None:
    hoa = Phone(lan.world, lan.world.add_person("Hoa", username="co_hoa"))
    team = lan.create_group("Tổ", members=[hoa])
    markup = {"keyboard": [["Có mặt"]], "selective": True}

    await http.post("/sendMessage", json={"chat_id": team.id, "text": "@co_hoa điểm danh", "reply_markup": markup})

    assert (hoa.keyboard(team), lan.keyboard(team)) == (["Có mặt"], [])


async def test_an_edit_takes_inline_keyboards_only(http: httpx.AsyncClient, lan: Phone) -> None:
    sent = (await http.post("/sendMessage", json={"chat_id": lan.person.id, "text": "?"})).json()["result"]

    answer = await http.post(
        "/editMessageReplyMarkup",
        json={"chat_id": lan.person.id, "message_id": sent["message_id"], "reply_markup": {"keyboard": [["A"]]}},
    )

    assert answer.json()["description"] == "Bad Request: inline keyboard expected"

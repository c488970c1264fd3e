"""The many ways in which a call may be written, and the answers to what is no call."""

from __future__ import annotations

import json
from urllib.parse import quote

import httpx
import pytest

from bot.playground.telegram.files import plain_png
from bot.playground.telegram.people import Phone
from bot.playground.telegram.playground import TelegramPlayground


@pytest.mark.parametrize("way", ["form", "json", "multipart", "query", "get"])
async def test_a_text_that_looks_like_a_number_stays_text(http: httpx.AsyncClient, lan: Phone, way: str) -> None:
    given = {"chat_id": str(lan.person.id), "text": "42"}

    if way == "form":
        await http.post("/sendMessage", data=given)
    elif way == "json":
        await http.post("/sendMessage", json={"chat_id": lan.person.id, "text": "42"})
    elif way == "multipart":
        await http.post("/sendMessage", files={name: (None, value) for name, value in given.items()})
    elif way == "query":
        await http.post("/sendMessage", params=given)
    else:
        await http.get("/sendMessage", params=given)

    assert [message.content for message in lan.received()] == [{"text": "42"}]


@pytest.mark.parametrize("way", ["form", "json"])
async def test_a_keyboard_may_be_json_text_or_an_object(http: httpx.AsyncClient, lan: Phone, way: str) -> None:
    markup = {"inline_keyboard": [[{"text": "Gửi", "callback_data": "s"}]]}
    given: dict[str, object] = {"chat_id": lan.person.id, "text": "?"}

    if way == "form":
        await http.post("/sendMessage", data=given | {"reply_markup": json.dumps(markup)})
    else:
        await http.post("/sendMessage", json=given | {"reply_markup": markup})

    assert lan.press("Gửi").data == "s"


async def test_null_in_json_is_not_given_at_all(http: httpx.AsyncClient, lan: Phone) -> None:
    answer = await http.post("/sendMessage", json={"chat_id": lan.person.id, "text": "a", "parse_mode": None})

    assert answer.json()["result"]["text"] == "a"


async def test_method_names_come_in_any_case(http: httpx.AsyncClient) -> None:
    assert (await http.get("/GETME")).json()["ok"] is True


async def test_an_unknown_method_is_not_found(http: httpx.AsyncClient) -> None:
    answer = await http.get("/makeCoffee")

    assert answer.status_code == 404
    assert answer.json() == {"ok": False, "error_code": 404, "description": "Not Found"}


async def test_a_token_of_another_bot_is_unauthorized(playground: TelegramPlayground) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"{playground.url}/bot987654:{'A' * 35}/getMe")

    assert (answer.status_code, answer.json()["description"]) == (401, "Unauthorized")


async def test_what_is_no_token_is_not_found(playground: TelegramPlayground) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"{playground.url}/botnonsense/getMe")

    assert answer.status_code == 404


async def test_the_colon_of_a_token_may_be_escaped(playground: TelegramPlayground) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"{playground.url}/bot{quote(playground.token, safe='')}/getMe")

    assert answer.status_code == 200


async def test_a_body_that_is_no_json_is_refused(http: httpx.AsyncClient) -> None:
    answer = await http.post("/sendMessage", content=b"{", headers={"content-type": "application/json"})

    assert answer.status_code == 400


async def test_a_part_can_be_attached_by_name(http: httpx.AsyncClient, lan: Phone) -> None:
    answer = await http.post(
        "/sendDocument",
        data={"chat_id": lan.person.id, "document": "attach://it"},
        files={"it": ("kế hoạch.docx", b"bytes")},
    )

    assert answer.json()["result"]["document"]["file_name"] == "kế hoạch.docx"


async def test_an_attachment_that_did_not_come_is_refused(http: httpx.AsyncClient, lan: Phone) -> None:
    answer = await http.post("/sendDocument", data={"chat_id": lan.person.id, "document": "attach://it"})

    assert answer.status_code == 400


async def test_an_album_takes_its_files_from_several_parts(http: httpx.AsyncClient, lan: Phone) -> None:
    media = [{"type": "photo", "media": f"attach://p{n}", "caption": f"ảnh {n}"} for n in (1, 2)]
    files = {f"p{n}": (f"{n}.png", plain_png(200, 100 + n, 9)) for n in (1, 2)}

    answer = await http.post(
        "/sendMediaGroup", data={"chat_id": lan.person.id, "media": json.dumps(media)}, files=files
    )

    sent = answer.json()["result"]
    assert [message["caption"] for message in sent] == ["ảnh 1", "ảnh 2"]
    assert [message["photo"][-1]["height"] for message in sent] == [101, 102]
    assert len({message["media_group_id"] for message in sent}) == 1


async def test_an_upload_over_fifty_megabytes_is_too_large(http: httpx.AsyncClient, lan: Phone) -> None:
    answer = await http.post(
        "/sendDocument",
        data={"chat_id": lan.person.id},
        files={"document": ("big.bin", bytes(52 * 1024 * 1024 + 1))},
    )

    assert (answer.status_code, answer.json()["description"]) == (413, "Request Entity Too Large")


@pytest.mark.parametrize(
    "given",
    [
        {"entities": "[3]"},
        {"entities": '[{"type": "bold", "offset": "x", "length": 1}]'},
        {"entities": '[{"type": "text_link", "offset": 0, "length": 1}]'},
        {"entities": "{"},
        {"reply_parameters": "3"},
        {"link_preview_options": "{"},
        {"parse_mode": "BBCode"},
        {"chat_id": "nobody"},
        {"chat_id": "9" * 40},
    ],
)
async def test_a_senseless_parameter_is_refused_and_nothing_is_sent(
    http: httpx.AsyncClient, lan: Phone, given: dict[str, str]
) -> None:
    answer = await http.post("/sendMessage", data={"chat_id": str(lan.person.id), "text": "a"} | given)

    assert answer.status_code == 400
    assert lan.received() == []


@pytest.mark.parametrize("ids", ["", "[]", "3", '["x"]', "[-1]", json.dumps(list(range(1, 102)))])
async def test_senseless_message_ids_are_refused(http: httpx.AsyncClient, lan: Phone, ids: str) -> None:
    answer = await http.post("/deleteMessages", data={"chat_id": str(lan.person.id), "message_ids": ids})

    assert answer.status_code == 400


async def test_several_messages_are_deleted_and_those_gone_passed_over(http: httpx.AsyncClient, lan: Phone) -> None:
    lan.send("một")
    lan.send("hai")

    answer = await http.post("/deleteMessages", json={"chat_id": lan.person.id, "message_ids": [1, 2, 77]})

    assert answer.json()["result"] is True
    assert [message.text for message in lan.messages()] == ["hai"]


async def test_several_messages_are_copied_and_forwarded(http: httpx.AsyncClient, lan: Phone) -> None:
    lan.send("một")
    given = {"chat_id": lan.person.id, "from_chat_id": lan.person.id, "message_ids": [1, 2]}

    copied = (await http.post("/copyMessages", json=given)).json()["result"]
    forwarded = (await http.post("/forwardMessages", json=given)).json()["result"]

    assert [item["message_id"] for item in copied + forwarded] == [3, 4, 5, 6]
    assert [message.text for message in lan.received()] == ["/start", "một", "/start", "một"]

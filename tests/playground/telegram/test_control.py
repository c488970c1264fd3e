"""The playground in a process of its own, with people moved over HTTP."""

from __future__ import annotations

import asyncio
import json
import sys
from base64 import b64encode
from collections.abc import AsyncGenerator
from typing import Any

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from bot.playground.telegram.files import plain_png
from bot.playground.telegram.people import Phone
from bot.playground.telegram.playground import TelegramPlayground


@pytest.fixture
async def control(playground: TelegramPlayground) -> AsyncGenerator[httpx.AsyncClient]:
    """Requests to the people's side."""
    async with httpx.AsyncClient(base_url=f"{playground.url}/playground", trust_env=False) as client:
        yield client


async def post(control: httpx.AsyncClient, path: str, **body: Any) -> Any:
    answer = await control.post(path, json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_person_is_made_and_writes(control: httpx.AsyncClient, bot: Bot) -> None:
    person = await post(control, "/people", first_name="Lan")
    await post(control, f"/people/{person['id']}/start", code="AB12CD34")
    await post(control, f"/people/{person['id']}/send", text="chào")

    texts = [u.message.text for u in await bot.get_updates() if u.message]

    assert texts == ["/start AB12CD34", "chào"]
    assert [p["first_name"] for p in (await control.get("/people")).json()] == ["Lan"]


async def test_a_button_is_pressed_and_its_answer_read(control: httpx.AsyncClient, bot: Bot, lan: Phone) -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("✅ Gửi", callback_data="s")]])
    await bot.send_message(lan.person.id, "Gửi nhé?", reply_markup=markup)

    press = await post(control, f"/people/{lan.person.id}/press", label="Gửi")
    waiting = asyncio.create_task(control.get(f"/presses/{press['press_id']}", params={"timeout": "5"}))
    await bot.answer_callback_query(press["press_id"], "Đã gửi")

    assert (await waiting).json()["answer"] == {"text": "Đã gửi"}


async def test_the_person_s_view_has_texts_and_labels(control: httpx.AsyncClient, bot: Bot, lan: Phone) -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Gửi", callback_data="s")]])
    sent = await bot.send_message(lan.person.id, "<b>Gửi</b> nhé?", parse_mode="HTML", reply_markup=markup)

    answer = await control.get(f"/people/{lan.person.id}/messages", params={"after": str(sent.message_id - 1)})

    assert [m["seen"] for m in answer.json()] == [{"text": "Gửi nhé?", "buttons": ["Gửi"], "kind": "text"}]


async def test_waiting_for_a_text_ends_when_it_comes(control: httpx.AsyncClient, bot: Bot, lan: Phone) -> None:
    waiting = asyncio.create_task(control.get(f"/people/{lan.person.id}/wait", params={"text": "xong"}))

    await bot.send_message(lan.person.id, "Đã xong ạ")

    assert (await waiting).json()["text"] == "Đã xong ạ"


async def test_waiting_in_vain_is_a_timeout(control: httpx.AsyncClient, lan: Phone) -> None:
    answer = await control.get(f"/people/{lan.person.id}/wait", params={"text": "xong", "timeout": "0.05"})

    assert answer.status_code == 408


async def test_files_travel_as_base64(control: httpx.AsyncClient, bot: Bot, lan: Phone) -> None:
    picture = plain_png(200, 100, 3)
    sent = await post(control, f"/people/{lan.person.id}/photo", data=b64encode(picture).decode(), caption="lớp 3A")

    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert message.caption == "lớp 3A"
    assert (await control.get(f"/files/{sent['photo'][-1]['file_id']}")).content == picture


async def test_a_group_is_founded_and_upgraded(control: httpx.AsyncClient, bot: Bot, lan: Phone) -> None:
    chat = await post(control, f"/people/{lan.person.id}/create-group", title="Tổ")
    await post(control, f"/people/{lan.person.id}/send", chat_id=chat["id"], text="/hop")
    successor = await post(control, f"/people/{lan.person.id}/upgrade", chat_id=chat["id"])

    assert successor["type"] == "supergroup"
    assert (await bot.get_chat(successor["id"])).title == "Tổ"


async def test_faults_and_the_log_are_at_hand(control: httpx.AsyncClient, http: httpx.AsyncClient, lan: Phone) -> None:
    await post(control, "/faults", method="sendMessage", retry_after=3)

    await http.post("/sendMessage", json={"chat_id": lan.person.id, "text": "a"})

    (call,) = (await control.get("/calls", params={"method": "sendMessage"})).json()
    assert (call["status"], call["answer"]["parameters"]) == (429, {"retry_after": 3})


async def test_the_limiter_is_switched_on_and_off(
    control: httpx.AsyncClient, http: httpx.AsyncClient, lan: Phone
) -> None:
    async def statuses() -> list[int]:
        given = {"chat_id": lan.person.id, "text": "a"}
        return [(await http.post("/sendMessage", json=given)).status_code for _ in range(2)]

    await post(control, "/limits", private_burst=1)
    assert await statuses() == [200, 429]
    await post(control, "/limits", on=False)
    assert await statuses() == [200, 200]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/people/1/send", {"text": "a"}, 404),
        ("/people/{lan}/dance", {}, 404),
        ("/people/{lan}/send", {}, 404),
        ("/people/{lan}/press", {"label": "Gửi"}, 404),
        ("/people/{lan}/send", {"text": ""}, 409),
        ("/faults", {"colour": "red"}, 409),
        ("/clock", {"at": "2026-12-01T10:00:00+07:00"}, 409),
    ],
)
async def test_what_cannot_be_done_is_said(
    control: httpx.AsyncClient, lan: Phone, path: str, body: dict[str, Any], status: int
) -> None:
    answer = await control.post(path.replace("{lan}", str(lan.person.id)), json=body)

    assert answer.status_code == status
    assert answer.json()["error"]


async def test_events_stream_as_they_happen(control: httpx.AsyncClient, lan: Phone) -> None:
    async with control.stream("GET", "/events") as stream:
        lines = stream.aiter_lines()
        await lan.world.wait_for(lambda: lan.world.changes.is_watched)
        lan.send("nghe chưa?")
        event, data = await anext(lines), await anext(lines)

    assert event == "event: message"
    assert json.loads(data.removeprefix("data: "))["data"]["text"] == "nghe chưa?"


async def test_a_process_of_its_own_says_where_it_is_and_ends_when_told() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.playground", "--port", "0", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    line = json.loads(await process.stdout.readline())

    async with httpx.AsyncClient(trust_env=False) as client:
        await client.post(f"{line['control']}/clock", json={"at": "2026-12-01T10:00:00+07:00"})
        me = await client.get(f"{line['url']}/bot{line['token']}/getMe")
        state = await client.get(f"{line['control']}/state")
    process.terminate()

    assert me.json()["ok"] is True
    assert state.json()["now"].startswith("2026-12-01T03:00")
    assert await process.wait() == 0

"""The platform fails in its own ways for a while: everybody is answered afterwards, once, and nobody is held up."""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.playground.faults import BAD_GATEWAY_PAGE
from bot.playground.telegram.playground import TelegramPlayground
from bot.playground.zalo.playground import ZaloPlayground
from tests.endtoend.conftest import Installation, Prepared

BAD_SECONDS = float(os.environ.get("MANGLUOI_TROUBLE_SECONDS", "4"))
"""How long each trouble lasts at least; `make baddays` has ten minutes."""
pytestmark = [
    pytest.mark.endtoend,
    pytest.mark.timeout(300 + BAD_SECONDS),
    pytest.mark.only_on("sqlite"),  # what the platform does is the same on every database; the other days have both
]
FOR_EVER = 1_000_000
TROUBLES: dict[str, dict[str, Any]] = {
    "500": {"status": 500},
    "429": {"retry_after": 2},
    "html": {"status": 502, "body": BAD_GATEWAY_PAGE},
    "nothing": {"drop": True},
}


async def test_whatever_the_platform_answers_for_a_while_people_are_answered_once(
    join: Any, tmp_path_factory: pytest.TempPathFactory, prepared: list[Prepared]
) -> None:
    one_by_one = asyncio.Lock()
    async with asyncio.TaskGroup() as bots:  # one for each trouble, side by side
        for name in TROUBLES:
            bots.create_task(_go_through(name, join, tmp_path_factory.mktemp(name), prepared, one_by_one))


async def _go_through(name: str, join: Any, folder: Path, prepared: list[Prepared], starting: asyncio.Lock) -> None:
    async with TelegramPlayground() as playground, httpx.AsyncClient() as browser, AsyncExitStack() as until_the_end:
        world, database = playground.world, f"sqlite:///{folder / 'bot.sqlite3'}"
        bot = Installation(playground, directory=folder, database_url=database, webhook=False, prepared=prepared)
        async with starting:
            codes = await bot.set_up_team()
            await until_the_end.enter_async_context(bot.running())
            phone = await join(playground, "Dung", codes["Lý Ngọc Dung"])
        began = time.monotonic()
        world.faults.add(times=FOR_EVER, **TROUBLES[name])
        for number in range(3):
            phone.send(f"/khongco{number}")
            await asyncio.sleep(BAD_SECONDS / 3)
        if name != "429":  # who asks to wait is there
            await _until(browser, bot, ready=False)
            assert 'mangluoi_channel_up{channel="telegram"} 0.0' in (await browser.get(f"{bot.address}/metrics")).text
        world.faults.clear()
        well = time.monotonic()
        for number in range(3):
            await phone.wait_for_text(f"/khongco{number}", timeout=90)
        print(f"{name} for {well - began:.0f} s: all answered {time.monotonic() - well:.1f} s after it was well")
        await _until(browser, bot, ready=True)
        await world.quiet(timeout=30)
        answers = [message.text for message in phone.received() if "/khongco" in message.text]
        assert [f"/khongco{number}" in answer for number, answer in enumerate(answers)] == [True] * 3, name
        assert await bot.data("dead-letters", "list", "--json") == []


async def _until(browser: httpx.AsyncClient, bot: Installation, *, ready: bool) -> None:
    """Wait until the bot says that it is ready, or is not any more."""
    async with asyncio.timeout(60):
        while ((await browser.get(f"{bot.address}/readyz")).status_code == 200) is not ready:
            await asyncio.sleep(0.1)


async def test_one_chat_that_always_fails_holds_up_no_other(install: Any, join: Any) -> None:
    installation = install()
    world = installation.playground.world
    codes = await installation.set_up_team()
    async with installation.running():
        broken = await join(installation.playground, "Phượng", codes["Bùi Minh Phượng"])
        sound = await join(installation.playground, "Dung", codes["Lý Ngọc Dung"])
        world.faults.add(method="sendMessage", chat_id=broken.person.id, times=FOR_EVER, status=500)
        for number in range(10):
            broken.send(f"/hong{number}")
        waits: list[float] = []
        for number in range(5):
            began = time.monotonic()
            sound.send(f"/lanh{number}")
            await sound.wait_for_text(f"/lanh{number}", timeout=30)
            waits.append(time.monotonic() - began)
        print(f"beside a chat that always fails: answers after {max(waits):.2f} s at most")
        assert max(waits) < 10
        world.faults.clear()
        await broken.wait_for_text("/hong9", timeout=90)
        order = [message.text for message in broken.received() if "/hong" in message.text]
    assert [f"/hong{number}" in text for number, text in enumerate(order)] == [True] * 10


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_a_revoked_token_ends_the_bot_clearly(webhook: bool, install: Any, join: Any) -> None:
    installation = install(webhook=webhook)
    world = installation.playground.world
    codes = await installation.set_up_team()
    process = await installation.start()
    phone = await join(installation.playground, "Dung", codes["Lý Ngọc Dung"])
    world.faults.add(times=FOR_EVER, status=401, description="Unauthorized")
    phone.send("/help")
    refused = time.monotonic()
    async with httpx.AsyncClient() as browser:
        states = await _readiness_until_the_end(browser, installation.port, process)
    print(f"token revoked ({'webhook' if webhook else 'polling'}): ended after {time.monotonic() - refused:.1f} s")
    assert process.returncode == 1
    assert states <= {200, 503}
    assert "the token is refused" in installation.log.splitlines()[-1]
    assert "Traceback" not in installation.log

    world.faults.clear()
    async with installation.running():  # with the right token again, what was said meanwhile is answered
        await phone.wait_for_text("có thể:", timeout=60)


async def test_a_revoked_token_of_one_platform_leaves_the_other_to_its_people(
    install: Any, join: Any, zalo: ZaloPlayground
) -> None:
    installation = install(zalo=zalo)
    world = installation.playground.world
    codes = await installation.set_up_team()
    async with installation.running() as process, httpx.AsyncClient() as browser:
        await join(installation.playground, "Dung", codes["Lý Ngọc Dung"])
        world.faults.add(times=FOR_EVER, status=401, description="Unauthorized")
        refused = time.monotonic()
        await _until(browser, installation, ready=False)
        print(f"token of one platform revoked: noticed after {time.monotonic() - refused:.1f} s, the other goes on")
        phone = zalo.add_person("Phượng")
        await phone.send("xin chào")
        await phone.wait_for_text("mã tham gia", timeout=30)
        lines = (await browser.get(f"{installation.address}/metrics")).text.splitlines()
        assert 'mangluoi_channel_up{channel="telegram"} 0.0' in lines
        assert 'mangluoi_channel_up{channel="zalo"} 1.0' in lines
        assert process.returncode is None
        world.faults.clear()
    assert installation.log.count("token_refused") == 1
    assert "Traceback" not in installation.log


async def _readiness_until_the_end(browser: httpx.AsyncClient, port: int, process: Any) -> set[int]:
    states: set[int] = set()
    async with asyncio.timeout(60):
        while process.returncode is None:
            with contextlib.suppress(httpx.TransportError):
                states.add((await browser.get(f"http://127.0.0.1:{port}/readyz")).status_code)
            await asyncio.sleep(0.05)
    return states


async def test_without_a_good_token_it_is_not_ready(install: Any) -> None:
    installation = install()
    await installation.set_up_team()
    installation.playground.world.faults.add(method="getMe", times=FOR_EVER, status=502, body=BAD_GATEWAY_PAGE)
    process = await installation.start(ready=False)
    async with httpx.AsyncClient() as browser, asyncio.timeout(30):
        while True:
            try:
                answer = await browser.get(f"http://127.0.0.1:{installation.port}/readyz")
                break
            except httpx.TransportError:
                await asyncio.sleep(0.1)
    assert (answer.status_code, answer.json()["channels"]) == (503, "down")
    process.terminate()
    assert await process.wait() == 0


async def test_a_storm_of_webhooks_without_the_secret_stores_nothing_and_holds_up_nobody(
    install: Any, join: Any
) -> None:
    installation = install(webhook=True)
    codes = await installation.set_up_team()
    url = f"http://127.0.0.1:{installation.port}/telegram/webhook"
    refused = 0
    waits: list[float] = []
    async with installation.running(), httpx.AsyncClient(limits=httpx.Limits(max_connections=20)) as storm:
        phone = await join(installation.playground, "Dung", codes["Lý Ngọc Dung"])

        async def blow() -> None:
            nonlocal refused
            for number in range(100):
                headers = {"X-Telegram-Bot-Api-Secret-Token": f"guess{number}"}
                answer = await storm.post(url, content=b'{"update_id": 1}' * 500, headers=headers)
                refused += answer.status_code == 403

        began = time.monotonic()
        blowing = [asyncio.create_task(blow()) for _ in range(20)]
        for number in range(5):
            asked = time.monotonic()
            phone.send(f"/giua{number}")
            await phone.wait_for_text(f"/giua{number}", timeout=60)
            waits.append(time.monotonic() - asked)
        await asyncio.gather(*blowing)
        pace = 2000 / (time.monotonic() - began)
        print(f"2,000 forged webhooks refused at {pace:.0f}/s; people answered after {max(waits):.2f} s at most")
        metrics = (await storm.get(url.replace("/telegram/webhook", "/metrics"))).text
    assert refused == 2000
    assert "mangluoi_dead_letters 0.0" in metrics
    assert max(waits) < 20

"""`mangluoi demo` as a process: it says where the page is, serves it, and ends cleanly when told."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from bot.playground.telegram.playground import TelegramPlayground

pytestmark = pytest.mark.endtoend


@asynccontextmanager
async def command(*arguments: str, folder: Path, **environment: str) -> AsyncGenerator[asyncio.subprocess.Process]:
    """The command in a process of its own; whatever it left running is killed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "demo",
        *arguments,
        env={**os.environ, **environment, "TMPDIR": str(folder)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


def left_in(folder: Path) -> list[Path]:
    """What demos keep there."""
    return list(folder.glob("mangluoi-demo-*"))


async def line_with(process: asyncio.subprocess.Process, words: str) -> str:
    """The next line of its output that holds these words."""
    assert process.stdout is not None
    async with asyncio.timeout(60):
        while line := (await process.stdout.readline()).decode():
            if words in line:
                return line
    raise AssertionError(f"it ended without saying {words!r}")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_it_says_where_the_page_is_and_leaves_nothing_behind(tmp_path: Path, number: signal.Signals) -> None:
    async with command("--no-browser", folder=tmp_path) as process:
        url = (await line_with(process, "http://")).rpartition(" ")[2].strip()
        async with httpx.AsyncClient() as requests:
            page = await requests.get(url)
        assert (page.status_code, "Mạng lưới" in page.text) == (200, True)
        assert left_in(tmp_path)
        process.send_signal(number)
        async with asyncio.timeout(20):
            output, errors = await process.communicate()
        assert (process.returncode, errors.decode()) == (0, "")
        assert "Đã dừng" in output.decode()
    assert not left_in(tmp_path)


async def test_a_taken_port_is_said_in_one_line(tmp_path: Path) -> None:
    async with TelegramPlayground() as somebody:
        port = somebody.url.rpartition(":")[2]
        async with command("--no-browser", "--port", port, folder=tmp_path) as process:
            _, errors = await process.communicate()
    assert process.returncode == 1
    assert errors.decode() == f"mangluoi: port {port} is taken: choose another with --port\n"


async def test_the_same_team_runs_on_a_real_bot_with_a_code_for_everybody(tmp_path: Path) -> None:
    async with TelegramPlayground() as telegram:
        where = {"TELEGRAM_API_URL": telegram.url}
        async with command("--telegram-token", telegram.token, folder=tmp_path, **where) as process:
            code = (await line_with(process, "Bùi Quốc Hiếu")).split()[0]
            await line_with(process, "Ctrl-C")
            phone = telegram.add_person("Hiếu")
            phone.start(code)
            await phone.wait_for_text("Thầy/cô có đồng ý không?", timeout=30)
            phone.press("Đồng ý tham gia")
            await phone.wait_for_text("Chào mừng", timeout=10)
            process.send_signal(signal.SIGTERM)
            async with asyncio.timeout(20):
                await process.communicate()
            assert process.returncode == 0

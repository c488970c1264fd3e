"""`mangluoi demo`: the page, or the sample team on the real Telegram, until Ctrl-C or SIGTERM."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
import webbrowser
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr

from bot.app import Application
from bot.commands import database
from bot.demo.director import Director
from bot.demo.errors import PortTaken
from bot.demo.people import PEOPLE, TEAM
from bot.demo.seed import write_sample
from bot.domain.clock import system_clock
from bot.settings import Settings
from bot.texts.vocabulary import ROLE_NAMES

Say = Callable[[str], None]


async def serve_page(*, port: int, begin: datetime | None, browser: bool, say: Say) -> None:
    """The page on localhost, until told to stop; PortTaken when the port is not free."""
    try:
        director = Director(port=port, begin=begin)
    except OSError as error:
        raise PortTaken(port=port) from error
    stopped = _stop_signal()
    async with director:
        say(f"Trang dùng thử: {director.url}")
        say("Bấm Ctrl-C để dừng.")
        if browser:
            await asyncio.to_thread(open_browser, director.url)
        await _until(stopped, asyncio.create_task(director.failed()))
    say("Đã dừng.")


async def serve_telegram(token: str, *, api_url: str, say: Say) -> None:
    """The sample team on a real bot: prints the join codes, keeps its data in a folder that is removed at the end."""
    stopped = _stop_signal()
    with tempfile.TemporaryDirectory(prefix="mangluoi-demo-") as folder:
        settings = Settings(
            telegram_bot_token=SecretStr(token),
            telegram_api_url=api_url,
            zalo_bot_token=None,
            data_dir=Path(folder),
            database_url=f"sqlite:///{folder}/demo.sqlite3",
            listen="127.0.0.1:0",
            public_url="",
        )
        async with database(settings, may_make=True) as opened:
            sample = await write_sample(opened, accounts={}, now=system_clock())
        application = Application(settings, clock=system_clock)
        running = asyncio.create_task(application.run())
        say(f"{TEAM}: gửi một trong các mã này cho bot để vào vai (mỗi mã dùng một lần).")
        for place, person in enumerate(PEOPLE):
            say(f"  {sample.codes[place]}  {person.name} ({ROLE_NAMES[person.role]})")
        say("Bấm Ctrl-C để dừng.")
        try:
            await _until(stopped, running)
        finally:
            application.stop()
            await running
    say("Đã dừng.")


def _stop_signal() -> asyncio.Event:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    return stopped


async def _until(stopped: asyncio.Event, failing: asyncio.Task[None]) -> None:
    """Wait for the signal, or for the end that should not come, and raise what brought it."""
    waiting = asyncio.create_task(stopped.wait())
    await asyncio.wait({waiting, failing}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if failing.done():
        await failing
    elif not stopped.is_set():
        failing.cancel()


def open_browser(url: str) -> None:
    """Where there is a screen; a browser in the terminal would only get in the way."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return
    try:
        webbrowser.open(url)
    except webbrowser.Error:
        return

"""The demo as it runs, and Debian's Chromium to look at it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from bot.demo.director import Director
from bot.domain.clock import HOME_ZONE

BEGIN = datetime(2026, 11, 23, 9, 0, tzinfo=HOME_ZONE)
"""A Monday morning; the first nudge of November is due that evening at 18:30."""
DESKTOP, PHONE = (1440, 900), (390, 844)
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_HERE = Path(__file__).parent
expect.set_options(timeout=20_000)  # a busy machine is no failure


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The demo is always on SQLite: once is enough."""
    if config.getoption("--database") != "postgresql":
        return
    mine = [item for item in items if item.path.is_relative_to(_HERE)]
    config.hook.pytest_deselected(items=mine)
    items[:] = [item for item in items if item not in mine]


def chromium() -> str:
    """Where the browser is; the test fails with what to do when there is none."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail("there is no Chromium: install it with `apt-get install -y chromium`", pytrace=False)
    return found


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def stage() -> AsyncGenerator[Director]:
    """A demo that all tests of a worker share: starting costs seconds, beginning anew less than one."""
    async with Director(begin=BEGIN) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def demo(stage: Director) -> Director:
    """The demo as it begins on a Monday morning in November."""
    await stage.reset()
    return stage


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncGenerator[Browser]:
    """Headless Chromium."""
    path = chromium()
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield launched
        await launched.close()


class Visit:
    """One look at the page at one size; whatever the console complains of is kept."""

    def __init__(self, page: Page) -> None:
        """Before the page is loaded."""
        self.page = page
        self.complaints: list[str] = []
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _said(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def phone(self, name: str) -> Any:
        """The phone of somebody."""
        return self.page.get_by_role("region", name=f"Điện thoại của {name}")


@asynccontextmanager
async def visit(
    browser: Browser, url: str, size: tuple[int, int] = DESKTOP, *, dark: bool = False
) -> AsyncGenerator[Visit]:
    """Open the page and wait until it is drawn; afterwards nothing may have been complained of."""
    context: BrowserContext = await browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        has_touch=size == PHONE,
    )
    page = await context.new_page()
    visited = Visit(page)
    await page.goto(url)
    await page.locator("body.ready").wait_for()
    yield visited
    await context.close()
    assert visited.complaints == []

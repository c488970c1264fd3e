"""`make screenshots`: plays the demo in Chromium and writes the README's pictures."""

from __future__ import annotations

import asyncio
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.async_api import async_playwright

from bot.demo.director import Director
from tests.pages.conftest import BEGIN, DESKTOP, PHONE, Visit, chromium, visit
from tests.pages.test_demo_page import move, say, take_up

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
_LARGEST = 200_000
_REPORT = (
    "Dự giờ Toán 4A TH Phú Hòa 1 hôm nay. Ưu điểm: lớp sôi nổi, nhóm đôi nền nếp. Hạn chế: luyện tập hơi gấp. "
    "Tư vấn: tăng thời gian nhóm đôi."
)


async def main() -> None:
    """One demo, four pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    async with Director(begin=BEGIN) as demo, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        async with visit(browser, demo.url) as visited:
            await _report(visited)
            await move(visited, "nudge")
            await visited.phone("Bùi Minh Phượng").get_by_text("hết tháng 11").wait_for()
            await _keep(visited.page, "demo-desktop")
            await visited.page.get_by_role("tab", name="Hộp đi").click()
            await visited.page.locator("[data-fault=busy]").check()
            await say(visited.phone("Bùi Mỹ Quyên"), "/toi")
            await visited.page.get_by_role("cell", name="chờ gửi lại").first.wait_for()
            await _keep(visited.page.get_by_role("complementary"), "demo-outbox")
            await visited.page.locator("[data-fault=busy]").uncheck()
        async with visit(browser, demo.url, PHONE) as visited:
            await take_up(visited, "Lý Ngọc Dung", PHONE)
            await _keep(visited.page, "demo-phone")
        async with visit(browser, demo.url, PHONE, dark=True) as visited:
            await take_up(visited, "Bùi Minh Phượng", PHONE)
            await _keep(visited.page, "demo-phone-dark")
        async with visit(browser, demo.url, DESKTOP, dark=True) as visited:
            await _keep(visited.page, "demo-desktop-dark")
        await browser.close()


async def _report(visited: Visit) -> None:
    dung = visited.phone("Lý Ngọc Dung")
    await say(dung, _REPORT)
    await dung.get_by_role("button", name="✅ Gửi").click()
    await dung.get_by_text("1/1").wait_for()
    quyen = visited.phone("Bùi Mỹ Quyên")
    await say(quyen, "/tonghop")
    await quyen.get_by_text("Định mức").first.wait_for()


async def _keep(shown: Any, name: str) -> None:
    """Write the picture, with as many colours as fit when all are too many."""
    data = BytesIO(await shown.screenshot())
    whole = Image.open(data).convert("RGB")
    for colours in (256, 128, 64):
        if len(data.getvalue()) < _LARGEST:
            break
        data = BytesIO()
        whole.quantize(colours, kmeans=3, dither=Image.Dither.NONE).save(data, "PNG", optimize=True)
    (FOLDER / f"{name}.png").write_bytes(data.getvalue())
    sys.stdout.write(f"{FOLDER.name}/{name}.png {len(data.getvalue()) // 1024} KB\n")


if __name__ == "__main__":
    asyncio.run(main())

"""What a leader does on the demo page before adopting it, at the size of a desk and of a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from bot.demo.director import Director
from tests.pages.conftest import DESKTOP, PHONE, Visit, visit

pytestmark = [pytest.mark.endtoend, pytest.mark.asyncio(loop_scope="session")]

SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
ROSTER = Path(__file__).parents[1] / "data" / "roster-clean.xlsx"
REPORT = "Dự giờ Toán 4A TH Phú Hòa 1 hôm nay. Ưu điểm: lớp sôi nổi. Tư vấn: tăng thời gian nhóm đôi."


async def take_up(visited: Visit, name: str, size: tuple[int, int]) -> Any:
    """The phone of somebody, in front; on a narrow screen through the list of people."""
    phone = visited.phone(name)
    person = visited.page.locator(".person", has_text=name)
    if size == PHONE:
        await visited.page.get_by_role("button", name="Mọi người").click()
        await person.click()
    elif await person.get_attribute("aria-pressed") == "false":
        await person.click()
    await expect(phone).to_be_visible()
    return phone


async def say(phone: Any, text: str) -> None:
    """Write and send."""
    await phone.get_by_label("Tin nhắn", exact=True).last.fill(text)
    await phone.get_by_label("Gửi tin").click()


async def move(visited: Visit, name: str) -> None:
    """Send the clock to one of the moments and wait until it is there."""
    await visited.page.get_by_text("Chỉnh giờ").click()
    async with visited.page.expect_response("**/api/clock", timeout=90_000):
        await visited.page.locator(f"[data-moment={name}]").click()


@SIZES
async def test_a_newcomer_joins_with_the_code_they_were_given(
    demo: Director, browser: Browser, size: tuple[int, int]
) -> None:
    async with visit(browser, demo.url, size) as visited:
        phone = await take_up(visited, "Phùng Thị Hoài Thương", size)
        code = (await visited.page.locator(".person", has_text="Hoài Thương").locator(".code").text_content()) or ""
        await say(phone, code.removeprefix("mã "))
        await phone.get_by_role("button", name="Đồng ý tham gia").click()
        await expect(phone.get_by_text("Chào mừng")).to_be_visible()
        await expect(phone.get_by_role("button", name="Báo cáo")).to_be_visible()  # the menu keyboard has come up


@SIZES
async def test_a_report_in_one_message_is_sent_and_the_one_who_reported_is_not_nudged(
    demo: Director, browser: Browser, size: tuple[int, int]
) -> None:
    async with visit(browser, demo.url, size) as visited:
        dung = await take_up(visited, "Lý Ngọc Dung", size)
        await say(dung, REPORT)
        await dung.get_by_role("button", name="✅ Gửi").click()
        await expect(dung.get_by_text("1/1")).to_be_visible()
        await expect(dung.get_by_text("Đã gửi", exact=True)).to_be_visible()  # the card was edited in place
        await move(visited, "nudge")
        phuong = await take_up(visited, "Bùi Minh Phượng", size)
        await expect(phuong.get_by_text("hết tháng 11").first).to_be_visible()
        dung = await take_up(visited, "Lý Ngọc Dung", size)
        await expect(dung.get_by_text("hết tháng 11")).to_have_count(0)
        if size == PHONE:
            await visited.page.get_by_role("button", name="Hậu trường").click()
        story = visited.page.get_by_role("log", name="Vừa xảy ra")
        await expect(story.get_by_text("18:30 thứ Hai 23/11: Nhắc định mức tháng")).to_be_visible()
        await expect(story.get_by_role("link", name="handlers/reporting.py").first).to_be_visible()


@SIZES
async def test_files_go_up_and_come_down_again(demo: Director, browser: Browser, size: tuple[int, int]) -> None:
    async with visit(browser, demo.url, size) as visited:
        leader = await take_up(visited, "Bùi Quốc Hiếu", size)
        await leader.get_by_label("Chọn ảnh hoặc tệp").set_input_files(ROSTER)
        file = leader.get_by_role("link", name="roster-clean.xlsx")
        await expect(leader.get_by_role("log").get_by_text("trường").last).to_be_visible()  # the bot has read it
        async with visited.page.expect_download() as downloading:
            await file.click()
        download = await downloading.value
        assert download.suggested_filename == "roster-clean.xlsx"
        assert (await download.path()).read_bytes() == ROSTER.read_bytes()


async def test_a_picture_that_the_bot_sends_is_seen(demo: Director, browser: Browser) -> None:
    async with visit(browser, demo.url) as visited:
        leader = await take_up(visited, "Bùi Quốc Hiếu", DESKTOP)
        await say(leader, "/thanhvien")
        await leader.get_by_role("button", name="Mời Lương Bá Thành").click()
        picture = leader.get_by_role("img").last
        await expect(picture).to_be_visible()
        assert await picture.evaluate("async image => { await image.decode(); return image.naturalWidth }") > 100


@SIZES
async def test_the_calendar_file_of_a_meeting_is_downloaded_on_telegram_and_by_its_link_on_zalo(
    demo: Director, browser: Browser, size: tuple[int, int]
) -> None:
    async with visit(browser, demo.url, size) as visited:
        leader = await take_up(visited, "Bùi Quốc Hiếu", size)
        await say(leader, "/hop họp chung 14h thứ sáu tại TH Phú Hòa 1, nội dung: sơ kết; phân công")
        await leader.locator(".inline", has_text="Gửi").first.click()
        dung = await take_up(visited, "Lý Ngọc Dung", size)
        async with visited.page.expect_download() as downloading:
            await dung.get_by_role("link", name=".ics").click(timeout=15_000)
        assert (await (await downloading.value).path()).read_bytes().startswith(b"BEGIN:VCALENDAR")
        phuong = await take_up(visited, "Bùi Minh Phượng", size)
        address = await phuong.locator("a[href*='/files/']").last.get_attribute("href", timeout=15_000)
        assert (await visited.page.request.get(address)).ok

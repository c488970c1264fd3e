"""The page as an application: nothing is taken for HTML, faults show, everything begins anew, keys are enough."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from bot.demo.director import Director
from tests.pages.conftest import DESKTOP, PHONE, visit
from tests.pages.test_demo_page import say, take_up

pytestmark = [pytest.mark.endtoend, pytest.mark.asyncio(loop_scope="session")]
EVIL = "<img src=x onerror=\"document.title='hacked'\"> <b>đậm</b> &amp; javascript:alert(1)"


async def test_whatever_people_are_called_or_write_is_shown_as_text(demo: Director, browser: Browser) -> None:
    async with visit(browser, demo.url) as visited:
        await visited.page.get_by_label("Thêm người lạ").fill("<b onclick=x>Ất</b>")
        await visited.page.get_by_role("button", name="Thêm người").click()
        phone = visited.phone("<b onclick=x>Ất</b>")
        await say(phone, EVIL)
        await expect(phone.locator(".mine .text")).to_have_text(EVIL)
        await expect(phone.locator(".theirs .text")).to_contain_text("mã tham gia")  # a stranger is asked for a code
        story = visited.page.get_by_role("log", name="Vừa xảy ra")
        await expect(story.get_by_text("onerror")).to_be_visible()
        assert await visited.page.locator("img[src=x], b[onclick]").count() == 0
        assert await visited.page.title() == "Dùng thử Mạng lưới"


async def test_a_message_waits_in_the_outbox_while_telegram_answers_429_and_arrives_afterwards(
    demo: Director, browser: Browser
) -> None:
    async with visit(browser, demo.url) as visited:
        page = visited.page
        await page.get_by_role("tab", name="Hộp đi").click()
        await page.locator("[data-fault=busy]").check()
        dung = visited.phone("Lý Ngọc Dung")
        await say(dung, "/toi")
        await expect(page.locator("[data-state=scheduled] b")).to_have_text("1")
        await expect(page.get_by_role("row", name="Lý Ngọc Dung").first).to_contain_text("chờ gửi lại")
        await page.locator("[data-fault=busy]").uncheck()
        await expect(dung.get_by_text("Tháng 11").last).to_be_visible(timeout=15_000)
        await expect(page.locator("[data-state=scheduled] b")).to_have_text("0")


async def test_who_has_blocked_the_bot_gets_nothing_and_the_page_says_so(demo: Director, browser: Browser) -> None:
    async with visit(browser, demo.url) as visited:
        dung = visited.phone("Lý Ngọc Dung")
        await dung.get_by_role("button", name="Chặn bot", exact=True).click()
        await expect(dung.get_by_role("button", name="Bỏ chặn bot")).to_have_attribute("aria-pressed", "true")
        await expect(visited.page.locator(".person", has_text="Ngọc Dung")).to_contain_text("đã chặn bot")
        await dung.get_by_role("button", name="Bỏ chặn bot").click()
        await expect(dung.get_by_role("button", name="Chặn bot", exact=True)).to_be_visible()


async def test_beginning_anew_forgets_what_was_written(demo: Director, browser: Browser) -> None:
    async with visit(browser, demo.url) as visited:
        dung = visited.phone("Lý Ngọc Dung")
        await say(dung, "/toi")
        await expect(dung.locator(".mine")).to_have_count(1)
        await visited.page.get_by_role("button", name="Làm lại từ đầu").click()
        await expect(dung.locator(".mine")).to_have_count(0, timeout=20_000)
        await expect(dung.get_by_text("Chào mừng")).to_be_visible()
        await say(dung, "/toi")  # the new bot answers
        await expect(dung.get_by_text("Tháng 11").last).to_be_visible()


async def test_a_report_is_sent_with_keys_alone(demo: Director, browser: Browser) -> None:
    async with visit(browser, demo.url) as visited:
        dung = visited.phone("Lý Ngọc Dung")
        await dung.get_by_label("Tin nhắn", exact=True).last.focus()
        await visited.page.keyboard.type("Dự giờ Toán 4A TH Phú Hòa 1 hôm nay")
        await visited.page.keyboard.press("Enter")
        send = dung.get_by_role("button", name="✅ Gửi")
        await expect(send).to_be_visible()
        assert await dung.get_by_role("log").get_attribute("aria-live") == "polite"  # it is read aloud in this phone
        for _ in range(40):
            await visited.page.keyboard.press("Shift+Tab")
            if await send.evaluate("button => button === document.activeElement"):
                break
        await visited.page.keyboard.press("Enter")
        await expect(dung.get_by_text("1/1")).to_be_visible()


async def test_on_a_narrow_screen_one_phone_fills_it_and_nothing_sticks_out(demo: Director, browser: Browser) -> None:
    async with visit(browser, demo.url, PHONE) as visited:
        phone = await take_up(visited, "Bùi Minh Phượng", PHONE)
        box = await phone.bounding_box()
        assert (box["x"], box["width"]) == (0, PHONE[0])
        await expect(visited.page.locator(".phone:visible")).to_have_count(1)
        assert await visited.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


async def test_unread_messages_are_counted_until_they_are_looked_at(demo: Director, browser: Browser) -> None:
    async with visit(browser, demo.url, DESKTOP) as visited:
        dung, quyen = visited.phone("Lý Ngọc Dung"), visited.phone("Bùi Mỹ Quyên")
        await dung.get_by_role("tab", name="Nhóm").click()
        await say(dung, "Chào các thầy cô")
        tab = quyen.get_by_role("tab", name="Nhóm")
        await expect(tab.get_by_label("1 tin chưa đọc")).to_be_visible()
        await tab.click()
        await expect(quyen.get_by_text("Chào các thầy cô")).to_be_visible()
        await expect(quyen.get_by_label("1 tin chưa đọc")).to_have_count(0)
        message = quyen.locator(".message", has_text="Chào các thầy cô")
        await message.get_by_role("button", name="Trả lời tin này").click()
        await say(quyen, "Chào cô Dung")
        await expect(dung.locator(".message", has_text="Chào cô Dung").locator(".quote")).to_contain_text(
            "Chào các thầy cô"
        )

"""A mixed team: the leader on Telegram, members on Zalo, who do everything by words and numbers."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import httpx
import pytest

from bot.domain.calendar import is_holiday
from bot.domain.clock import HOME_ZONE
from bot.domain.school_year import Month
from bot.playground.zalo.people import Phone
from bot.playground.zalo.playground import ZaloPlayground

pytestmark = pytest.mark.endtoend
_PATIENCE = 10.0
REPORT = "du gio Toan lop 4A truong Phu Hoa 1 hom nay. uu diem: lop soi noi. tu van: tang thoi gian nhom doi"


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_members_on_zalo_report_and_are_nudged(
    webhook: bool, install: Any, join: Any, zalo: ZaloPlayground
) -> None:
    installation = install(webhook=webhook, zalo=zalo)
    zalo.world.switches.duplicates = webhook
    zalo.world.switches.wrapped = not webhook
    codes = await installation.set_up_team()
    async with installation.running():
        leader = await join(installation.playground, "Hiếu", codes["Bùi Quốc Hiếu"])
        secretary = await _join(zalo, "Quyên", codes["Bùi Mỹ Quyên"])
        reporter = await _join(zalo, "Dung", codes["Lý Ngọc Dung"])
        idle = await _join(zalo, "Phượng", codes["Bùi Minh Phượng"])

        sent = await reporter.send(REPORT)
        await reporter.wait_for_text("1. ✅ Gửi", after=sent, timeout=_PATIENCE)
        sent = await reporter.send("gui")
        receipt = await reporter.wait_for_text("1/1", after=sent, timeout=_PATIENCE)
        assert "số 1" in receipt.text

        await _report_by_numbers(secretary)

        await installation.data("jobs", "run", "monthly-nudges", "--at", _last_day(), "--json")
        await idle.wait_for_text("còn thiếu", timeout=_PATIENCE)
        await leader.wait_for_text("còn thiếu", timeout=_PATIENCE)
        sent = await idle.choose("Nhắc tôi ngày mai")
        await idle.wait_for_text("nhắc lại", after=sent, timeout=_PATIENCE)
        assert not [message for message in reporter.received() if "còn thiếu" in message.text]

        sent = await secretary.send("/tonghop")
        digest = await secretary.wait_for_text("Định mức tháng", after=sent, timeout=_PATIENCE)
        assert "2/32" in digest.text

    rows = await installation.data("export", "activities", "--format", "json")
    assert [(row["member"], row["school"]) for row in rows] == [("Lý Ngọc Dung", "PH1"), ("Bùi Mỹ Quyên", "LHP")]


async def test_a_leader_binds_a_group_on_zalo_by_calling_the_bot(install: Any, zalo: ZaloPlayground) -> None:
    installation = install(zalo=zalo)
    codes = await installation.set_up_team()
    async with installation.running():
        leader = await _join(zalo, "Hiếu", codes["Bùi Quốc Hiếu"])
        group = leader.create_group("Tổ mạng lưới")
        await leader.send("/noinhom", chat=group, mention=True)
        await leader.wait_for_text("đã gắn với", chat=group, timeout=_PATIENCE)
        await leader.send("cho em hỏi chút", chat=group, mention=True)
        await leader.wait_for_text("nhắn riêng", chat=group, timeout=_PATIENCE)


async def test_leader_on_telegram_members_on_zalo_work_a_meeting_and_a_file(
    install: Any, join: Any, zalo: ZaloPlayground
) -> None:
    installation = install(webhook=True, zalo=zalo)
    codes = await installation.set_up_team()
    today = datetime.now(HOME_ZONE).date()
    due, day = today + timedelta(days=5), today + timedelta(days=10)
    async with installation.running(), httpx.AsyncClient() as browser:
        leader = await join(installation.playground, "Hiếu", codes["Bùi Quốc Hiếu"])
        dung = await _join(zalo, "Dung", codes["Lý Ngọc Dung"])

        leader.send(f"giao viết bài cho trang web: Lý Ngọc Dung; hạn {due.day}/{due.month}/{due.year}")
        await leader.wait_for_text("gửi 1 người", timeout=_PATIENCE)
        leader.press("Gửi")
        order = await dung.wait_for_text("Phân công số 1", timeout=_PATIENCE)
        assert "1. " in order.text
        await dung.send("1")
        await dung.wait_for_text("Thầy/cô đã nhận", timeout=_PATIENCE)
        await leader.wait_for_text("Lý Ngọc Dung – đã nhận", timeout=_PATIENCE)

        await _call_meeting(leader, datetime.combine(day, time(14), HOME_ZONE))
        await dung.wait_for_text("Mời họp", timeout=_PATIENCE)
        await dung.choose("Tham dự")
        await dung.wait_for_text("Thầy/cô: Tham dự", timeout=_PATIENCE)

        secretary = await _join(zalo, "Quyên", codes["Bùi Mỹ Quyên"])
        await secretary.send("/tonghop")
        await secretary.wait_for_text("Định mức tháng", timeout=_PATIENCE)
        await secretary.send("pdf")
        linked = await secretary.wait_for_text(f"{installation.address}/files/", timeout=_PATIENCE)
        (address,) = _addresses(linked.text)
        answer = await browser.get(address)
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["content-type"] == "application/pdf"
    assert ".pdf" in answer.headers["content-disposition"]
    rows = await installation.data("export", "assignments", "--from", f"{today}", "--to", f"{due}", "--format", "json")
    assert rows[0]["assignees"] == [{"member": "Lý Ngọc Dung", "status": "accepted"}]


async def test_the_secretary_on_zalo_writes_minutes_by_numbers_and_sums_up_the_month_by_link(
    install: Any, join: Any, zalo: ZaloPlayground
) -> None:
    installation = install(webhook=True, zalo=zalo)
    codes = await installation.set_up_team()
    soon = datetime.now(HOME_ZONE) + timedelta(minutes=20)
    async with installation.running(), httpx.AsyncClient() as browser:
        leader = await join(installation.playground, "Hiếu", codes["Bùi Quốc Hiếu"])
        secretary = await _join(zalo, "Quyên", codes["Bùi Mỹ Quyên"])
        await _call_meeting(leader, soon)
        await secretary.wait_for_text("Mời họp", timeout=_PATIENCE)

        await secretary.send("bien ban Thầy Hiếu khai mạc")
        await secretary.wait_for_text("Đã ghi dòng 1", timeout=_PATIENCE)
        await secretary.send("Soạn đề cương – cô Dung – 30 ngày nữa")
        await secretary.wait_for_text("là nghị quyết", timeout=_PATIENCE)
        await secretary.choose("Đúng")
        await secretary.wait_for_text("Đã ghi nghị quyết", timeout=_PATIENCE)
        await secretary.choose("Gửi chủ tọa duyệt")
        await _fill_in_head(secretary)
        await leader.wait_for_text("mời thầy/cô duyệt", timeout=_PATIENCE)
        leader.press("Xác nhận biên bản")
        given = await secretary.wait_for_text("Biên bản số 01", timeout=_PATIENCE)
        assert ("docx" in given.text, "pdf" in given.text) == (True, True)
        for address in _addresses(given.text):
            answer = await browser.get(address)
            assert answer.status_code == httpx.codes.OK
            assert "bien-ban-01" in answer.headers["content-disposition"]

        sent = await secretary.send("tong hop thang nay")
        await secretary.wait_for_text("Định mức tháng", after=sent, timeout=_PATIENCE)
        await secretary.choose("PDF")
        linked = await secretary.wait_for_text("tong-hop-", after=sent, timeout=_PATIENCE)
        (address,) = _addresses(linked.text)
        assert (await browser.get(address)).content.startswith(b"%PDF")


async def _call_meeting(leader: Any, at: datetime) -> None:
    sent = leader.send(f"họp chung {at.hour}h{at.minute:02d} ngày {at:%d/%m/%Y} tại phòng họp, nội dung: sơ kết")
    if is_holiday(at.date()):
        await leader.wait_for_text("nghỉ", after=sent, timeout=_PATIENCE)
        leader.press("Vẫn họp")
    await leader.wait_for_text("Họp chung", after=sent, timeout=_PATIENCE)
    leader.press("Gửi")


async def _fill_in_head(phone: Phone) -> None:
    """What stands on every paper of the team, asked once."""
    await phone.wait_for_text("Cơ quan chủ quản ghi ở góc trái", timeout=_PATIENCE)
    await phone.send("UBND phường Thủ Dầu Một")
    await phone.wait_for_text("Địa danh", timeout=_PATIENCE)
    await phone.send("Thủ Dầu Một")
    await phone.wait_for_text("có đóng dấu", timeout=_PATIENCE)
    await phone.choose("Không đóng dấu")
    await phone.wait_for_text("Thông tin trên văn bản", timeout=_PATIENCE)
    await phone.choose("Lưu")


def _addresses(text: str) -> list[str]:
    return [word for word in text.split() if "/files/" in word]


async def _join(zalo: ZaloPlayground, name: str, code: str) -> Phone:
    phone = zalo.add_person(name)
    await phone.send("xin chào")
    await phone.wait_for_text("mã tham gia", timeout=_PATIENCE)
    await phone.send(code)
    await phone.wait_for_text("Thầy/cô có đồng ý không?", timeout=_PATIENCE)
    await phone.choose("Đồng ý tham gia")
    await phone.wait_for_text("Chào mừng", timeout=_PATIENCE)
    return phone


async def _report_by_numbers(phone: Phone) -> None:
    await phone.send("bao cao")
    await phone.wait_for_text("báo cáo hoạt động gì", timeout=_PATIENCE)
    await phone.choose("Dự giờ tiết dạy")
    await phone.wait_for_text("ngày nào", timeout=_PATIENCE)
    await phone.choose("Hôm nay")
    await phone.wait_for_text("Ở trường nào", timeout=_PATIENCE)
    await phone.send("le hong phong")
    await phone.wait_for_text("Lớp nào", timeout=_PATIENCE)
    await phone.send("2/3")
    await phone.wait_for_text("Môn gì", timeout=_PATIENCE)
    await phone.send("xem lai")
    await phone.wait_for_text("Lớp/khối: 2/3", timeout=_PATIENCE)
    await phone.choose("Gửi")
    await phone.wait_for_text("1/1", timeout=_PATIENCE)


def _last_day() -> str:
    last = Month.of(datetime.now(HOME_ZONE).date()).last
    return f"{last.isoformat()}T17:00:00+07:00"

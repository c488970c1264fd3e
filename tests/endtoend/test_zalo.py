"""A mixed team: the leader on Telegram, members on Zalo, who do everything by words and numbers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

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

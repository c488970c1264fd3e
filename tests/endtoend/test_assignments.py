"""Work given out over HTTP: one message, Nhận, the report that closes it, the export; secrets that can be deleted."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.clock import HOME_ZONE

pytestmark = pytest.mark.endtoend


async def test_work_is_given_out_accepted_reported_and_exported(install: Any, join: Any) -> None:
    installation = install()
    codes = await installation.set_up_team()
    today = datetime.now(HOME_ZONE).date()
    due = today + timedelta(days=5)
    async with installation.running():
        leader = await join(installation.playground, "Hiếu", codes["Bùi Quốc Hiếu"])
        dung = await join(installation.playground, "Dung", codes["Lý Ngọc Dung"])

        leader.send(f"giao dự giờ Toán 4A TH Phú Hòa 1: Lý Ngọc Dung; hạn báo cáo {due.day}/{due.month}/{due.year}")
        await leader.wait_for_text("gửi 1 người", timeout=10)
        leader.press("Gửi")
        await leader.wait_for_text("Đã giao việc số 1", timeout=10)

        await dung.wait_for_text("Phân công số 1", timeout=10)
        dung.press("Nhận")
        await dung.wait_for_text("Thầy/cô đã nhận", timeout=10)
        dung.press("Đã xong")
        await dung.wait_for_text("Em đã điền sẵn", timeout=10)
        dung.press("Gửi")
        await dung.wait_for_text("1/1", timeout=10)
        await dung.wait_for_text("Đã ghi nhận hoàn thành", timeout=10)
        await leader.wait_for_text("🏁 Lý Ngọc Dung – xong", timeout=10)

    days = ("--from", today.isoformat(), "--to", due.isoformat())
    rows = await installation.data("export", "assignments", *days, "--format", "json")
    assert [(row["kind"], row["status"]) for row in rows] == [("lesson_observation", "done")]
    assert rows[0]["assignees"] == [{"member": "Lý Ngọc Dung", "status": "done"}]
    activities = await installation.data("export", "activities", "--format", "json")
    assert [(row["member"], row["school"]) for row in activities] == [("Lý Ngọc Dung", "PH1")]


async def test_confidential_work_goes_from_the_chat_after_reading_and_from_the_export(install: Any, join: Any) -> None:
    installation = install()
    codes = await installation.set_up_team()
    due = datetime.now(HOME_ZONE).date() + timedelta(days=5)
    async with installation.running():
        leader = await join(installation.playground, "Hiếu", codes["Bùi Quốc Hiếu"])
        dung = await join(installation.playground, "Dung", codes["Lý Ngọc Dung"])
        leader.send(f"giao ra đề Toán HK1: Lý Ngọc Dung; hạn {due.day}/{due.month}/{due.year}")
        await leader.wait_for_text("gửi 1 người", timeout=10)
        leader.press("Gửi")
        await dung.wait_for_text("ra đề Toán HK1", timeout=10)
        dung.press("Xóa khỏi chat")
        await dung.wait_for_text("Đã xóa nội dung nhiệm vụ mật số 1", timeout=10)
        assert not any("ra đề Toán HK1" in message.text for message in dung.received())
    (row,) = await installation.data("export", "assignments", "--from", f"{due}", "--to", f"{due}", "--format", "json")
    assert (row["kind"], row["title"], row["assignees"]) == (
        None,
        "Nhiệm vụ mật số 1",
        [{"member": None, "status": "sent"}],
    )

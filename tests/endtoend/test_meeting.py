"""A meeting over HTTP: called in one message, answered, reminded of, written down, confirmed, exported."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.clock import HOME_ZONE

pytestmark = pytest.mark.endtoend


async def test_a_meeting_from_the_invitation_to_the_export(install: Any, join: Any) -> None:
    installation = install()
    playground = installation.playground
    codes = await installation.set_up_team()
    meeting = (datetime.now(HOME_ZONE) + timedelta(days=10)).replace(hour=14, minute=0, second=0, microsecond=0)
    async with installation.running():
        leader = await join(playground, "Hiếu", codes["Bùi Quốc Hiếu"])
        secretary = await join(playground, "Quyên", codes["Bùi Mỹ Quyên"])
        comes = await join(playground, "Dung", codes["Lý Ngọc Dung"])
        silent = await join(playground, "Phượng", codes["Bùi Minh Phượng"])
        group = leader.create_group("Tổ mạng lưới", with_bot=True)
        leader.send("/noinhom", chat=group)
        await leader.wait_for_text("đã gắn với", chat=group, timeout=10)

        leader.send(f"họp chung 14h ngày {meeting:%d/%m/%Y} tại phòng họp, nội dung: sơ kết; phân công")
        card = await leader.wait_for_text("Họp chung", timeout=10)
        if "ngày nghỉ lễ" in card.text:
            leader.press("Vẫn họp")
            await leader.wait_for_text("phòng họp", timeout=10)
        leader.press("Gửi")
        for phone in (secretary, comes, silent):
            await phone.wait_for_text("Mời họp", timeout=10)
        await leader.wait_for_text("Mời họp", chat=group, timeout=10)
        comes.press("Tham dự")
        await comes.wait_for_text("Thầy/cô: Tham dự", timeout=10)
        secretary.press("Vắng")
        await secretary.wait_for_text("vì lý do gì", timeout=10)

        at = (meeting - timedelta(hours=1)).isoformat()
        counts = await installation.data("jobs", "run", "meeting-reminders", "--at", at, "--json")
        assert counts["sent"] >= 2
        await silent.wait_for_text("trả lời giấy mời", timeout=10)
        await leader.wait_for_text("Nhắc họp", chat=group, timeout=10)

        rows = await installation.data(
            "export", "meetings", "--from", f"{meeting:%Y-%m-%d}", "--to", f"{meeting:%Y-%m-%d}", "--format", "json"
        )
    row = rows[0]
    assert (row["kind"], row["place"], row["chair"]) == ("general", "phòng họp", "Bùi Quốc Hiếu")
    answers = {each["member"]: each["answer"] for each in row["rsvp"]}
    assert answers["Lý Ngọc Dung"] == "attending"
    assert answers["Bùi Mỹ Quyên"] == "absent"
    assert answers["Bùi Minh Phượng"] is None


async def test_minutes_from_the_first_line_to_the_work_that_was_decided(install: Any, join: Any) -> None:
    installation = install()
    playground = installation.playground
    codes = await installation.set_up_team()
    begins = datetime.now(HOME_ZONE) + timedelta(minutes=20)
    part = " sáng" if 0 < begins.hour < 11 else ""  # "4h" without more is four in the afternoon
    async with installation.running():
        leader = await join(playground, "Hiếu", codes["Bùi Quốc Hiếu"])
        secretary = await join(playground, "Quyên", codes["Bùi Mỹ Quyên"])
        sent = leader.send(
            f"/hop họp chung {begins.hour}h{begins:%M}{part} ngày {begins:%d/%m/%Y} tại phòng họp, nội dung: sơ kết"
        )
        card = await leader.wait_for_text(f"{begins.day}/{begins.month}", after=sent, timeout=10)
        if "ngày nghỉ lễ" in card.text:
            leader.press("Vẫn họp")
            await leader.wait_for_text("phòng họp", timeout=10)
        leader.press("Gửi")
        await secretary.wait_for_text("Mời họp", timeout=10)

        secretary.send("/bienban")
        await secretary.wait_for_text("mỗi dòng thầy/cô gõ", timeout=10)
        secretary.send("Thầy Hiếu khai mạc")
        await secretary.wait_for_text("Đã ghi dòng 1", timeout=10)
        due = begins + timedelta(days=10)
        secretary.send(f"Soạn đề cương – Bùi Mỹ Quyên – {due.day}/{due.month}/{due.year}")
        await secretary.wait_for_text("Việc: Soạn đề cương", timeout=10)
        secretary.press("Đúng")
        await secretary.wait_for_text("Đã ghi nghị quyết", timeout=10)
        secretary.press("Gửi chủ tọa duyệt")
        await secretary.wait_for_text("góc trái", timeout=10)
        secretary.send("UBND phường Thủ Dầu Một")
        await secretary.wait_for_text("Địa danh ghi trước", timeout=10)
        secretary.send("Thủ Dầu Một")
        await secretary.wait_for_text("đóng dấu", timeout=10)
        secretary.press("Không đóng dấu")
        await secretary.wait_for_text("Thông tin trên văn bản", timeout=10)
        secretary.press("Lưu")
        await leader.wait_for_text("mời thầy/cô duyệt", timeout=10)
        leader.press("Xác nhận biên bản")
        await secretary.wait_for_text("Biên bản số 01", timeout=20)
        await secretary.wait_for_text("Soạn đề cương (nghị quyết", timeout=10)
    days = ("--from", f"{begins:%Y-%m-%d}", "--to", f"{due:%Y-%m-%d}")
    rows = await installation.data("export", "assignments", *days, "--format", "json")
    assert rows[0]["assignees"] == [{"member": "Bùi Mỹ Quyên", "status": "sent"}]

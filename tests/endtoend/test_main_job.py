"""The main job, from an empty folder to the export, as people live it."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.endtoend

REPORT = (
    "Dự giờ Toán lớp 4A trường Phú Hòa 1 hôm nay. Ưu điểm: lớp sôi nổi. Hạn chế: luyện tập hơi gấp. "
    "Tư vấn: tăng thời gian nhóm đôi. Thúc đẩy: tháng sau dự lại."
)


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_a_team_reports_is_nudged_and_is_counted(webhook: bool, install: Any, join: Any) -> None:
    installation = install(webhook=webhook)
    playground = installation.playground
    codes = await installation.set_up_team()
    async with installation.running():
        leader = await join(playground, "Hiếu", codes["Bùi Quốc Hiếu"])
        secretary = await join(playground, "Quyên", codes["Bùi Mỹ Quyên"])
        reporter = await join(playground, "Dung", codes["Lý Ngọc Dung"])
        idle = await join(playground, "Phượng", codes["Bùi Minh Phượng"])

        group = leader.create_group("Tổ mạng lưới", with_bot=True)
        leader.send("/noinhom", chat=group)
        await leader.wait_for_text("đã gắn với", chat=group, timeout=10)

        reporter.send(REPORT)
        card = await reporter.wait_for_text("📅", timeout=10)
        reporter.press("Gửi", message=card)
        receipt = await reporter.wait_for_text("1/1", after=card, timeout=10)
        assert "số 1" in receipt.text

        await _report_step_by_step(secretary)

        counts = await installation.data("jobs", "run", "monthly-nudges", "--at", _last_day(), "--json")
        assert counts["sent"] == 2  # leader and Phượng; the two who reported owe nothing, nobody else has joined
        await idle.wait_for_text("còn thiếu", timeout=10)
        await leader.wait_for_text("còn thiếu", timeout=10)
        assert not [message for message in reporter.received() if "còn thiếu" in message.text]
        again = await installation.data("jobs", "run", "monthly-nudges", "--at", _last_day(), "--json")
        assert (again["sent"], again["already"]) == (0, 2)

        secretary.send("/tonghop")
        digest = await secretary.wait_for_text("Định mức tháng", timeout=10)
        assert "2/32" in digest.text
        assert "Bùi Minh Phượng" in digest.text

    rows = await installation.data("export", "activities", "--format", "json")
    assert [(row["member"], row["school"]) for row in rows] == [("Lý Ngọc Dung", "PH1"), ("Bùi Mỹ Quyên", "LHP")]
    assert rows[0]["advice"] == "tăng thời gian nhóm đôi."


async def _report_step_by_step(phone: Any) -> None:
    phone.send("/baocao")
    await phone.wait_for_text("báo cáo hoạt động gì", timeout=10)
    phone.press("Dự giờ tiết dạy")
    await phone.wait_for_text("ngày nào", timeout=10)
    phone.press("Hôm nay")
    await phone.wait_for_text("Ở trường nào", timeout=10)
    phone.send("le hong phong")
    await phone.wait_for_text("Lớp nào", timeout=10)
    phone.send("2/3")
    await phone.wait_for_text("Môn gì", timeout=10)
    phone.press("Xem lại & gửi")
    await phone.wait_for_text("Lớp/khối: 2/3", timeout=10)
    phone.press("Gửi")
    await phone.wait_for_text("1/1", timeout=10)


def _last_day() -> str:
    from datetime import datetime

    from bot.domain.clock import HOME_ZONE
    from bot.domain.school_year import Month

    last = Month.of(datetime.now(HOME_ZONE).date()).last
    return f"{last.isoformat()}T17:00:00+07:00"

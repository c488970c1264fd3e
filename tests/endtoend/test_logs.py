"""One id runs through the log, from an update to every message that came of it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.clock import HOME_ZONE

pytestmark = pytest.mark.endtoend


async def test_one_id_leads_from_an_update_to_each_message_that_came_of_it(
    install: Any, join: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOG_FORMAT", "json")
    installation = install()
    codes = await installation.set_up_team()
    async with installation.running():
        leader = await join(installation.playground, "Hiếu", codes["Bùi Quốc Hiếu"])
        member = await join(installation.playground, "Dung", codes["Lý Ngọc Dung"])
        due = datetime.now(HOME_ZONE).date() + timedelta(days=5)
        leader.send(f"giao dự giờ Toán 4A TH Phú Hòa 1: Lý Ngọc Dung; hạn báo cáo {due.day}/{due.month}/{due.year}")
        await leader.wait_for_text("gửi 1 người", timeout=10)
        leader.press("Gửi")
        told = await member.wait_for_text("Phân công số 1", timeout=10)
        await installation.playground.world.quiet(timeout=30)
    lines = [json.loads(line) for line in installation.log.splitlines() if line.startswith("{")]
    answered = {line["update"]: line["chat"] for line in lines if line["event"] == "update_answered"}
    sent = [line for line in lines if line["event"] == "message_sent"]
    (line,) = [each for each in sent if each["message"] == str(told.id)]
    assert answered[line["update"]] == f"telegram:{leader.person.id}"
    assert {each["update"] for each in sent} <= answered.keys()

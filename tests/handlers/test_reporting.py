"""Reporting as people do it."""

from __future__ import annotations

from tests.builders import Make
from tests.office import Office

ONE_MESSAGE = "dự giờ Toán 4A TH Kim Đồng hôm nay, ưu điểm lớp sôi nổi, tư vấn thêm thời gian nhóm đôi"


async def test_one_message_and_one_press_file_a_report(office: Office, make: Make) -> None:
    team = await make.team()
    await make.school(team, code="KD", name="Trường Tiểu học Kim Đồng")
    phone = office.phone(await make.joined_member(team))
    card = await phone.say(ONE_MESSAGE)
    for word in ("Gửi", "Sửa", "Bỏ"):
        assert any(word in label for label in card.labels)
    receipt = await phone.press("Gửi")
    assert "1/1" in receipt.text

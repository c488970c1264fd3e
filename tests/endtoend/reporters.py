"""People who report one lesson after the other, as fast as the bot answers, whatever becomes of it meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

PATIENCE = 150
REPORTERS = {
    "Lý Ngọc Dung": "Lê Hồng Phong",
    "Bùi Minh Phượng": "Nguyễn Trãi",
    "Trần Quốc Ánh": "Nguyễn Du",
    "Ngô Thị Quyên": "Nguyễn Hiền",
    "Đặng Hữu Nhung": "Phú Hòa 1",
    "Nguyễn Thanh Nga": "Phú Hòa 2",
    "Hồ Thị Hiếu": "Phú Hòa 3",
    "Võ Hữu Phúc": "Kim Đồng",
    "Phạm Quốc Nga": "Trần Phú",
    "Ngô Minh Trang": "Lê Văn Tám",
}
"""Who reports, and at which school: everybody elsewhere, so that nobody reports a colleague's activity again."""


def lessons(count: int) -> list[str]:
    """So many classes, each another: 1A, 2A, … 5A, 1B, …"""
    return [f"{number % 5 + 1}{chr(ord('A') + number // 5)}" for number in range(count)]


async def report_often(phone: Any, name: str, classes: Iterable[str]) -> list[int]:
    """Report and confirm, each answer awaited; returns the receipts' numbers."""
    numbers: list[int] = []
    for number, group in enumerate(classes):
        sent = phone.send(f"dự giờ Toán {group} TH {REPORTERS[name]} hôm nay. Tư vấn: {mark(name, number)}")
        card = await phone.wait_for_text(mark(name, number), after=sent, timeout=PATIENCE)
        phone.press("Gửi", message=card)
        receipt = await phone.wait_for_text("Đã nhận báo cáo số", after=card, timeout=PATIENCE)
        found = re.search(r"số (\d+)", receipt.text)
        assert found is not None
        numbers.append(int(found.group(1)))
    return numbers


def mark(name: str, number: int) -> str:
    """What makes this report known again."""
    return f"lời khuyên {name} lần {number:02}"


def all_marks(names: Any, count: int) -> list[str]:
    """The marks of everything that these people reported, sorted."""
    return sorted(mark(name, number) for name in names for number in range(count))


def assert_in_order(receipts: list[list[int]], count: int) -> None:
    """Each person's receipts came in the order of their reports, none twice."""
    for numbers in receipts:
        assert numbers == sorted(numbers)
        assert len(set(numbers)) == count

"""A team that plans: the year, and a member's month."""

from __future__ import annotations

from tests.office import Phone
from tests.working_team import People

YEAR_PLAN = "/kehoach tổ\nTháng 11: dự giờ TH Phú Hòa 1; họp tổ\nTháng 12: chấm thi\n- Sơ kết"


async def planned(people: People, text: str = YEAR_PLAN) -> None:
    """The leader has written the year's plan."""
    await people.leader.say(text)
    await people.leader.press("Lưu")


async def handed_in(phone: Phone, text: str = "/kehoach tháng 12: dự giờ TH Kim Đồng") -> None:
    """A member has handed in a plan."""
    await phone.say(text)
    await phone.press("Lưu")
    await phone.press("Nộp kế hoạch")

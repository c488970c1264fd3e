"""Nudges reach people where they are."""

from __future__ import annotations

from datetime import datetime

from bot.domain.clock import HOME_ZONE
from tests.builders import Make
from tests.office import Office

LAST_AFTERNOON = datetime(2026, 11, 30, 17, 0, tzinfo=HOME_ZONE)


async def test_a_member_who_owes_is_nudged_once_a_stage(office: Office, make: Make) -> None:
    team = await make.team()
    phone = office.phone(await make.joined_member(team))
    await office.run_job("monthly-nudges", at=LAST_AFTERNOON)
    again = await office.run_job("monthly-nudges", at=LAST_AFTERNOON)
    assert (len(phone.screen), again["sent"], again["already"]) == (1, 0, 1)

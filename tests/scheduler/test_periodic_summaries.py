"""Reports that are drafted by themselves: once for a team and a period, by whoever is there to read them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.domain.clock import HOME_ZONE
from bot.domain.periodic_reports import due_periods
from bot.domain.team_settings import TeamSettings
from bot.domain.vocabulary import Role
from storage.engine import Database
from tests.builders import Make
from tests.clock import FakeClock
from tests.office import Office


def _at(day: date, hour: int = 8) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=HOME_ZONE)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 12, 1), ["2026-11-01_2026-11-30"]),
        (date(2026, 12, 31), ["2026-11-01_2026-11-30"]),
        (date(2027, 1, 15), ["2026-12-01_2026-12-31"]),
        (date(2027, 1, 16), ["2026-12-01_2026-12-31", "2026-09-01_2027-01-15"]),
        (date(2027, 6, 1), ["2027-05-01_2027-05-31", "2027-01-16_2027-05-31", "2026-09-01_2027-05-31"]),
        (date(2027, 7, 2), []),
        (date(2026, 9, 1), []),
    ],
)
def test_reports_are_due_after_month_semester_and_year(today: date, expected: list[str]) -> None:
    assert [period.key for period in due_periods(today, TeamSettings())] == expected


async def test_on_the_first_the_secretary_gets_last_month_s_draft_once(
    database: Database, make: Make, clock: FakeClock
) -> None:
    team = await make.team()
    leader = await make.joined_member(team, role=Role.LEADER)
    secretary = await make.joined_member(team, role=Role.SECRETARY)
    office = Office(database, clock)
    clock.set(_at(date(2026, 12, 1)))
    counts = await office.run_job("periodic-summaries")
    assert counts == {"teams": 1, "drafts": 1, "already": 0, "unreachable": 0}
    phone = office.phone(secretary)
    assert "tháng 11 năm 2026" in phone.last.text
    assert phone.last.labels == ("📝 Lập báo cáo",)
    await office.draw_papers()
    await office.deliver()
    assert phone.last.file_names == ("tong-hop-2026-11.docx",)
    assert not office.phone(leader).screen
    assert (await office.run_job("periodic-summaries"))["already"] == 1
    assert len(phone.screen) == 2


async def test_in_quiet_hours_nothing_is_written(database: Database, make: Make, clock: FakeClock) -> None:
    team = await make.team()
    await make.joined_member(team, role=Role.SECRETARY)
    clock.set(_at(date(2026, 12, 1), 5))
    assert (await Office(database, clock).run_job("periodic-summaries"))["teams"] == 0


async def test_without_a_secretary_the_leader_gets_it_and_without_anybody_it_waits(
    database: Database, make: Make, clock: FakeClock
) -> None:
    team = await make.team()
    member = await make.member(team, role=Role.LEADER)
    office = Office(database, clock)
    clock.set(_at(date(2026, 12, 1)))
    assert (await office.run_job("periodic-summaries"))["unreachable"] == 1
    leader = await make.join(member)
    clock.set(_at(date(2026, 12, 3)))
    assert (await office.run_job("periodic-summaries"))["drafts"] == 1
    assert "tháng 11" in office.phone(leader).screen[0].text


async def test_a_team_founded_later_has_no_report_of_before(database: Database, make: Make, clock: FakeClock) -> None:
    clock.set(_at(date(2026, 12, 1), 7))
    team = await make.team()
    await make.joined_member(team, role=Role.SECRETARY)
    clock.set(_at(date(2026, 12, 1)))
    assert (await Office(database, clock).run_job("periodic-summaries"))["teams"] == 0

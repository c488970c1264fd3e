"""The sample team: as large as promised, plausible, and the same every time."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from bot.demo.cast import gather
from bot.demo.history import draw_history, past_months
from bot.demo.people import PEOPLE, SCHOOLS
from bot.demo.seed import write_sample
from bot.domain.clock import HOME_ZONE
from bot.domain.school_year import Month
from bot.domain.vocabulary import Role
from bot.playground.telegram import world as telegram
from bot.playground.zalo import world as zalo
from storage.engine import Database
from tests.clock import FakeClock

TODAY = date(2026, 11, 23)


def test_there_are_32_members_and_24_schools_all_different() -> None:
    assert len({person.name for person in PEOPLE}) == len(PEOPLE) == 32
    assert len({school.code for school in SCHOOLS}) == len({school.name for school in SCHOOLS}) == len(SCHOOLS) == 24
    assert {person.school for person in PEOPLE if person.school} <= {school.code for school in SCHOOLS}
    assert [person.role for person in PEOPLE].count(Role.LEADER) == 1


@pytest.mark.parametrize("today", [TODAY, date(2027, 2, 28), date(2026, 9, 1), date(2027, 7, 10)])
def test_history_is_one_and_a_half_school_years_before_today(today: date) -> None:
    months = past_months(today)
    assert len(months) == 13
    assert not [month for month in months if month.month in (6, 7, 8)]
    history = draw_history(PEOPLE, SCHOOLS, today=today)
    assert history.since == months[0].first
    assert all(history.since <= each.date < today for each in history.activities)
    assert all(each.date <= each.reported_on.date() for each in history.activities)


def test_history_is_the_same_for_the_same_day() -> None:
    assert draw_history(PEOPLE, SCHOOLS, today=TODAY) == draw_history(PEOPLE, SCHOOLS, today=TODAY)


def test_most_have_met_most_months_and_those_who_owe_have_done_nothing_yet() -> None:
    history = draw_history(PEOPLE, SCHOOLS, today=TODAY)
    owing = {place for place, person in enumerate(PEOPLE) if person.owes_now}
    months = Counter(str(Month.of(each.date)) for each in history.activities)
    assert all(25 <= months[str(month)] <= 60 for month in past_months(TODAY))
    running = {each.members[0] for each in history.activities if Month.of(each.date) == Month.of(TODAY)}
    assert running
    assert not running & owing


async def test_the_sample_is_written_and_nobody_gets_old_reminders(database: Database, clock: FakeClock) -> None:
    cast = gather(telegram.World(), zalo.World())
    sample = await write_sample(database, accounts=cast.chats, groups=cast.groups, now=clock())
    async with database.read() as uow:
        members = await uow.members.current(sample.team_id)
        assert [member.name for member in members] == [person.name for person in PEOPLE]
        assert sum(member.person_id is not None for member in members) == 30
        assert len(sample.codes) == 2
        rows = await uow.activities.between(sample.team_id, date(2025, 1, 1), TODAY)
        assert [row.activity.number for row in rows if row.activity.number < 1] == []
        assert len(rows) == len(draw_history(PEOPLE, SCHOOLS, today=clock().astimezone(HOME_ZONE).date()).activities)
        waiting = await uow.queues.newest(limit=500)
        due = {row.key.partition(":")[0] for row in waiting if row.status in ("pending", "scheduled")}
        assert due == {"sample-welcome", "sample-commands"}


async def test_those_who_reported_have_used_the_bot_since(database: Database, clock: FakeClock) -> None:
    cast = gather(telegram.World(), zalo.World())
    sample = await write_sample(database, accounts=cast.chats, groups=cast.groups, now=clock())
    reporters = {each.members[0] for each in draw_history(PEOPLE, SCHOOLS, today=TODAY).activities}
    async with database.read() as uow:
        reach = await uow.accounts.reach(sample.team_id)
    used = [reach[sample.member_ids[place]].last_used_at for place in reporters if place in cast.chats]
    assert min(used) > clock() - timedelta(days=180)

"""Moving the clock: which ticks are lived through, and what cannot be done."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.demo.command import open_browser
from bot.demo.hints import first_moment, moments, next_nudge
from bot.demo.passage import CannotMove, Passage, due_jobs, ticks
from bot.domain.clock import HOME_ZONE
from bot.playground.clock import ShiftedClock
from scheduler.jobs import Counts, Job, JobContext
from tests.clock import FakeClock

MONDAY = datetime(2026, 11, 23, 9, 2, 30, tzinfo=HOME_ZONE)
spans = st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(days=70))


async def _nothing(context: JobContext) -> Counts:
    del context
    return {}


FIVE, HOUR = Job("five", 5, _nothing), Job("hour", 60, _nothing)


@given(spans)
def test_ticks_lie_in_order_between_start_and_end_and_the_end_is_the_last(span: timedelta) -> None:
    lived = list(ticks(MONDAY, MONDAY + span))
    assert lived == sorted(set(lived))
    assert lived[-1] == MONDAY + span
    assert lived[0] > MONDAY
    assert all(moment.minute % 5 == 0 and moment.second == 0 for moment in lived[:-1])


def test_an_evening_is_lived_every_five_minutes() -> None:
    assert len(list(ticks(MONDAY, MONDAY + timedelta(hours=1)))) == 13


def test_a_month_is_lived_every_half_hour_of_its_days_and_every_default_stage_is_met() -> None:
    lived = list(ticks(MONDAY, MONDAY + timedelta(days=10)))
    assert datetime(2026, 11, 23, 18, 30, tzinfo=HOME_ZONE) in lived
    assert datetime(2026, 11, 30, 17, 0, tzinfo=HOME_ZONE) in lived
    assert not [moment for moment in lived if moment.hour < 6]


def test_an_hourly_job_is_due_once_an_hour() -> None:
    lived = [MONDAY, *ticks(MONDAY, MONDAY + timedelta(hours=3))]
    due = [due_jobs([FIVE, HOUR], before, moment) for before, moment in pairwise(lived)]
    assert sum(HOUR in jobs for jobs in due) == 3
    assert sum(FIVE in jobs for jobs in due) == 36


async def test_jobs_run_in_order_with_the_clock_standing_at_their_tick() -> None:
    base = FakeClock(MONDAY)
    clock = ShiftedClock(base)
    ran: list[datetime] = []

    async def run(job: Job) -> None:
        ran.append(clock())

    async def idle() -> bool:
        return False

    passage = Passage(clock, [FIVE], run_job=run, is_busy=idle)
    target = MONDAY + timedelta(minutes=16)
    await passage.to(target, progress=lambda: None)
    assert [f"{moment.astimezone(HOME_ZONE):%H:%M}" for moment in ran] == ["09:05", "09:10", "09:15"]
    assert clock() == target


@pytest.mark.parametrize("span", [timedelta(0), timedelta(hours=-1), timedelta(days=400)])
async def test_the_clock_goes_neither_back_nor_into_another_year(span: timedelta) -> None:
    async def never(*_: object) -> bool:
        raise AssertionError

    passage = Passage(ShiftedClock(FakeClock(MONDAY)), [FIVE], run_job=never, is_busy=never)
    with pytest.raises(CannotMove):
        await passage.to(MONDAY + span, progress=lambda: None)


@settings(deadline=None)  # the table of holidays is loaded once
@given(st.datetimes(datetime(2026, 9, 1), datetime(2027, 5, 31), timezones=st.just(HOME_ZONE)))
def test_every_moment_that_is_offered_lies_ahead(now: datetime) -> None:
    offered = moments(now)
    assert all(each.at > now for each in offered)
    assert len({each.name for each in offered}) == len(offered)


def test_the_next_nudge_is_that_of_the_team() -> None:
    assert next_nudge(MONDAY) == datetime(2026, 11, 23, 18, 30, tzinfo=HOME_ZONE)
    assert next_nudge(MONDAY + timedelta(days=1)) == datetime(2026, 11, 27, 18, 30, tzinfo=HOME_ZONE)


def test_in_the_holidays_the_demo_begins_in_october() -> None:
    july = datetime(2027, 7, 5, 8, 0, tzinfo=HOME_ZONE)
    assert first_moment(july).date().isoformat() == "2027-10-13"
    assert first_moment(MONDAY) == MONDAY


async def test_stopping_ends_a_journey_at_its_next_tick() -> None:
    ran = 0

    async def run(job: Job) -> None:
        nonlocal ran
        ran += 1
        if ran == 3:
            stopping.append(asyncio.create_task(passage.stop()))
            await asyncio.sleep(0)

    async def idle() -> bool:
        return False

    stopping: list[asyncio.Task[None]] = []
    passage = Passage(ShiftedClock(FakeClock(MONDAY)), [FIVE], run_job=run, is_busy=idle)
    with pytest.raises(CannotMove):
        await passage.to(MONDAY + timedelta(days=1), progress=lambda: None)
    await stopping[0]
    assert ran == 3


@pytest.mark.parametrize(("screen", "opened"), [({}, []), ({"DISPLAY": ":0"}, ["http://127.0.0.1:1"])])
def test_a_browser_is_opened_only_where_there_is_a_screen(
    monkeypatch: pytest.MonkeyPatch, screen: dict[str, str], opened: list[str]
) -> None:
    seen: list[str] = []
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in screen.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("webbrowser.open", seen.append)
    open_browser("http://127.0.0.1:1")
    assert seen == opened

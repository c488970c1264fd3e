"""The monthly duty, whatever the times of the ticks: each stage at most once, and only for those who owe."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import is_holiday, is_quiet, sendable_from
from bot.domain.duty import (
    Absence,
    DutyFacts,
    Standing,
    closing_month,
    due_stage,
    is_month_free,
    list_is_due,
    may_be_nudged,
    standing,
)
from bot.domain.school_year import Month
from bot.domain.team_settings import TeamSettings
from bot.domain.vocabulary import LeaveStatus, NudgeStage, Role

SETTINGS = TeamSettings()


moments = st.datetimes(datetime(2026, 8, 1), datetime(2030, 8, 1), timezones=st.just(UTC))
days = st.dates(date(2026, 8, 1), date(2030, 8, 1))


@st.composite
def absences(draw: st.DrawFn) -> Absence:
    """Leave of any length and standing."""
    first = draw(days)
    last = first + timedelta(days=draw(st.integers(0, 120)))
    return Absence(first, last, draw(st.sampled_from(LeaveStatus)), "lý do")


facts = st.builds(
    DutyFacts,
    member_id=st.integers(1, 9),
    role=st.sampled_from(Role),
    activities=st.integers(0, 3),
    absences=st.lists(absences(), max_size=4).map(tuple),
)


@given(st.lists(moments, max_size=60))
def test_ticks_in_order_meet_the_stages_of_a_month_in_order(ticks: list[datetime]) -> None:
    met = [due for tick in sorted(ticks) if (due := due_stage(tick, SETTINGS)) is not None]
    for before, after in pairwise(met):
        assert (before.month, before.stage) <= (after.month, after.stage)


@given(moments)
def test_a_due_stage_has_begun_and_lies_in_its_own_school_month(now: datetime) -> None:
    due = due_stage(now, SETTINGS)
    local = now.astimezone(SETTINGS.zone)
    if due is None:
        assert local.month not in SETTINGS.school_months or (Month.of(local.date()).last - local.date()).days >= 7
    else:
        assert due.since <= now
        assert due.month == Month.of(local.date())
        assert due.month.month in SETTINGS.school_months


@given(moments)
def test_the_list_is_due_from_the_one_day_stage_to_the_end_of_the_month(now: datetime) -> None:
    due = due_stage(now, SETTINGS)
    expected = due.month if due and due.stage in {NudgeStage.ONE_DAY, NudgeStage.LAST_DAY} else None
    assert list_is_due(now, SETTINGS) == expected


@given(moments)
def test_a_month_is_closed_only_after_it_is_over(now: datetime) -> None:
    month = closing_month(now, SETTINGS)
    today = now.astimezone(SETTINGS.zone).date()
    assert month is None or (month.last < today <= month.next.last and month.month in SETTINGS.school_months)


@given(facts, days)
def test_nobody_is_nudged_who_owes_nothing(each: DutyFacts, today: date) -> None:
    month = Month.of(today)
    if not may_be_nudged(each, month, SETTINGS, today=today):
        return
    assert standing(each, month, SETTINGS) is Standing.OWES
    assert each.role is not Role.OFFICER
    assert each.activities < SETTINGS.activities_a_month
    assert month.month in SETTINGS.school_months
    assert not any(absence.status is LeaveStatus.GRANTED and absence.covers(today) for absence in each.absences)


@given(facts, days, days)
def test_who_came_after_a_month_never_owes_it_and_who_came_before_it_may(
    each: DutyFacts, came: date, today: date
) -> None:
    month = Month.of(today)
    stands = standing(replace(each, since=came), month, SETTINGS)
    if Month.of(came) > month or (Month.of(came) == month and came.day > SETTINGS.newcomers_owe_until_day):
        assert stands is not Standing.OWES
    else:
        assert stands is standing(each, month, SETTINGS)


@given(facts, days)
def test_who_has_done_their_part_never_owes_whatever_else_is_true(each: DutyFacts, today: date) -> None:
    if each.activities >= SETTINGS.activities_a_month:
        assert standing(each, Month.of(today), SETTINGS) in {Standing.MET, Standing.EXEMPT}


@given(st.lists(absences(), max_size=4), absences(), days)
def test_more_leave_never_makes_a_month_owed(some: list[Absence], more: Absence, day: date) -> None:
    if is_month_free(some, Month.of(day)):
        assert is_month_free([*some, more], Month.of(day))


@given(days)
def test_refused_asked_and_withdrawn_leave_frees_no_month(day: date) -> None:
    month = Month.of(day)
    for status in set(LeaveStatus) - {LeaveStatus.GRANTED}:
        assert not is_month_free([Absence(month.first, month.last, status)], month)


@given(moments)
def test_a_reminder_never_comes_in_quiet_hours_on_a_holiday_or_too_early(now: datetime) -> None:
    at = sendable_from(now, SETTINGS)
    assert at >= now
    assert not is_quiet(at.time(), SETTINGS)
    assert not is_holiday(at.date())
    assert sendable_from(at, SETTINGS) == at

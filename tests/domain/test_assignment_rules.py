"""The rules of work that is given out."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.assignments import (
    WORK_KINDS,
    AssigneeStatus,
    Delegated,
    Engagement,
    ReminderReason,
    Step,
    clashes,
    deadline,
    least_loaded,
    may_assign,
    may_manage,
    may_nudge,
    may_see_board,
    reminder_due,
    step,
)
from bot.domain.clock import HOME_ZONE
from bot.domain.recurrence import Recurrence, last_working_day, latest_time, next_time
from bot.domain.school_year import Month
from bot.domain.vocabulary import Role

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=HOME_ZONE)
TODAY = NOW.date()
moments = st.datetimes(datetime(2026, 9, 1), datetime(2027, 5, 31)).map(lambda each: each.replace(tzinfo=HOME_ZONE))
maybe = st.one_of(st.none(), moments)


@given(status=st.sampled_from(list(AssigneeStatus)), steps=st.lists(st.sampled_from(list(Step)), max_size=8))
def test_what_is_done_stays_done_and_every_step_leads_to_a_state(status: AssigneeStatus, steps: list[Step]) -> None:
    for each in steps:
        after = step(status, each)
        if status is AssigneeStatus.DONE:
            assert after is None
        status = after or status
    assert status in AssigneeStatus


def test_nobody_answers_what_was_not_sent_or_was_taken_away() -> None:
    for status in (AssigneeStatus.WAITING, AssigneeStatus.REMOVED):
        assert all(step(status, each) is None for each in (Step.ACCEPT, Step.DECLINE, Step.FINISH))


@given(
    kind=st.sampled_from(WORK_KINDS),
    kinds=st.lists(st.sampled_from(WORK_KINDS), unique=True),
    days=st.integers(-5, 5),
    role=st.sampled_from([*Role, None]),
)
def test_deputies_give_out_exactly_what_was_delegated(
    kind: str, kinds: list[str], days: int, role: Role | None
) -> None:
    delegated = [Delegated(kinds=tuple(kinds), until=TODAY + timedelta(days=days))]
    expected = role is Role.LEADER or (role is Role.DEPUTY and kind in kinds and days >= 0)
    assert may_assign(role, kind, delegated=delegated, on=TODAY) is expected


@pytest.mark.parametrize(
    ("role", "manages_own", "manages_others", "nudges", "nudges_confidential", "sees"),
    [
        (Role.LEADER, True, True, True, True, True),
        (Role.DEPUTY, True, False, False, False, True),
        (Role.SECRETARY, False, False, True, False, True),
        (Role.MEMBER, False, False, False, False, False),
        (Role.OFFICER, False, False, False, False, False),
        (None, False, False, False, False, False),
    ],
)
def test_who_looks_after_work(
    role: Role | None, manages_own: bool, manages_others: bool, nudges: bool, nudges_confidential: bool, sees: bool
) -> None:
    assert may_manage(role, is_giver=True) is manages_own
    assert may_manage(role, is_giver=False) is manages_others
    assert may_nudge(role, is_giver=False, confidential=False) is nudges
    assert may_nudge(role, is_giver=False, confidential=True) is nudges_confidential
    assert may_see_board(role) is sees


@given(
    status=st.sampled_from(list(AssigneeStatus)),
    sent_at=maybe,
    starts_at=maybe,
    due_at=maybe,
    now=moments,
)
def test_only_those_whom_it_still_concerns_are_reminded(
    status: AssigneeStatus, sent_at: datetime | None, starts_at: datetime | None, due_at: datetime | None, now: datetime
) -> None:
    reason = reminder_due(status=status, sent_at=sent_at, starts_at=starts_at, due_at=due_at, now=now)
    if status not in (AssigneeStatus.SENT, AssigneeStatus.ACCEPTED) or sent_at is None:
        assert reason is None
    end = deadline(starts_at=starts_at, due_at=due_at)
    if reason is ReminderReason.OVERDUE:
        assert end is not None
        assert end <= now
    if reason is ReminderReason.UNANSWERED:
        assert status is AssigneeStatus.SENT
        assert sent_at is not None
        assert now - sent_at >= timedelta(days=1)
    if reason is ReminderReason.BEFORE:
        assert any(each is not None and now < each <= now + timedelta(days=1) for each in (starts_at, due_at))


def test_whoever_was_told_today_is_not_reminded_of_tomorrow_at_once() -> None:
    soon = NOW + timedelta(hours=20)
    reason = reminder_due(status=AssigneeStatus.SENT, sent_at=NOW, starts_at=soon, due_at=None, now=NOW)
    assert reason is None


@pytest.mark.parametrize(
    ("apart", "all_day", "expected"),
    [
        (timedelta(hours=1), False, True),
        (timedelta(hours=3), False, False),
        (timedelta(hours=6), True, True),
        (timedelta(days=1), True, False),
    ],
)
def test_clashes(apart: timedelta, all_day: bool, expected: bool) -> None:
    engagement = Engagement(starts_at=NOW, all_day=all_day, title="dự giờ")
    assert clashes(engagement, starts_at=NOW + apart, all_day=False) is expected


@given(
    loads=st.dictionaries(st.integers(1, 30), st.integers(0, 9)),
    candidates=st.lists(st.integers(1, 30), unique=True, max_size=20),
    count=st.integers(0, 25),
    busy=st.sets(st.integers(1, 30)),
)
def test_the_least_loaded_have_no_more_to_do_than_those_left_out(
    loads: dict[int, int], candidates: list[int], count: int, busy: set[int]
) -> None:
    chosen = least_loaded(loads, candidates, count, busy=busy)
    assert len(chosen) == min(count, len(candidates))
    left = [each for each in candidates if each not in chosen]
    assert all(
        (one in busy, loads.get(one, 0)) <= (other in busy, loads.get(other, 0)) for one in chosen for other in left
    )


@settings(deadline=None)  # the first look at a year's holidays is slow
@given(moment=moments, recurrence=st.sampled_from([each for each in Recurrence if each]))
def test_a_repetition_always_goes_forward_and_keeps_its_hour(moment: datetime, recurrence: Recurrence) -> None:
    following = next_time(moment, recurrence)
    assert following is not None
    assert following > moment
    assert following.time() == moment.time()
    if recurrence is Recurrence.MONTH_END:
        assert following.day == last_working_day(Month.of(following.date()))


@settings(deadline=None)
@given(due=moments, recurrence=st.sampled_from([each for each in Recurrence if each]), days=st.integers(0, 200))
def test_after_downtime_only_the_latest_date_is_left(due: datetime, recurrence: Recurrence, days: int) -> None:
    now = due + timedelta(days=days)
    latest = latest_time(due, recurrence, now=now)
    following = next_time(latest, recurrence)
    assert due <= latest <= now
    assert following is not None
    assert following > now


def test_the_31st_is_not_lost_in_february() -> None:
    february = next_time(datetime(2027, 1, 31, 8, tzinfo=HOME_ZONE), Recurrence.MONTHLY, day=31)
    assert february is not None
    assert february.date() == date(2027, 2, 28)
    march = next_time(february, Recurrence.MONTHLY, day=31)
    assert march is not None
    assert march.date() == date(2027, 3, 31)

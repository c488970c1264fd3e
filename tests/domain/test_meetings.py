"""Who chairs, which reminder is due, who was there, and whether the year runs behind."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.calendar import is_holiday, is_quiet
from bot.domain.clock import HOME_ZONE
from bot.domain.meetings import (
    Answer,
    CheckIn,
    Official,
    Presence,
    check_in,
    due_reminder,
    presence,
    stage_moment,
    who_chairs,
    year_of_meetings,
)
from bot.domain.team_settings import TeamSettings
from bot.domain.vocabulary import Role

SETTINGS = TeamSettings()
LEADER = Official(1, Role.LEADER)
FIRST = Official(2, Role.DEPUTY, order=1)
SECOND = Official(3, Role.DEPUTY, order=2)
SECRETARY = Official(4, Role.SECRETARY)
officials = st.lists(
    st.builds(
        Official,
        st.integers(1, 9),
        st.sampled_from([Role.LEADER, Role.DEPUTY, Role.SECRETARY]),
        st.integers(0, 3),
        st.sampled_from([None, *Answer]),
        st.booleans(),
    ),
    max_size=6,
    unique_by=lambda each: each.member_id,
)
moments = st.datetimes(datetime(2026, 9, 1), datetime(2027, 5, 31)).map(lambda at: at.replace(tzinfo=HOME_ZONE))


def away(official: Official) -> Official:
    return Official(official.member_id, official.role, official.order, Answer.ABSENT)


def test_the_leader_chairs_whatever_order_they_are_listed_in() -> None:
    assert who_chairs([SECRETARY, SECOND, FIRST, LEADER]) == 1


def test_the_deputy_named_first_stands_in_then_the_next_then_the_secretary_then_nobody() -> None:
    assert who_chairs([SECOND, away(LEADER), FIRST, SECRETARY]) == 2
    assert who_chairs([SECOND, away(LEADER), away(FIRST), SECRETARY]) == 3
    assert who_chairs([away(SECOND), away(LEADER), away(FIRST), SECRETARY]) == 4
    assert who_chairs([away(SECOND), away(LEADER), away(FIRST), away(SECRETARY)]) is None


def test_leave_is_being_away_unless_they_say_that_they_come() -> None:
    on_leave = Official(1, Role.LEADER, is_on_leave=True)
    comes = Official(1, Role.LEADER, answer=Answer.ATTENDING, is_on_leave=True)
    assert who_chairs([on_leave, FIRST]) == 2
    assert who_chairs([comes, FIRST]) == 1


@given(officials)
def test_the_chair_is_never_away_and_nobody_of_higher_rank_could_come(given_officials: list[Official]) -> None:
    chosen = who_chairs(given_officials)
    present = [each for each in given_officials if not each.is_away]
    assert (chosen is None) == (not present)
    if chosen is not None:
        chair = next(each for each in present if each.member_id == chosen)
        ranks = [Role.LEADER, Role.DEPUTY, Role.SECRETARY]
        assert all((ranks.index(chair.role), chair.order) <= (ranks.index(each.role), each.order) for each in present)


@settings(deadline=None)  # the calendar of holidays is made when it is first asked
@given(moments, moments, st.integers(0, 6000))
def test_a_due_reminder_has_come_and_no_later_one_has(starts_at: datetime, called_at: datetime, before: int) -> None:
    now = starts_at - timedelta(minutes=before)
    due = due_reminder(starts_at, called_at=called_at, now=now, settings=SETTINGS)
    if due is not None:
        assert called_at < stage_moment(starts_at, due, SETTINGS) <= now < starts_at
        assert all(stage_moment(starts_at, each, SETTINGS) > now for each in SETTINGS.meeting_stages if each < due)


@settings(deadline=None)
@given(moments)
def test_only_the_last_stage_falls_in_the_night_or_on_a_holiday(starts_at: datetime) -> None:
    for minutes in SETTINGS.meeting_stages[:2]:
        at = stage_moment(starts_at, minutes, SETTINGS)
        assert not is_quiet(at.time(), SETTINGS)
        assert not is_holiday(at.date())
    assert stage_moment(starts_at, 120, SETTINGS) == starts_at - timedelta(hours=2)


def test_nothing_is_due_before_the_first_stage_or_once_it_has_begun() -> None:
    starts = datetime(2026, 12, 4, 14, tzinfo=HOME_ZONE)
    long_ago = starts - timedelta(days=20)

    def due(before: timedelta) -> int | None:
        return due_reminder(starts, called_at=long_ago, now=starts - before, settings=SETTINGS)

    assert due(timedelta(days=3, minutes=1)) is None
    assert due(timedelta(days=3)) == 4320
    assert due(timedelta(days=2)) == 4320
    assert due(timedelta(hours=23)) == 1440
    assert due(timedelta(hours=2)) == 120
    assert due(timedelta(0)) is None


def test_a_meeting_called_yesterday_for_tomorrow_is_not_reminded_of_three_days_before() -> None:
    starts = datetime(2026, 11, 27, 14, tzinfo=HOME_ZONE)
    called = starts - timedelta(days=2)
    now = starts - timedelta(days=1, minutes=1)
    assert due_reminder(starts, called_at=called, now=now, settings=SETTINGS) is None
    assert due_reminder(starts, called_at=called, now=starts - timedelta(days=1), settings=SETTINGS) == 1440


def test_the_check_in_word_is_taken_from_half_an_hour_before_and_late_after_ten_minutes() -> None:
    starts = datetime(2026, 11, 27, 14, tzinfo=HOME_ZONE)
    ends = starts + timedelta(hours=2)

    def at(minutes: int) -> CheckIn:
        return check_in(starts + timedelta(minutes=minutes), starts_at=starts, ends_at=ends)

    assert [at(each) for each in (-31, -30, 10, 11, 150, 151)] == [
        CheckIn.TOO_EARLY,
        CheckIn.IN_TIME,
        CheckIn.IN_TIME,
        CheckIn.LATE,
        CheckIn.LATE,
        CheckIn.OVER,
    ]


def test_whoever_said_so_is_excused_and_whoever_said_nothing_is_not() -> None:
    assert presence(None, Answer.ABSENT) is Presence.EXCUSED
    assert presence(None, Answer.ATTENDING) is Presence.UNEXCUSED
    assert presence(None, None) is Presence.UNEXCUSED
    assert presence(Presence.LATE, Answer.ABSENT) is Presence.LATE


def test_a_third_of_the_year_without_a_meeting_is_behind_and_one_in_sight_is_not() -> None:
    def behind(now: datetime, *beginnings: datetime) -> bool:
        return year_of_meetings(beginnings, now=now, settings=SETTINGS)[1].is_behind

    early, winter = datetime(2026, 11, 30, 8, tzinfo=HOME_ZONE), datetime(2026, 12, 2, 8, tzinfo=HOME_ZONE)
    october = datetime(2026, 10, 3, 1, tzinfo=UTC)
    assert not behind(early)
    assert behind(winter)
    assert not behind(winter, october)
    assert not behind(winter, datetime(2026, 12, 20, 1, tzinfo=UTC))
    assert behind(winter, datetime(2026, 5, 20, 1, tzinfo=UTC))
    assert behind(datetime(2027, 5, 2, 8, tzinfo=HOME_ZONE), october, datetime(2027, 1, 20, 1, tzinfo=UTC))


def test_the_count_of_the_year_knows_what_was_held_and_what_is_called() -> None:
    now = datetime(2026, 12, 2, 8, tzinfo=HOME_ZONE)
    year, count = year_of_meetings(
        [datetime(2026, 10, 3, 1, tzinfo=UTC), datetime(2026, 12, 20, 1, tzinfo=UTC)], now=now, settings=SETTINGS
    )
    assert (year.name, count.held, count.called, count.required) == ("2026-2027", 1, 1, 3)

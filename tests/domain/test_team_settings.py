"""A change of what a month asks for holds from a month on; months before it never change."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.clock import HOME_ZONE
from bot.domain.duty import DutyFacts, Standing, due_stage, is_duty_month, standing
from bot.domain.meetings import year_of_meetings
from bot.domain.school_year import Month
from bot.domain.setting_changes import changed, may_begin
from bot.domain.setting_reading import SettingName, read_setting
from bot.domain.team_settings import TeamSettings
from bot.domain.vocabulary import ActivityKind, Role

NOVEMBER, DECEMBER = Month(2026, 11), Month(2026, 12)
NOW = datetime(2026, 11, 23, 10, tzinfo=HOME_ZONE)


def test_the_duty_of_a_month_is_that_of_its_time() -> None:
    settings = TeamSettings().changed_from(DECEMBER, {"activities_a_month": 2})
    did_one = DutyFacts(member_id=1, role=Role.MEMBER, activities=1)
    assert standing(did_one, NOVEMBER, settings) is Standing.MET
    assert standing(did_one, DECEMBER, settings) is Standing.OWES
    assert standing(did_one, Month(2027, 3), settings) is Standing.OWES


def test_a_month_taken_out_of_the_year_was_in_it_before() -> None:
    settings = TeamSettings().changed_from(DECEMBER, {"school_months": (9, 10, 11, 12, 1, 2, 3, 4)})
    assert is_duty_month(Month(2026, 5), settings)
    assert not is_duty_month(Month(2027, 5), settings)


def test_a_change_from_an_earlier_month_leaves_a_later_one_of_something_else() -> None:
    settings = TeamSettings().changed_from(DECEMBER, {"activities_a_month": 2})
    settings = settings.changed_from(NOVEMBER, {"kinds_that_count": (ActivityKind.PAPER,)})
    held = [settings.in_month(month) for month in (NOVEMBER.previous, NOVEMBER, DECEMBER)]
    assert [each.activities_a_month for each in held] == [1, 1, 2]
    assert [len(each.kinds_that_count) for each in held] == [len(ActivityKind), 1, 1]


def test_thinking_better_of_it_leaves_no_trace() -> None:
    settings = TeamSettings().changed_from(DECEMBER, {"activities_a_month": 2})
    assert settings.changed_from(DECEMBER, {"activities_a_month": 1}) == TeamSettings()


months = st.builds(Month, st.integers(2025, 2028), st.integers(1, 12))
changes = st.lists(st.tuples(months, st.integers(1, 5)), max_size=6)


@given(changes, months)
def test_each_month_has_what_was_last_said_for_it(said: list[tuple[Month, int]], month: Month) -> None:
    settings, expected = TeamSettings(), 1
    for since, number in said:
        settings = settings.changed_from(since, {"activities_a_month": number})
        expected = number if since <= month else expected
    assert settings.in_month(month).activities_a_month == expected
    stored = settings.model_dump(mode="json", exclude_defaults=True)
    assert TeamSettings.model_validate(stored) == settings


def test_reminders_change_at_once_only_while_they_lie_ahead() -> None:
    later = read_setting(SettingName.STAGES, "7 ngày 19:00, 3 ngày 18:30, 1 ngày 18:30, ngày cuối 17h", TeamSettings())
    sooner = read_setting(SettingName.STAGES, "10 ngày 18h30, 1 ngày 18h30, ngày cuối 17h", TeamSettings())
    assert isinstance(later, dict)
    assert isinstance(sooner, dict)
    assert may_begin(SettingName.STAGES, later, TeamSettings(), now=NOW) == [NOVEMBER, DECEMBER]
    assert may_begin(SettingName.STAGES, sooner, TeamSettings(), now=NOW) == [DECEMBER]
    moved = TeamSettings().changed_from(NOVEMBER, later)
    assert due_stage(NOW.replace(day=23, hour=18, minute=45), moved) is None
    assert due_stage(NOW.replace(day=23, hour=19), moved) is not None


def test_general_meetings_are_a_rule_of_the_whole_school_year() -> None:
    read = read_setting(SettingName.MEETINGS_A_YEAR, "4", TeamSettings())
    assert isinstance(read, dict)
    settings = changed(SettingName.MEETINGS_A_YEAR, read, TeamSettings(), since=None, now=NOW)
    assert year_of_meetings([], now=NOW, settings=settings)[1].required == 4
    assert year_of_meetings([], now=NOW.replace(month=5), settings=settings)[1].required == 3

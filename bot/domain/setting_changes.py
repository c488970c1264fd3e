"""From when a change of a setting holds: never before the running month, whose closing is still to come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.domain.school_year import Month, SchoolYear
from bot.domain.setting_reading import SettingName
from bot.domain.team_settings import StageSetting, TeamSettings


def may_begin(name: SettingName, changes: Mapping[str, Any], settings: TeamSettings, *, now: datetime) -> list[Month]:
    """The months from which the change may hold, the usual one first; none: it holds at once.

    Reminders change in the running month only while all that differs lies ahead; otherwise somebody would be reminded
    twice, or at a time that is over.
    """
    local = now.astimezone(settings.zone)
    this = Month.of(local.date())
    if not name.is_monthly:
        return []
    if name is not SettingName.STAGES:
        return [this.next, this]
    before = set(settings.in_month(this).stages)
    differing = before.symmetric_difference(changes["stages"])
    ahead = all(stage_moment(each, this, settings) > local for each in differing)
    return [this, this.next] if ahead else [this.next]


def stage_moment(stage: StageSetting, month: Month, settings: TeamSettings) -> datetime:
    """When a stage of the reminder falls in a month, in the team's zone."""
    return datetime.combine(month.last - timedelta(days=stage.days_before), stage.at, settings.zone)


def changed(
    name: SettingName, changes: Mapping[str, Any], settings: TeamSettings, *, since: Month | None, now: datetime
) -> TeamSettings:
    """The settings after the change; `since` is one of `may_begin`, None where it holds at once."""
    if name is SettingName.MEETINGS_A_YEAR:  # a rule of the whole school year
        since = Month.of(SchoolYear.of(now.astimezone(settings.zone).date()).first)
    return settings.model_copy(update=dict(changes)) if since is None else settings.changed_from(since, changes)

"""Settings as they stand, each in a few words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

from bot.domain.setting_reading import SettingName
from bot.domain.team_settings import StageSetting, TeamSettings
from bot.domain.vocabulary import ActivityKind
from bot.texts.vocabulary import KIND_NAMES


def value(name: SettingName, settings: TeamSettings) -> str:
    """A setting as it stands, in a few words."""
    return _VALUES[name](settings)


def _months(settings: TeamSettings) -> str:
    """ "9–12, 1–5" as "9–5"."""
    runs: list[list[int]] = []
    for month in settings.school_months:
        if runs and runs[-1][-1] % 12 + 1 == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    if sum(map(len, runs)) == 12:
        return "cả 12 tháng"
    return "tháng " + ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _kinds(settings: TeamSettings) -> str:
    counting = set(settings.kinds_that_count)
    left_out = [KIND_NAMES[kind].lower() for kind in ActivityKind if kind not in counting]
    if not left_out:
        return "mọi loại"
    if len(left_out) <= len(counting):
        return f"mọi loại, trừ {', '.join(left_out)}"
    return ", ".join(KIND_NAMES[kind].lower() for kind in ActivityKind if kind in counting)


def _stages(settings: TeamSettings) -> str:
    return ", ".join(_stage(each) for each in settings.stages)


def _stage(stage: StageSetting) -> str:
    day = f"{stage.days_before} ngày trước" if stage.days_before else "ngày cuối"
    return f"{day} {clock(stage.at)}"


def _meeting_stages(settings: TeamSettings) -> str:
    return ", ".join(_before(minutes) for minutes in settings.meeting_stages) + " trước"


def _before(minutes: int) -> str:
    for size, unit in ((24 * 60, "ngày"), (60, "giờ")):
        if minutes % size == 0:
            return f"{minutes // size} {unit}"
    return f"{minutes} phút"


def clock(moment: time) -> str:
    """ "18:30"."""
    return f"{moment:%H:%M}"


_VALUES: dict[SettingName, Callable[[TeamSettings], str]] = {
    SettingName.DUTY: lambda settings: f"{settings.activities_a_month} hoạt động/tháng",
    SettingName.MONTHS: _months,
    SettingName.KINDS: _kinds,
    SettingName.STAGES: _stages,
    SettingName.MEETINGS_A_YEAR: lambda settings: f"ít nhất {settings.general_meetings_a_year} lần/năm học",
    SettingName.MEETING_STAGES: _meeting_stages,
    SettingName.QUIET: lambda settings: f"{clock(settings.quiet_from)}–{clock(settings.quiet_until)}",
    SettingName.OFFICE: lambda settings: settings.office_name,
}

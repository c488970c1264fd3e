"""What a leader types for a setting, and what is wrong with it."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.setting_reading import SettingName, SettingTrouble, SettingTroubleKind, read_setting
from bot.domain.team_settings import DEFAULT_STAGES, TeamSettings
from bot.domain.vocabulary import ActivityKind, NudgeStage

SETTINGS = TeamSettings()


@pytest.mark.parametrize(
    ("name", "text", "read"),
    [
        (SettingName.DUTY, "2", {"activities_a_month": 2}),
        (SettingName.DUTY, "2 hoạt động mỗi tháng", {"activities_a_month": 2}),
        (SettingName.MEETINGS_A_YEAR, "4 lần", {"general_meetings_a_year": 4}),
        (SettingName.MONTHS, "9-5", {"school_months": (9, 10, 11, 12, 1, 2, 3, 4, 5)}),
        (SettingName.MONTHS, "tháng 8 đến tháng 5", {"school_months": (8, 9, 10, 11, 12, 1, 2, 3, 4, 5)}),
        (SettingName.MONTHS, "9, 10, 11 và 1-4", {"school_months": (9, 10, 11, 1, 2, 3, 4)}),
        (SettingName.KINDS, "tất cả", {"kinds_that_count": tuple(ActivityKind)}),
        (
            SettingName.KINDS,
            "du gio, chuyên đề",
            {"kinds_that_count": (ActivityKind.LESSON_OBSERVATION, ActivityKind.PEER_SCHOOL_ACTIVITY)},
        ),
        (
            SettingName.KINDS,
            "trừ ra đề và chấm thi",
            {
                "kinds_that_count": tuple(
                    each for each in ActivityKind if each not in {ActivityKind.EXAM_SETTING, ActivityKind.EXAM_MARKING}
                )
            },
        ),
        (
            SettingName.STAGES,
            "7 ngày trước lúc 18h30; 3 ngày 18:30; 1 ngày 18 giờ 30, ngày cuối 17h",
            {"stages": DEFAULT_STAGES},
        ),
        (SettingName.QUIET, "22h - 6h", {"quiet_from": time(22), "quiet_until": time(6)}),
        (SettingName.QUIET, "từ 20:30 đến 6:45", {"quiet_from": time(20, 30), "quiet_until": time(6, 45)}),
        (SettingName.MEETING_STAGES, "2 ngày, 3 giờ", {"meeting_stages": (2880, 180)}),
        (SettingName.OFFICE, " Sở  GDĐT ", {"office_name": "Sở GDĐT"}),
    ],
)
def test_what_people_type_is_read(name: SettingName, text: str, read: dict[str, object]) -> None:
    assert read_setting(name, text, SETTINGS) == read


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        (SettingName.DUTY, "0", SettingTroubleKind.NUMBER),
        (SettingName.DUTY, "-1", SettingTroubleKind.NUMBER),
        (SettingName.DUTY, "1,5", SettingTroubleKind.NUMBER),
        (SettingName.DUTY, "nhiều", SettingTroubleKind.NUMBER),
        (SettingName.DUTY, "1 hoặc 2", SettingTroubleKind.NUMBER),
        (SettingName.MONTHS, "tháng 13", SettingTroubleKind.MONTHS),
        (SettingName.MONTHS, "mùa hè", SettingTroubleKind.MONTHS),
        (SettingName.KINDS, "dự giờ, đi chợ", SettingTroubleKind.KINDS),
        (SettingName.STAGES, "hằng ngày", SettingTroubleKind.STAGES),
        (SettingName.STAGES, "30 ngày 18h, ngày cuối 17h", SettingTroubleKind.STAGES),
        (SettingName.STAGES, "7 ngày 18h30, 3 ngày 18h30", SettingTroubleKind.LATE_STAGES),
        (SettingName.STAGES, "9 ngày 8h, 7 ngày 8h, 3 ngày 8h, ngày cuối 8h", SettingTroubleKind.LATE_STAGES),
        (SettingName.STAGES, "1 ngày 22h", SettingTroubleKind.IN_QUIET_HOURS),
        (SettingName.QUIET, "22h", SettingTroubleKind.QUIET),
        (SettingName.QUIET, "17h - 6h", SettingTroubleKind.SWALLOWS_STAGES),
        (SettingName.MEETING_STAGES, "1 năm", SettingTroubleKind.MEETING_STAGES),
        (SettingName.MEETING_STAGES, "5 phút", SettingTroubleKind.MEETING_STAGES),
        (SettingName.OFFICE, "A", SettingTroubleKind.NAME),
        (SettingName.OFFICE, "A" * 200, SettingTroubleKind.NAME),
    ],
)
def test_what_is_wrong_is_named(name: SettingName, text: str, kind: SettingTroubleKind) -> None:
    read = read_setting(name, text, SETTINGS)
    assert isinstance(read, SettingTrouble)
    assert read.kind is kind


def test_two_early_reminders_keep_their_order_whatever_their_days() -> None:
    read = read_setting(SettingName.STAGES, "ngày cuối 16h, 5 ngày 19h, 10 ngày 7h", SETTINGS)
    assert isinstance(read, dict)
    assert [(each.stage, each.days_before) for each in read["stages"]] == [
        (NudgeStage.SEVEN_DAYS, 10),
        (NudgeStage.THREE_DAYS, 5),
        (NudgeStage.LAST_DAY, 0),
    ]


@given(st.sampled_from(SettingName), st.text(max_size=60) | st.from_regex(r"[0-9h:, ngàycuốitrừ-]{0,40}"))
def test_any_answer_is_read_or_refused(name: SettingName, text: str) -> None:
    read = read_setting(name, text, SETTINGS)
    if not isinstance(read, SettingTrouble):
        TeamSettings.model_validate({**SETTINGS.model_dump(mode="json"), **read})

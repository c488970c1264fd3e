"""What a team may set for itself; the defaults are PRODUCT's and the regulation's."""

from __future__ import annotations

from datetime import time
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from bot.domain.school_year import DEFAULT_SCHOOL_MONTHS
from bot.domain.vocabulary import ActivityKind, NudgeStage


class StageSetting(BaseModel):
    """When one stage of the monthly reminder falls: days before the month's last day, and the local time."""

    model_config = ConfigDict(frozen=True)

    stage: NudgeStage
    days_before: int
    at: time


DEFAULT_STAGES = (
    StageSetting(stage=NudgeStage.SEVEN_DAYS, days_before=7, at=time(18, 30)),
    StageSetting(stage=NudgeStage.THREE_DAYS, days_before=3, at=time(18, 30)),
    StageSetting(stage=NudgeStage.ONE_DAY, days_before=1, at=time(18, 30)),
    StageSetting(stage=NudgeStage.LAST_DAY, days_before=0, at=time(17, 0)),
)


class PaperSettings(BaseModel):
    """What stands on the team's official papers (Decree 30/2020/NĐ-CP); asked the first time it is needed."""

    model_config = ConfigDict(frozen=True)

    parent: str = ""
    """The parent body, above the issuer; empty where there is none."""
    issuer: str = ""
    """As on paper; the team's name when empty."""
    code: str = "TML"
    """What follows the kind in a number: "BC-TML"."""
    place: str = ""
    to: tuple[str, ...] = ()
    """Whom reports are addressed to; the supervising office when empty."""
    copies: tuple[str, ...] = ("Như trên", "Lưu: Hồ sơ tổ")
    signer_title: str = "Tổ trưởng"
    signer: str = ""
    """The leader's name when empty."""
    has_seal: bool = False
    """Under the parent's seal one signs for the team ("TM."); without, with the title held in it."""
    is_filled: bool = False
    """Whether somebody of the team has looked at it and said yes."""


class TeamSettings(BaseModel):
    """Settings of one team, stored as JSON; fields that are missing take these defaults."""

    model_config = ConfigDict(frozen=True)

    zone_name: str = "Asia/Ho_Chi_Minh"
    office_name: str = "Phòng Văn hóa – Xã hội"
    quiet_from: time = time(21, 0)
    quiet_until: time = time(6, 30)
    school_months: tuple[int, ...] = DEFAULT_SCHOOL_MONTHS
    kinds_that_count: tuple[ActivityKind, ...] = tuple(ActivityKind)
    activities_a_month: int = 1
    stages: tuple[StageSetting, ...] = DEFAULT_STAGES
    newcomers_owe_until_day: int = 14
    """Who comes to the team by this day of a month owes that month already; later ones from the next month on."""
    group_sees_counts: bool = True
    """Whether the group chat is told, without names, how many still owe the month on the day before its last."""
    paper: PaperSettings = PaperSettings()
    report_names_members: bool = True
    """Whether the official report lists by name who had no activity, with the reason."""
    office_sees_members: bool = False
    """Whether officers read the names of members who owe; leader, deputies and secretary always do."""
    office_sees_observed: bool = False
    """Whether teachers' names in notes are left in what goes outside the team."""
    meeting_stages: tuple[int, ...] = (3 * 24 * 60, 24 * 60, 2 * 60)
    """Minutes before a meeting at which it is reminded of."""
    general_meetings_a_year: int = 3
    plan_nudges: bool = True
    """Whether members without a plan for the coming month are reminded of it, once."""
    plan_nudge_days_before: int = 5
    """Days before the last day of a month on which the next month's plan is asked for."""
    plan_nudge_at: time = time(18, 30)
    zalo_messages_a_month: int = 3000
    """What the plan of the team's Zalo bot allows."""
    zalo_people: int = 50

    @property
    def zone(self) -> ZoneInfo:
        """The team's time zone, for months, days and quiet hours."""
        return ZoneInfo(self.zone_name)

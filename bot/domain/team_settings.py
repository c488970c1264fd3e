"""What a team may set for itself; the defaults are PRODUCT's and the regulation's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from bot.domain.school_year import DEFAULT_SCHOOL_MONTHS, Month
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
    """A line each: "KT. Tổ trưởng", "Tổ phó"."""
    signer: str = ""
    """The leader's name when empty."""
    has_seal: bool = False
    """Under the parent's seal one signs for the team ("TM."); without, with the title held in it."""
    is_filled: bool = False
    """Whether somebody of the team has looked at it and said yes."""

    def titles(self, issuer: str) -> tuple[str, ...]:
        """The lines above the signer's name."""
        lines = tuple(line.strip() for line in self.signer_title.splitlines() if line.strip())
        return (f"TM. {issuer}", *lines) if self.has_seal else lines


class MonthRules(BaseModel):
    """What decides a month: whoever changes it says from which month on, and what was before stays as it was."""

    model_config = ConfigDict(frozen=True)

    activities_a_month: int = 1
    school_months: tuple[int, ...] = DEFAULT_SCHOOL_MONTHS
    kinds_that_count: tuple[ActivityKind, ...] = tuple(ActivityKind)
    stages: tuple[StageSetting, ...] = DEFAULT_STAGES
    general_meetings_a_year: int = 3
    """Of a school year; it is as its last month has it."""


class EarlierRules(BaseModel):
    """The rules of the months before one: those since the entry before it in `TeamSettings.earlier`."""

    model_config = ConfigDict(frozen=True)

    before: str
    """The first month, "2026-12", to which they no longer apply."""
    rules: MonthRules


class TeamSettings(MonthRules):
    """Settings of one team, stored as JSON; fields that are missing take these defaults.

    The month rules it has itself are the newest, perhaps of a month to come: ask `in_month` for those of a month.
    """

    earlier: tuple[EarlierRules, ...] = ()
    """What the month rules were before, oldest first."""
    zone_name: str = "Asia/Ho_Chi_Minh"
    office_name: str = "Phòng Văn hóa – Xã hội"
    quiet_from: time = time(21, 0)
    quiet_until: time = time(6, 30)
    newcomers_owe_until_day: int = 14
    """Who comes to the team by this day of a month owes that month already; later ones from the next month on."""
    group_posts: bool = True
    """Whether the bot writes to the team's group chats by itself: invitations, announcements, minutes, counts."""
    group_sees_counts: bool = True
    """Whether the group chat is told, without names, how many still owe the month before its end and at its closing."""
    paper: PaperSettings = PaperSettings()
    report_names_members: bool = True
    """Whether the official report lists by name who had no activity, with the reason."""
    office_sees_members: bool = False
    """Whether officers read the names of members who owe; leader, deputies and secretary always do."""
    office_sees_observed: bool = False
    """Whether teachers' names in notes are left in what goes outside the team."""
    meeting_stages: tuple[int, ...] = (3 * 24 * 60, 24 * 60, 2 * 60)
    """Minutes before a meeting at which it is reminded of."""
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

    def in_month(self, month: Month) -> Self:
        """The settings with the rules that hold in this month."""
        held = next((each.rules for each in self.earlier if str(month) < each.before), None)
        return self if held is None else self.model_copy(update=dict(held))

    def changed_from(self, month: Month, changes: Mapping[str, Any]) -> Self:
        """With these month rules from a month on; the months before keep theirs, and later changes of others stay."""
        spans = _with_border_at(str(month), (*self.earlier, EarlierRules(before=_NEVER, rules=self._rules())))
        first = next(index for index, span in enumerate(spans) if span.before > str(month))
        later = [span.model_copy(update={"rules": span.rules.model_copy(update=changes)}) for span in spans[first:]]
        kept = _without_needless_borders([*spans[:first], *later])
        return self.model_copy(update={**dict(kept[-1].rules), "earlier": tuple(kept[:-1])})

    def _rules(self) -> MonthRules:
        return MonthRules(**{name: getattr(self, name) for name in MonthRules.model_fields})


_NEVER = "9999-12"


def _with_border_at(month: str, spans: tuple[EarlierRules, ...]) -> list[EarlierRules]:
    if any(span.before == month for span in spans):
        return list(spans)
    index = next(number for number, span in enumerate(spans) if span.before > month)
    return [*spans[:index], EarlierRules(before=month, rules=spans[index].rules), *spans[index:]]


def _without_needless_borders(spans: list[EarlierRules]) -> list[EarlierRules]:
    """Neighbours that say the same become one."""
    kept: list[EarlierRules] = []
    for span in spans:
        if kept and kept[-1].rules == span.rules:
            kept.pop()
        kept.append(span)
    return kept

"""The product's words as enumerations; their values are what the database and the exports hold."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a member is in the team (regulation II.1, II.2)."""

    LEADER = "leader"
    DEPUTY = "deputy"
    SECRETARY = "secretary"
    MEMBER = "member"
    OFFICER = "officer"


class ActivityKind(StrEnum):
    """The kinds of activity that the regulation names (II.2, III.2)."""

    LESSON_OBSERVATION = "lesson_observation"
    AFTER_HOURS_OBSERVATION = "after_hours_observation"
    INTEGRATED_ACTIVITY = "integrated_activity"
    PEER_SCHOOL_ACTIVITY = "peer_school_activity"
    INSPECTION = "inspection"
    PAPER = "paper"
    TEACHER_AWARD_PANEL = "teacher_award_panel"
    EXAM_SETTING = "exam_setting"
    EXAM_MARKING = "exam_marking"
    TRAINING = "training"

    @property
    def is_observation(self) -> bool:
        """Whether advisory notes belong to it (III.2: tư vấn, thúc đẩy)."""
        return self in {
            ActivityKind.LESSON_OBSERVATION,
            ActivityKind.AFTER_HOURS_OBSERVATION,
            ActivityKind.INTEGRATED_ACTIVITY,
        }

    @property
    def needs_school(self) -> bool:
        """Whether a report of this kind is incomplete without the school it was held at."""
        return self.is_observation or self in {ActivityKind.PEER_SCHOOL_ACTIVITY, ActivityKind.INSPECTION}


class ActivityStatus(StrEnum):
    """Whether a filed activity still counts."""

    FILED = "filed"
    WITHDRAWN = "withdrawn"


class ParticipantStatus(StrEnum):
    """A co-participant counts once they confirm."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


class LeaveStatus(StrEnum):
    """Leave is asked by the member and decided by leader or secretary."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class NudgeStage(StrEnum):
    """The default stages of the monthly duty's reminders; the first is gentle, the last plain."""

    SEVEN_DAYS = "stage-1"
    THREE_DAYS = "stage-2"
    ONE_DAY = "stage-3"
    LAST_DAY = "stage-4"


class ChannelName(StrEnum):
    """The chat platforms."""

    TELEGRAM = "telegram"
    ZALO = "zalo"


class ChatKind(StrEnum):
    """Whether one person or a group reads a chat."""

    PRIVATE = "private"
    GROUP = "group"

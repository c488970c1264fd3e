"""The choices on a reminder to look again: report this time, a week later, or not at all."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.errors import StaleChoice
from bot.domain.permissions import Act, require
from bot.domain.vocabulary import ActivityKind, ActivityStatus
from bot.texts import follow_ups as texts
from handlers.conversation import Conversation
from handlers.correcting import StartWith
from handlers.report_draft import ReportDraft
from handlers.talk import Talk
from storage.follow_ups import origin_of
from storage.tables import Activity

_A_WEEK = timedelta(days=7)


class FollowUps:
    """What can be done about the reminder."""

    def __init__(self, *, start_with: StartWith) -> None:
        """`start_with` opens the form filled in, with a sentence above it."""
        self._start_with = start_with

    def conversation(self) -> Conversation:
        """Presses only."""
        return Conversation(name="follow-ups", presses={texts.ACTION: self._pressed})

    async def _pressed(self, talk: Talk, value: str) -> None:
        verb, _, about = value.partition(":")
        activity_id, _, member_id = about.partition(":")
        if not (activity_id.isdecimal() and member_id.isdecimal()):
            raise StaleChoice(value=value)
        await talk.act_as(int(member_id))
        require(talk.role, Act.REPORT)
        member = talk.member()
        activity = await talk.uow.activities.get(int(activity_id), team_id=member.team_id)
        if activity.reporter_id != member.id:
            raise StaleChoice(value=value)
        gone = activity.status != ActivityStatus.FILED or activity.follow_up_on is None
        if gone or await talk.uow.follow_ups.is_done(activity.id):
            talk.say(texts.done_already(activity.number), in_place=True)
            return
        match verb:
            case "report":
                await self._start_with(talk, await _again(talk, activity), texts.how_to_report())
            case "postpone":
                day = max(talk.today, activity.follow_up_on or talk.today) + _A_WEEK
                activity.follow_up_on = day
                await talk.uow.flush()
                talk.say(texts.postponed(day), in_place=True)
            case "drop":
                activity.follow_up_on = None
                await talk.uow.flush()
                talk.say(texts.dropped(activity.number), in_place=True)
            case _:
                raise StaleChoice(value=value)


async def _again(talk: Talk, activity: Activity) -> ReportDraft:
    """The same place, class and subject, today."""
    school = await talk.uow.schools.get(activity.school_id, team_id=activity.team_id) if activity.school_id else None
    return ReportDraft(
        kind=ActivityKind(activity.kind),
        date=talk.today,
        school=school.code if school else None,
        class_or_grade=activity.class_or_grade,
        subject=activity.subject,
        topic=activity.topic,
        origin=origin_of(activity.id),
    )

"""On the morning of the day that a report named, its reporter is reminded to look again; once for each day."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.domain.calendar import sendable_from
from bot.domain.messages import Chat, ChoiceList, Delivery, Guard, Outgoing, Priority
from bot.domain.team_settings import TeamSettings
from bot.texts import follow_ups as texts
from bot.texts.reporting import outline
from scheduler.jobs import Counts, JobContext
from storage.follow_ups import Promised

_REMIND_AT = time(6, 45)
_LOOK_BACK = timedelta(days=10)  # a machine that was off, and the longest holidays


async def run(context: JobContext) -> Counts:
    """Write the reminders that should have been sent by now and were not."""
    counts = {"due": 0, "sent": 0, "already": 0, "unreachable": 0}
    async with context.database.begin() as uow:
        today = context.now.date()
        promised = await uow.follow_ups.due(today - _LOOK_BACK, today + timedelta(days=1))  # zones differ
        due = [each for each in promised if _is_due(each, context.now, uow.teams.settings(each.team))]
        chats = await uow.accounts.private_chats({each.activity.reporter_id for each in due})
        reachable = [each for each in due if each.activity.reporter_id in chats]
        messages = [
            _reminder(chats[each.activity.reporter_id][0], each, uow.teams.settings(each.team), context)
            for each in reachable
        ]
        sent = await uow.outbox.put_many(messages, now=context.now)
    return counts | {
        "due": len(due),
        "sent": sent,
        "already": len(messages) - sent,
        "unreachable": len(due) - len(reachable),
    }


def _is_due(promised: Promised, now: datetime, settings: TeamSettings) -> bool:
    day = promised.activity.follow_up_on
    return day is not None and now >= datetime.combine(day, _REMIND_AT, settings.zone)


def _reminder(chat: Chat, promised: Promised, settings: TeamSettings, context: JobContext) -> tuple[Outgoing, Delivery]:
    activity, now = promised.activity, context.now
    what = outline(
        kind=activity.kind,
        day=activity.date,
        school=promised.school,
        group=activity.class_or_grade,
        subject=activity.subject,
    )
    text = texts.reminder(activity.number, what, advice=activity.advice, encouragement=activity.encouragement)
    starts = sendable_from(now, settings)
    day = str(activity.follow_up_on)
    delivery = Delivery(
        dedupe_key=f"follow-up:{activity.id}:{day}:member-{activity.reporter_id}",
        priority=Priority.REMINDER,
        not_before=starts if starts > now else None,
        expires_at=starts + timedelta(days=7),
        guard=Guard(name="follow-up-wanted", arguments={"activity_id": activity.id, "day": day}),
        as_of=context.as_of,
        member_id=activity.reporter_id,
        topic=f"activity:{activity.id}",
    )
    choices = ChoiceList(rows=texts.choices(activity.id, activity.reporter_id))
    return Outgoing(chat=chat, text=str(text), choices=choices), delivery

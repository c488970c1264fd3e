"""The choices on a nudge: report now, ask leave with a reason, be reminded tomorrow."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta

from bot.domain.calendar import sendable_from
from bot.domain.errors import StaleChoice
from bot.domain.messages import ChoiceList, Delivery, Guard, Outgoing, Priority
from bot.domain.permissions import Act, require
from bot.domain.school_year import Month
from bot.texts import duty as texts
from handlers.conversation import Conversation
from handlers.talk import Talk

_REMINDER_TIME = time(11, 30)  # between morning and afternoon lessons, and never with a stage


class Nudging:
    """What can be done about a nudge."""

    def __init__(
        self,
        *,
        start_report: Callable[[Talk, str], Awaitable[None]],
        start_leave: Callable[[Talk, Month], Awaitable[None]],
    ) -> None:
        """`start_report` begins a report step by step, `start_leave` asks leave for a month."""
        self._start_report = start_report
        self._start_leave = start_leave

    def conversation(self) -> Conversation:
        """Presses only."""
        return Conversation(name="nudging", presses={texts.NUDGE_ACTION: self._pressed})

    async def _pressed(self, talk: Talk, value: str) -> None:
        verb, _, about = value.partition(":")
        month_name, _, member_id = about.partition(":")
        if not member_id:
            raise StaleChoice(value=value)
        month = Month.parse(month_name)
        await talk.act_as(int(member_id))
        match verb:
            case "report":
                require(talk.role, Act.REPORT)
                await self._start_report(talk, "")
            case "leave":
                require(talk.role, Act.ASK_LEAVE)
                await self._start_leave(talk, month)
            case "tomorrow":
                require(talk.role, Act.REPORT)
                await _remind_tomorrow(talk, month)
            case _:
                raise StaleChoice(value=value)


async def _remind_tomorrow(talk: Talk, month: Month) -> None:
    """One reminder a day at most, within the month, and not in quiet hours or on a holiday."""
    member, settings = talk.member(), talk.settings
    wished = datetime.combine(talk.today + timedelta(days=1), _REMINDER_TIME, settings.zone)
    at = sendable_from(wished, settings)
    if Month.of(at.date()) != month:
        talk.say(texts.too_late_to_snooze(month))
        return
    message = Outgoing(
        chat=talk.chat,
        text=str(texts.snoozed_reminder(month)),
        choices=ChoiceList(rows=texts.nudge_choices(month, member.id)),
    )
    arguments: dict[str, str | int] = {"team_id": member.team_id, "member_id": member.id, "month": str(month)}
    first_after = month.next.first
    delivery = Delivery(
        dedupe_key=f"nudge:{month}:snooze-{at.date()}:member-{member.id}",
        priority=Priority.REMINDER,
        not_before=at,
        expires_at=datetime(first_after.year, first_after.month, first_after.day, tzinfo=settings.zone),
        guard=Guard(name="duty-owed", arguments=arguments),
        member_id=member.id,
        topic=f"duty:{month}",
    )
    await talk.uow.outbox.put(message, delivery, now=talk.now)
    talk.say(texts.snoozed(at))

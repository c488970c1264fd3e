"""The choices on a nudge: report now, ask leave with a reason, be reminded tomorrow; and deciding on leave."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta

from pydantic import BaseModel

from bot.domain.errors import StaleChoice
from bot.domain.messages import Choice, Delivery, Guard, Outgoing, Priority
from bot.domain.permissions import Act, require
from bot.domain.rich_text import Markup
from bot.domain.school_year import Month
from bot.domain.vocabulary import LeaveStatus, Role
from bot.texts import duty as texts
from handlers.conversation import Conversation
from handlers.forms.form import Field, Form, Question, Refusal
from handlers.forms.session import Forms
from handlers.talk import Talk

_REMINDER_TIME = time(18, 30)


class LeaveDraft(BaseModel):
    """Leave for a whole month, with its reason."""

    month: str = ""
    reason: str | None = None


async def _load(talk: Talk) -> None:
    require(talk.role, Act.ASK_LEAVE)


def _read_reason(text: str, draft: LeaveDraft, context: None) -> LeaveDraft | Refusal:
    del context
    return draft.model_copy(update={"reason": text.strip()[:500]}) if text.strip() else Refusal(texts.ask_reason())


def _ask_reason(draft: LeaveDraft, context: None) -> Question:
    del draft, context
    return Question(texts.ask_reason())


def _preview(draft: LeaveDraft, context: None) -> Markup:
    del context
    return texts.leave_card(Month.parse(draft.month), draft.reason or "")


async def _ask_leave(talk: Talk, draft: LeaveDraft, context: None, serial: str) -> None:
    del context, serial
    member, month = talk.member(), Month.parse(draft.month)
    leave = await talk.uow.leaves.ask(
        member_id=member.id, first=month.first, last=month.last, reason=draft.reason or "", now=talk.now
    )
    deciding = await talk.uow.members.with_roles(member.team_id, Role.LEADER, Role.SECRETARY)
    choices = [
        [
            Choice(label="Đồng ý cho nghỉ", action="leave", value=f"grant:{leave.id}"),
            Choice(label="Không đồng ý", action="leave", value=f"refuse:{leave.id}"),
        ]
    ]
    text = texts.leave_asked(member.name, month, leave.reason)
    ids = [each.id for each in deciding if each.id != member.id]
    await talk.tell(ids, text, choices, key=f"leave:{leave.id}", topic=f"leave:{leave.id}")
    talk.say(texts.leave_sent())


LEAVE_FORM: Form[LeaveDraft, None] = Form(
    name="leave",
    title="xin nghỉ",
    draft_type=LeaveDraft,
    version=1,
    fields=(
        Field("reason", "Lý do", _ask_reason, _read_reason, missing=lambda draft: draft.reason is None, optional=False),
    ),
    preview=_preview,
    load=_load,
    submit=_ask_leave,
)


class Nudging:
    """What can be done about a nudge."""

    def __init__(self, forms: Forms, *, start_report: Callable[[Talk, str], Awaitable[None]]) -> None:
        """`start_report` begins a report step by step."""
        self._forms = forms
        self._start_report = start_report

    def conversation(self) -> Conversation:
        """Presses only."""
        return Conversation(name="nudging", presses={"nudge": self._pressed, "leave": self._decided})

    async def _pressed(self, talk: Talk, value: str) -> None:
        verb, _, month = value.partition(":")
        match verb:
            case "report":
                require(talk.role, Act.REPORT)
                await self._start_report(talk, "")
            case "leave":
                require(talk.role, Act.ASK_LEAVE)
                await self._forms.start(talk, LEAVE_FORM, LeaveDraft(month=month))
            case "tomorrow":
                await self._tomorrow(talk, Month.parse(month))
            case _:
                raise StaleChoice(value=value)

    async def _tomorrow(self, talk: Talk, month: Month) -> None:
        member = talk.member()
        day = talk.today + timedelta(days=1)
        message = Outgoing(chat=talk.chat, text=str(texts.snoozed_reminder(month)))
        delivery = Delivery(
            dedupe_key=f"nudge:{month}:snooze-{day}:member-{member.id}",
            priority=Priority.REMINDER,
            not_before=datetime.combine(day, _REMINDER_TIME, talk.settings.zone),
            guard=Guard(
                name="duty-owed",
                arguments={"team_id": member.team_id, "member_id": member.id, "month": str(month)},
            ),
            member_id=member.id,
        )
        await talk.uow.outbox.put(message, delivery, now=talk.now)
        talk.say(texts.snoozed())

    async def _decided(self, talk: Talk, value: str) -> None:
        require(talk.role, Act.DECIDE_LEAVE)
        verb, _, leave_id = value.partition(":")
        member = talk.member()
        leave = await talk.uow.leaves.get(int(leave_id), team_id=member.team_id)
        if leave.status != LeaveStatus.ASKED:
            talk.say(texts.leave_decided_already(), in_place=True)
            return
        granted = verb == "grant"
        status = LeaveStatus.GRANTED if granted else LeaveStatus.REFUSED
        await talk.uow.leaves.decide(leave, status=status, by=member.id, now=talk.now)
        await talk.tell([leave.member_id], texts.leave_answer(granted=granted), key=f"leave:{leave.id}:answer")
        talk.say(texts.leave_decided(granted=granted), in_place=True)

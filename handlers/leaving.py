"""/nghi: asking leave in one line, deciding on it, and taking it back."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel

from bot.domain.duty import Absence, is_month_free
from bot.domain.errors import StaleChoice
from bot.domain.leave_request import LeaveDays, LeaveTrouble, read_leave_days
from bot.domain.messages import Choice
from bot.domain.permissions import Act, require
from bot.domain.rich_text import Markup, join_lines
from bot.domain.school_year import Month
from bot.domain.vocabulary import LeaveStatus, Role
from bot.texts import leave as texts
from handlers.conversation import CommandSpec, Conversation
from handlers.forms.form import Field, Form, Option, Question, Refusal
from handlers.forms.session import Forms
from handlers.meeting_news import reconsider_chairs
from handlers.talk import Rows, Talk
from storage.tables import Leave, Member

_LONGEST_REASON = 500
_STILL_OPEN = (LeaveStatus.ASKED, LeaveStatus.GRANTED)


class LeaveDraft(BaseModel):
    """The days, both included, and the reason."""

    first: date | None = None
    last: date | None = None
    reason: str | None = None


async def _load(talk: Talk) -> datetime:
    require(talk.role, Act.ASK_LEAVE)
    return talk.local_now


def _read(text: str, draft: LeaveDraft, now: datetime) -> LeaveDraft | Refusal:
    """The days and, where the text says more than them, the reason."""
    found = read_leave_days(text, now=now)
    if isinstance(found, LeaveTrouble):
        return Refusal(texts.trouble(found))
    if found is None:
        return Refusal(texts.days_not_found())
    return _filled(draft, found, text)


def _read_reason(text: str, draft: LeaveDraft, now: datetime) -> LeaveDraft | Refusal:
    """The reason; days that it spells out replace those that were taken for granted."""
    found = read_leave_days(text, now=now, spans_only=True)
    if isinstance(found, LeaveTrouble):
        return Refusal(texts.trouble(found))
    if found is not None:
        return _filled(draft, found, text)
    reason = text.strip()[:_LONGEST_REASON]
    return draft.model_copy(update={"reason": reason}) if reason else Refusal(_ask_reason(draft, now).text)


def _filled(draft: LeaveDraft, found: LeaveDays, text: str) -> LeaveDraft:
    reason = text.strip()[:_LONGEST_REASON] if found.has_reason else draft.reason
    return draft.model_copy(update={"first": found.first, "last": found.last, "reason": reason})


def _ask_days(draft: LeaveDraft, now: datetime) -> Question:
    del draft, now
    return Question(texts.ask_days())


def _ask_reason(draft: LeaveDraft, now: datetime) -> Question:
    first, last = _days(draft, now)
    return Question(texts.ask_reason(first, last), tuple(Option(words, words) for words in texts.REASONS))


def _days(draft: LeaveDraft, now: datetime) -> tuple[date, date]:
    return draft.first or now.date(), draft.last or now.date()


def _preview(draft: LeaveDraft, now: datetime) -> Markup:
    return texts.card(*_days(draft, now), draft.reason or "")


async def ask(talk: Talk, draft: LeaveDraft, now: datetime, serial: str) -> None:
    """Record the request once and put it before leader and secretary; whoever nobody can answer needs no answer."""
    del serial
    require(talk.role, Act.ASK_LEAVE)
    member, (first, last) = talk.member(), _days(draft, now)
    leave = await talk.uow.leaves.asked_for(member.id, first=first, last=last)
    if leave is None:
        reason = draft.reason or ""
        leave = await talk.uow.leaves.ask(member_id=member.id, first=first, last=last, reason=reason, now=talk.now)
        await talk.note("ask_leave", f"member:{member.id}", before=f"{first:%d/%m/%Y}", after=f"{last:%d/%m/%Y}")
    deciding = await _deciding(talk, besides=member)
    if not deciding:
        await talk.uow.leaves.decide(leave, status=LeaveStatus.GRANTED, by=member.id, now=talk.now)
        await talk.note("decide_leave", f"member:{member.id}", after=texts.DECIDED[True])
        talk.say(texts.granted_at_once(first, last), _withdraw_row(leave))
        await reconsider_chairs(talk, first, last)
        return
    text = texts.asked(member.name, first, last, leave.reason)
    unread = await talk.tell(deciding, text, _decision_row(leave), key=f"leave:{leave.id}", topic=f"leave:{leave.id}")
    nobody = texts.sent_but_unread() if len(unread) == len(deciding) else None
    talk.say(join_lines(texts.sent(first, last), nobody), _withdraw_row(leave))


async def _deciding(talk: Talk, *, besides: Member) -> list[int]:
    officials = await talk.uow.members.with_roles(besides.team_id, Role.LEADER, Role.SECRETARY)
    return [each.id for each in officials if each.id != besides.id]


def _decision_row(leave: Leave) -> Rows:
    return [
        [
            Choice(label="Đồng ý cho nghỉ", action=texts.LEAVE_ACTION, value=f"grant:{leave.id}"),
            Choice(label="Không đồng ý", action=texts.LEAVE_ACTION, value=f"refuse:{leave.id}"),
        ]
    ]


def _withdraw_row(leave: Leave) -> Rows:
    return [[Choice(label="↩️ Rút đơn", action=texts.LEAVE_ACTION, value=f"withdraw:{leave.id}")]]


LEAVE_FORM: Form[LeaveDraft, datetime] = Form(
    name="leave",
    title="xin nghỉ",
    draft_type=LeaveDraft,
    version=2,
    fields=(
        Field("days", "Ngày nghỉ", _ask_days, _read, missing=lambda draft: draft.first is None, optional=False),
        Field("reason", "Lý do", _ask_reason, _read_reason, missing=lambda draft: draft.reason is None, optional=False),
    ),
    preview=_preview,
    load=_load,
    submit=ask,
    asks_to_confirm=False,
)


class Leaving:
    """The ways into leave, and what becomes of it."""

    def __init__(self, forms: Forms) -> None:
        """Over the dialogues."""
        self._forms = forms

    def conversation(self) -> Conversation:
        """The command, the decision, the withdrawal."""
        command = CommandSpec(
            "nghi",
            "xin nghỉ, miễn định mức",
            self.start,
            act=Act.ASK_LEAVE,
            aliases=("xinnghi",),
            opens=True,
            example="/nghi từ 25/11 đến 5/12 con ốm",
        )
        return Conversation(name="leave", commands=(command,), presses={texts.LEAVE_ACTION: self._pressed})

    async def start(self, talk: Talk, text: str) -> None:
        """With days and a reason in one line it is sent at once; what is missing is asked."""
        now, draft = await _load(talk), LeaveDraft()
        read = _read(text, draft, now) if text else draft
        if isinstance(read, Refusal):
            await self._forms.start(talk, LEAVE_FORM, draft, opening=read.text)
        elif read.first is not None and read.reason is not None:
            await ask(talk, read, now, "")
        else:
            await self._forms.start(talk, LEAVE_FORM, read)

    async def start_for_month(self, talk: Talk, month: Month) -> None:
        """From a nudge: the whole month, only the reason is asked."""
        require(talk.role, Act.ASK_LEAVE)
        await self._forms.start(talk, LEAVE_FORM, LeaveDraft(first=month.first, last=month.last))

    async def _pressed(self, talk: Talk, value: str) -> None:
        verb, _, leave_id = value.partition(":")
        leave = await talk.uow.leaves.get(int(leave_id), team_id=talk.member().team_id)
        match verb:
            case "grant" | "refuse":
                await _decide(talk, leave, LeaveStatus.GRANTED if verb == "grant" else LeaveStatus.REFUSED)
            case "withdraw":
                await _withdraw(talk, leave)
            case _:
                raise StaleChoice(value=value)


async def _decide(talk: Talk, leave: Leave, status: LeaveStatus) -> None:
    require(talk.role, Act.DECIDE_LEAVE)
    member, granted = talk.member(), status is LeaveStatus.GRANTED
    names = await talk.uow.members.names({leave.member_id, leave.decided_by or leave.member_id})
    name = names[leave.member_id]
    if leave.status != LeaveStatus.ASKED:
        by = names.get(leave.decided_by) if leave.decided_by else None
        talk.say(texts.decided_already(name, LeaveStatus(leave.status), by), in_place=True)
        return
    await talk.uow.leaves.decide(leave, status=status, by=member.id, now=talk.now)
    days = {"first": leave.first, "last": leave.last}
    answer = texts.answer(granted=granted, by=member.name, free_months=_free_months(leave), **days)
    await talk.tell([leave.member_id], answer, key=f"leave:{leave.id}:answer")
    await talk.note("decide_leave", f"member:{leave.member_id}", after=texts.DECIDED[granted])
    talk.say(texts.decided(name, granted=granted, **days), in_place=True)
    await reconsider_chairs(talk, **days)


def _free_months(leave: Leave) -> list[Month]:
    """The months that are not owed because of it."""
    absence = Absence(first=leave.first, last=leave.last, status=LeaveStatus.GRANTED)
    month, found = Month.of(leave.first), list[Month]()
    while month.first <= leave.last:
        if is_month_free([absence], month):
            found.append(month)
        month = month.next
    return found


async def _withdraw(talk: Talk, leave: Leave) -> None:
    member = talk.member()
    if leave.member_id != member.id or leave.status not in _STILL_OPEN:
        raise StaleChoice(leave=leave.id)
    await talk.uow.leaves.withdraw(leave, now=talk.now)
    await talk.note("withdraw_leave", f"member:{member.id}")
    await talk.uow.outbox.cancel_topic(f"leave:{leave.id}")
    deciding = await _deciding(talk, besides=member)
    notice = texts.withdrawn_notice(member.name, leave.first, leave.last)
    await talk.tell(deciding, notice, key=f"leave:{leave.id}:withdrawn")
    talk.say(texts.withdrawn(leave.first, leave.last), in_place=True)
    await reconsider_chairs(talk, leave.first, leave.last)

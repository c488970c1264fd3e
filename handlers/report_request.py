"""The leader asks the secretary for a report with a due day (báo cáo đột xuất, regulation II.1): work given out, which
shows on boards and in reminders, and which the finished report closes."""

from __future__ import annotations

from datetime import date, datetime, time

from pydantic import BaseModel

from bot.domain.assignments import AssigneeStatus, Step, step
from bot.domain.dates import Period, named_day
from bot.domain.messages import Choice
from bot.domain.permissions import Act, require
from bot.domain.report_requests import about, source_of
from bot.domain.rich_text import Markup
from bot.domain.vocabulary import Role
from bot.texts import paper_form as texts
from bot.texts import papers as paper_texts
from bot.texts.periods import period_name
from handlers.forms.form import Field, Form, Option, Question, Refusal
from handlers.talk import Talk
from handlers.work import add_work, refresh_boards, send_board, send_order

_LONGEST_NOTE = 500
_DAYS = ("Hôm nay", "Ngày mai", "Thứ sáu")
_END_OF_WORK, _END_OF_DAY = time(17, 0), time(23, 59)


class RequestDraft(BaseModel):
    """Which period, by when, and what the secretary should know."""

    period: str = ""
    due_on: date | None = None
    note: str = ""


async def _load(talk: Talk) -> datetime:
    require(talk.role, Act.CONFIRM_REPORT)
    return talk.local_now


def _read_due(text: str, draft: RequestDraft, now: datetime) -> RequestDraft | Refusal:
    day = named_day(text, now=now)
    if day is None or day < now.date():
        return Refusal(texts.due_unknown())
    return draft.model_copy(update={"due_on": day})


def _read_note(text: str, draft: RequestDraft, now: datetime) -> RequestDraft | Refusal:
    del now
    return draft.model_copy(update={"note": text.strip()[:_LONGEST_NOTE]})


def _name(draft: RequestDraft) -> str:
    period = Period.parse(draft.period)
    return period_name(period.kind, period.first, period.last)


async def _submit(talk: Talk, draft: RequestDraft, now: datetime, serial: str) -> None:
    """Work for the secretary, once; without a secretary the leader is told so and may write the report at once."""
    require(talk.role, Act.CONFIRM_REPORT)
    member, period, due_on = talk.member(), Period.parse(draft.period), draft.due_on
    source = source_of(period, serial)
    if due_on is None or await talk.uow.assignments.given_from(source) is not None:
        return
    secretaries = await talk.uow.members.with_roles(member.team_id, Role.SECRETARY)
    if not secretaries:
        choice = Choice(label="📝 Lập báo cáo", action=paper_texts.PAPER_ACTION, value=f"draft|{period.key}")
        talk.say(paper_texts.no_secretary(), [[choice]])
        return
    due_at = _due(due_on, now)
    title, who = paper_texts.requested(_name(draft), draft.note), [each.id for each in secretaries]
    work = await add_work(talk, source, title=title, due_at=due_at, member_ids=who)
    await talk.note("assign", f"assignment:{work.id}", number=work.number)
    waiting = await send_order(talk, work)
    talk.say(paper_texts.request_sent(_name(draft), due_at.date(), work.number, waiting=waiting))
    await send_board(talk, work, key="first")


def _due(day: date, now: datetime) -> datetime:
    """The end of the working day, or of the day when that is over."""
    end = datetime.combine(day, _END_OF_WORK, now.tzinfo)
    return end if end > now else datetime.combine(day, _END_OF_DAY, now.tzinfo)


async def take_up(talk: Talk, period: Period) -> None:
    """Whoever drafts the report that was asked for has accepted that work."""
    member = talk.member()
    for work in await talk.uow.assignments.open_from(member.team_id, about(period)):
        for mine in await talk.uow.assignments.assignees(work.id):
            taken = mine.status == AssigneeStatus.SENT and mine.member_id == member.id
            if taken and (after := step(AssigneeStatus(mine.status), Step.ACCEPT)) is not None:
                mine.status, mine.answered_at = after, talk.now
                await talk.uow.flush()
                await refresh_boards(talk, work)


async def close_requests(talk: Talk, period: Period, number: str) -> None:
    """The confirmed report closes the work that asked for it; its giver learns of it, unless they confirmed it."""
    me = talk.member()
    for work in await talk.uow.assignments.open_from(me.team_id, about(period)):
        active = [
            each for each in await talk.uow.assignments.assignees(work.id) if AssigneeStatus(each.status).is_active
        ]
        for each in active:
            each.status, each.done_at, each.answered_at = AssigneeStatus.DONE, talk.now, talk.now
            each.result = paper_texts.request_result(number)
        await talk.uow.flush()
        if not active:
            continue
        await refresh_boards(talk, work)
        if work.created_by != me.id:
            await talk.tell(
                [work.created_by], paper_texts.request_closed(work.title, number), key=f"{work.source}:closed"
            )


def _ask_note(draft: RequestDraft, now: datetime) -> Question:
    del draft, now
    return Question(texts.ask_note())


def _preview(draft: RequestDraft, now: datetime) -> Markup:
    del now
    return texts.request_preview(_name(draft), draft.due_on, draft.note)


REQUEST_FORM: Form[RequestDraft, datetime] = Form(
    name="report-request",
    title="yêu cầu báo cáo",
    draft_type=RequestDraft,
    version=1,
    fields=(
        Field(
            "due",
            "Hạn",
            lambda draft, now: Question(texts.ask_due(_name(draft)), tuple(Option(each, each) for each in _DAYS)),
            _read_due,
            missing=lambda draft: draft.due_on is None,
            optional=False,
        ),
        Field("note", "Dặn thêm", _ask_note, _read_note, skip=lambda draft: draft.model_copy(update={"note": ""})),
    ),
    preview=_preview,
    load=_load,
    submit=_submit,
)

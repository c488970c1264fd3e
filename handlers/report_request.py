"""The leader asks the secretary for a report with a due day (báo cáo đột xuất, regulation II.1)."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel

from bot.domain.dates import ImpossibleDate, Period, find_date
from bot.domain.messages import Choice
from bot.domain.permissions import Act, require
from bot.domain.rich_text import Markup
from bot.domain.vocabulary import Role
from bot.texts import paper_form as texts
from bot.texts import papers as paper_texts
from bot.texts.periods import period_name
from handlers.forms.form import Field, Form, Option, Question, Refusal
from handlers.talk import Talk

_LONGEST_NOTE = 500
_DAYS = ("Hôm nay", "Ngày mai", "Thứ sáu")


class RequestDraft(BaseModel):
    """Which period, by when, and what the secretary should know."""

    period: str = ""
    due_on: date | None = None
    note: str = ""


async def _load(talk: Talk) -> datetime:
    require(talk.role, Act.CONFIRM_REPORT)
    return talk.local_now


def _read_due(text: str, draft: RequestDraft, now: datetime) -> RequestDraft | Refusal:
    try:
        found = find_date(text, now=now, prefer="future")
    except ImpossibleDate:
        found = None
    if found is None or found.date < now.date():
        return Refusal(texts.due_unknown())
    return draft.model_copy(update={"due_on": found.date})


def _read_note(text: str, draft: RequestDraft, now: datetime) -> RequestDraft | Refusal:
    del now
    return draft.model_copy(update={"note": text.strip()[:_LONGEST_NOTE]})


def _name(draft: RequestDraft) -> str:
    period = Period.parse(draft.period)
    return period_name(period.kind, period.first, period.last)


async def _submit(talk: Talk, draft: RequestDraft, now: datetime, serial: str) -> None:
    del now, serial
    require(talk.role, Act.CONFIRM_REPORT)
    member, period, due_on = talk.member(), Period.parse(draft.period), draft.due_on
    if due_on is None:
        return
    report = await talk.uow.summary_reports.request(
        member.team_id, period.first, period.last, by=member.id, due_on=due_on, note=draft.note, now=talk.now
    )
    secretaries = await talk.uow.members.with_roles(member.team_id, Role.SECRETARY)
    text = paper_texts.requested(_name(draft), due_on, member.name, draft.note)
    choice = Choice(label="📝 Lập báo cáo", action=paper_texts.PAPER_ACTION, value=f"draft|{draft.period}")
    ids = [each.id for each in secretaries if each.id != member.id]
    await talk.tell(ids, text, [[choice]], key=f"report:{report.id}:requested", topic=f"report:{report.id}")
    talk.say(paper_texts.request_sent(_name(draft), due_on))


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

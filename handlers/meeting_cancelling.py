"""Cancelling a meeting: why is asked, everybody is told, reminders are dropped."""

from __future__ import annotations

from bot.domain.errors import StaleChoice
from bot.domain.meetings import MeetingStatus
from bot.domain.permissions import Act, require
from bot.domain.rich_text import Markup
from bot.texts import meeting_form as form_texts
from bot.texts import meetings as texts
from handlers.forms.form import Form, Option, Question
from handlers.forms.session import Forms
from handlers.meeting_news import calendar_of, drop_reminders, facts_of, note_meeting, tell_everybody, topic
from handlers.talk import Talk
from handlers.words import WithReason, reason_field
from storage.tables import Meeting


class CancelDraft(WithReason):
    """Which meeting, and why."""

    meeting_id: int
    title: str = ""
    at: str = ""


async def ask_to_cancel(talk: Talk, forms: Forms, meeting: Meeting) -> None:
    """For what reason, before anybody is told."""
    require(talk.role, Act.CALL_MEETING)
    _must_not_be_over(talk, meeting)
    facts = await facts_of(talk, meeting)
    draft = CancelDraft(
        meeting_id=meeting.id, title=texts.name(facts.kind, facts.title), at=texts.moment(facts.starts_at)
    )
    await forms.start(talk, CANCEL_FORM, draft)


async def _load(talk: Talk) -> Talk:
    require(talk.role, Act.CALL_MEETING)
    return talk


def _ask(draft: CancelDraft, talk: Talk) -> Question:
    del draft, talk
    options = tuple(Option(each, each) for each in form_texts.CANCEL_REASONS)
    return Question(form_texts.ask_cancel_reason(), options)


def _preview(draft: CancelDraft, talk: Talk) -> Markup:
    del talk
    return form_texts.cancel_preview(draft.title, draft.at, draft.reason)


async def _cancel(talk: Talk, draft: CancelDraft, context: Talk, serial: str) -> None:
    """Everybody is told, with the file that takes it out of their calendars; reminders are dropped."""
    del context, serial
    meeting = await talk.uow.meetings.get(draft.meeting_id, team_id=talk.member().team_id)
    _must_not_be_over(talk, meeting)
    was_called = meeting.status == MeetingStatus.CALLED
    meeting.status, meeting.cancel_reason = MeetingStatus.CANCELLED, draft.reason or ""
    meeting.sequence += 1
    await drop_reminders(talk, meeting)
    await note_meeting(talk, meeting, "cancel_meeting")
    facts = await facts_of(talk, meeting)
    files = [await calendar_of(talk, facts)] if was_called else []
    text = texts.cancelled(facts, draft.reason or "", was_called=was_called)
    told = await tell_everybody(talk, meeting, text, key=f"{topic(meeting)}:cancelled", attachments=files)
    talk.say(texts.cancelled_receipt(told.sent), attachments=files)


def _must_not_be_over(talk: Talk, meeting: Meeting) -> None:
    if meeting.status == MeetingStatus.CANCELLED or meeting.ends_at <= talk.now:
        raise StaleChoice(meeting=meeting.id)


CANCEL_FORM: Form[CancelDraft, Talk] = Form(
    name="cancel-meeting",
    title="hủy họp",
    draft_type=CancelDraft,
    version=1,
    fields=(reason_field(_ask),),
    preview=_preview,
    load=_load,
    submit=_cancel,
    confirm_label="Hủy họp",
    drop_label="Không hủy",
)

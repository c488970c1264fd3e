"""Answers to an invitation: Tham dự, Vắng with a reason, Chưa chắc; and what they change about who chairs."""

from __future__ import annotations

from bot.domain.errors import NotPermitted
from bot.domain.meetings import Answer, MeetingStatus
from bot.domain.messages import Choice
from bot.domain.permissions import Act, may, require
from bot.domain.rich_text import Markup
from bot.texts import meetings as texts
from handlers.forms.form import Form, Option, Question
from handlers.forms.session import Forms
from handlers.meeting_news import facts_of, reconsider_chair, topic
from handlers.talk import Talk
from handlers.words import WithReason, reason_field
from storage.tables import Meeting, MeetingInvitation


async def invitation_of(talk: Talk, meeting: Meeting) -> MeetingInvitation:
    """What this member was asked; who came to the team later is invited as well. NotPermitted for officers."""
    require(talk.role, Act.JOIN_MEETINGS)
    found = await talk.uow.meetings.invitation(meeting.id, talk.member().id)
    return found or await talk.uow.meetings.invite(meeting.id, talk.member().id)


async def answer(talk: Talk, forms: Forms, meeting: Meeting, given: Answer) -> None:
    """Record it at once; "Vắng" is asked for its reason afterwards, in private."""
    require(talk.role, Act.JOIN_MEETINGS)
    trouble = _trouble(talk, meeting)
    if trouble is not None:
        if talk.chat.is_private or not talk.chat.has_buttons:
            talk.say(trouble)
        talk.toast = str(trouble.striptags())
        return
    invitation = await invitation_of(talk, meeting)
    reason = invitation.reason if given == invitation.answer else None
    await talk.uow.meetings.answer(invitation, given, reason=reason, now=talk.now)
    talk.toast = texts.answer_notice(given)
    if talk.chat.is_private:
        await _shown(talk, meeting, given, reason)
    elif not talk.chat.has_buttons:
        talk.say(texts.answer_in_group(talk.member().name, given))
    await reconsider_chair(talk, meeting)
    if given is Answer.ABSENT and reason is None:
        await _ask_reason(talk, forms, meeting)


def _trouble(talk: Talk, meeting: Meeting) -> Markup | None:
    if meeting.status == MeetingStatus.CANCELLED:
        return texts.is_cancelled()
    if meeting.status == MeetingStatus.VOTING:
        return texts.not_called_yet()
    return texts.over() if meeting.ends_at <= talk.now else None


async def _shown(talk: Talk, meeting: Meeting, given: Answer, reason: str | None) -> None:
    facts = await facts_of(talk, meeting)
    talk.say(texts.answered(facts, given, reason), texts.answer_choices(meeting.id, given), in_place=True)


async def _ask_reason(talk: Talk, forms: Forms, meeting: Meeting) -> None:
    if talk.chat.is_private:
        await forms.start(talk, REASON_FORM, ReasonDraft(meeting_id=meeting.id))
        return
    facts = await facts_of(talk, meeting)
    rows = [[Choice(label="Ghi lý do", action=texts.ACTION, value=f"why:{meeting.id}")]]
    key = f"{topic(meeting)}:why-{talk.now.isoformat()}"
    await talk.tell([talk.member().id], texts.ask_reason(facts), rows, key=key, topic=topic(meeting))


class ReasonDraft(WithReason):
    """Which meeting, and why not."""

    meeting_id: int


async def _load(talk: Talk) -> Talk:
    require(talk.role, Act.JOIN_MEETINGS)
    return talk


def _ask(draft: ReasonDraft, talk: Talk) -> Question:
    del draft, talk
    options = tuple(Option(each, each) for each in texts.REASONS)
    return Question(texts.ask_reason_here(), options)


async def _note_reason(talk: Talk, draft: ReasonDraft, context: Talk, serial: str) -> None:
    del context, serial
    meeting = await talk.uow.meetings.get(draft.meeting_id, team_id=talk.member().team_id)
    invitation = await invitation_of(talk, meeting)
    if trouble := _trouble(talk, meeting):
        talk.say(trouble)
        return
    if invitation.answer != Answer.ABSENT:
        given = Answer(invitation.answer) if invitation.answer else None
        talk.say(texts.no_longer_away(await facts_of(talk, meeting)), texts.answer_choices(meeting.id, given))
        return
    if draft.reason:
        await talk.uow.meetings.answer(invitation, Answer.ABSENT, reason=draft.reason, now=talk.now)
    talk.say(texts.reason_noted(draft.reason or ""), texts.answer_choices(meeting.id, Answer.ABSENT))


REASON_FORM: Form[ReasonDraft, Talk] = Form(
    name="absence",
    title="lý do vắng họp",
    draft_type=ReasonDraft,
    version=1,
    fields=(reason_field(_ask),),
    preview=lambda draft, talk: Markup("{}").format(draft.reason or ""),
    load=_load,
    submit=_note_reason,
    asks_to_confirm=False,
)


async def tally(talk: Talk, meeting: Meeting) -> Markup:
    """Who comes and who does not, for those who may see names."""
    if not may(talk.role, Act.SEE_NAMES):
        raise NotPermitted(action=str(Act.SEE_NAMES))
    invitations = await talk.uow.meetings.invitations(meeting.id)
    names = await talk.uow.members.names([each.member_id for each in invitations])
    counts: dict[Answer | None, int] = {}
    for each in invitations:
        given = Answer(each.answer) if each.answer else None
        counts[given] = counts.get(given, 0) + 1
    absent = [(names[each.member_id], each.reason or "") for each in invitations if each.answer == Answer.ABSENT]
    silent = [names[each.member_id] for each in invitations if each.answer is None]
    return texts.tally(counts, absent, silent)

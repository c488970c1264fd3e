"""Calling a meeting, changing it, and putting its time to the vote."""

from __future__ import annotations

from typing import Any

from bot.domain.errors import StaleChoice
from bot.domain.meetings import USUAL_LENGTH, Answer, MeetingKind, MeetingStatus
from bot.domain.permissions import Act, require
from bot.domain.rich_text import Markup, join_lines
from bot.domain.vocabulary import Role
from bot.texts import meeting_votes as vote_texts
from bot.texts import meetings as texts
from handlers.forms.form import Form
from handlers.meeting_draft import Busy, MeetingContext, MeetingDraft, absorb, check_moment, preview
from handlers.meeting_form import FIELDS
from handlers.meeting_news import (
    calendar_of,
    drop_reminders,
    facts_of,
    note_meeting,
    settle_chair,
    tell_everybody,
    topic,
)
from handlers.talk import Talk
from storage.tables import Meeting


async def load(talk: Talk) -> MeetingContext:
    """The local time, the team's schools and its other meetings."""
    require(talk.role, Act.CALL_MEETING)
    team_id = talk.member().team_id
    open_meetings = await talk.uow.meetings.open(team_id, now=talk.now)
    busy = tuple(
        Busy(each.id, texts.name(MeetingKind(each.kind), each.title), each.starts_at, each.ends_at)
        for each in open_meetings
        if each.status == MeetingStatus.CALLED
    )
    return MeetingContext(now=talk.local_now, schools=await talk.uow.schools.names(team_id), busy=busy)


async def _submit(talk: Talk, draft: MeetingDraft, context: MeetingContext, serial: str) -> None:
    """Call it, or change the one that is called; told once, however often it is confirmed."""
    del context
    require(talk.role, Act.CALL_MEETING)
    if draft.meeting_id is not None:
        await _change(talk, draft)
    elif await talk.uow.meetings.made_from(f"meeting:{serial}") is None:
        meeting = await _make(talk, draft, source=f"meeting:{serial}")
        if meeting.status == MeetingStatus.VOTING:
            await _put_to_vote(talk, meeting)
        else:
            await announce(talk, meeting)


def _before_filing(draft: MeetingDraft, context: MeetingContext) -> tuple[MeetingDraft, Markup] | None:
    """Times that have passed, or were taken by another meeting, since the card was shown."""
    for slot in draft.slots:
        if refusal := check_moment(slot.astimezone(context.now.tzinfo), draft, context):
            return draft.model_copy(update={"slots": ()}), refusal.text
    return None


async def _make(talk: Talk, draft: MeetingDraft, *, source: str) -> Meeting:
    member = talk.member()
    voting = len(draft.slots) > 1
    meeting = Meeting(
        team_id=member.team_id,
        source=source,
        **await _described(talk, draft),
        status=MeetingStatus.VOTING if voting else MeetingStatus.CALLED,
        sequence=0,
        starts_at=draft.slots[0],
        ends_at=draft.slots[-1] + USUAL_LENGTH,
        chair_id=None,
        chair_changes=0,
        check_in_word=None,
        cancel_reason=None,
        created_by=member.id,
        created_at=talk.now,
        called_at=talk.now,
    )
    invited = [each.id for each in await talk.uow.members.current(member.team_id) if each.role != Role.OFFICER]
    slots = draft.slots if voting else ()
    meeting = await talk.uow.meetings.add(meeting, invited=invited, agenda=draft.agenda, slots=slots)
    await note_meeting(talk, meeting, "call_meeting")
    return meeting


async def _described(talk: Talk, draft: MeetingDraft) -> dict[str, Any]:
    """What it is, where, and with whom; a school and its board belong to a topical meeting."""
    topical = draft.kind is MeetingKind.TOPICAL
    code = draft.school if topical else None
    school = await talk.uow.schools.by_code(talk.member().team_id, code) if code else None
    return {
        "kind": draft.kind or MeetingKind.GENERAL,
        "title": draft.title if topical else "",
        "place": draft.place,
        "school_id": school.id if school else None,
        "board": draft.board if topical else "",
    }


async def _attends(talk: Talk, meeting: Meeting) -> None:
    """Whoever calls a meeting comes to it, until they say otherwise."""
    invitation = await talk.uow.meetings.invitation(meeting.id, talk.member().id)
    if invitation is not None and invitation.answer is None:
        await talk.uow.meetings.answer(invitation, Answer.ATTENDING, now=talk.now)


async def announce(talk: Talk, meeting: Meeting) -> None:
    """The invitation to everybody, and the receipt to whoever called."""
    await _attends(talk, meeting)
    await settle_chair(talk, meeting)
    facts = await facts_of(talk, meeting)
    file = await calendar_of(talk, facts)
    rows = texts.answer_choices(meeting.id)
    key = f"{topic(meeting)}:called-{meeting.sequence}"
    told = await tell_everybody(talk, meeting, texts.invitation(facts), rows, key=key, attachments=[file])
    receipt = join_lines(texts.called(told.sent, told.unreachable, groups=told.groups), "", texts.card(facts))
    mine = texts.answer_choices(meeting.id, Answer.ATTENDING)
    talk.say(receipt, [*mine, *texts.move_choices(meeting.id)], attachments=[file])
    if facts.chair is None:
        talk.say(texts.nobody_chairs(facts), texts.move_choices(meeting.id))


async def _change(talk: Talk, draft: MeetingDraft) -> None:
    """Another time asks everybody again; another place or agenda only tells them."""
    meeting = await talk.uow.meetings.get(draft.meeting_id or 0, team_id=talk.member().team_id)
    if meeting.status != MeetingStatus.CALLED or meeting.ends_at <= talk.now:
        raise StaleChoice(meeting=meeting.id)
    before = await facts_of(talk, meeting)
    at = draft.slots[0]
    moved = at != meeting.starts_at
    own = [each.text for each in await talk.uow.meetings.agenda(meeting.id) if each.proposed_by is None]
    new_agenda, described = list(draft.agenda) != own, await _described(talk, draft)
    if not moved and described == {name: getattr(meeting, name) for name in described} and not new_agenda:
        talk.say(texts.nothing_changed())
        return
    await drop_reminders(talk, meeting)
    if new_agenda:
        await talk.uow.meetings.set_agenda(meeting.id, draft.agenda)
    meeting.ends_at = at + (meeting.ends_at - meeting.starts_at)
    meeting.starts_at = at
    for name, value in described.items():
        setattr(meeting, name, value)
    meeting.sequence += 1
    if moved:
        meeting.called_at = talk.now
        await talk.uow.meetings.ask_again(meeting.id)
        await _attends(talk, meeting)
    await settle_chair(talk, meeting)
    await note_meeting(talk, meeting, "move_meeting")
    facts = await facts_of(talk, meeting)
    file = await calendar_of(talk, facts)
    text = texts.moved(facts, before.starts_at, asks_again=moved)
    key = f"{topic(meeting)}:called-{meeting.sequence}"
    told = await tell_everybody(talk, meeting, text, texts.answer_choices(meeting.id), key=key, attachments=[file])
    talk.say(join_lines(texts.changed(told.sent), "", texts.card(facts)), attachments=[file])


async def _put_to_vote(talk: Talk, meeting: Meeting) -> None:
    facts = await facts_of(talk, meeting)
    slots = [
        (each.id, each.starts_at.astimezone(talk.settings.zone)) for each in await talk.uow.meetings.slots(meeting.id)
    ]
    ask, rows = vote_texts.ask(facts), vote_texts.slot_choices(slots, chosen=set())
    told = await tell_everybody(talk, meeting, ask, rows, key=f"{topic(meeting)}:vote")
    receipt = join_lines(vote_texts.asked(told.sent), texts.not_reached(told.unreachable))
    talk.say(join_lines(receipt, "", ask), [*rows, vote_texts.managing_row(meeting.id)])


MEETING_FORM: Form[MeetingDraft, MeetingContext] = Form(
    name="meeting",
    title="mời họp",
    draft_type=MeetingDraft,
    version=1,
    fields=FIELDS,
    preview=preview,
    load=load,
    submit=_submit,
    absorb=absorb,
    before_filing=_before_filing,
)

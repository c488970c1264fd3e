"""Proposals for a meeting's agenda, and the vote on its time."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel

from bot.domain.errors import NotFound, StaleChoice
from bot.domain.meetings import USUAL_LENGTH, MeetingKind, MeetingStatus, overlapping
from bot.domain.messages import Choice
from bot.domain.permissions import Act, may, require
from bot.domain.rich_text import Markup
from bot.domain.vocabulary import Role
from bot.texts import meeting_votes as texts
from bot.texts import meetings as meeting_texts
from handlers.forms.form import Field, Form, Question, Refusal
from handlers.meeting_answers import invitation_of
from handlers.meeting_calling import announce
from handlers.meeting_news import drop_reminders, facts_of
from handlers.talk import Talk
from storage.tables import Meeting

_LONGEST = 300


class ProposalDraft(BaseModel):
    """A point for the agenda of a meeting."""

    meeting_id: int
    text: str | None = None


async def _load(talk: Talk) -> Talk:
    require(talk.role, Act.JOIN_MEETINGS)
    return talk


def _read(text: str, draft: ProposalDraft, talk: Talk) -> ProposalDraft | Refusal:
    del talk
    point = " ".join(text.split())
    if not point or len(point) > _LONGEST:
        return Refusal(texts.proposal_too_long(_LONGEST))
    return draft.model_copy(update={"text": point})


async def _propose(talk: Talk, draft: ProposalDraft, context: Talk, serial: str) -> None:
    """To the leader; from whoever may call meetings it goes in at once."""
    del context, serial
    member = talk.member()
    meeting = await talk.uow.meetings.get(draft.meeting_id, team_id=member.team_id)
    text = draft.text or ""
    if meeting.starts_at <= talk.now or meeting.status == MeetingStatus.CANCELLED:
        talk.say(texts.proposal_too_late())
        return
    at_once = may(talk.role, Act.CALL_MEETING)
    status = "accepted" if at_once else "proposed"
    item = await talk.uow.meetings.propose(meeting.id, text, by=member.id, status=status)
    if at_once:
        talk.say(texts.added_at_once(text))
        return
    leaders = [each.id for each in await talk.uow.members.with_roles(member.team_id, Role.LEADER)]
    await talk.tell(
        leaders,
        texts.proposal(await facts_of(talk, meeting), member.name, text),
        texts.proposal_choices(item.id),
        key=f"agenda:{item.id}",
    )
    talk.say(texts.proposed(text))


PROPOSAL_FORM: Form[ProposalDraft, Talk] = Form(
    name="agenda-proposal",
    title="đề xuất nội dung họp",
    draft_type=ProposalDraft,
    version=1,
    fields=(
        Field(
            "text",
            "Nội dung",
            lambda draft, talk: Question(texts.ask_proposal()),
            _read,
            missing=lambda draft: draft.text is None,
            optional=False,
        ),
    ),
    preview=lambda draft, talk: Markup("{}").format(draft.text or ""),
    load=_load,
    submit=_propose,
    asks_to_confirm=False,
)


async def decide(talk: Talk, item_id: int, *, accepted: bool) -> None:
    """The leader's answer to a proposal, once."""
    require(talk.role, Act.CALL_MEETING)
    item = await talk.uow.meetings.agenda_item(item_id, team_id=talk.member().team_id)
    if item.status != "proposed":
        raise StaleChoice(item=item.id)
    meeting = await talk.uow.meetings.get(item.meeting_id, team_id=talk.member().team_id)
    if accepted and (meeting.starts_at <= talk.now or meeting.status == MeetingStatus.CANCELLED):
        talk.say(texts.proposal_too_late())
        return
    item.status = "accepted" if accepted else "declined"
    await talk.uow.flush()
    text = texts.proposal_answered(item.text, accepted=accepted)
    talk.say(text, in_place=True)
    if item.proposed_by is not None:
        await talk.tell([item.proposed_by], text, key=f"agenda:{item.id}:answer")


async def vote(talk: Talk, slot_id: int) -> None:
    """One more or one less of the times that I could come."""
    meeting, slots = await _slots(talk, slot_id)
    await invitation_of(talk, meeting)
    if meeting.status != MeetingStatus.VOTING:
        talk.say(texts.vote_over())
        return
    await talk.uow.meetings.vote(slot_id, talk.member().id)
    chosen = await _chosen(talk, meeting)
    if talk.chat.is_private:
        talk.say(texts.voted(await facts_of(talk, meeting), len(chosen)), await vote_rows(talk, meeting), in_place=True)
        return
    talk.toast = texts.voted_notice(len(chosen))
    if not talk.chat.has_buttons:
        talk.say(texts.voted_in_group(talk.member().name, [at for each, at in slots if each in chosen]))


async def _chosen(talk: Talk, meeting: Meeting) -> set[int]:
    votes = await talk.uow.meetings.votes(meeting.id)
    return {each for each, voters in votes.items() if talk.member().id in voters}


async def vote_rows(talk: Talk, meeting: Meeting) -> list[tuple[Choice, ...]]:
    """The times, mine marked; fixing and cancelling for those who call meetings."""
    rows = list(texts.slot_choices(await slots_of(talk, meeting), chosen=await _chosen(talk, meeting)))
    return [*rows, texts.managing_row(meeting.id)] if may(talk.role, Act.CALL_MEETING) else rows


async def _slots(talk: Talk, slot_id: int) -> tuple[Meeting, list[tuple[int, datetime]]]:
    meeting = await talk.uow.meetings.of_slot(slot_id, team_id=talk.member().team_id)
    if meeting is None:
        raise NotFound(what="slot", id=slot_id)
    return meeting, await slots_of(talk, meeting)


async def slots_of(talk: Talk, meeting: Meeting) -> list[tuple[int, datetime]]:
    """The times that are voted on, in the team's zone."""
    zone = talk.settings.zone
    return [(each.id, each.starts_at.astimezone(zone)) for each in await talk.uow.meetings.slots(meeting.id)]


async def offer_fixing(talk: Talk, meeting: Meeting) -> None:
    """The times with how many could come."""
    require(talk.role, Act.CALL_MEETING)
    if meeting.status != MeetingStatus.VOTING:
        raise StaleChoice(meeting=meeting.id)
    votes = await talk.uow.meetings.votes(meeting.id)
    counts = {slot_id: len(voters) for slot_id, voters in votes.items()}
    talk.say(texts.which_slot(await facts_of(talk, meeting)), texts.fix_choices(await slots_of(talk, meeting), counts))


async def _taken_by(talk: Talk, at: datetime) -> str:
    """The team's meeting that is called for that time, if there is one."""
    for each in await talk.uow.meetings.open(talk.member().team_id, now=talk.now):
        times = (at, at + USUAL_LENGTH), (each.starts_at, each.ends_at)
        if each.status == MeetingStatus.CALLED and overlapping(*times):
            return meeting_texts.name(MeetingKind(each.kind), each.title)
    return ""


async def fix(talk: Talk, slot_id: int) -> None:
    """The time is fixed, and the invitations go out."""
    require(talk.role, Act.CALL_MEETING)
    meeting, slots = await _slots(talk, slot_id)
    if meeting.status != MeetingStatus.VOTING:
        raise StaleChoice(meeting=meeting.id)
    at = dict(slots)[slot_id]
    if at <= talk.now:
        talk.say(texts.slot_over(at))
        return
    if other := await _taken_by(talk, at):
        talk.say(texts.slot_taken(at, other))
        return
    await drop_reminders(talk, meeting)
    meeting.starts_at, meeting.ends_at = at, at + USUAL_LENGTH
    meeting.status, meeting.called_at = MeetingStatus.CALLED, talk.now
    await talk.uow.flush()
    await announce(talk, meeting)

"""Telling people about a meeting: everybody invited, the group chats, and whoever is to chair."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.documents.calendar_file import MIME, draw_calendar, file_name
from bot.domain.meeting_facts import Chair, MeetingFacts
from bot.domain.meetings import MeetingStatus, who_chairs
from bot.domain.messages import Attachment, ChoiceList, Delivery, Outgoing, Priority
from bot.domain.rich_text import Markup
from bot.domain.vocabulary import Role
from bot.texts import meetings as texts
from handlers.talk import Rows, Talk
from storage.tables import Meeting

_FAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Told:
    """How many members were written to, who cannot be reached, and how many group chats there are."""

    sent: int
    unreachable: tuple[str, ...]
    groups: int


def topic(meeting: Meeting) -> str:
    """What messages about this meeting are filed under."""
    return f"meeting:{meeting.id}"


async def facts_of(talk: Talk, meeting: Meeting) -> MeetingFacts:
    """The meeting as people look at it, in the team's zone."""
    return await talk.uow.meeting_facts.read(meeting, talk.settings.zone)


async def calendar_of(talk: Talk, facts: MeetingFacts) -> Attachment:
    """The calendar file as it is now."""
    data = draw_calendar(facts, team=talk.team.name if talk.team else "", now=talk.now)
    name = file_name(facts)
    stored = await talk.uow.files.keep(data=data, name=name, mime=MIME, now=talk.now)
    return Attachment(stored_id=stored, name=name, mime=MIME)


async def tell_everybody(
    talk: Talk,
    meeting: Meeting,
    text: Markup,
    rows: Rows = (),
    *,
    key: str,
    attachments: Sequence[Attachment] = (),
) -> Told:
    """Everybody invited but whoever is talking, privately, and the group chats."""
    invited = [each.member_id for each in await talk.uow.meetings.invitations(meeting.id)]
    others = [each for each in invited if each != talk.member().id]
    unread = await talk.tell(others, text, rows, key=key, topic=topic(meeting), attachments=attachments)
    groups = await tell_groups(talk, meeting, text, rows, key=key, attachments=attachments)
    names = await talk.uow.members.names(unread)
    return Told(len(others) - len(unread), tuple(names[each] for each in unread), groups)


async def tell_groups(
    talk: Talk,
    meeting: Meeting,
    text: Markup,
    rows: Rows = (),
    *,
    key: str,
    attachments: Iterable[Attachment] = (),
) -> int:
    """The team's group chats, once for each key; anybody there may press. Returns how many there are."""
    groups = await talk.uow.groups.of_team(meeting.team_id)
    choices = ChoiceList(rows=tuple(tuple(row) for row in rows), personal=False) if rows else None
    for chat in groups:
        message = Outgoing(chat=chat, text=str(text), choices=choices, attachments=tuple(attachments))
        delivery = Delivery(
            dedupe_key=f"{key}:{chat.key}",
            priority=Priority.REMINDER,
            topic=topic(meeting),
            author_member_id=talk.member().id,
        )
        await talk.uow.outbox.put(message, delivery, now=talk.now)
    return len(groups)


async def note_meeting(talk: Talk, meeting: Meeting, action: str) -> None:
    """In the log, with its time and place as they are now."""
    await talk.note(action, f"meeting:{meeting.id}", starts_at=meeting.starts_at.isoformat(), place=meeting.place)


async def drop_reminders(talk: Talk, meeting: Meeting) -> None:
    """What has been written about the meeting as it was and has not left yet."""
    await talk.uow.outbox.cancel_topic(topic(meeting))
    await talk.uow.outbox.cancel_topic(f"{topic(meeting)}:reminder")


async def settle_chair(talk: Talk, meeting: Meeting) -> None:
    """Who chairs as things stand, before anybody is told."""
    starts_at = meeting.starts_at.astimezone(talk.settings.zone)
    meeting.chair_id = who_chairs(await talk.uow.meeting_facts.officials(meeting, starts_at=starts_at))
    await talk.uow.flush()


async def reconsider_chair(talk: Talk, meeting: Meeting) -> None:
    """After an answer or a leave: when somebody else is to chair, they, the leader and the group are told (II.1)."""
    before = meeting.chair_id
    await settle_chair(talk, meeting)
    if meeting.chair_id == before or meeting.status != MeetingStatus.CALLED:
        return
    meeting.chair_changes += 1
    await talk.uow.flush()
    facts = await facts_of(talk, meeting)
    key = f"{topic(meeting)}:chair-{meeting.chair_changes}"
    leaders = [each.id for each in await talk.uow.members.with_roles(meeting.team_id, Role.LEADER)]
    if facts.chair is None:
        await talk.tell(
            leaders, texts.nobody_chairs(facts), texts.move_choices(meeting.id), key=key, topic=topic(meeting)
        )
        return
    await _tell_chair(talk, meeting, facts, facts.chair, leaders, key)


async def reconsider_chairs(talk: Talk, first: date | None = None, last: date | None = None) -> None:
    """Somebody is away, or no longer what they were: look again at who chairs what is called (between two days)."""
    zone = talk.settings.zone
    since = max(talk.now, datetime.combine(first, time.min, zone)) if first else talk.now
    until = datetime.combine(last, time.max, zone) if last else talk.now + _FAR
    for meeting in await talk.uow.meetings.called(talk.member().team_id, since, until):
        await reconsider_chair(talk, meeting)


async def _tell_chair(
    talk: Talk, meeting: Meeting, facts: MeetingFacts, chair: Chair, leaders: Sequence[int], key: str
) -> None:
    await talk.tell([chair.member_id], texts.chair_notice(facts, chair), key=key, topic=topic(meeting))
    others = [each for each in leaders if each != chair.member_id]
    await talk.tell(others, texts.chair_told(facts, chair), key=f"{key}:told", topic=topic(meeting))
    await tell_groups(talk, meeting, texts.chair_told(facts, chair), key=key)

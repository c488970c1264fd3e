"""Minutes as they stand: lines worded for chat, and everything gathered for the paper."""

from __future__ import annotations

from datetime import datetime

from bot.documents.minutes_paper import MinutesPaper, PaperResolution
from bot.domain.meeting_end import meeting_end
from bot.domain.meeting_facts import MeetingFacts
from bot.domain.meetings import Answer, Presence, presence
from bot.domain.resolution_line import LineKind
from bot.domain.rich_text import Markup
from bot.domain.vocabulary import Role
from bot.texts import attendance as attendance_texts
from bot.texts import meetings as meeting_texts
from bot.texts import minutes as texts
from bot.texts import resolutions as resolution_texts
from bot.texts.vocabulary import ROLE_NAMES
from handlers.meeting_news import facts_of
from handlers.talk import Talk
from storage.tables import Meeting, MeetingInvitation, Minutes, MinutesLine, Resolution


def label_of(facts: MeetingFacts) -> str:
    """How minutes name their meeting."""
    return meeting_texts.label(facts)


async def body_of(talk: Talk, minutes: Minutes) -> list[Markup]:
    """The lines, numbered as they were told."""
    lines = await talk.uow.minutes.lines(minutes.id)
    standing = await standing_resolutions(talk, minutes.meeting_id)
    resolutions = {each.line_id: each for each in standing}
    people = await people_of(talk, standing)
    return [
        texts.body_line(number, _worded(line, resolutions.get(line.id), people)) for number, line in enumerate(lines, 1)
    ]


def _worded(line: MinutesLine, resolution: Resolution | None, people: dict[int, str]) -> str:
    if resolution is not None:
        return resolution_texts.in_minutes(resolution.work, people[resolution.id], resolution.due)
    return texts.worded(LineKind(line.kind), line.text)


async def standing_resolutions(talk: Talk, meeting_id: int) -> list[Resolution]:
    """Decisions of lines that stand: those that minutes say, whatever an older version said."""
    return [each for each, _ in await talk.uow.resolutions.by_line(meeting_id, standing=True)]


async def people_of(talk: Talk, resolutions: list[Resolution]) -> dict[int, str]:
    """Who is to do each, in words."""
    ids = await talk.uow.resolutions.people([each.id for each in resolutions])
    names = await talk.uow.members.names({member_id for people in ids.values() for member_id in people})
    return {
        each.id: resolution_texts.doers([names[each_id] for each_id in ids.get(each.id, [])], everyone=each.everyone)
        for each in resolutions
    }


async def paper_of(talk: Talk, minutes: Minutes, meeting: Meeting) -> MinutesPaper:
    """Everything the official form says."""
    facts = await facts_of(talk, meeting)
    lines = await talk.uow.minutes.lines(minutes.id)
    by_kind = {kind: tuple(line.text for line in lines if line.kind == kind) for kind in LineKind}
    resolutions = await standing_resolutions(talk, meeting.id)
    people = await people_of(talk, resolutions)
    present, absent = await _attendance(talk, minutes, meeting)
    return MinutesPaper(
        team=talk.team.name if talk.team else "",
        number=minutes.number,
        version=minutes.version,
        name=meeting_texts.name(facts.kind, facts.title),
        starts_at=facts.starts_at,
        ends_at=_end(facts, lines),
        place=facts.place,
        host=", ".join(part for part in (facts.school, facts.board) if part),
        present=present,
        absent=absent,
        chair=facts.chair.name if facts.chair else "",
        chair_title=ROLE_NAMES[facts.chair.role if facts.chair else Role.LEADER],
        secretary=await _secretary(talk, minutes, lines),
        agenda=await _agenda(talk, minutes, facts),
        lines=by_kind[LineKind.NOTE],
        spread=by_kind[LineKind.SPREAD],
        mend=by_kind[LineKind.MEND],
        resolutions=tuple(
            PaperResolution(each.work, people[each.id], f"{each.due:%d/%m/%Y}" if each.due else "")
            for each in resolutions
        ),
        photos=len(by_kind[LineKind.PHOTO]),
    )


async def _secretary(talk: Talk, minutes: Minutes, lines: list[MinutesLine]) -> str:
    """The team's secretary where they wrote; else who began the minutes, or wrote in their place."""
    authors = [line.author_id for line in lines]
    secretaries = [each.id for each in await talk.uow.members.with_roles(minutes.team_id, Role.SECRETARY)]
    began = [minutes.secretary_id] if minutes.secretary_id in authors else []
    chosen = next(iter([*(each for each in secretaries if each in authors), *began, *authors, minutes.secretary_id]))
    return (await talk.uow.members.names([chosen]))[chosen]


async def _agenda(talk: Talk, minutes: Minutes, facts: MeetingFacts) -> tuple[str, ...]:
    """As the meeting was opened with; a correction keeps what was confirmed, whatever has been done since."""
    versions = await talk.uow.minutes.versions(minutes.id)
    if versions:
        return tuple(versions[0].content["agenda"])
    opening = (meeting_texts.unfinished(facts.unfinished),) if facts.unfinished else ()
    return (*opening, *facts.agenda)


def _end(facts: MeetingFacts, lines: list[MinutesLine]) -> datetime:
    written = [(line.text, line.written_at) for line in lines]
    return meeting_end(written, starts_at=facts.starts_at, ends_at=facts.ends_at)


async def attendance_line(talk: Talk, minutes: Minutes, meeting: Meeting) -> Markup:
    """How many the minutes will say were there, and by what."""
    present, absent = await _attendance(talk, minutes, meeting)
    taken = any(each.presence for each in await talk.uow.meetings.attendance(meeting))
    end = _end(await facts_of(talk, meeting), await talk.uow.minutes.lines(minutes.id))
    return texts.there(len(present), len(present) + len(absent), taken=taken, end=end)


async def _attendance(talk: Talk, minutes: Minutes, meeting: Meeting) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who was there, and who was not with the reason; by answers where nobody took attendance.

    Whoever wrote the minutes was there, unless they are marked otherwise.
    """
    invitations = await talk.uow.meetings.attendance(meeting)
    names = await talk.uow.members.names([each.member_id for each in invitations])
    taken = any(each.presence for each in invitations)
    wrote = {line.author_id for line in await talk.uow.minutes.lines(minutes.id)}
    present = [each for each in invitations if _was_there(each, taken=taken, wrote=each.member_id in wrote)]
    absent = [each for each in invitations if each not in present]
    return (
        tuple(
            attendance_texts.present(names[each.member_id], is_late=each.presence == Presence.LATE) for each in present
        ),
        tuple(_absent(names[each.member_id], each, taken=taken) for each in absent),
    )


def _was_there(invitation: MeetingInvitation, *, taken: bool, wrote: bool) -> bool:
    if invitation.presence is not None:
        return Presence(invitation.presence).was_there
    return wrote or (not taken and invitation.answer == Answer.ATTENDING)


def _absent(name: str, invitation: MeetingInvitation, *, taken: bool) -> str:
    marked = Presence(invitation.presence) if invitation.presence else None
    answer = Answer(invitation.answer) if invitation.answer else None
    is_excused = presence(marked, answer) is Presence.EXCUSED
    return attendance_texts.absent(name, is_excused=is_excused, reason=invitation.reason, taken=taken)

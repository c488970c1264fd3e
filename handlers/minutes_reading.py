"""Minutes as they stand: lines worded for chat, and everything gathered for the paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from bot.documents.minutes_paper import MinutesPaper, PaperResolution
from bot.domain.meeting_facts import MeetingFacts
from bot.domain.meetings import Answer, Presence, presence
from bot.domain.resolution_line import LineKind
from bot.domain.rich_text import Markup
from bot.domain.vocabulary import Role
from bot.texts import meetings as meeting_texts
from bot.texts import minutes as texts
from bot.texts.vocabulary import ROLE_NAMES
from handlers.meeting_news import facts_of
from handlers.talk import Talk
from storage.tables import Meeting, MeetingInvitation, Minutes, MinutesLine, Resolution

Photos = Sequence[tuple[str, bytes]]
_LONGEST_MEETING = timedelta(hours=8)


def label_of(facts: MeetingFacts) -> str:
    """How minutes name their meeting: "Họp chung 27/11"."""
    return f"{meeting_texts.name(facts.kind, facts.title)} {facts.starts_at.day}/{facts.starts_at.month}"


async def body_of(talk: Talk, minutes: Minutes) -> list[Markup]:
    """The lines, numbered as they were told."""
    lines = await talk.uow.minutes.lines(minutes.id)
    resolutions = {each.line_id: each for each in await talk.uow.resolutions.of_meeting(minutes.meeting_id)}
    people = await people_of(talk, list(resolutions.values()))
    return [
        texts.body_line(number, _worded(line, resolutions.get(line.id), people)) for number, line in enumerate(lines, 1)
    ]


def _worded(line: MinutesLine, resolution: Resolution | None, people: dict[int, str]) -> str:
    if resolution is not None:
        due = f" – hạn {resolution.due:%d/%m}" if resolution.due else ""
        return f"📌 {resolution.work} – {people[resolution.id]}{due}"
    marks = {LineKind.SPREAD: "Nhân rộng: ", LineKind.MEND: "Khắc phục: ", LineKind.PHOTO: "📷 "}
    return f"{marks.get(LineKind(line.kind), '')}{line.text}"


async def people_of(talk: Talk, resolutions: list[Resolution]) -> dict[int, str]:
    """Who is to do each, in words."""
    ids = await talk.uow.resolutions.people([each.id for each in resolutions])
    names = await talk.uow.members.names({member_id for people in ids.values() for member_id in people})
    return {
        each.id: "cả tổ"
        if each.everyone
        else ", ".join(names[member_id] for member_id in ids.get(each.id, [])) or "chưa rõ"
        for each in resolutions
    }


async def paper_of(talk: Talk, minutes: Minutes, meeting: Meeting) -> MinutesPaper:
    """Everything the official form says."""
    facts = await facts_of(talk, meeting)
    lines = await talk.uow.minutes.lines(minutes.id)
    by_kind = {kind: tuple(line.text for line in lines if line.kind == kind) for kind in LineKind}
    resolutions = await talk.uow.resolutions.of_meeting(meeting.id)
    people = await people_of(talk, resolutions)
    present, absent = await _attendance(talk, meeting)
    secretary = (await talk.uow.members.names([minutes.secretary_id]))[minutes.secretary_id]
    agenda = ("Rà soát nghị quyết chưa xong: " + "; ".join(facts.unfinished),) if facts.unfinished else ()
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
        secretary=secretary,
        agenda=(*agenda, *facts.agenda),
        lines=by_kind[LineKind.NOTE],
        spread=by_kind[LineKind.SPREAD],
        mend=by_kind[LineKind.MEND],
        resolutions=tuple(
            PaperResolution(each.work, people[each.id], f"{each.due:%d/%m/%Y}" if each.due else "")
            for each in resolutions
        ),
        photos=len(by_kind[LineKind.PHOTO]),
    )


async def photos_of(talk: Talk, minutes: Minutes) -> Photos:
    """What was sent along, with its words, in the order of the lines."""
    found: list[tuple[str, bytes]] = []
    for line in await talk.uow.minutes.lines(minutes.id):
        if line.file_id is not None:
            kept = await talk.uow.files.load(line.file_id)
            found.append(("" if line.text == texts.PHOTO else line.text, kept.data))
    return found


def _end(facts: MeetingFacts, lines: list[MinutesLine]) -> datetime:
    """The last line that was written during the meeting tells when it ended; else the planned end."""
    written = [
        line.written_at for line in lines if facts.starts_at <= line.written_at <= facts.starts_at + _LONGEST_MEETING
    ]
    return max(written).astimezone(facts.starts_at.tzinfo) if written else facts.ends_at


async def _attendance(talk: Talk, meeting: Meeting) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who was there, and who was not with the reason; by answers where nobody took attendance."""
    invitations = await talk.uow.meetings.invitations(meeting.id)
    names = await talk.uow.members.names([each.member_id for each in invitations])
    taken = any(each.presence for each in invitations)
    present = [each for each in invitations if _was_there(each, taken=taken)]
    absent = [each for each in invitations if each not in present]
    return (
        tuple(names[each.member_id] for each in present),
        tuple(names[each.member_id] + _why(each) for each in absent),
    )


def _was_there(invitation: MeetingInvitation, *, taken: bool) -> bool:
    if not taken:
        return invitation.answer == Answer.ATTENDING
    return invitation.presence is not None and Presence(invitation.presence).was_there


def _why(invitation: MeetingInvitation) -> str:
    marked = Presence(invitation.presence) if invitation.presence else None
    answer = Answer(invitation.answer) if invitation.answer else None
    excused = presence(marked, answer) is Presence.EXCUSED
    if invitation.reason and excused:
        return f" (có phép: {invitation.reason})"
    return " (có phép)" if excused else " (không phép)"


def content_of(paper: MinutesPaper) -> dict[str, Any]:
    """The paper as it is kept with its version."""
    content = asdict(paper)
    content["starts_at"], content["ends_at"] = paper.starts_at.isoformat(), paper.ends_at.isoformat()
    return content

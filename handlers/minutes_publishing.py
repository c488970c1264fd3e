"""Confirmed minutes: numbered in the team's series, drawn, sent out; what they decided is in force from then on."""

from __future__ import annotations

import asyncio

from bot.documents.minutes_paper import MinutesPaper, code_of, minutes_document
from bot.domain.messages import Attachment
from bot.texts import minutes as texts
from handlers.meeting_news import facts_of, tell_groups, topic
from handlers.minutes_reading import Photos, content_of, label_of, paper_of, photos_of, standing_resolutions
from handlers.official_files import word_and_pdf
from handlers.resolution_work import give_out, supersede
from handlers.talk import Talk
from storage.tables import Meeting, Minutes


async def publish(talk: Talk, minutes: Minutes, meeting: Meeting) -> None:
    """They are confirmed, says whoever talks."""
    if minutes.number is None:
        year = talk.today.year
        minutes.year, minutes.number = year, await talk.uow.minutes.next_number(minutes.team_id, year)
    minutes.status, minutes.closed_at = "confirmed", talk.now
    await talk.uow.flush()
    paper = await paper_of(talk, minutes, meeting)
    files = await _draw(talk, minutes, paper, await photos_of(talk, minutes))
    lines = [each.id for each in await talk.uow.minutes.lines(minutes.id)]
    content = content_of(paper) | {"line_ids": lines}
    ids = (files[0].stored_id, files[1].stored_id)
    await talk.uow.minutes.keep_version(minutes, content, files=ids, by=talk.member().id)
    await note(talk, minutes, "confirm_minutes")
    await _send_out(talk, minutes, meeting, paper, files)
    await _in_force(talk, meeting)


async def note(talk: Talk, minutes: Minutes, action: str) -> None:
    """For the audit log."""
    await talk.uow.audit.note(
        team_id=minutes.team_id,
        actor=talk.member().id,
        action=action,
        subject=f"minutes:{minutes.id}",
        now=talk.now,
        version=minutes.version,
    )


async def _draw(talk: Talk, minutes: Minutes, paper: MinutesPaper, photos: Photos) -> tuple[Attachment, Attachment]:
    document = await asyncio.to_thread(minutes_document, paper, talk.settings.paper, photos=photos)
    again = f"-dinh-chinh-{paper.version - 1}" if paper.version > 1 else ""
    return await word_and_pdf(talk, document, f"bien-ban-{paper.number or 0:02d}-{minutes.year}{again}")


async def _send_out(
    talk: Talk, minutes: Minutes, meeting: Meeting, paper: MinutesPaper, files: tuple[Attachment, Attachment]
) -> None:
    """To the group, or to everybody where there is none; those who wrote and the chair get it themselves anyway."""
    text = texts.confirmed(
        paper.number or 0,
        code_of(talk.settings.paper),
        label_of(await facts_of(talk, meeting)),
        version=minutes.version,
        resolutions=len(paper.resolutions),
    )
    key = f"minutes:{minutes.id}:version-{minutes.version}"
    in_groups = await tell_groups(talk, meeting, text, key=key, attachments=files)
    invited = [each.member_id for each in await talk.uow.meetings.invitations(meeting.id)]
    close = {line.author_id for line in await talk.uow.minutes.lines(minutes.id)} | {minutes.secretary_id}
    close |= {meeting.chair_id} if meeting.chair_id is not None else set()
    whom = close if in_groups else close | set(invited)
    others = sorted(whom - {talk.member().id})
    await talk.tell(others, text, key=key, topic=topic(meeting), attachments=files)
    talk.say(text, attachments=files)


async def _in_force(talk: Talk, meeting: Meeting) -> None:
    """What was decided is work from now on; a corrected decision takes the place of the one it corrects."""
    label = label_of(await facts_of(talk, meeting))
    heirs = {
        place: each
        for each, place in await talk.uow.resolutions.by_line(meeting.id, standing=True)
        if each.status == "draft"
    }
    for before, place in await talk.uow.resolutions.by_line(meeting.id, standing=False):
        await supersede(talk, before, heirs.pop(place, None), label)
    for resolution in await standing_resolutions(talk, meeting.id):
        if resolution.status != "draft":
            continue
        resolution.status, resolution.is_checked = "open", True
        await talk.uow.flush()
        await give_out(talk, resolution, await _doers(talk, resolution.id, meeting, resolution.everyone), label)


async def _doers(talk: Talk, resolution_id: int, meeting: Meeting, everyone: bool) -> list[int]:
    if everyone:
        return [each.member_id for each in await talk.uow.meetings.invitations(meeting.id)]
    return (await talk.uow.resolutions.people([resolution_id])).get(resolution_id, [])

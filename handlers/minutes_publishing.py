"""Confirmed minutes: numbered in the team's series and frozen, their files ordered; what they decided is in force.

The files go out when they are drawn (bot.pipeline.paper_sending).
"""

from __future__ import annotations

from bot.documents.minutes_paper import code_of, freeze_minutes
from bot.domain.paper_orders import OrderKind, PaperWish
from bot.texts import minutes as texts
from handlers.meeting_news import facts_of
from handlers.minutes_reading import label_of, paper_of, standing_resolutions
from handlers.paper_orders import order
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
    lines = [each.id for each in await talk.uow.minutes.lines(minutes.id)]
    kept = {"line_ids": lines, "settings": talk.settings.paper.model_dump(mode="json")}
    content = freeze_minutes(await paper_of(talk, minutes, meeting)) | kept
    await talk.uow.minutes.keep_version(minutes, content, by=talk.member().id)
    await note(talk, minutes, "confirm_minutes")
    await order_files(talk, minutes, minutes.version)
    label = label_of(await facts_of(talk, meeting))
    talk.say(texts.being_drawn(minutes.number, code_of(talk.settings.paper), label, version=minutes.version))
    await _in_force(talk, meeting, label)


async def order_files(talk: Talk, minutes: Minutes, version: int) -> None:
    """The files of a version whose files are not drawn yet."""
    await order(talk, PaperWish(kind=OrderKind.MINUTES, number=minutes.id, version=version))


async def note(talk: Talk, minutes: Minutes, action: str) -> None:
    """For the audit log."""
    await talk.note(action, f"minutes:{minutes.id}", version=minutes.version)


async def _in_force(talk: Talk, meeting: Meeting, label: str) -> None:
    """What was decided is work from now on; a corrected decision takes the place of the one it corrects."""
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

"""Resolutions given out as work: the seam between minutes and assignments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from bot.domain.assignments import AssigneeStatus
from bot.domain.vocabulary import Role
from bot.texts import minutes as texts
from handlers.talk import Talk
from handlers.work import add_work, send_order
from storage.tables import Assignment, Resolution

_END_OF_DAY = time(17, 0)
_SOURCE = "resolution:"


async def give_out(talk: Talk, resolution: Resolution, member_ids: Sequence[int], meeting: str) -> bool:
    """An assignment of its own, once; False when nobody is to do it. Whoever confirmed the minutes gives it out."""
    source = f"{_SOURCE}{resolution.id}"
    if not member_ids or await talk.uow.assignments.given_from(source) is not None:
        return bool(member_ids)
    zone = talk.settings.zone
    due_at = datetime.combine(resolution.due, _END_OF_DAY, zone) if resolution.due else None
    title = f"{resolution.work} (nghị quyết {meeting})"
    work = await add_work(talk, source, title=title, due_at=due_at, member_ids=member_ids)
    await send_order(talk, work)
    return True


async def close_done(talk: Talk, work: Assignment) -> None:
    """When everybody has done the work that a resolution was given out as, the resolution is done and the leader knows.

    Whoever was taken off it does not count.
    """
    number = work.source.removeprefix(_SOURCE) if work.source.startswith(_SOURCE) else ""
    standing = (await talk.uow.assignments.standings([work.id])).get(work.id, {}) if number.isdecimal() else {}
    if set(standing) - {AssigneeStatus.REMOVED} != {AssigneeStatus.DONE}:
        return
    resolution = await talk.uow.resolutions.get(int(number), team_id=work.team_id)
    if resolution.status == "open":
        await settle(talk, resolution)


async def settle(talk: Talk, resolution: Resolution) -> None:
    """It is done, says whoever talks; the leader is told."""
    member = talk.member()
    await talk.uow.resolutions.settle(resolution, "done", by=member.id, now=talk.now)
    leaders = await talk.uow.members.with_roles(resolution.team_id, Role.LEADER)
    others = [each.id for each in leaders if each.id != member.id]
    await talk.tell(others, texts.done_told(member.name, resolution.work), key=f"resolution:{resolution.id}:done")

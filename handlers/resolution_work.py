"""Resolutions given out as work: the seam between minutes and assignments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from bot.domain.assignments import AssigneeStatus, AssignmentStatus, Step, step
from bot.domain.vocabulary import Role
from bot.texts import resolutions as texts
from bot.texts.assignments import moment
from handlers.talk import Talk
from handlers.work import add_work, refresh_boards, send_order
from handlers.work_changes import take_back, tell_change
from storage.tables import Assignment, Resolution

_END_OF_DAY = time(17, 0)
_SOURCE = "resolution:"


async def give_out(talk: Talk, resolution: Resolution, member_ids: Sequence[int], meeting: str) -> bool:
    """An assignment of its own, once; False when nobody is to do it. Whoever confirmed the minutes gives it out."""
    if not member_ids or await _work_of(talk, resolution) is not None:
        return bool(member_ids)
    source, title = f"{_SOURCE}{resolution.id}", _title(resolution, meeting)
    work = await add_work(talk, source, title=title, due_at=_due_at(talk, resolution), member_ids=member_ids)
    await send_order(talk, work)
    return True


async def _work_of(talk: Talk, resolution: Resolution) -> Assignment | None:
    return await talk.uow.assignments.given_from(f"{_SOURCE}{resolution.id}")


def _title(resolution: Resolution, meeting: str) -> str:
    return f"{resolution.work} (nghị quyết {meeting})"


def _due_at(talk: Talk, resolution: Resolution) -> datetime | None:
    return datetime.combine(resolution.due, _END_OF_DAY, talk.settings.zone) if resolution.due else None


async def supersede(talk: Talk, before: Resolution, after: Resolution | None, meeting: str) -> None:
    """A correction is confirmed: the decision is another one, or none.

    The same people go on with the same work, changed, and are told what changed; for others it is taken back.
    """
    work = await _work_of(talk, before)
    if after is not None and await _same_people(talk, before, after):
        after.status, after.done_at, after.done_by = before.status, before.done_at, before.done_by
        after.is_checked = True
        await _rewrite_work(talk, work, after, meeting)
    elif work is not None and before.status == "open" and work.status == AssignmentStatus.OPEN:
        await take_back(talk, work)
    before.status = "dropped"
    await talk.uow.flush()


async def _same_people(talk: Talk, before: Resolution, after: Resolution) -> bool:
    people = await talk.uow.resolutions.people([before.id, after.id])
    return (before.everyone, people.get(before.id)) == (after.everyone, people.get(after.id))


async def _rewrite_work(talk: Talk, work: Assignment | None, after: Resolution, meeting: str) -> None:
    if work is None:
        return
    zone, content = talk.settings.zone, dict[str, list[str]]()
    title, due_at = _title(after, meeting), _due_at(talk, after)
    if title != work.title:
        content["title"] = [work.title, title]
    if due_at != work.due_at:
        was = moment(work.due_at.astimezone(zone)) if work.due_at else ""
        content["due"] = [was, moment(due_at) if due_at else "không ghi"]
    work.source, work.title, work.due_at = f"{_SOURCE}{after.id}", title, due_at
    await talk.uow.flush()
    if content and work.status == AssignmentStatus.OPEN:
        await tell_change(talk, work, content)


async def finish(talk: Talk, resolution: Resolution, *, mine_only: bool) -> bool:
    """Done, says whoever talks: their own part of the work, or (leader, deputy, secretary) all of it.

    The work is closed with it, so that nobody is reminded of what is done. Returns whether the decision is done.
    """
    work = await _work_of(talk, resolution)
    open_parts = [
        each
        for each in (await talk.uow.assignments.assignees(work.id) if work else [])
        if step(AssigneeStatus(each.status), Step.FINISH) is not None
    ]
    if work is None or not open_parts:
        await settle(talk, resolution)
        return True
    for each in open_parts:
        if not mine_only or each.member_id == talk.member().id:
            each.status, each.done_at, each.answered_at = AssigneeStatus.DONE, talk.now, talk.now
    await talk.uow.flush()
    await refresh_boards(talk, work)
    if mine_only:
        return await close_done(talk, work)
    await settle(talk, resolution)
    return True


async def reopen(talk: Talk, resolution: Resolution) -> None:
    """It was marked by mistake: open again, and so is the work of those who have not said what came of it."""
    await talk.uow.resolutions.settle(resolution, "open", by=talk.member().id, now=talk.now)
    work = await _work_of(talk, resolution)
    for each in await talk.uow.assignments.assignees(work.id) if work else []:
        if each.status == AssigneeStatus.DONE and each.result is None and each.activity_id is None:
            each.status, each.done_at = AssigneeStatus.ACCEPTED, None
    await talk.uow.flush()
    if work is not None:
        await refresh_boards(talk, work)


async def close_done(talk: Talk, work: Assignment) -> bool:
    """When everybody has done the work that a resolution was given out as, the resolution is done and the leader knows.

    Whoever was taken off it does not count. Returns whether everybody has.
    """
    number = work.source.removeprefix(_SOURCE) if work.source.startswith(_SOURCE) else ""
    standing = (await talk.uow.assignments.standings([work.id])).get(work.id, {}) if number.isdecimal() else {}
    if set(standing) - {AssigneeStatus.REMOVED} != {AssigneeStatus.DONE}:
        return False
    resolution = await talk.uow.resolutions.get(int(number), team_id=work.team_id)
    if resolution.status == "open":
        await settle(talk, resolution)
    return True


async def settle(talk: Talk, resolution: Resolution) -> None:
    """It is done, says whoever talks; the leader is told."""
    member = talk.member()
    await talk.uow.resolutions.settle(resolution, "done", by=member.id, now=talk.now)
    leaders = await talk.uow.members.with_roles(resolution.team_id, Role.LEADER)
    others = [each.id for each in leaders if each.id != member.id]
    await talk.tell(others, texts.done_told(member.name, resolution.work), key=f"resolution:{resolution.id}:done")

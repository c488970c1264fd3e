"""Questions asked again at the moment of sending: a reminder whose reason is gone is dropped."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime

from bot.domain.assignments import AssigneeStatus, AssignmentStatus, reminder_due
from bot.domain.duty import due_stage, may_be_nudged
from bot.domain.meetings import Answer, MeetingStatus, due_reminder
from bot.domain.plans import nudge_month
from bot.domain.school_year import Month
from storage.unit_of_work import UnitOfWork

Arguments = Mapping[str, str | int]
Check = Callable[[UnitOfWork, Arguments, datetime], Awaitable[bool]]


async def follow_up_wanted(uow: UnitOfWork, arguments: Arguments, now: datetime) -> bool:
    """The report still counts, still names this day, and has not been followed up."""
    del now
    day = date.fromisoformat(str(arguments["day"]))
    return await uow.follow_ups.is_wanted(int(arguments["activity_id"]), day)


async def duty_owed(uow: UnitOfWork, arguments: Arguments, now: datetime) -> bool:
    """The member still owes the month, is not away today, and no later stage has overtaken this one."""
    team = await uow.teams.get(int(arguments["team_id"]))
    settings = uow.teams.settings(team)
    month = Month.parse(str(arguments["month"]))
    stage = arguments.get("stage")
    due = due_stage(now, settings)
    if stage and (due is None or due.month != month or str(due.stage) != stage):
        return False
    today = now.astimezone(settings.zone).date()
    member_id = int(arguments["member_id"])
    mine = await uow.duties.of_member(member_id, team_id=team.id, month=month, settings=settings)
    return mine is not None and may_be_nudged(mine, month, settings, today=today)


async def announcement_stands(uow: UnitOfWork, arguments: Arguments, now: datetime) -> bool:
    """It has not been stopped or edited since, and whoever it is for is still in the team (0: a group)."""
    del now
    row = await uow.announcements.by_id(int(arguments["announcement"]))
    if row is None or row.status == "stopped" or row.version != int(arguments["version"]):
        return False
    return await _is_in_force(uow, int(arguments["member"]))


async def announcement_unread(uow: UnitOfWork, arguments: Arguments, now: datetime) -> bool:
    """The member has still not confirmed reading it, is still in the team, and it was not taken back."""
    del now
    row = await uow.announcements.by_id(int(arguments["announcement"]))
    recipient = await uow.announcements.recipient(int(arguments["announcement"]), int(arguments["member"]))
    if row is None or row.status == "stopped" or recipient is None or recipient.read_at is not None:
        return False
    return await _is_in_force(uow, int(arguments["member"]))


async def _is_in_force(uow: UnitOfWork, member_id: int) -> bool:
    member = await uow.members.by_id(member_id) if member_id else None
    return not member_id or (member is not None and member.ended_at is None)


async def meeting_due(uow: UnitOfWork, arguments: Arguments, now: datetime) -> bool:
    """The meeting is still called for that time, no later stage has overtaken this one, and there is no answer yet."""
    team = await uow.teams.get(int(arguments["team_id"]))
    settings = uow.teams.settings(team)
    meeting = await uow.meetings.get(int(arguments["meeting_id"]), team_id=team.id)
    if meeting.status != MeetingStatus.CALLED or meeting.sequence != int(arguments["sequence"]):
        return False
    due = due_reminder(meeting.starts_at, called_at=meeting.called_at, now=now, settings=settings)
    if due != int(arguments["stage"]):
        return False
    if not arguments["member_id"]:
        return True
    invitation = await uow.meetings.invitation(meeting.id, int(arguments["member_id"]))
    if invitation is None:
        return False
    return invitation.answer is None if arguments["only_silent"] else invitation.answer != Answer.ABSENT


async def work_open(uow: UnitOfWork, arguments: Arguments, now: datetime) -> bool:
    """The work still concerns the assignee for the same reason, and they are in force and not away today."""
    team_id, member_id = int(arguments["team_id"]), int(arguments["member_id"])
    work = await uow.assignments.get(int(arguments["assignment_id"]), team_id=team_id)
    mine = await uow.assignments.assignee(work.id, member_id=member_id)
    if work.status != AssignmentStatus.OPEN or not await _is_here(uow, team_id, member_id, now):
        return False
    reason = reminder_due(
        status=AssigneeStatus(mine.status),
        sent_at=mine.sent_at,
        starts_at=work.starts_at,
        due_at=work.due_at,
        now=now,
    )
    return reason is not None and str(reason) == str(arguments["reason"])


async def work_unanswered(uow: UnitOfWork, arguments: Arguments, now: datetime) -> bool:
    """The work is still given out to the member, who is in force, not away today, and has not answered."""
    team_id, member_id = int(arguments["team_id"]), int(arguments["member_id"])
    work = await uow.assignments.get(int(arguments["assignment_id"]), team_id=team_id)
    mine = await uow.assignments.assignee(work.id, member_id=member_id)
    is_asked = work.status == AssignmentStatus.OPEN and mine.status == AssigneeStatus.SENT
    return is_asked and await _is_here(uow, team_id, member_id, now)


async def _is_here(uow: UnitOfWork, team_id: int, member_id: int, now: datetime) -> bool:
    """In force, and not on leave today."""
    today = now.astimezone(uow.teams.settings(await uow.teams.get(team_id)).zone).date()
    away = {leave.member_id for leave in await uow.leaves.granted_on(team_id, today)}
    return member_id not in away and await _is_in_force(uow, member_id)


async def plan_wanted(uow: UnitOfWork, arguments: Arguments, now: datetime) -> bool:
    """The member still has no plan of the coming month, though it still asks one, and is not away today."""
    team = await uow.teams.get(int(arguments["team_id"]))
    settings = uow.teams.settings(team)
    month = Month.parse(str(arguments["month"]))
    if nudge_month(now, settings) != month:
        return False
    return int(arguments["member_id"]) in await uow.plan_standings.to_remind(team.id, month, settings, now=now)


GUARDS: Mapping[str, Check] = {
    "work-open": work_open,
    "work-unanswered": work_unanswered,
    "plan-wanted": plan_wanted,
    "duty-owed": duty_owed,
    "meeting-due": meeting_due,
    "follow-up-wanted": follow_up_wanted,
    "announcement-stands": announcement_stands,
    "announcement-unread": announcement_unread,
}

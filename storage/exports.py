"""What is exported: plain rows with the names of the outside contract."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from bot.domain.assignments import AssigneeStatus, AssignmentStatus, deadline
from bot.domain.vocabulary import ParticipantStatus
from storage.tables import Assignment, AssignmentAssignee
from storage.unit_of_work import UnitOfWork

Row = dict[str, object]


async def activity_rows(uow: UnitOfWork, team_id: int, first: date, last: date) -> list[Row]:
    """One row an activity: `member` reported it, `participants` are all it counts for; schools by code."""
    found = await uow.activities.between(team_id, first, last)
    people = {person.member_id for row in found for person in row.participants}
    names = await uow.members.names(people | {row.activity.reporter_id for row in found})
    return [
        {
            "id": row.activity.id,
            "member": names[row.activity.reporter_id],
            "kind": row.activity.kind,
            "date": row.activity.date.isoformat(),
            "school": row.school_code,
            "class": row.activity.class_or_grade,
            "subject": row.activity.subject,
            "strengths": row.activity.strengths,
            "difficulties": row.activity.difficulties,
            "advice": row.activity.advice,
            "encouragement": row.activity.encouragement,
            "late": row.activity.late,
            "reported_at": row.activity.reported_at.isoformat(),
            "number": row.activity.number,
            "participants": [
                names[person.member_id] for person in row.participants if person.status == ParticipantStatus.CONFIRMED
            ],
            "exemplary": row.activity.exemplary,
            "needs_support": row.activity.needs_support,
        }
        for row in found
    ]


async def member_rows(uow: UnitOfWork, team_id: int, first: date, last: date) -> list[Row]:
    """One row for each member in force now, whatever the days."""
    del first, last
    schools = {school.id: school.code for school in await uow.schools.all_of_team(team_id)}
    channels = await uow.accounts.channels(team_id)
    return [
        {
            "id": member.id,
            "name": member.name,
            "role": member.role,
            "school": schools.get(member.school_id or 0),
            "joined": member.joined_at.isoformat() if member.joined_at else None,
            "channels": channels.get(member.id, []),
        }
        for member in await uow.members.current(team_id)
    ]


async def meeting_rows(uow: UnitOfWork, team_id: int, first: date, last: date) -> list[Row]:
    """One row a meeting that begins within the days, cancelled ones included; moments in the team's zone."""
    team = await uow.teams.get(team_id)
    zone = uow.teams.settings(team).zone
    begin = datetime.combine(first, time(), zone)
    found = await uow.meetings.in_days(team_id, begin, datetime.combine(last, time(), zone) + timedelta(days=1))
    invitations = await uow.meetings.invitations_of([each.id for each in found])
    people = {each.member_id for rows in invitations.values() for each in rows}
    names = await uow.members.names(people | {each.chair_id for each in found if each.chair_id})
    return [
        {
            "id": meeting.id,
            "kind": meeting.kind,
            "starts_at": meeting.starts_at.astimezone(zone).isoformat(),
            "place": meeting.place,
            "chair": names.get(meeting.chair_id) if meeting.chair_id else None,
            "rsvp": [
                {"member": names[each.member_id], "answer": each.answer, "reason": each.reason}
                for each in invitations.get(meeting.id, [])
            ],
            "number": meeting.number,
            "title": meeting.title,
            "status": meeting.status,
            "ends_at": meeting.ends_at.astimezone(zone).isoformat(),
            "agenda": [each.text for each in await uow.meetings.agenda(meeting.id) if each.status == "accepted"],
            "attendance": [
                {"member": names[each.member_id], "presence": each.presence}
                for each in invitations.get(meeting.id, [])
                if each.presence
            ],
        }
        for meeting in found
    ]


async def assignment_rows(uow: UnitOfWork, team_id: int, first: date, last: date) -> list[Row]:
    """One row a piece of work that is due, begins or (without a time) was given out in these days.

    Confidential work has its number for a title, and its assignees no names.
    """
    zone = uow.teams.settings(await uow.teams.get(team_id)).zone
    begin, end = datetime.combine(first, time.min, zone), datetime.combine(last, time.max, zone)
    schools = {school.id: school.code for school in await uow.schools.all_of_team(team_id)}
    rows: list[Row] = []
    for work in await uow.assignments.between(team_id, begin, end):
        assignees = await uow.assignments.assignees(work.id)
        names = await uow.members.names(each.member_id for each in assignees)
        rows.append(
            {
                "id": work.id,
                "kind": work.kind if not work.confidential else None,
                "title": f"Nhiệm vụ mật số {work.number}" if work.confidential else work.title,
                "due": work.due_at.astimezone(zone).isoformat() if work.due_at else None,
                "status": _status_of(work, assignees, uow.clock()),
                "assignees": [
                    {"member": None if work.confidential else names[each.member_id], "status": each.status}
                    for each in assignees
                    if each.status != AssigneeStatus.REMOVED
                ],
                "number": work.number,
                "starts": work.starts_at.astimezone(zone).isoformat() if work.starts_at else None,
                "school": schools.get(work.school_id or 0) if not work.confidential else None,
                "confidential": work.confidential,
            }
        )
    return rows


def _status_of(work: Assignment, assignees: Sequence[AssignmentAssignee], now: datetime) -> str:
    """scheduled, cancelled, done (by all who had it to do), overdue or open."""
    if work.status != AssignmentStatus.OPEN:
        return work.status
    if not any(AssigneeStatus(each.status).is_active for each in assignees):
        return "done" if any(each.status == AssigneeStatus.DONE for each in assignees) else "open"
    limit = deadline(starts_at=work.starts_at, due_at=work.due_at)
    return "overdue" if limit is not None and limit <= now else "open"

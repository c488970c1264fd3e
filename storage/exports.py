"""What is exported: plain rows with the names of the outside contract."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from bot.domain.vocabulary import ParticipantStatus
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

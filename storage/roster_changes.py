"""Carrying out a roster plan, and telling the rules what a team has already."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.roster import KnownMember, KnownSchool, MemberEntry, RosterPlan
from bot.domain.roster_model import FieldChange
from bot.domain.vocabulary import Role
from storage.tables import Member, School
from storage.unit_of_work import UnitOfWork


async def roster_state(uow: UnitOfWork, team_id: int) -> tuple[list[KnownMember], list[KnownSchool]]:
    """The team's members in force and its schools, as the rules want them."""
    schools = await uow.schools.all_of_team(team_id)
    codes = {school.id: school.code for school in schools}
    charge = await uow.members.schools_in_charge(team_id)
    members = [
        KnownMember(
            id=member.id,
            name=member.name,
            role=Role(member.role),
            phone=member.phone,
            school=codes.get(member.school_id or 0),
            in_charge=tuple(codes[school_id] for school_id in charge.get(member.id, ())),
        )
        for member in await uow.members.current(team_id)
    ]
    known = [
        KnownSchool(
            id=school.id,
            code=school.code,
            name=school.name,
            aliases=tuple(school.aliases),
            area=school.area,
            is_active=school.active,
        )
        for school in schools
    ]
    return members, known


async def apply_plan(
    uow: UnitOfWork, plan: RosterPlan, *, team_id: int, now: datetime, actor: int | None = None
) -> None:
    """Add and change schools, then members; ValueError for a plan with errors."""
    if plan.has_errors:
        raise ValueError("a plan with errors must not be carried out")
    for entry in plan.schools_to_add:
        await uow.schools.add(
            team_id=team_id, code=entry.code, name=entry.name, aliases=list(entry.aliases), area=entry.area
        )
    for change in plan.schools_to_change:
        school = await uow.schools.get(change.id, team_id=team_id)
        for each in change.changes:
            _change_school(school, each)
    await uow.flush()
    ids = {school.code: school.id for school in await uow.schools.all_of_team(team_id)}
    team = await uow.teams.get(team_id)
    today = now.astimezone(uow.teams.settings(team).zone).date()
    since = await uow.members.newcomer_since(team, added=len(plan.members_to_add), today=today)
    for entry in plan.members_to_add:
        await _add_member(uow, entry, ids, team_id=team_id, since=since)
    for member_change in plan.members_to_change:
        member = await uow.members.get(member_change.id, team_id=team_id)
        for each in member_change.changes:
            await _change_member(uow, member, each, ids)
            await _note_change(uow, member, each, actor=actor, now=now)
    await uow.flush()
    await uow.audit.note(
        team_id=team_id,
        actor=actor,
        action="import_roster",
        subject=plan.file_name or "roster",
        now=now,
        members=len(plan.members_to_add),
        schools=len(plan.schools_to_add),
    )


async def _add_member(
    uow: UnitOfWork, entry: MemberEntry, ids: dict[str, int], *, team_id: int, since: date | None
) -> None:
    school_id = ids[entry.school] if entry.school else None
    member = await uow.members.add(
        team_id=team_id, name=entry.name, role=entry.role, phone=entry.phone, school_id=school_id, since=since
    )
    await uow.members.set_schools_in_charge(member.id, [ids[code] for code in entry.in_charge])


async def _note_change(
    uow: UnitOfWork, member: Member, change: FieldChange, *, actor: int | None, now: datetime
) -> None:
    """Roles with what they were and are; of names and phones only that they changed."""
    roles = {"before": str(change.before), "after": str(change.after)} if change.field == "role" else {}
    action = "change_role" if change.field == "role" else "edit_member"
    await uow.audit.note(
        team_id=member.team_id,
        actor=actor,
        action=action,
        subject=f"member:{member.id}",
        now=now,
        **(roles or {"field": change.field}),
    )


def _change_school(school: School, change: FieldChange) -> None:
    value = list(change.after) if isinstance(change.after, tuple) else change.after
    setattr(school, change.field, value)


async def _change_member(uow: UnitOfWork, member: Member, change: FieldChange, ids: dict[str, int]) -> None:
    match change.field, change.after:
        case "in_charge", tuple(codes):
            await uow.members.set_schools_in_charge(member.id, [ids[code] for code in codes])
        case "school", str(code):
            member.school_id = ids[code]
        case ("name" | "role" | "phone") as name, value:
            setattr(member, name, value)
        case _:
            raise ValueError(change.field)

"""Schools renamed or merged from a day on: entered, waiting for their day, carried out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.domain.errors import NotFound
from bot.domain.school_history import SchoolHistory, SchoolTurn, with_alias
from bot.domain.school_year import Month
from bot.domain.team_settings import TeamSettings
from storage.tables import Activity, Assignment, Meeting, Member, MemberSchool, PlanItem, School
from storage.tables import SchoolChange as Change


def school_name_on(day: InstrumentedAttribute[date]) -> ColumnElement[str]:
    """In a query over schools: the name that the school had on a day."""
    renamed_later = (
        select(Change.old_name)
        .where(Change.school_id == School.id, Change.into_id.is_(None), Change.done, Change.on > day)
        .order_by(Change.on, Change.id)
        .limit(1)
        .correlate(School, Activity)
        .scalar_subquery()
    )
    return func.coalesce(renamed_later, School.name)


@dataclass(frozen=True, slots=True)
class Moving:
    """What goes along when a school becomes part of another: who is in charge of it (ids), and how much there is."""

    in_charge: tuple[int, ...]
    at_work: int
    work: int
    reports: int


class SchoolChanges:
    """Queries over changes."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def history(self, team_id: int) -> SchoolHistory:
        """What has been carried out in a team."""
        rows: Any = await self._session.execute(_history(), {"team": team_id})
        return SchoolHistory(tuple(SchoolTurn(code, on, old_name, target) for on, old_name, code, target in rows))

    async def waiting(self, team_id: int) -> list[Change]:
        """What is to come in a team, the next first."""
        return list(await self._session.scalars(_waiting().where(Change.team_id == team_id)))

    async def teams_with_due(self, by: date) -> list[int]:
        """Teams with a change whose day has come by then."""
        due = Change.done.is_(False) & (Change.on <= by)
        return list(await self._session.scalars(select(Change.team_id).where(due).distinct().order_by(Change.team_id)))

    async def get_waiting(self, change_id: int, *, team_id: int) -> Change:
        """The change if it is this team's and has not been carried out; NotFound otherwise."""
        change = await self._session.get(Change, change_id)
        if change is None or change.team_id != team_id or change.done:
            raise NotFound(what="school change", id=change_id)
        return change

    async def of_school(self, school_id: int) -> list[Change]:
        """What became of it and what became part of it, carried out or to come, the latest first."""
        about = or_(Change.school_id == school_id, Change.into_id == school_id)
        return list(await self._session.scalars(select(Change).where(about).order_by(Change.on.desc(), Change.id)))

    async def enter(
        self, school: School, *, on: date, new_name: str, into: School | None, by: int, now: datetime
    ) -> Change:
        """A change to come; it takes the place of the one that waited for the same school."""
        for each in await self._session.scalars(_waiting().where(Change.school_id == school.id)):
            await self._session.delete(each)
        change = Change(
            team_id=school.team_id,
            school_id=school.id,
            on=on,
            old_name=school.name,
            new_name=new_name,
            into_id=into.id if into else None,
            by=by,
            at=now,
            done=False,
        )
        self._session.add(change)
        await self._session.flush()
        return change

    async def moving(self, school_id: int, on: date, settings: TeamSettings) -> Moving:
        """What a merger from that day on moves."""
        in_force = Member.ended_at.is_(None)
        charge = (
            select(Member.id)
            .join(MemberSchool, MemberSchool.member_id == Member.id)
            .where(MemberSchool.school_id == school_id, in_force)
            .order_by(Member.id)
        )
        at_work = select(func.count(Member.id)).where(Member.school_id == school_id, in_force)
        counts = {
            table: await self._session.scalar(
                select(func.count(table.id)).where(table.school_id == school_id, *conditions)
            )
            for table, *conditions in _from_day(school_id, on, settings)
        }
        return Moving(
            in_charge=tuple(await self._session.scalars(charge)),
            at_work=await self._session.scalar(at_work) or 0,
            work=(counts[Meeting] or 0) + (counts[Assignment] or 0),
            reports=counts[Activity] or 0,
        )

    async def drop(self, change: Change) -> None:
        """It will not be."""
        await self._session.delete(change)
        await self._session.flush()

    async def carry_out_due(self, team_id: int, *, today: date, settings: TeamSettings) -> int:
        """Everything whose day has come; returns how many."""
        due = [each for each in await self.waiting(team_id) if each.on <= today]
        for each in due:
            await self._carry_out(each, settings)
        return len(due)

    async def standing(self, school_id: int) -> School:
        """The school itself, or the one that took it in meanwhile."""
        school = await self._session.get_one(School, school_id)
        while not school.active:
            merged = (Change.school_id == school.id) & Change.done & Change.into_id.is_not(None)
            into_id = await self._session.scalar(select(Change.into_id).where(merged).limit(1))
            if into_id is None:
                break
            school = await self._session.get_one(School, into_id)
        return school

    async def _carry_out(self, change: Change, settings: TeamSettings) -> None:
        school = await self._session.get_one(School, change.school_id)
        change.old_name, change.done = school.name, True
        if change.into_id is None:
            school.aliases = with_alias(school.aliases, school.name)
            school.name = change.new_name
        else:
            into = await self.standing(change.into_id)
            change.into_id = into.id
            into.aliases = with_alias(into.aliases, school.name, school.code, *school.aliases)
            school.active = False
            await self._move_people(school.id, into.id)
            await self._move_work(school.id, into.id, change.on, settings)
        await self._session.flush()

    async def _move_people(self, school_id: int, into_id: int) -> None:
        """Members in force work at the new school and are in charge of it."""
        here = (Member.school_id == school_id) & Member.ended_at.is_(None)
        await self._session.execute(update(Member).where(here).values(school_id=into_id))
        rows = await self._session.scalars(
            select(MemberSchool)
            .join(Member, Member.id == MemberSchool.member_id)
            .where(MemberSchool.school_id == school_id, Member.ended_at.is_(None))
        )
        for row in list(rows):
            if await self._session.get(MemberSchool, (row.member_id, into_id)) is None:
                self._session.add(MemberSchool(member_id=row.member_id, school_id=into_id))
            await self._session.delete(row)
            await self._session.flush()

    async def _move_work(self, school_id: int, into_id: int, on: date, settings: TeamSettings) -> None:
        """What is from that day on happens at the new school; what was before stays where it was."""
        for table, *conditions in _from_day(school_id, on, settings):
            there = update(table).where(table.school_id == school_id, *conditions)
            await self._session.execute(there.values(school_id=into_id))


def _waiting() -> Select[Change]:
    return select(Change).where(Change.done.is_(False)).order_by(Change.on, Change.id)


def _from_day(school_id: int, on: date, settings: TeamSettings) -> tuple[Any, ...]:
    """For each table, what tells the rows of a school that belong to the days from `on` on."""
    starts = datetime.combine(on, time(), settings.zone)
    before = select(Activity.id).where(Activity.school_id == school_id, Activity.date < on)
    return (
        (Activity, Activity.date >= on),
        (Meeting, Meeting.starts_at >= starts),
        (Assignment, func.coalesce(Assignment.starts_at, Assignment.due_at) >= starts),
        (
            PlanItem,
            PlanItem.month >= str(Month.of(on)),
            or_(PlanItem.activity_id.is_(None), PlanItem.activity_id.not_in(before)),
        ),
    )


@cache
def _history() -> Any:
    """Built once: every report asks it."""
    into = School.__table__.alias()
    return (
        select(Change.on, Change.old_name, School.code, into.c.code)
        .join(School, School.id == Change.school_id)
        .outerjoin(into, into.c.id == Change.into_id)
        .where(Change.team_id == bindparam("team"), Change.done)
        .order_by(Change.on, Change.id)
    )

"""Sheets made of plain values, and a team that carries out plans, for tests of the roster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.domain.roster import (
    FieldChange,
    KnownMember,
    KnownSchool,
    MemberEntry,
    Problem,
    ProblemCode,
    RawCell,
    RawSheet,
    RosterPlan,
    SchoolEntry,
    plan_roster,
)
from bot.domain.vocabulary import Role

Value = str | int | float | bool | None
PEOPLE = ("Họ và tên", "Vai trò", "Đơn vị công tác", "Điện thoại", "Trường phụ trách", "Ghi chú")
SCHOOLS = ("Mã", "Tên trường", "Tên gọi khác", "Khu vực")


def make_sheet(name: str, *rows: Sequence[Value], hidden: bool = False) -> RawSheet:
    """A sheet as it is read: empty cells and rows are not there, positions count from 1."""
    cells = (
        tuple(RawCell(number, column, value) for column, value in enumerate(row, start=1) if value not in (None, ""))
        for number, row in enumerate(rows, start=1)
    )
    return RawSheet(name, tuple(row for row in cells if row), hidden)


def people(*rows: Sequence[Value]) -> RawSheet:
    """A members sheet: name, role, workplace, phone, schools in charge, note."""
    return make_sheet("Thành viên", PEOPLE, *rows)


def schools(*rows: Sequence[Value]) -> RawSheet:
    """A schools sheet: code, name, aliases, area."""
    return make_sheet("Trường", SCHOOLS, *rows)


def three_schools() -> RawSheet:
    """A schools sheet for tests that do not care which there are."""
    return schools(
        ("PH1", "Tiểu học Phú Hòa 1", "Phú Hoà 1"), ("LHP", "Tiểu học Lê Hồng Phong"), ("KD", "Tiểu học Kim Đồng", "KĐ")
    )


def find_problems(plan: RosterPlan, code: ProblemCode) -> list[Problem]:
    """The problems of one kind."""
    return [problem for problem in plan.problems if problem.code is code]


@dataclass
class FakeTeam:
    """A team in memory that carries out plans as the database does."""

    members: list[KnownMember] = field(default_factory=list[KnownMember])
    schools: list[KnownSchool] = field(default_factory=list[KnownSchool])

    def plan(self, *sheets: RawSheet) -> RosterPlan:
        """What the sheets would do to this team."""
        return plan_roster(sheets, existing_members=self.members, existing_schools=self.schools)

    def carry_out(self, plan: RosterPlan) -> None:
        """Do what the plan says."""
        changes = {change.id: change.changes for change in plan.schools_to_change}
        self.schools = [_change_school(school, changes.get(school.id, ())) for school in self.schools]
        changes = {change.id: change.changes for change in plan.members_to_change}
        self.members = [_change_member(member, changes.get(member.id, ())) for member in self.members]
        for school in plan.schools_to_add:
            self.add_school(school)
        for member in plan.members_to_add:
            self.add_member(member)

    def add_school(self, entry: SchoolEntry, *, is_active: bool = True) -> KnownSchool:
        """One more school."""
        school = KnownSchool(
            id=len(self.schools) + 1,
            code=entry.code,
            name=entry.name,
            aliases=entry.aliases,
            area=entry.area,
            is_active=is_active,
        )
        self.schools.append(school)
        return school

    def add_member(self, entry: MemberEntry) -> KnownMember:
        """One more member."""
        member = KnownMember(
            id=len(self.members) + 1,
            name=entry.name,
            role=entry.role,
            phone=entry.phone,
            school=entry.school,
            in_charge=entry.in_charge,
        )
        self.members.append(member)
        return member


def _change_school(school: KnownSchool, changes: Sequence[FieldChange]) -> KnownSchool:
    for change in changes:
        match change.field, change.after:
            case "name", str(value):
                school = replace(school, name=value)
            case "area", str(value):
                school = replace(school, area=value)
            case "aliases", tuple(value):
                school = replace(school, aliases=value)
            case _:
                raise ValueError(change)
    return school


def _change_member(member: KnownMember, changes: Sequence[FieldChange]) -> KnownMember:
    for change in changes:
        match change.field, change.after:
            case "name", str(value):
                member = replace(member, name=value)
            case "role", str(value):
                member = replace(member, role=Role(value))
            case "phone", str(value):
                member = replace(member, phone=value)
            case "school", str(value):
                member = replace(member, school=value)
            case "in_charge", tuple(value):
                member = replace(member, in_charge=value)
            case _:
                raise ValueError(change)
    return member

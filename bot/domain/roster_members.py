"""The people of a roster: rows read into drafts, and those who stand in the file twice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.phones import find_phones
from bot.domain.roster_headings import Column
from bot.domain.roster_model import Problem, ProblemCode, Severity
from bot.domain.roster_roles import find_roles
from bot.domain.roster_school_finder import SchoolFinder
from bot.domain.roster_tables import TableRow
from bot.domain.roster_words import may_be_same_person, write_person
from bot.domain.text import fold
from bot.domain.vocabulary import Role


@dataclass(frozen=True, slots=True)
class MemberDraft:
    """A row of a members sheet as read; None and () are what it leaves open."""

    row: TableRow
    name: str
    role: Role | None
    phone: str | None
    school: str | None
    in_charge: tuple[str, ...]
    code: int | None = None
    """Who of the team it is, in a file that was taken from the bot."""


def write_code(member_id: int) -> str:
    """How a member is marked in a file that comes back edited."""
    return f"TV{member_id}"


def read_code(text: str) -> int | None:
    """The member who is marked so; None for anything else."""
    match = re.fullmatch(r"TV(\d{1,18})", text.strip().upper())
    return int(match[1]) if match else None


def read_members(
    rows: Iterable[TableRow], schools: SchoolFinder
) -> tuple[tuple[MemberDraft, ...], tuple[Problem, ...]]:
    """Everybody in the file once, with what is wrong, unclear or unused about their rows."""
    kept: list[MemberDraft] = []
    problems: list[Problem] = []
    for row in rows:
        name = _read_name(row)
        if not any(char.isalpha() for char in name) or name.startswith("#"):  # "#N/A" is a formula's error
            problems.append(row.problem(Severity.ERROR, ProblemCode.NAME_MISSING, _name_column(row)))
            continue
        about_row: list[Problem] = []
        draft = _read_draft(row, name, schools, about_row)
        if _is_new(draft, kept, problems):
            kept.append(draft)
            problems += about_row
    return tuple(kept), tuple(problems)


def _name_column(row: TableRow) -> Column:
    return next(column for column in (Column.NAME, Column.FAMILY_NAME, Column.SHORT_NAME) if column in row.headings)


def _read_name(row: TableRow) -> str:
    parts = (row.text(column) for column in (Column.NAME, Column.FAMILY_NAME, Column.SHORT_NAME))
    return write_person(" ".join(part for part in parts if part))


def _read_draft(row: TableRow, name: str, schools: SchoolFinder, problems: list[Problem]) -> MemberDraft:
    if row.text(Column.NOTE):
        problems.append(row.problem(Severity.WARNING, ProblemCode.NOTE_UNUSED, Column.NOTE, name=name))
    workplaces = _read_schools(row, Column.SCHOOL, schools, problems)
    return MemberDraft(
        row=row,
        name=name,
        role=_read_role(row, problems),
        phone=_read_phone(row, problems),
        school=workplaces[0] if workplaces else None,
        in_charge=_read_schools(row, Column.CHARGE, schools, problems),
        code=read_code(row.text(Column.MEMBER_CODE)),
    )


def _read_role(row: TableRow, problems: list[Problem]) -> Role | None:
    roles = find_roles(row.text(Column.ROLE))
    if not roles and fold(row.text(Column.ROLE)):
        problems.append(row.problem(Severity.WARNING, ProblemCode.ROLE_UNKNOWN, Column.ROLE))
    if len(roles) > 1:
        problems.append(row.problem(Severity.WARNING, ProblemCode.ROLE_SEVERAL, Column.ROLE, role=roles[0].value))
    return roles[0] if roles else None


def _read_phone(row: TableRow, problems: list[Problem]) -> str | None:
    text = row.text(Column.PHONE)
    phones = find_phones(text)
    if not phones and any(char.isalnum() for char in text):
        problems.append(row.problem(Severity.WARNING, ProblemCode.PHONE_UNREADABLE, Column.PHONE))
    if len(phones) > 1:
        problems.append(row.problem(Severity.WARNING, ProblemCode.PHONE_SEVERAL, Column.PHONE, phone=phones[0]))
    return phones[0] if phones else None


def _read_schools(row: TableRow, column: Column, schools: SchoolFinder, problems: list[Problem]) -> tuple[str, ...]:
    named = schools.read(row.listing(column))
    for code, unread in (
        (ProblemCode.SCHOOL_UNKNOWN, named.unknown),
        (ProblemCode.SCHOOL_AMBIGUOUS, named.ambiguous),
    ):
        problems += [row.problem(Severity.WARNING, code, column, school=words) for words in unread]
    return named.codes


def _is_new(draft: MemberDraft, earlier: Iterable[MemberDraft], problems: list[Problem]) -> bool:
    """Whether nobody above is the same person; a namesake above is kept and pointed out."""
    namesakes = [other for other in earlier if fold(other.name) == fold(draft.name)]
    same = next((other for other in namesakes if _is_same_person(other, draft)), None)
    other = same or next((other for other in namesakes if may_be_same_person(other.name, draft.name)), None)
    if other is not None:
        code = ProblemCode.MEMBER_REPEATED if same else ProblemCode.MEMBER_NAMESAKE
        facts = {"name": draft.name, "other_row": other.row.number, "other_sheet": other.row.sheet}
        problems.append(draft.row.problem(Severity.WARNING, code, _name_column(draft.row), **facts))
    return same is None


def _is_same_person(a: MemberDraft, b: MemberDraft) -> bool:
    """For two of names that fold the same: one number, or no two numbers and no two workplaces."""
    if a.phone and b.phone:
        return a.phone == b.phone
    return may_be_same_person(a.name, b.name) and (a.school == b.school or not (a.school and b.school))

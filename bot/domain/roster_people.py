"""The people of a roster set against the members of the team: who is new, and what changes about whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.roster_changes import compare
from bot.domain.roster_headings import Column
from bot.domain.roster_leader import settle_roles
from bot.domain.roster_matching import PhoneHolder, Phones, allot_phones, current_phone, match_members
from bot.domain.roster_members import MemberDraft, read_members
from bot.domain.roster_model import KnownMember, MemberChange, MemberEntry, Problem, ProblemCode, Severity
from bot.domain.roster_school_finder import SchoolFinder
from bot.domain.roster_tables import TableRow
from bot.domain.roster_words import is_better_spelling, is_same_spelling, may_be_same_person
from bot.domain.vocabulary import Role

_FIELDS = ("name", "role", "phone", "school", "in_charge")


@dataclass(frozen=True, slots=True)
class MemberPlan:
    """What becomes of the people."""

    to_add: tuple[MemberEntry, ...]
    to_change: tuple[MemberChange, ...]
    unchanged: int
    problems: tuple[Problem, ...]
    absent: tuple[KnownMember, ...] = ()
    """Whom the file does not name, when it names anybody."""


def plan_members(rows: Iterable[TableRow], schools: SchoolFinder, existing: Sequence[KnownMember]) -> MemberPlan:
    """Match the rows with the members there are; whoever is in no row stays as they are."""
    drafts, about_rows = read_members(rows, schools)
    matched = match_members(drafts, existing)
    phones = allot_phones(drafts, matched, existing)
    roles, about_roles = settle_roles(drafts, matched, existing)
    to_add: list[MemberEntry] = []
    to_change: list[MemberChange] = []
    for index, draft in enumerate(drafts):
        known = matched.get(index)
        if known is None:
            to_add.append(_create(draft, roles[index], phones.by_draft[index]))
            continue
        changes = compare(known, _merge(draft, known, roles[index], phones.by_draft[index]), _FIELDS)
        if changes:
            to_change.append(MemberChange(known.id, known.name, changes))
    about_phones = _report_phones(drafts, matched, phones, existing)
    about_namesakes = _report_namesakes(drafts, matched, existing)
    return MemberPlan(
        tuple(to_add),
        tuple(to_change),
        len(matched) - len(to_change),
        (*about_rows, *about_roles, *about_phones, *about_namesakes),
        _absent(matched, existing) if drafts else (),
    )


def _absent(matched: Mapping[int, KnownMember], existing: Sequence[KnownMember]) -> tuple[KnownMember, ...]:
    met = {member.id for member in matched.values()}
    return tuple(member for member in existing if member.id not in met)


def _create(draft: MemberDraft, role: Role, phone: str | None) -> MemberEntry:
    return MemberEntry(name=draft.name, role=role, phone=phone, school=draft.school, in_charge=draft.in_charge)


def _merge(draft: MemberDraft, known: KnownMember, role: Role, phone: str | None) -> MemberEntry:
    """The member as they will be; a blank cell erases nothing, the order of schools in charge means nothing."""
    is_other_charge = bool(draft.in_charge) and set(draft.in_charge) != set(known.in_charge)
    return MemberEntry(
        name=draft.name if _is_mended(draft, known) else known.name,
        role=role,
        phone=phone,
        school=draft.school or known.school,
        in_charge=draft.in_charge if is_other_charge else known.in_charge,
    )


def _is_mended(draft: MemberDraft, known: KnownMember) -> bool:
    """A better spelling; in a row that is marked as theirs, any other one."""
    return is_better_spelling(draft.name, known.name) or (
        draft.code == known.id and not is_same_spelling(draft.name, known.name)
    )


def _report_phones(
    drafts: Sequence[MemberDraft],
    matched: Mapping[int, KnownMember],
    phones: Phones,
    existing: Sequence[KnownMember],
) -> list[Problem]:
    """Numbers that stay with somebody else, and numbers that replace another."""
    problems: list[Problem] = []
    for index, draft in enumerate(drafts):
        before = current_phone(matched[index]) if index in matched else None
        if index in phones.taken:
            facts = {"name": draft.name, **_name_holder(phones.taken[index], drafts, matched, existing)}
            problems.append(draft.row.problem(Severity.WARNING, ProblemCode.PHONE_TAKEN, Column.PHONE, **facts))
        elif before and before != phones.by_draft[index]:
            facts = {"name": draft.name, "before": before}
            problems.append(draft.row.problem(Severity.WARNING, ProblemCode.PHONE_CHANGED, Column.PHONE, **facts))
    return problems


def _name_holder(
    holder: PhoneHolder,
    drafts: Sequence[MemberDraft],
    matched: Mapping[int, KnownMember],
    existing: Sequence[KnownMember],
) -> dict[str, str | int]:
    """Who has a number, and in which row of the file they stand (0: in none)."""
    rows = {known.id: index for index, known in matched.items()}
    index = holder.draft if holder.draft is not None else rows.get(holder.member_id or 0)
    if index is not None:
        row = drafts[index].row
        return {"other_name": drafts[index].name, "other_row": row.number, "other_sheet": row.sheet}
    name = next(member.name for member in existing if member.id == holder.member_id)
    return {"other_name": name, "other_row": 0, "other_sheet": ""}


def _report_namesakes(
    drafts: Sequence[MemberDraft], matched: Mapping[int, KnownMember], existing: Sequence[KnownMember]
) -> list[Problem]:
    """New people who are called like somebody in the team whom no other row means."""
    absent = _absent(matched, existing)
    problems: list[Problem] = []
    for index, draft in enumerate(drafts):
        other = next((member for member in absent if may_be_same_person(draft.name, member.name)), None)
        if index not in matched and other is not None:
            facts = {"name": draft.name, "other_name": other.name, "other_row": 0}
            problems.append(draft.row.problem(Severity.WARNING, ProblemCode.MEMBER_NAMESAKE, Column.NAME, **facts))
    return problems

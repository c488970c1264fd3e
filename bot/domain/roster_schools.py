"""The schools of a roster: rows read, repetitions dropped, matched with those that the team has."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.domain.roster_changes import compare
from bot.domain.roster_headings import Column
from bot.domain.roster_model import KnownSchool, Problem, ProblemCode, SchoolChange, SchoolEntry, Severity
from bot.domain.roster_tables import TableRow
from bot.domain.roster_words import derive_code, is_better_spelling, school_key, write_school
from bot.domain.text import fold

_FIELDS = ("name", "aliases", "area")


@dataclass(frozen=True, slots=True)
class SchoolPlan:
    """What becomes of the schools, and all of them as they will be."""

    to_add: tuple[SchoolEntry, ...]
    to_change: tuple[SchoolChange, ...]
    unchanged: int
    all: tuple[SchoolEntry, ...]
    problems: tuple[Problem, ...]
    absent: tuple[KnownSchool, ...] = ()
    """Which schools in use the file does not name, when it names any."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A row of a schools sheet; its entry's code is "" until one is derived."""

    row: TableRow
    entry: SchoolEntry
    key: str

    @property
    def code_key(self) -> str:
        return fold(self.entry.code)


def plan_schools(rows: Iterable[TableRow], existing: Sequence[KnownSchool]) -> SchoolPlan:
    """Match the rows with the schools there are; those without a code get one."""
    problems: list[Problem] = []
    active = [school for school in existing if school.is_active]
    drafts = _drop_repeated(_read_drafts(rows, problems), problems)
    matched = _match(drafts, active, problems)
    after: dict[int, SchoolEntry] = {school.id: school for school in active}
    changes: list[SchoolChange] = []
    for index, known in matched.items():
        after[known.id] = _merge(drafts[index], known, problems)
        differences = compare(known, after[known.id], _FIELDS)
        if differences:
            changes.append(SchoolChange(known.id, known.code, known.name, differences))
    fresh = [draft for index, draft in enumerate(drafts) if index not in matched]
    _report_retired(fresh, {fold(school.code) for school in existing if not school.is_active}, problems)
    # A code in the file that is not used (its school keeps another) must not be derived for some other school.
    taken = {fold(school.code).upper() for school in existing} | {draft.code_key.upper() for draft in drafts}
    new = _give_codes(fresh, taken)
    met = {known.id for known in matched.values()}
    return SchoolPlan(
        new,
        tuple(changes),
        len(matched) - len(changes),
        (*after.values(), *new),
        tuple(problems),
        tuple(school for school in active if school.id not in met) if drafts else (),
    )


def _read_drafts(rows: Iterable[TableRow], problems: list[Problem]) -> list[_Draft]:
    drafts: list[_Draft] = []
    for row in rows:
        name = write_school(row.text(Column.SCHOOL))
        if not school_key(name):
            problems.append(row.problem(Severity.ERROR, ProblemCode.SCHOOL_NAME_MISSING, Column.SCHOOL))
            continue
        entry = SchoolEntry(
            code="".join(row.text(Column.CODE).upper().split()),
            name=name,
            aliases=_read_aliases(row),
            area=write_school(row.text(Column.AREA)),
        )
        drafts.append(_Draft(row, entry, school_key(name)))
    return drafts


def _read_aliases(row: TableRow) -> tuple[str, ...]:
    parts = (" ".join(part.split()) for part in re.split(r"[;,]", row.listing(Column.ALIASES)))
    return tuple(dict.fromkeys(part for part in parts if fold(part)))


def _drop_repeated(drafts: list[_Draft], problems: list[Problem]) -> list[_Draft]:
    kept: list[_Draft] = []
    for draft in drafts:
        clashes = [(other, code) for other in kept if (code := _clash(other, draft))]
        found = next((clash for clash in clashes if clash[1] is not ProblemCode.SCHOOL_NAMESAKE), None)
        found = found or next(iter(clashes), None)
        if found is not None:
            other, code = found
            severity = Severity.ERROR if code is ProblemCode.SCHOOL_CODE_REPEATED else Severity.WARNING
            column = Column.CODE if severity is Severity.ERROR else Column.SCHOOL
            facts = {"other_row": other.row.number, "other_sheet": other.row.sheet, "other_name": other.entry.name}
            problems.append(draft.row.problem(severity, code, column, name=draft.entry.name, **facts))
        if found is None or found[1] is ProblemCode.SCHOOL_NAMESAKE:
            kept.append(draft)
    return kept


def _clash(first: _Draft, second: _Draft) -> ProblemCode | None:
    """What is wrong with two rows of one file, if anything."""
    if first.code_key and first.code_key == second.code_key:
        return ProblemCode.SCHOOL_REPEATED if first.key == second.key else ProblemCode.SCHOOL_CODE_REPEATED
    if first.key != second.key:
        return None
    are_two = (first.code_key and second.code_key) or not _may_be_same_area(first.entry, second.entry)
    return ProblemCode.SCHOOL_NAMESAKE if are_two else ProblemCode.SCHOOL_REPEATED


def _may_be_same_area(a: SchoolEntry, b: SchoolEntry) -> bool:
    return not a.area or not b.area or fold(a.area) == fold(b.area)


def _match(
    drafts: Sequence[_Draft], existing: Sequence[KnownSchool], problems: list[Problem]
) -> dict[int, KnownSchool]:
    """Which school each row means: by code, else by name and area, else by name; each school once."""
    matched: dict[int, KnownSchool] = {}
    free = list(existing)
    for fits in (_has_code, _has_name_and_area, _has_name):
        for index, draft in enumerate(drafts):
            known = next((school for school in free if fits(draft, school)), None)
            if index not in matched and known is not None:
                matched[index] = known
                free.remove(known)
        if fits is _has_code:
            _report_conflicts(drafts, matched, free, problems)
    return matched


def _has_code(draft: _Draft, school: KnownSchool) -> bool:
    return bool(draft.code_key) and draft.code_key == fold(school.code)


def _has_name_and_area(draft: _Draft, school: KnownSchool) -> bool:
    return draft.key == school_key(school.name) and fold(draft.entry.area) == fold(school.area)


def _has_name(draft: _Draft, school: KnownSchool) -> bool:
    is_another = bool(draft.code_key) and not _may_be_same_area(draft.entry, school)
    return draft.key == school_key(school.name) and not is_another


def _report_conflicts(
    drafts: Sequence[_Draft], matched: dict[int, KnownSchool], free: Iterable[KnownSchool], problems: list[Problem]
) -> None:
    """A row whose code is one school's and whose name is another's would leave two of that name."""
    owners = {school_key(school.name): school for school in free}
    for index, known in matched.items():
        draft = drafts[index]
        owner = owners.get(draft.key)
        if owner is not None and draft.key != school_key(known.name):
            facts = {"name": owner.name, "code": owner.code, "other_name": known.name}
            problems.append(draft.row.problem(Severity.ERROR, ProblemCode.SCHOOL_CONFLICT, Column.CODE, **facts))


def _report_retired(drafts: Iterable[_Draft], retired: set[str], problems: list[Problem]) -> None:
    for draft in drafts:
        if draft.code_key in retired:
            problems.append(draft.row.problem(Severity.ERROR, ProblemCode.SCHOOL_CODE_RETIRED, Column.CODE))


def _merge(draft: _Draft, known: KnownSchool, problems: list[Problem]) -> SchoolEntry:
    """The school as it will be: a blank cell erases nothing, aliases only grow, the code stays."""
    entry = draft.entry
    if draft.code_key and draft.code_key != fold(known.code):
        facts = {"code": known.code, "name": known.name}
        problems.append(draft.row.problem(Severity.WARNING, ProblemCode.SCHOOL_CODE_KEPT, Column.CODE, **facts))
    is_renamed = draft.key != school_key(known.name)
    seen = {alias.casefold() for alias in known.aliases}
    return SchoolEntry(
        code=known.code,
        name=entry.name if is_renamed else _choose(entry.name, known.name, is_same=_is_written_alike),
        aliases=(*known.aliases, *(alias for alias in entry.aliases if alias.casefold() not in seen)),
        area=_choose(entry.area, known.area, is_same=lambda a, b: fold(a) == fold(b)),
    )


def _is_written_alike(new: str, old: str) -> bool:
    """Names of one school that fold differently ("TH Phú Hòa") are forms of it, not better spellings."""
    return school_key(new) == school_key(old)


def _choose(new: str, old: str, *, is_same: Callable[[str, str], bool]) -> str:
    if not new:
        return old
    if not is_same(new, old):
        return new
    return new if fold(new) == fold(old) and is_better_spelling(new, old) else old


def _give_codes(drafts: Sequence[_Draft], taken: set[str]) -> tuple[SchoolEntry, ...]:
    entries: list[SchoolEntry] = []
    for draft in drafts:
        code = draft.entry.code or derive_code(draft.entry.name, taken)
        taken.add(code)
        entries.append(replace(draft.entry, code=code))
    return tuple(entries)

"""What the rules of the roster speak of: the sheets as read, people and schools, problems, and the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.errors import DomainError
from bot.domain.text import normalise
from bot.domain.vocabulary import Role


class UnreadableWorkbook(DomainError):
    """The file is no workbook that can be read (facts: reason, an UnreadableReason)."""

    reason: UnreadableReason

    def __init__(self, reason: UnreadableReason) -> None:
        """Keep the reason within reach."""
        self.reason = reason
        super().__init__(reason=reason)


class UnreadableReason(StrEnum):
    """Why a file is refused before anything of it is used."""

    NOT_XLSX = "not_xlsx"
    OLD_XLS = "old_xls"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    TOO_BIG = "too_big"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"


@dataclass(frozen=True, slots=True)
class RawCell:
    """One filled cell where it stands (row and column count from 1); `span` is how many columns it covers."""

    row: int
    column: int
    value: str | int | float | bool
    span: int = 1

    @property
    def text(self) -> str:
        """What the cell says, in one line."""
        if isinstance(self.value, float) and self.value.is_integer():
            return str(int(self.value))
        return " ".join(normalise(str(self.value)).split())


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet's rows from top to bottom, each the filled cells from left to right; empty rows are left out."""

    name: str
    rows: tuple[tuple[RawCell, ...], ...]
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """All sheets of a file, in its order."""

    sheets: tuple[RawSheet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolEntry:
    """A school as the roster has it; the code is unique within the team."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    area: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSchool(SchoolEntry):
    """A school that the team already has; one out of use (merged) only keeps its code from being given again."""

    id: int
    is_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberEntry:
    """A person as the roster has them; schools by code, the phone as national digits."""

    name: str
    role: Role = Role.MEMBER
    phone: str | None = None
    school: str | None = None
    in_charge: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMember(MemberEntry):
    """A person who already belongs to the team (those whose membership has ended do not)."""

    id: int


FieldValue = str | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One attribute of an entry, by its name there, with the value it has and the one it will have."""

    field: str
    before: FieldValue
    after: FieldValue


@dataclass(frozen=True, slots=True)
class SchoolChange:
    """What becomes different about a school; its code never does."""

    id: int
    code: str
    name: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class MemberChange:
    """What becomes different about a member; `name` is the one they have now."""

    id: int
    name: str
    changes: tuple[FieldChange, ...]


class Severity(StrEnum):
    """An error stops the whole import; a warning wants a look; a note only says what was passed over."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class ProblemCode(StrEnum):
    """What can be said about a place in the file; worded in bot.texts.roster."""

    NO_TABLE = "no_table"
    SHEET_UNKNOWN = "sheet_unknown"
    SHEET_HIDDEN = "sheet_hidden"
    COLUMN_UNUSED = "column_unused"
    BLANK_ROWS = "blank_rows"
    TOTAL_ROW = "total_row"
    STRAY_ROW = "stray_row"
    NAME_MISSING = "name_missing"
    NOTE_UNUSED = "note_unused"
    ROLE_UNKNOWN = "role_unknown"
    ROLE_SEVERAL = "role_several"
    LEADER_SECOND = "leader_second"
    LEADER_KEPT = "leader_kept"
    PHONE_UNREADABLE = "phone_unreadable"
    PHONE_SEVERAL = "phone_several"
    PHONE_TAKEN = "phone_taken"
    PHONE_CHANGED = "phone_changed"
    MEMBER_REPEATED = "member_repeated"
    MEMBER_NAMESAKE = "member_namesake"
    SCHOOL_UNKNOWN = "school_unknown"
    SCHOOL_AMBIGUOUS = "school_ambiguous"
    SCHOOL_NAME_MISSING = "school_name_missing"
    SCHOOL_REPEATED = "school_repeated"
    SCHOOL_NAMESAKE = "school_namesake"
    SCHOOL_CODE_REPEATED = "school_code_repeated"
    SCHOOL_CODE_RETIRED = "school_code_retired"
    SCHOOL_CODE_KEPT = "school_code_kept"
    SCHOOL_CONFLICT = "school_conflict"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about one place: sheet, row from 1 and column letter ("" where a whole row or sheet is meant)."""

    severity: Severity
    code: ProblemCode
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    facts: Mapping[str, str | int] = field(default_factory=dict[str, str | int])


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterPlan:
    """What importing the file would do. It is carried out whole or, when it has errors, not at all."""

    file_name: str = ""
    schools_to_add: tuple[SchoolEntry, ...] = ()
    schools_to_change: tuple[SchoolChange, ...] = ()
    schools_unchanged: int = 0
    members_to_add: tuple[MemberEntry, ...] = ()
    members_to_change: tuple[MemberChange, ...] = ()
    members_unchanged: int = 0
    members_absent: tuple[KnownMember, ...] = ()
    """Members in no row, of a file that names as many of the team as it leaves out; they stay as they are."""
    schools_absent: tuple[KnownSchool, ...] = ()
    """The same of schools."""
    problems: tuple[Problem, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether it must not be carried out."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def has_warnings(self) -> bool:
        """Whether somebody should look before it is carried out."""
        return any(problem.severity is Severity.WARNING for problem in self.problems)

    @property
    def is_empty(self) -> bool:
        """Whether carrying it out would change nothing."""
        return not (self.schools_to_add or self.schools_to_change or self.members_to_add or self.members_to_change)


def column_letter(column: int) -> str:
    """The letter over a column as spreadsheets show it: 1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters

"""The difference between an entry as it is and as it will be."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.roster_model import FieldChange, FieldValue, MemberEntry, SchoolEntry


def compare(
    before: SchoolEntry | MemberEntry, after: SchoolEntry | MemberEntry, fields: Iterable[str]
) -> tuple[FieldChange, ...]:
    """What differs in the named fields, in their order."""
    pairs = ((name, _value(before, name), _value(after, name)) for name in fields)
    return tuple(FieldChange(name, old, new) for name, old, new in pairs if old != new)


def _value(entry: SchoolEntry | MemberEntry, field: str) -> FieldValue:
    value: FieldValue = getattr(entry, field)
    return value

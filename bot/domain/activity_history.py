"""What changed from one state of a report to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field with what it held before and after."""

    name: str
    before: Any
    after: Any


def changes_between(states: Sequence[Mapping[str, Any]]) -> list[list[FieldChange]]:
    """For each step from a state to the next the fields that differ; states of older programs may lack some."""
    return [
        [
            FieldChange(name, before[name], after[name])
            for name in before
            if name in after and before[name] != after[name]
        ]
        for before, after in pairwise(states)
    ]

"""When two reports speak of one activity (PRODUCT: "Several members may share one activity")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.domain.text import fold
from bot.domain.vocabulary import ActivityKind


@dataclass(frozen=True, slots=True)
class Outline:
    """What tells an activity from others; the school by code."""

    kind: ActivityKind
    day: date
    school: str | None
    group: str | None
    subject: str | None


def is_same_activity(one: Outline, other: Outline) -> bool:
    """Whether kind, day and school are equal, and class and subject do not contradict where both say them."""
    if (one.kind, one.day, one.school) != (other.kind, other.day, other.school):
        return False
    return _groups_agree(one.group, other.group) and _agree(one.subject, other.subject)


def _agree(one: str | None, other: str | None) -> bool:
    return not one or not other or fold(one) == fold(other)


def _groups_agree(one: str | None, other: str | None) -> bool:
    """ "4" is the grade of "4A"; "4A" and "4B" are two classes."""
    if _agree(one, other):
        return True
    first, second = fold(one or ""), fold(other or "")
    grades = [text for text in (first, second) if re.fullmatch(r"[1-5]", text)]
    return bool(grades) and first[:1] == second[:1]

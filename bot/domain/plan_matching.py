"""Which line of a plan is met by which report. Pure: the same lines and reports give the same answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.domain.report_topic import find_topic
from bot.domain.text import fold
from bot.domain.vocabulary import ActivityKind

_SAME_TOPIC = 70  # ratio from which two topics are about the same


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A line as matching needs it; `activity` is the report that closes it now."""

    id: int
    text: str
    kind: ActivityKind | None
    school_id: int | None
    source: str = ""
    activity: int | None = None


@dataclass(frozen=True, slots=True)
class DoneActivity:
    """A filed report of the same month; `origin` is what it was reported for ("assignment:12")."""

    id: int
    kind: ActivityKind
    school_id: int | None
    topic: str | None = None
    origin: str = ""


def closed_by(lines: Sequence[PlannedLine], activities: Sequence[DoneActivity]) -> Mapping[int, int | None]:
    """For each line the report that meets it, None where none does.

    A report closes one line of a plan, the one that says most about it; a line that is closed keeps its report as long
    as that still meets it.
    """
    there = {each.id: each for each in activities}
    found: dict[int, int | None] = {each.id: None for each in lines}
    for line in lines:
        now = there.get(line.activity or 0)
        if now is not None and meets(now, line):
            found[line.id] = there.pop(now.id).id
    for line in sorted(lines, key=lambda each: (-_says(each), each.id)):
        if found[line.id] is None:
            best = _best(line, there.values())
            if best is not None:
                found[line.id] = there.pop(best).id
    return found


def meets(activity: DoneActivity, line: PlannedLine) -> bool:
    """Whether the report is what the line says: made for the same work, or of its kind at its school on its topic."""
    if line.source and line.source == activity.origin:
        return True
    topics = (find_topic(line.text), activity.topic)
    if line.kind is None and line.school_id is None:
        return _is_same_topic(*topics)
    if line.kind not in (None, activity.kind) or line.school_id not in (None, activity.school_id):
        return False
    return None in topics or _is_same_topic(*topics)


def _is_same_topic(said: str | None, done: str | None) -> bool:
    return bool(said and done) and fuzz.token_set_ratio(fold(said or ""), fold(done or "")) >= _SAME_TOPIC


def _says(line: PlannedLine) -> int:
    return (line.kind is not None) + (line.school_id is not None) + 2 * bool(line.source)


def _best(line: PlannedLine, activities: Iterable[DoneActivity]) -> int | None:
    fitting = [each for each in activities if meets(each, line)]
    exact = [each for each in fitting if line.source and each.origin == line.source]
    return next((each.id for each in (*exact, *fitting)), None)

"""A school's page: every visit, what was advised, and what became of it at the next visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.hidden_names import hide_names
from bot.domain.report_model import Visit


@dataclass(frozen=True, slots=True)
class SchoolVisit:
    """A visit and the next one that shows what became of its advice: of the same subject, else none."""

    visit: Visit
    next: Visit | None


@dataclass(frozen=True, slots=True)
class SchoolPage:
    """Everything about a school, the newest visit first."""

    school: str
    in_charge: tuple[str, ...]
    visits: tuple[SchoolVisit, ...]

    @property
    def needs(self) -> tuple[Visit, ...]:
        """Visits that found a need for support."""
        return tuple(each.visit for each in self.visits if each.visit.needs_support)

    @property
    def exemplary(self) -> tuple[Visit, ...]:
        """Visits that found exemplary practice."""
        return tuple(each.visit for each in self.visits if each.visit.exemplary)


def build_school_page(
    school: str, visits: Sequence[Visit], *, in_charge: Sequence[str], hide_observed: bool
) -> SchoolPage:
    """`visits` oldest first; `hide_observed` leaves out the names of teachers who were observed."""
    shown = [_hidden(visit) for visit in visits] if hide_observed else list(visits)
    paired = [SchoolVisit(visit, _next(visit, shown[index + 1 :])) for index, visit in enumerate(shown)]
    return SchoolPage(school, tuple(in_charge), tuple(reversed(paired)))


def _next(visit: Visit, later: Sequence[Visit]) -> Visit | None:
    """The first later visit that can show what became of the advice."""
    if not visit.advice and not visit.encouragement:
        return None
    return next((each for each in later if each.subject == visit.subject and each.kind.is_observation), None)


def _hidden(visit: Visit) -> Visit:
    notes = {name: getattr(visit, name) for name in ("topic", "strengths", "difficulties", "advice", "encouragement")}
    return replace(visit, **{name: hide_names(text) if text else text for name, text in notes.items()})

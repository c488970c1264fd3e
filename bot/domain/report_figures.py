"""Every number of the report that can be asked for its sources, in groups and by key."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.duty import Standing
from bot.domain.report_model import Figure, ReportModel, Theme
from bot.domain.school_year import Month


class FigureGroup(StrEnum):
    """What a number counts."""

    ALL = "all"
    DUTY = "duty"
    KIND = "kind"
    SCHOOL = "school"
    SUBJECT = "subject"
    EXEMPLARY = "exemplary"
    NEEDS = "needs"
    THEME = "theme"
    PHRASE = "phrase"


@dataclass(frozen=True, slots=True)
class Source:
    """One number that can be pressed; `key` finds it again in a report made later."""

    group: FigureGroup
    figure: Figure

    @property
    def key(self) -> str:
        """ "kind:lesson_observation"."""
        return f"{self.group}:{self.figure.key}"


def sources_of(model: ReportModel) -> tuple[Source, ...]:
    """All of them, in the order of the report; numbers that are 0 have no sources."""
    marks = ((FigureGroup.EXEMPLARY, model.exemplary), (FigureGroup.NEEDS, model.needs))
    every = [
        Source(FigureGroup.ALL, Figure("", "", tuple(visit.id for visit in model.visits))),
        *(Source(FigureGroup.DUTY, _of_month(model, index)) for index in range(len(model.duty.months))),
        *(Source(FigureGroup.KIND, figure) for figure in model.by_kind),
        *(Source(FigureGroup.SCHOOL, figure) for figure in model.by_school),
        *(Source(FigureGroup.SUBJECT, figure) for figure in model.by_subject),
        *(Source(group, Figure("", "", tuple(quote.visit for quote in quotes))) for group, quotes in marks),
        *(Source(FigureGroup.THEME, _of_theme(theme)) for theme in model.themes),
        *(Source(FigureGroup.PHRASE, Figure(each.words, each.words, each.visits)) for each in model.phrases),
    ]
    return tuple(source for source in every if source.figure.count)


def find_source(model: ReportModel, key: str) -> Source | None:
    """The number of this key, None when it is 0 by now."""
    return next((source for source in sources_of(model) if source.key == key), None)


def _of_month(model: ReportModel, index: int) -> Figure:
    """What those who met the month did in it."""
    month = model.duty.months[index]
    met = {person.id for person, _ in model.duty.those(index, Standing.MET)}
    visits = tuple(
        visit.id for visit in model.visits if Month.of(visit.day) == month and met.intersection(visit.members)
    )
    return Figure(str(month), f"{month.month}/{month.year}", visits)


def _of_theme(theme: Theme) -> Figure:
    subject, grade = theme.subject or "", theme.grade or ""
    return Figure(f"{subject}/{grade}", f"{subject}/{grade}", tuple(quote.visit for quote in theme.quotes))

"""Every number of the report that can be asked for its sources, in groups and by key."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.duty import Standing
from bot.domain.report_model import Figure, MemberMonth, Person, ReportModel, Theme
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
    OWING = "owing"
    ON_LEAVE = "on_leave"
    NOT_VISITED = "not_visited"
    ASSIGNMENTS = "assignments"
    MEETINGS = "meetings"
    PROPOSALS = "proposals"
    PLAN = "plan"


_OF_PEOPLE = {FigureGroup.OWING, FigureGroup.ON_LEAVE}


@dataclass(frozen=True, slots=True)
class Source:
    """One number that can be pressed; `key` finds it again in a report made later.

    What is no activity stands in `lines`, a line for each thing that is counted, or in `people`.
    """

    group: FigureGroup
    figure: Figure
    lines: tuple[str, ...] = ()
    people: tuple[tuple[Person, MemberMonth], ...] = ()

    @property
    def key(self) -> str:
        """ "kind:lesson_observation"."""
        return f"{self.group}:{self.figure.key}"

    @property
    def count(self) -> int:
        """The number."""
        return self.figure.count or len(self.lines) or len(self.people)


def sources_of(model: ReportModel, *, names: bool = True) -> tuple[Source, ...]:
    """All of them, in the order of the report; numbers that are 0 have no sources, nor has what counts people whose
    `names` are not for the reader."""
    every = [*_of_activities(model), *_of_people_and_schools(model), *_of_sections(model)]
    return tuple(source for source in every if source.count and (names or source.group not in _OF_PEOPLE))


def _of_activities(model: ReportModel) -> list[Source]:
    marks = ((FigureGroup.EXEMPLARY, model.exemplary), (FigureGroup.NEEDS, model.needs))
    return [
        Source(FigureGroup.ALL, Figure("", "", tuple(visit.id for visit in model.visits))),
        *(Source(FigureGroup.DUTY, _of_month(model, index)) for index in range(len(model.duty.months))),
        *(Source(FigureGroup.KIND, figure) for figure in model.by_kind),
        *(Source(FigureGroup.SCHOOL, figure) for figure in model.by_school),
        *(Source(FigureGroup.SUBJECT, figure) for figure in model.by_subject),
        *(Source(group, Figure("", "", tuple(quote.visit for quote in quotes))) for group, quotes in marks),
        *(Source(FigureGroup.THEME, _of_theme(theme)) for theme in model.themes),
        *(Source(FigureGroup.PHRASE, Figure(each.words, each.words, each.visits)) for each in model.phrases),
    ]


def _of_people_and_schools(model: ReportModel) -> list[Source]:
    standings = ((FigureGroup.OWING, Standing.OWES), (FigureGroup.ON_LEAVE, Standing.ON_LEAVE))
    people = [
        Source(group, _named_by(month), people=model.duty.those(index, stands))
        for group, stands in standings
        for index, month in enumerate(model.duty.months)
    ]
    return [*people, Source(FigureGroup.NOT_VISITED, Figure("", "", ()), lines=model.not_visited)]


def _of_sections(model: ReportModel) -> list[Source]:
    return [
        Source(FigureGroup(section.kind.value), Figure(each.key, each.label, ()), lines=each.lines)
        for section in model.sections
        for each in section.tallies
    ]


def find_source(model: ReportModel, key: str, *, names: bool = True) -> Source | None:
    """The number of this key, None when it is 0 by now."""
    return next((source for source in sources_of(model, names=names) if source.key == key), None)


def _named_by(month: Month) -> Figure:
    return Figure(str(month), f"{month.month}/{month.year}", ())


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

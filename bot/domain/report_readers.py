"""The report as people outside the team read it: observed teachers are never named to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.domain.hidden_names import hide_names
from bot.domain.report_model import MemberDuty, Quote, ReportModel, Section, Theme, Visit
from bot.domain.team_settings import TeamSettings


def for_office(model: ReportModel, *, settings: TeamSettings) -> ReportModel:
    """The same figures as the office may read them: with the names that the team's settings allow."""
    shown = model if settings.office_sees_observed else _without_observed(model)
    return shown if settings.office_sees_members else _without_members(shown)


def for_paper(model: ReportModel, *, settings: TeamSettings) -> ReportModel:
    """The same figures as the signed report has them."""
    shown = model if settings.office_sees_observed else _without_observed(model)
    return shown if settings.report_names_members else _without_members(shown)


def _without_observed(model: ReportModel) -> ReportModel:
    return replace(
        model,
        visits=tuple(_hide_in_visit(visit) for visit in model.visits),
        exemplary=_hide_in(model.exemplary),
        needs=_hide_in(model.needs),
        follow_ups=_hide_in(model.follow_ups),
        themes=tuple(Theme(theme.subject, theme.grade, _hide_in(theme.quotes)) for theme in model.themes),
        sections=tuple(_hide_in_section(each) for each in model.sections),
    )


def _hide_in(quotes: tuple[Quote, ...]) -> tuple[Quote, ...]:
    return tuple(replace(quote, text=hide_names(quote.text)) for quote in quotes)


def _hide_in_visit(visit: Visit) -> Visit:
    return replace(
        visit,
        topic=visit.topic and hide_names(visit.topic),
        strengths=visit.strengths and hide_names(visit.strengths),
        difficulties=visit.difficulties and hide_names(visit.difficulties),
        advice=visit.advice and hide_names(visit.advice),
        encouragement=visit.encouragement and hide_names(visit.encouragement),
    )


def _without_members(model: ReportModel) -> ReportModel:
    names = {each.person.name: f"Tổ viên {number}" for number, each in enumerate(model.duty.members, 1)}
    rows = tuple(
        MemberDuty(
            replace(each.person, name=f"Tổ viên {number}"),
            each.months,
        )
        for number, each in enumerate(model.duty.members, 1)
    )
    sections = tuple(_without_names(section, names) for section in model.sections)
    return replace(model, duty=replace(model.duty, members=rows), sections=sections)


def _without_names(section: Section, names: Mapping[str, str]) -> Section:
    """The section's table and lists with numbers for members, the same as those of the duty."""
    at = section.person_column
    if at is None:
        return section
    rows = tuple((*row[:at], names.get(row[at], row[at]), *row[at + 1 :]) for row in section.rows)
    tallies = tuple(
        replace(each, lines=tuple(_without_name(line, names) for line in each.lines)) for each in section.tallies
    )
    return replace(section, rows=rows, tallies=tallies)


def _without_name(line: str, names: Mapping[str, str]) -> str:
    name, colon, rest = line.partition(":")
    return f"{names.get(name, name)}{colon}{rest}"


def _hide_in_line(line: str, *, has_person: bool) -> str:
    name, colon, rest = line.partition(":")
    return f"{name}{colon}{hide_names(rest)}" if has_person else hide_names(line)


def _hide_in_section(section: Section) -> Section:
    """Sentences and tables of others may speak of lessons too; the column of members is left as it is."""
    at = section.person_column
    rows = tuple(
        tuple(cell if column == at else hide_names(cell) for column, cell in enumerate(row)) for row in section.rows
    )
    tallies = tuple(
        replace(each, lines=tuple(_hide_in_line(line, has_person=at is not None) for line in each.lines))
        for each in section.tallies
    )
    return replace(section, lines=tuple(hide_names(line) for line in section.lines), rows=rows, tallies=tallies)

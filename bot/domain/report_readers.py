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
    """The section's table with numbers for members, the same as those of the duty."""
    at = section.person_column
    if at is None:
        return section
    rows = tuple((*row[:at], names.get(row[at], row[at]), *row[at + 1 :]) for row in section.rows)
    return replace(section, rows=rows)

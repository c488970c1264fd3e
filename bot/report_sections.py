"""The parts of the summary that other capabilities fill, and the whole report put together.

To add figures: write a `FindSection` and name it in `SECTIONS`. A part that nobody fills says so in one line.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, datetime

from bot.assignment_section import assignment_section
from bot.documents.report_paper import ReportPaper
from bot.domain.periods import Period
from bot.domain.report_building import build_report
from bot.domain.report_model import ReportModel, Section
from bot.domain.report_status import thaw
from bot.domain.team_settings import TeamSettings
from bot.domain.vocabulary import Role
from bot.meeting_section import meeting_section
from bot.plan_section import plan_section
from bot.proposal_section import proposal_section
from storage.tables import SummaryReport, Team
from storage.unit_of_work import UnitOfWork

FindSection = Callable[[UnitOfWork, Team, Period, datetime], Awaitable[Section]]
"""The part of the report of a team in a period, as of a moment."""

SECTIONS: tuple[FindSection, ...] = (
    assignment_section,
    meeting_section,
    proposal_section,
    plan_section,
)


async def read_report(uow: UnitOfWork, team: Team, period: Period, now: datetime) -> ReportModel:
    """The report of a team in a period, as of now."""
    settings = uow.teams.settings(team)
    facts = await uow.report_facts.read(team, period, settings)
    filled = [await find(uow, team, period, now) for find in SECTIONS]
    return build_report(facts, period, settings, today=now.astimezone(settings.zone).date(), sections=filled)


async def draft_paper(uow: UnitOfWork, team: Team) -> ReportPaper:
    """What stands around the figures of a report that has no number yet."""
    leaders = await uow.members.with_roles(team.id, Role.LEADER)
    return ReportPaper(uow.teams.settings(team), leaders[0].name if leaders else "")


def frozen_paper(report: SummaryReport) -> tuple[ReportModel, ReportPaper]:
    """A confirmed report as it was confirmed."""
    content, paper = report.content or {}, report.paper or {}
    return thaw(content), ReportPaper(
        settings=TeamSettings.model_validate(paper["settings"]),
        leader=paper["leader"],
        number=report.number,
        day=date.fromisoformat(paper["day"]),
        supplement=report.supplement,
    )

"""Reports to the office: drafted, confirmed once with a number, sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.errors import NotFound
from bot.domain.report_status import ReportStatus
from storage.number_series import begin_series, last_number, take_number
from storage.tables import ReportedPeriod, SummaryReport, SummaryReportFile, Team


class SummaryReports:
    """Queries over reports and the numbers of papers."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def take_number(self, team_id: int, kind: str, year: int) -> int:
        """The next number of a team's series; see storage.number_series."""
        return await take_number(self._session, team_id=team_id, kind=kind, year=year)

    async def begin_numbers(self, team_id: int, year: int, *, last: int) -> bool:
        """Reports up to this number were numbered on paper; False when the series has gone on already."""
        return await begin_series(self._session, team_id=team_id, kind="BC", year=year, last=last)

    async def last_number(self, team_id: int, year: int) -> int:
        """The number that was given last; 0 when the year has none."""
        return await last_number(self._session, team_id=team_id, kind="BC", year=year)

    async def draft(self, team_id: int, first: date, last: date, *, by: int | None, now: datetime) -> SummaryReport:
        """The open draft of these days, or a new one; the team is locked, so that two desks share one draft."""
        await self._session.execute(select(Team.id).where(Team.id == team_id).with_for_update())
        found = await self._session.scalar(
            select(SummaryReport)
            .where(
                SummaryReport.team_id == team_id,
                SummaryReport.first == first,
                SummaryReport.last == last,
                SummaryReport.status != ReportStatus.CONFIRMED,
            )
            .order_by(SummaryReport.id)
            .limit(1)
        )
        if found is not None:
            if found.status == ReportStatus.REQUESTED and by is not None:
                found.status, found.created_by = ReportStatus.DRAFT, by
                await self._session.flush()
            return found
        report = _new(team_id, first, last, status=ReportStatus.DRAFT, now=now)
        report.created_by = by
        return await self._added(report)

    async def get(self, report_id: int, *, team_id: int, for_change: bool = False) -> SummaryReport:
        """The report if it is this team's; NotFound otherwise."""
        statement = select(SummaryReport).where(SummaryReport.id == report_id, SummaryReport.team_id == team_id)
        report = await self._session.scalar(statement.with_for_update() if for_change else statement)
        if report is None:
            raise NotFound(what="report", id=report_id)
        return report

    async def confirmed(self, team_id: int, first: date, last: date) -> list[SummaryReport]:
        """The confirmed reports of exactly these days, in the order of their numbers."""
        return list(
            await self._session.scalars(
                select(SummaryReport)
                .where(
                    SummaryReport.team_id == team_id,
                    SummaryReport.first == first,
                    SummaryReport.last == last,
                    SummaryReport.status == ReportStatus.CONFIRMED,
                )
                .order_by(SummaryReport.confirmed_at, SummaryReport.id)
            )
        )

    async def confirm(
        self,
        report: SummaryReport,
        *,
        year: int,
        content: dict[str, Any],
        paper: dict[str, Any],
        by: int,
        now: datetime,
    ) -> SummaryReport:
        """Freeze it with the next number; the days count as reported from now on."""
        report.year, report.number = year, await self.take_number(report.team_id, "BC", year)
        report.supplement = bool(await self.confirmed(report.team_id, report.first, report.last))
        report.status, report.confirmed_by, report.confirmed_at = ReportStatus.CONFIRMED, by, now
        report.content, report.paper = content, paper
        self._session.add(
            ReportedPeriod(team_id=report.team_id, first=report.first, last=report.last, confirmed_at=now)
        )
        await self._session.flush()
        return report

    async def keep_files(self, report: SummaryReport, file_ids: Sequence[int], *, now: datetime) -> None:
        """The drawn files of a confirmed report, kept for good; it is sent."""
        self._session.add_all(
            SummaryReportFile(report_id=report.id, file_id=file_id, position=position)
            for position, file_id in enumerate(file_ids)
        )
        report.sent_at = now
        await self._session.flush()

    async def files(self, report_id: int) -> list[int]:
        """The files of a confirmed report in their order."""
        return list(
            await self._session.scalars(
                select(SummaryReportFile.file_id)
                .where(SummaryReportFile.report_id == report_id)
                .order_by(SummaryReportFile.position)
            )
        )

    async def _added(self, report: SummaryReport) -> SummaryReport:
        self._session.add(report)
        await self._session.flush()
        return report


def _new(team_id: int, first: date, last: date, *, status: ReportStatus, now: datetime) -> SummaryReport:
    return SummaryReport(team_id=team_id, first=first, last=last, status=status, created_at=now)

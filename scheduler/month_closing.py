"""Closes the month on the 1st: the count to the group, names and reasons to leader and secretary."""

from __future__ import annotations

from bot.domain.calendar import sendable_from
from bot.domain.duty import closing_month
from bot.domain.school_year import Month
from bot.domain.team_settings import TeamSettings
from bot.texts import duty_board as texts
from scheduler.duty_messages import board_of, write_once
from scheduler.jobs import Counts, JobContext
from storage.tables import Team
from storage.unit_of_work import UnitOfWork


async def run(context: JobContext) -> Counts:
    """Write the closings that are due and have not been written; after downtime on any later day of the month."""
    counts = {"teams": 0, "sent": 0}
    async with context.database.read() as uow:
        teams = await uow.teams.all()
    for team in teams:
        async with context.database.begin() as uow:
            settings = uow.teams.settings(team)
            month = closing_month(context.now, settings)
            if month is None or sendable_from(context.now, settings) > context.now:
                continue
            if context.as_of is None and not _existed(team, month, settings):
                continue
            sent = await _close(uow, team, month, settings, context)
            counts["teams"] += sent > 0
            counts["sent"] += sent
    return counts


def _existed(team: Team, month: Month, settings: TeamSettings) -> bool:
    """Whether the team was there before the month ended: a new team has nothing to close."""
    return team.created_at.astimezone(settings.zone).date() <= month.last


async def _close(uow: UnitOfWork, team: Team, month: Month, settings: TeamSettings, context: JobContext) -> int:
    board = await board_of(uow, team, month, settings)
    if not board.bound:
        return 0
    return await write_once(
        uow,
        team,
        context,
        occasion=f"month-closing:{month}",
        to_officials=texts.closing_list(board),
        to_groups=texts.closing_count(board) if settings.group_sees_counts else None,
    )

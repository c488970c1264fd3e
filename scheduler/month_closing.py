"""Closes the month on the 1st: the count to the group, names and reasons to leader and secretary."""

from __future__ import annotations

from bot.domain.calendar import sendable_from
from bot.domain.duty import closing_month
from bot.domain.school_year import Month
from bot.domain.team_settings import TeamSettings
from bot.texts import duty_board as texts
from scheduler.duty_messages import Notice, boards_of, told_already, write_once
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
    occasion = f"month-closing:{month}"
    if await told_already(uow, occasion, [team.id]):
        return 0
    facts = await uow.duties.of_teams({team.id: settings}, month)
    board = (await boards_of(uow, facts, month, {team.id: settings}))[team.id]
    if not board.bound:
        return 0
    to_groups = texts.closing_count(board) if settings.group_sees_counts else None
    return await write_once(uow, context, occasion, [Notice(team, texts.closing_list(board), to_groups)])

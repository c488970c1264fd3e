"""Warns leader and secretary when four fifths of Zalo's messages are gone, once a month, or no one more has room."""

from __future__ import annotations

from bot.domain.calendar import sendable_from
from bot.domain.message_budget import MessageBudget
from bot.domain.school_year import Month
from bot.domain.team_settings import TeamSettings
from bot.domain.vocabulary import ChannelName
from bot.texts import budget as texts
from scheduler.duty_messages import Notice, write_once
from scheduler.jobs import Counts, JobContext
from storage.tables import Team
from storage.unit_of_work import UnitOfWork


async def run(context: JobContext) -> Counts:
    """Look at every team's month."""
    counts = {"teams": 0, "warned": 0}
    async with context.database.read() as uow:
        teams = await uow.teams.all()
    for team in teams:
        async with context.database.begin() as uow:
            counts["teams"] += 1
            counts["warned"] += await _warn(uow, team, context)
    return counts


async def _warn(uow: UnitOfWork, team: Team, context: JobContext) -> int:
    settings = uow.teams.settings(team)
    if sendable_from(context.now, settings) > context.now:
        return 0
    today = context.now.astimezone(settings.zone).date()
    warned = await _warn_of_people(uow, team, context, settings)
    used = await uow.message_uses.of_month(ChannelName.ZALO, team_id=team.id, month=Month.of(today))
    budget = MessageBudget(today=today, plan=settings.zalo_messages_a_month, used_by_kind=used)
    if not budget.is_to_be_warned_of:
        return warned
    notice = Notice(team, texts.warning(budget))
    return warned + await write_once(uow, context, f"message-budget:{Month.of(today)}", [notice])


async def _warn_of_people(uow: UnitOfWork, team: Team, context: JobContext, settings: TeamSettings) -> int:
    people = await uow.message_uses.people(ChannelName.ZALO, team_id=team.id)
    if people < settings.zalo_people:
        return 0
    notice = Notice(team, texts.people_warning(people, settings.zalo_people))
    return await write_once(uow, context, f"people-budget:{settings.zalo_people}", [notice])

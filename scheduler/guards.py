"""Questions asked again at the moment of sending: a reminder whose reason is gone is dropped."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from bot.domain.duty import due_stage, may_be_nudged
from bot.domain.school_year import Month
from storage.unit_of_work import UnitOfWork

Arguments = Mapping[str, str | int]
Check = Callable[[UnitOfWork, Arguments, datetime], Awaitable[bool]]


async def duty_owed(uow: UnitOfWork, arguments: Arguments, now: datetime) -> bool:
    """The member still owes the month, is not away today, and no later stage has overtaken this one."""
    team = await uow.teams.get(int(arguments["team_id"]))
    settings = uow.teams.settings(team)
    month = Month.parse(str(arguments["month"]))
    stage = arguments.get("stage")
    due = due_stage(now, settings)
    if stage and (due is None or due.month != month or str(due.stage) != stage):
        return False
    today = now.astimezone(settings.zone).date()
    facts = await uow.duties.facts(team.id, month, settings)
    mine = next((each for each in facts if each.member_id == int(arguments["member_id"])), None)
    return mine is not None and may_be_nudged(mine, month, settings, today=today)


GUARDS: Mapping[str, Check] = {"duty-owed": duty_owed}

"""What the commands of `mangluoi` do; bot.cli only reads their arguments and prints their results."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bot.app import Application, build_channels, open_database
from bot.documents.report_files import ReportFormat, draw_report
from bot.documents.roster_sheet import read_workbook
from bot.domain.clock import Clock, system_clock
from bot.domain.errors import DomainError
from bot.domain.periods import Period
from bot.domain.roster import RosterPlan, plan_roster
from bot.domain.vocabulary import Role
from bot.exporting import EXPORTS
from bot.report_sections import draft_paper, read_report
from bot.settings import Settings
from bot.vitals import collect
from scheduler.jobs import Counts, Job, JobContext
from storage.engine import Database
from storage.migrate import require_made, upgrade
from storage.roster_changes import apply_plan, roster_state
from storage.tables import Member, Team
from storage.unit_of_work import UnitOfWork


class WhichTeam(DomainError):
    """There is no team, or several and none was named (facts: teams)."""


class TeamExists(DomainError):
    """A team of this name exists already (facts: name)."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """A fresh code for somebody."""

    member_id: int
    name: str
    role: str
    code: str


@asynccontextmanager
async def database(
    settings: Settings, clock: Clock = system_clock, *, may_make: bool = False
) -> AsyncGenerator[Database]:
    """The installation's database, at this program's schema; NoDatabase unless there is one or it may be made.

    A command that is given in the wrong folder must not find an empty database there, which it has just made.
    """
    if not may_make:
        require_made(settings.database_url)
    opened = open_database(settings, clock, build_channels(settings, clock))
    try:
        await upgrade(opened)
        yield opened
    finally:
        await opened.close()


async def init_team(settings: Settings, *, team: str, leader: str) -> tuple[int, str]:
    """A new team with its leader; returns its id and the leader's code."""
    async with database(settings, may_make=True) as opened, opened.begin() as uow:
        if await uow.teams.named(team) is not None:
            raise TeamExists(name=team)
        created = await uow.teams.create(name=team, now=uow.clock())
        member = await uow.members.add(team_id=created.id, name=leader, role=Role.LEADER)
        await _note(uow, created.id, "found_team")
        return created.id, await _issue(uow, member)


async def issue_codes(settings: Settings, *, team_id: int | None) -> list[Invitation]:
    """Fresh codes of all members who have not joined."""
    async with database(settings) as opened, opened.begin() as uow:
        team = await find_team(uow, team_id)
        waiting = [member for member in await uow.members.current(team.id) if member.person_id is None]
        for member in waiting:
            await _note(uow, team.id, "invite", f"member:{member.id}")
        return [Invitation(member.id, member.name, member.role, await _issue(uow, member)) for member in waiting]


async def _note(uow: UnitOfWork, team_id: int, action: str, subject: str = "", **detail: str) -> None:
    """Enter in the team's log what the operator does on the command line."""
    await uow.audit.note(team_id=team_id, actor=None, action=action, subject=subject, now=uow.clock(), **detail)


async def _issue(uow: UnitOfWork, member: Member) -> str:
    return await uow.join_codes.issue(member.id, now=uow.clock())


async def find_team(uow: UnitOfWork, team_id: int | None) -> Team:
    """The team named, or the only one."""
    if team_id is not None:
        return await uow.teams.get(team_id)
    teams = await uow.teams.all()
    if len(teams) != 1:
        raise WhichTeam(teams=[(team.id, team.name) for team in teams])
    return teams[0]


async def plan_import(settings: Settings, *, path: Path, team_id: int | None, carry_out: bool) -> RosterPlan:
    """What a roster file does to a team; carried out when asked and free of errors."""
    workbook = read_workbook(path.read_bytes())  # noqa: ASYNC240 - nothing else runs meanwhile
    async with database(settings) as opened, opened.begin() as uow:
        team = await find_team(uow, team_id)
        members, schools = await roster_state(uow, team.id)
        plan = plan_roster(workbook.sheets, existing_members=members, existing_schools=schools, file_name=path.name)
        if carry_out and not plan.has_errors:
            await apply_plan(uow, plan, team_id=team.id, now=uow.clock())
        return plan


async def run_bot(settings: Settings) -> None:
    """The bot, until SIGTERM or SIGINT."""
    application = Application(settings, clock=system_clock)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, application.stop)
    freezing = asyncio.create_task(_freeze(application.ready))
    try:
        await application.run()
    finally:
        freezing.cancel()


async def _freeze(ready: asyncio.Event) -> None:
    """Look for garbage no more among what was loaded for good: a look held up every answer for a tenth of a second."""
    await ready.wait()
    gc.collect()
    gc.freeze()


async def run_job(settings: Settings, job: Job, *, at: datetime | None) -> Counts:
    """One job, as of a time; what is due then is left to the running process to deliver."""
    clock: Clock = system_clock if at is None else (lambda: at)
    async with database(settings, clock) as opened:
        return await job.run(
            JobContext(
                database=opened,
                now=clock(),
                as_of=at,
                operator=settings.operator,
                vitals=collect(settings, channels={}),
            )
        )


async def export_rows(
    settings: Settings, what: str, *, first: date, last: date, team_id: int | None
) -> list[dict[str, object]]:
    """The rows of an export."""
    async with database(settings) as opened, opened.begin() as uow:
        team = await find_team(uow, team_id)
        await _note(uow, team.id, "export", format=what, months=f"{first}–{last}")
        return await EXPORTS[what].find(uow, team.id, first, last)


async def draw_summary(settings: Settings, *, period: Period, kind: ReportFormat, team_id: int | None) -> bytes:
    """The summary of a period as a file."""
    async with database(settings) as opened, opened.begin() as uow:
        team = await find_team(uow, team_id)
        await _note(uow, team.id, "export", format=f"tổng hợp {kind}", months=period.key)
        model = await read_report(uow, team, period, uow.clock())
        paper = await draft_paper(uow, team)
    return draw_report(model, paper, kind)


async def dead_letters(settings: Settings) -> list[dict[str, Any]]:
    """Updates that were set aside."""
    async with database(settings) as opened, opened.read() as uow:
        return [
            {
                "id": row.id,
                "channel": row.channel,
                "chat": row.chat_key,
                "received_at": row.received_at.isoformat(),
                "attempts": row.attempts,
                "error": row.error,
            }
            for row in await uow.inbox.dead_letters()
        ]


async def retry_dead_letters(settings: Settings, ids: list[int]) -> int:
    """Have them handled again; no ids means all. Returns how many."""
    async with database(settings) as opened, opened.begin() as uow:
        return await uow.inbox.retry(ids, now=uow.clock())

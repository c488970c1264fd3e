"""Nudges those who still owe the month (regulation III.2), by the latest stage whose time has come."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.calendar import sendable_from
from bot.domain.duty import DueStage, DutyFacts, due_stage, may_be_nudged
from bot.domain.messages import Chat, Choice, ChoiceList, Delivery, Guard, Outgoing, Priority
from bot.domain.school_year import Month
from bot.domain.team_settings import TeamSettings
from bot.texts import duty as texts
from scheduler.jobs import Counts, JobContext
from storage.tables import Team
from storage.unit_of_work import UnitOfWork

ACTION = "nudge"


async def run(context: JobContext) -> Counts:
    """Write the nudges that should have been sent by now and were not."""
    counts = {"teams": 0, "owing": 0, "sent": 0, "already": 0, "unreachable": 0}
    async with context.database.read() as uow:
        teams = await uow.teams.all()
    for team in teams:
        async with context.database.begin() as uow:
            settings = uow.teams.settings(team)
            due = due_stage(context.now, settings)
            if due is not None:
                counts["teams"] += 1
                await _nudge_team(uow, team, settings, due, context, counts)
    return counts


async def _nudge_team(
    uow: UnitOfWork, team: Team, settings: TeamSettings, due: DueStage, context: JobContext, counts: Counts
) -> None:
    today = context.now.astimezone(settings.zone).date()
    facts = await uow.duties.facts(team.id, due.month, settings)
    owing = [each for each in facts if may_be_nudged(each, due.month, settings, today=today)]
    chats = await uow.accounts.private_chats([each.member_id for each in owing])
    reachable = [each for each in owing if each.member_id in chats]
    messages = [_nudge(chats[each.member_id][0], each, team, settings, due, context) for each in reachable]
    sent = await uow.outbox.put_many(messages, now=context.now)
    counts["owing"] += len(owing)
    counts["sent"] += sent
    counts["already"] += len(messages) - sent
    counts["unreachable"] += len(owing) - len(reachable)


def _nudge(
    chat: Chat, facts: DutyFacts, team: Team, settings: TeamSettings, due: DueStage, context: JobContext
) -> tuple[Outgoing, Delivery]:
    month = str(due.month)
    rows = (
        (Choice(label="📝 Báo cáo ngay", action=ACTION, value="report"),),
        (
            Choice(label="Xin nghỉ tháng này", action=ACTION, value=f"leave:{month}"),
            Choice(label="Nhắc tôi ngày mai", action=ACTION, value=f"tomorrow:{month}"),
        ),
    )
    text = texts.nudge(
        due.stage, due.month, done=facts.activities, required=settings.activities_a_month, last=due.month.last
    )
    starts = sendable_from(context.now, settings)
    guard = Guard(
        name="duty-owed",
        arguments={"team_id": team.id, "member_id": facts.member_id, "month": month, "stage": str(due.stage)},
    )
    delivery = Delivery(
        dedupe_key=f"nudge:{month}:{due.stage}:member-{facts.member_id}",
        priority=Priority.REMINDER,
        not_before=starts if starts > context.now else None,
        expires_at=_end_of(due.month, settings),
        guard=guard,
        as_of=context.as_of,
        member_id=facts.member_id,
        topic=f"duty:{month}",
    )
    return Outgoing(chat=chat, text=str(text), choices=ChoiceList(rows=rows)), delivery


def _end_of(month: Month, settings: TeamSettings) -> datetime:
    first_after = month.last + timedelta(days=1)
    return datetime(first_after.year, first_after.month, first_after.day, tzinfo=settings.zone)

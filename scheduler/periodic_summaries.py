"""Drafts the report of a month on the 1st, of a semester and a school year after their end, for the secretary."""

from __future__ import annotations

from bot.domain.calendar import sendable_from
from bot.domain.messages import Choice, ChoiceList, Delivery, Outgoing, Priority
from bot.domain.paper_orders import OrderKind, PaperWish
from bot.domain.periodic_reports import due_periods
from bot.domain.periods import Period
from bot.domain.vocabulary import Role
from bot.texts import papers as texts
from bot.texts.periods import period_name
from scheduler.jobs import Counts, JobContext
from storage.tables import Team
from storage.unit_of_work import UnitOfWork


async def run(context: JobContext) -> Counts:
    """Write the drafts that are due and were not written; after downtime on a later day. Once for team and period."""
    counts = {"teams": 0, "drafts": 0, "already": 0, "unreachable": 0}
    async with context.database.read() as uow:
        teams = await uow.teams.all()
    for team in teams:
        async with context.database.begin() as uow:
            settings = uow.teams.settings(team)
            if sendable_from(context.now, settings) > context.now:
                continue
            today = context.now.astimezone(settings.zone).date()
            founded = team.created_at.astimezone(settings.zone).date()
            due = [each for each in due_periods(today, settings) if context.as_of is not None or founded <= each.last]
            outcomes = [await _draft(uow, team, period, context) for period in due]
        counts["teams"] += bool(due)
        for outcome in outcomes:
            counts[outcome] += 1
    return counts


async def _draft(uow: UnitOfWork, team: Team, period: Period, context: JobContext) -> str:
    """A draft, its file, and a message with the next step: to the secretary, or to the leader where there is none."""
    key = f"periodic-summary:{period.key}:team-{team.id}"
    if await uow.outbox.existing_keys([key]):
        return "already"
    secretaries = await uow.members.with_roles(team.id, Role.SECRETARY)
    leaders = await uow.members.with_roles(team.id, Role.LEADER)
    chats = await uow.accounts.private_chats([each.id for each in (*secretaries, *leaders)])
    member = next((each for each in (*secretaries, *leaders) if each.id in chats), None)
    if member is None:
        return "unreachable"
    chat = chats[member.id][0]
    await uow.summary_reports.draft(team.id, period.first, period.last, by=None, now=context.now)
    name = period_name(period.kind, period.first, period.last)
    choice = Choice(label="📝 Lập báo cáo", action=texts.PAPER_ACTION, value=f"draft|{period.key}")
    message = Outgoing(
        chat=chat, text=str(texts.periodic_draft(team.name, name)), choices=ChoiceList(rows=((choice,),))
    )
    delivery = Delivery(
        dedupe_key=key,
        priority=Priority.REMINDER,
        as_of=context.as_of,
        member_id=member.id,
        topic=f"report:{period.key}",
    )
    await uow.outbox.put(message, delivery, now=context.now)
    wish = PaperWish(kind=OrderKind.SUMMARY, period=period.key, format="docx")
    await uow.paper_orders.put(wish, team_id=team.id, member_id=member.id, chat=chat, now=uow.clock())
    return "drafts"

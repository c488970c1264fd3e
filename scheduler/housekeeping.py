"""Removes what is no longer needed: handled updates, sent messages, old codes and guesses."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.messages import Delivery, Outgoing, Priority
from bot.domain.own_data import KEEP_LEAVE_REASONS, KEEP_PHONES_AFTER_END, RequestKind
from bot.domain.vocabulary import Role
from bot.texts import own_data as texts
from scheduler.jobs import Counts, JobContext
from storage.unit_of_work import UnitOfWork

KEEP_UPDATES = timedelta(days=30)
KEEP_MESSAGES = timedelta(days=90)
KEEP_GUESSES = timedelta(days=1)
KEEP_KEYBOARDS = timedelta(days=365)


async def run(context: JobContext) -> Counts:
    """Delete by age; what is open, failed or uncertain stays."""
    now = context.now
    async with context.database.begin() as uow:
        return {
            "updates": await uow.cleaning.handled_updates(before=now - KEEP_UPDATES),
            "messages": await uow.cleaning.sent_messages(before=now - KEEP_MESSAGES),
            "guesses": await uow.cleaning.guesses(before=now - KEEP_GUESSES),
            "codes": await uow.cleaning.expired_codes(before=now),
            "leave_reasons": await uow.cleaning.leave_reasons(before=now - KEEP_LEAVE_REASONS),
            "phones": await uow.cleaning.phones(ended_before=now - KEEP_PHONES_AFTER_END),
            "schools": await _change_schools(uow, context),
            "privacy": await _remind_of_requests(uow, context),
            "keyboards": await uow.cleaning.keyboards(before=now - KEEP_KEYBOARDS),
        }


async def _change_schools(uow: UnitOfWork, context: JobContext) -> int:
    """Schools are renamed and merged on the day that was entered."""
    done, latest = 0, context.now.date() + timedelta(days=1)  # some zone is ahead; the team's own day decides
    for team_id in await uow.school_changes.teams_with_due(latest):
        settings = uow.teams.settings(await uow.teams.get(team_id))
        today = context.now.astimezone(settings.zone).date()
        done += await uow.school_changes.carry_out_due(team_id, today=today, settings=settings)
    return done


async def _remind_of_requests(uow: UnitOfWork, context: JobContext) -> int:
    """On the day on which the law wants an answer, or the deed, the leader is told once."""
    sent = 0
    for team in await uow.teams.all():
        today = context.now.astimezone(uow.teams.settings(team).zone).date()
        for request in await uow.own_data.waiting(team.id):
            due = request.answer_by if request.answered_at is None else request.done_by
            if due > today:
                continue
            leaders = [each.id for each in await uow.members.with_roles(team.id, Role.LEADER)]
            chats = await uow.accounts.private_chats(leaders)
            name = (await uow.members.names([request.member_id]))[request.member_id]
            text = str(texts.overdue(name, RequestKind(request.kind), due))
            messages = [
                (
                    Outgoing(chat=chats[each][0], text=text),
                    Delivery(
                        dedupe_key=f"privacy:{request.id}:due-{due}:member-{each}",
                        priority=Priority.REMINDER,
                        member_id=each,
                        as_of=context.as_of,
                    ),
                )
                for each in leaders
                if each in chats
            ]
            sent += await uow.outbox.put_many(messages, now=context.now)
    return sent

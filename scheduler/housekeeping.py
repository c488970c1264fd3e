"""Removes what is kept long enough (bot.domain.own_data), and holds leaders to the law's dates."""

from __future__ import annotations

from datetime import timedelta

from bot.domain import own_data as keep
from bot.domain.calendar import sendable_from
from bot.domain.messages import Delivery, Outgoing, Priority
from bot.domain.own_data import RequestKind
from bot.domain.vocabulary import Role
from bot.texts import own_data as texts
from scheduler.jobs import Counts, JobContext
from storage.unit_of_work import UnitOfWork


async def run(context: JobContext) -> Counts:
    """Delete by age, as /quyenriengtu promises; what is open stays, and records of work are the office's."""
    now = context.now
    async with context.database.begin() as uow:
        clean = uow.cleaning
        return {
            "updates": await clean.handled_updates(before=now - keep.KEEP_UPDATES),
            "dead_updates": await clean.dead_updates(before=now - keep.KEEP_DEAD_UPDATES),
            "messages": await clean.sent_messages(before=now - keep.KEEP_MESSAGES),
            "unsent": await clean.unsent_messages(before=now - keep.KEEP_UNSENT_MESSAGES),
            "guesses": await clean.guesses(before=now - keep.KEEP_GUESSES),
            "codes": await clean.expired_codes(before=now),
            "leave_reasons": await clean.leave_reasons(before=now - keep.KEEP_LEAVE_REASONS),
            "phones": await clean.phones(ended_before=now - keep.KEEP_PHONES_AFTER_END),
            "drafts": await clean.drafts(before=now - keep.KEEP_DRAFTS),
            "photos": await clean.photos(taken_before=(now - keep.KEEP_PHOTOS).date()),
            "orders": await clean.settled_orders(before=now - keep.KEEP_UNSENT_MESSAGES),
            "files": await clean.loose_files(before=now - keep.KEEP_LOOSE_FILES),
            "schools": await _change_schools(uow, context),
            "privacy": await _remind_of_requests(uow, context),
            "keyboards": await clean.keyboards(before=now - keep.KEEP_KEYBOARDS),
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
    """Shortly before the day on which the law wants an answer, or the deed, and on that day: each time once."""
    sent = 0
    for team in await uow.teams.all():
        settings = uow.teams.settings(team)
        today, starts = context.now.astimezone(settings.zone).date(), sendable_from(context.now, settings)
        for request in await uow.own_data.waiting(team.id):
            is_answered = request.answered_at is not None
            due = request.done_by if is_answered else request.answer_by
            lead = keep.REMIND_OF_DEED if is_answered else keep.REMIND_OF_ANSWER
            if due - lead > today:
                continue
            stage = "due" if due <= today else "soon"
            leaders = [each.id for each in await uow.members.with_roles(team.id, Role.LEADER)]
            chats = await uow.accounts.private_chats(leaders)
            name = (await uow.members.names([request.member_id]))[request.member_id]
            text = str(texts.overdue(name, RequestKind(request.kind), due))
            messages = [
                (
                    Outgoing(chat=chats[each][0], text=text),
                    Delivery(
                        dedupe_key=f"privacy:{request.id}:{stage}-{due}:member-{each}",
                        priority=Priority.REMINDER,
                        not_before=starts if starts > context.now else None,
                        member_id=each,
                        as_of=context.as_of,
                    ),
                )
                for each in leaders
                if each in chats
            ]
            sent += await uow.outbox.put_many(messages, now=context.now)
    return sent

"""Closes votes whose time is over and tells everybody who might vote, and in counts the group, what came of them."""

from __future__ import annotations

from bot.domain.messages import ChoiceList, Delivery, Outgoing, Priority
from bot.domain.vocabulary import Role
from bot.domain.votes import Ballot
from bot.texts import proposals as texts
from scheduler.jobs import Counts, JobContext
from storage.tables import Vote
from storage.unit_of_work import UnitOfWork


async def run(context: JobContext) -> Counts:
    """Each vote once, however often it runs."""
    counts: Counts = {"closed": 0, "told": 0}
    async with context.database.begin() as uow:
        for vote in await uow.proposals.due(now=context.now):
            counts["closed"] += 1
            counts["told"] += await _close(uow, vote, context)
    return counts


async def _close(uow: UnitOfWork, vote: Vote, context: JobContext) -> int:
    outcome = await uow.proposals.close(vote, now=context.now)
    proposal = await uow.proposals.get(vote.proposal_id, team_id=vote.team_id)
    voters = await uow.proposals.voters(vote.id)
    names = await uow.members.names([each.member_id for each in voters])
    named = {each: [names[voter.member_id] for voter in voters if voter.option == each] for each in Ballot}
    counted = await uow.proposals.counts(vote.id)
    text = texts.result(proposal.number, outcome, counted, voters=len(voters), named=named)
    await uow.outbox.cancel_topic(f"vote:{vote.id}")
    await uow.audit.note(
        team_id=vote.team_id,
        actor=None,
        action="close_vote",
        subject=f"proposal:{proposal.number}",
        now=context.now,
        after=str(outcome),
    )
    leaders = {each.id for each in await uow.members.with_roles(vote.team_id, Role.LEADER)}
    told = list(dict.fromkeys([*(each.member_id for each in voters), proposal.member_id, *leaders]))
    chats = await uow.accounts.private_chats(told)
    decide = ChoiceList(rows=tuple(map(tuple, texts.after_vote(proposal.id))))
    messages = [
        (
            Outgoing(chat=chats[each][0], text=str(text), choices=decide if each in leaders else None),
            _delivery(vote, context, f"member-{each}", member_id=each),
        )
        for each in told
        if each in chats
    ]
    if uow.teams.settings(await uow.teams.get(vote.team_id)).group_posts:
        counts = texts.result(proposal.number, outcome, counted, voters=len(voters))
        messages += [
            (Outgoing(chat=chat, text=str(counts)), _delivery(vote, context, chat.key))
            for chat in await uow.groups.of_team(vote.team_id)
        ]
    return await uow.outbox.put_many(messages, now=context.now)


def _delivery(vote: Vote, context: JobContext, whom: str, *, member_id: int | None = None) -> Delivery:
    return Delivery(
        dedupe_key=f"vote:{vote.id}:result:{whom}",
        priority=Priority.REMINDER,
        member_id=member_id,
        as_of=context.as_of,
    )

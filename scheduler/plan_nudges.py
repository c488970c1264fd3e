"""Reminds members who have no plan of the coming month, each once for a month; the leader is told how it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time

from bot.domain.calendar import sendable_from
from bot.domain.messages import Chat, Choice, ChoiceList, Delivery, Guard, Outgoing, Priority
from bot.domain.plans import PlanStatus, nudge_month
from bot.domain.school_year import Month
from bot.domain.team_settings import TeamSettings
from bot.domain.vocabulary import Role
from bot.texts import plan_board as board_texts
from bot.texts import plans as texts
from scheduler.jobs import Counts, JobContext
from storage.tables import Team
from storage.unit_of_work import UnitOfWork


async def run(context: JobContext) -> Counts:
    """Write the reminders that should have been sent by now and were not."""
    counts = {"teams": 0, "owing": 0, "sent": 0, "already": 0, "unreachable": 0}
    async with context.database.read() as uow:
        teams = await uow.teams.all()
    for team in teams:
        async with context.database.begin() as uow:
            settings = uow.teams.settings(team)
            month = nudge_month(context.now, settings)
            if month is not None and sendable_from(context.now, settings) <= context.now:
                counts["teams"] += 1
                await _nudge_team(uow, team, month, settings, context, counts)
    return counts


async def _nudge_team(
    uow: UnitOfWork, team: Team, month: Month, settings: TeamSettings, context: JobContext, counts: Counts
) -> None:
    owing = await uow.plan_standings.to_remind(team.id, month, settings, now=context.now)
    chats = await uow.reach.for_reminders(owing, topic=_topic(month))
    drafts = {
        member_id
        for (member_id, _), plan in (await uow.plans.of_team(team.id, [month])).items()
        if plan.status == PlanStatus.DRAFT
    }
    messages = [
        _nudge(chats[each][0], each, team, month, settings, context, has_draft=each in drafts)
        for each in owing
        if chats.get(each)
    ]
    sent = await uow.outbox.put_many(messages, now=context.now)
    counts["owing"] += len(owing)
    counts["sent"] += sent
    counts["already"] += len(messages) - sent
    counts["unreachable"] += len(owing) - len(messages)
    if sent:
        await _tell_leader(uow, team, month, settings, context, reminded=sent)


def _nudge(
    chat: Chat,
    member_id: int,
    team: Team,
    month: Month,
    settings: TeamSettings,
    context: JobContext,
    *,
    has_draft: bool,
) -> tuple[Outgoing, Delivery]:
    guard = Guard(name="plan-wanted", arguments={"team_id": team.id, "member_id": member_id, "month": str(month)})
    choices = ChoiceList(rows=texts.asked_choices(month, member_id))
    delivery = _delivery(f"plan-nudge:{month}:member-{member_id}", member_id, month, settings, context, guard=guard)
    return Outgoing(chat=chat, text=str(texts.reminded(month, has_draft=has_draft)), choices=choices), delivery


async def _tell_leader(
    uow: UnitOfWork, team: Team, month: Month, settings: TeamSettings, context: JobContext, *, reminded: int
) -> None:
    """Once a month, with the first reminders."""
    people = [each for each in await uow.plan_standings.of_month(team.id, month, settings) if each.is_asked]
    text = board_texts.told_reminded(
        month, handed=sum(each.is_handed_in for each in people), people=len(people), reminded=reminded
    )
    choice = Choice(label="👥 Xem và duyệt", action=texts.BOARD_ACTION, value=f"show:{month}")
    leaders = [each.id for each in await uow.members.with_roles(team.id, Role.LEADER)]
    messages = [
        (
            Outgoing(chat=chat, text=str(text), choices=ChoiceList(rows=((choice,),))),
            _delivery(f"plan-nudges:{month}:team-{team.id}", member_id, month, settings, context),
        )
        for member_id, chat in _first(await uow.accounts.private_chats(leaders)).items()
    ]
    await uow.outbox.put_many(messages, now=context.now)


def _first(chats: Mapping[int, Sequence[Chat]]) -> dict[int, Chat]:
    return {member_id: some[0] for member_id, some in chats.items() if some}


def _delivery(
    key: str, member_id: int, month: Month, settings: TeamSettings, context: JobContext, *, guard: Guard | None = None
) -> Delivery:
    """Of no use once the month has begun."""
    return Delivery(
        dedupe_key=key,
        priority=Priority.REMINDER,
        expires_at=datetime.combine(month.first, time(), settings.zone),
        guard=guard,
        as_of=context.as_of,
        member_id=member_id,
        topic=_topic(month),
    )


def _topic(month: Month) -> str:
    return f"plan:{month}"

"""Writes how the month stands to leader, secretary and the group chats, once for a team and an occasion."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.duty_board import DutyBoard, duty_board
from bot.domain.messages import Chat, Delivery, Outgoing, Priority
from bot.domain.rich_text import Markup
from bot.domain.school_year import Month
from bot.domain.team_settings import TeamSettings
from bot.domain.vocabulary import Role
from scheduler.jobs import JobContext
from storage.tables import Team
from storage.unit_of_work import UnitOfWork


async def board_of(uow: UnitOfWork, team: Team, month: Month, settings: TeamSettings) -> DutyBoard:
    """How the team stands with a month at this moment."""
    facts = await uow.duties.facts(team.id, month, settings)
    names = await uow.members.names([each.member_id for each in facts])
    return duty_board(month, facts, settings, names=names, reach=await uow.accounts.reach(team.id))


async def write_once(
    uow: UnitOfWork,
    team: Team,
    context: JobContext,
    *,
    occasion: str,
    to_officials: Markup,
    to_groups: Markup | None,
    expires_at: datetime | None = None,
) -> int:
    """Write both texts unless this team had them on this occasion; returns how many messages were written.

    Messages are numbered, not keyed by who gets them: whoever becomes secretary later is not told of the past.
    """
    key = f"{occasion}:team-{team.id}"
    if await uow.outbox.existing_keys([f"{key}:0"]):
        return 0
    officials = await uow.members.with_roles(team.id, Role.LEADER, Role.SECRETARY)
    chats = await uow.accounts.private_chats([each.id for each in officials])
    written: list[tuple[Chat, Markup, int | None]] = [
        (chats[each.id][0], to_officials, each.id) for each in officials if each.id in chats
    ]
    if to_groups is not None:
        written += [(chat, to_groups, None) for chat in await uow.groups.of_team(team.id)]
    return await uow.outbox.put_many(_messages(written, key, context, expires_at), now=context.now)


def _messages(
    written: Sequence[tuple[Chat, Markup, int | None]], key: str, context: JobContext, expires_at: datetime | None
) -> list[tuple[Outgoing, Delivery]]:
    return [
        (
            Outgoing(chat=chat, text=str(text)),
            Delivery(
                dedupe_key=f"{key}:{number}",
                priority=Priority.REMINDER,
                expires_at=expires_at,
                as_of=context.as_of,
                member_id=member_id,
            ),
        )
        for number, (chat, text, member_id) in enumerate(written)
    ]

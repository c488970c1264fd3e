"""Writes how the month stands to leader, secretary and the group chats, once for a team and an occasion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.duty import DutyFacts
from bot.domain.duty_board import DutyBoard, duty_board
from bot.domain.messages import Chat, Delivery, Outgoing, Priority
from bot.domain.rich_text import Markup
from bot.domain.school_year import Month
from bot.domain.team_settings import TeamSettings
from bot.domain.vocabulary import Role
from scheduler.jobs import JobContext
from storage.tables import Team
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Notice:
    """What one team is told: to leader and secretary, and to its group chats."""

    team: Team
    to_officials: Markup
    to_groups: Markup | None = None
    expires_at: datetime | None = None


async def boards_of(
    uow: UnitOfWork, facts: Mapping[int, Sequence[DutyFacts]], month: Month, settings: Mapping[int, TeamSettings]
) -> dict[int, DutyBoard]:
    """How teams stand with a month at this moment, by their ids, from the facts of their members."""
    names = await uow.members.names([each.member_id for some in facts.values() for each in some])
    reach = await uow.accounts.reach(*facts)
    return {
        team_id: duty_board(month, some, settings[team_id], names=names, reach=reach) for team_id, some in facts.items()
    }


async def told_already(uow: UnitOfWork, occasion: str, team_ids: Sequence[int]) -> set[int]:
    """The teams that had their notice on this occasion."""
    first = {_key(occasion, each, 0): each for each in team_ids}
    return {first[key] for key in await uow.outbox.existing_keys(list(first))}


async def write_once(uow: UnitOfWork, context: JobContext, occasion: str, notices: Sequence[Notice]) -> int:
    """Write to those teams that had none on this occasion; returns how many messages were written.

    Messages are numbered, not keyed by who gets them: whoever becomes secretary later is not told of the past.
    """
    told = await told_already(uow, occasion, [each.team.id for each in notices])
    fresh = [each for each in notices if each.team.id not in told]
    if not fresh:
        return 0
    officials = await uow.members.of_teams_with_roles([each.team.id for each in fresh], Role.LEADER, Role.SECRETARY)
    chats = await uow.accounts.private_chats([each.id for each in officials])
    groups = await uow.groups.of_teams([each.team.id for each in fresh if each.to_groups is not None])
    messages: list[tuple[Outgoing, Delivery]] = []
    for notice in fresh:
        written: list[tuple[Chat, Markup, int | None]] = [
            (chats[each.id][0], notice.to_officials, each.id)
            for each in officials
            if each.team_id == notice.team.id and each.id in chats
        ]
        if notice.to_groups is not None:
            written += [(chat, notice.to_groups, None) for chat in groups.get(notice.team.id, [])]
        messages += [
            _message(one, _key(occasion, notice.team.id, number), notice, context) for number, one in enumerate(written)
        ]
    return await uow.outbox.put_many(messages, now=context.now)


def _key(occasion: str, team_id: int, number: int) -> str:
    return f"{occasion}:team-{team_id}:{number}"


def _message(
    written: tuple[Chat, Markup, int | None], key: str, notice: Notice, context: JobContext
) -> tuple[Outgoing, Delivery]:
    chat, text, member_id = written
    delivery = Delivery(
        dedupe_key=key,
        priority=Priority.REMINDER,
        expires_at=notice.expires_at,
        as_of=context.as_of,
        member_id=member_id,
    )
    return Outgoing(chat=chat, text=str(text)), delivery

"""Where a plan counts messages: count them, and when they run short let reminders give way to one post in the group.

What people ask is always answered.
"""

from __future__ import annotations

from datetime import datetime

from bot.channels.base import Channel
from bot.domain.message_budget import MessageBudget, MessageKind
from bot.domain.messages import Chat, Delivery, Outgoing, Priority
from bot.domain.school_year import Month
from bot.domain.team_settings import TeamSettings
from bot.pipeline.elsewhere import send_elsewhere
from bot.texts import budget as texts
from storage.message_use import NOBODY
from storage.tables import Outbox
from storage.unit_of_work import UnitOfWork

_KINDS = {
    Priority.ANSWER: MessageKind.ANSWER,
    Priority.REMINDER: MessageKind.REMINDER,
    Priority.BROADCAST: MessageKind.BROADCAST,
}


class Thrift:
    """Keeps one channel's books."""

    def __init__(self, channel: Channel) -> None:
        """Does nothing on a channel without a plan."""
        self._channel = channel

    async def count(self, uow: UnitOfWork, row: Outbox, part: Outgoing, *, now: datetime) -> None:
        """A message has been sent."""
        if not self._channel.capabilities.metered:
            return
        team_id = await uow.message_uses.team_of(part.chat, member_id=row.member_id)
        settings = await self._settings(uow, team_id)
        kind = MessageKind.GROUP if row.is_group else _KINDS[Priority(row.priority)]
        month = Month.of(now.astimezone(settings.zone).date())
        await uow.message_uses.note(self._channel.name, team_id=team_id, month=month, kind=kind)

    async def spares(self, uow: UnitOfWork, row: Outbox, part: Outgoing, *, now: datetime) -> bool:
        """Whether this private reminder is not to be sent; then it has gone another way."""
        may_give_way = self._channel.capabilities.metered and row.priority > Priority.ANSWER and not row.is_group
        if not may_give_way or row.member_id is None:
            return False
        team_id = await uow.message_uses.team_of(part.chat, member_id=row.member_id)
        settings = await self._settings(uow, team_id)
        today = now.astimezone(settings.zone).date()
        used = await uow.message_uses.of_month(self._channel.name, team_id=team_id, month=Month.of(today))
        budget = MessageBudget(today=today, plan=settings.zalo_messages_a_month, used_by_kind=used)
        if not budget.is_short:
            return False
        if await send_elsewhere(uow, row, part, away_from=self._channel.name, now=now):
            return True
        groups = await uow.groups.of_team(team_id)
        await self._post(uow, groups, team_id, f"{today:%Y-%m-%d}", now=now)
        return bool(groups)

    async def _post(self, uow: UnitOfWork, groups: list[Chat], team_id: int, day: str, *, now: datetime) -> None:
        for chat in groups:
            delivery = Delivery(dedupe_key=f"digest:{day}:team-{team_id}:{chat.key}", priority=Priority.REMINDER)
            await uow.outbox.put(Outgoing(chat=chat, text=str(texts.group_digest())), delivery, now=now)

    async def _settings(self, uow: UnitOfWork, team_id: int) -> TeamSettings:
        return TeamSettings() if team_id == NOBODY else uow.teams.settings(await uow.teams.get(team_id))

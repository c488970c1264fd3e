"""Where a plan counts messages: count them, and when they run short let reminders give way.

They go the person's other way, or become one post in the group; where there is neither, a day's reminders to one
person wait for the evening and go out as one. What people ask is always answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

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

_DIGEST_AT = time(18, 0)
_KINDS = {
    Priority.ANSWER: MessageKind.ANSWER,
    Priority.REMINDER: MessageKind.REMINDER,
    Priority.BROADCAST: MessageKind.BROADCAST,
}


@dataclass(frozen=True, slots=True)
class _Short:
    """A team whose month runs short, on its own day."""

    team_id: int
    today: date
    settings: TeamSettings


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
        short = await self._short_team(uow, row, part, now=now)
        if short is None:
            return False
        if await send_elsewhere(uow, row, part, away_from=self._channel, now=now):
            return True
        groups = await uow.groups.of_team(short.team_id)
        await self._post(uow, groups, short.team_id, f"{short.today:%Y-%m-%d}", now=now)
        return bool(groups)

    async def waits_until(self, uow: UnitOfWork, row: Outbox, part: Outgoing, *, now: datetime) -> datetime | None:
        """When a reminder that has no other way goes out, together with the day's others; None: now."""
        short = await self._short_team(uow, row, part, now=now)
        if short is None or row.as_of is not None:
            return None
        evening = datetime.combine(short.today, _DIGEST_AT, short.settings.zone)
        if evening <= now or (row.expires_at is not None and row.expires_at <= evening):
            return None
        chats = (await uow.accounts.private_chats([row.member_id or 0])).get(row.member_id or 0, [])
        has_another_way = any(chat.channel != self._channel.name for chat in chats)
        return None if has_another_way or await uow.groups.of_team(short.team_id) else evening

    async def _short_team(self, uow: UnitOfWork, row: Outbox, part: Outgoing, *, now: datetime) -> _Short | None:
        """The team of a private reminder when its messages run short; None when it may simply be sent."""
        may_give_way = self._channel.capabilities.metered and row.priority > Priority.ANSWER and not row.is_group
        if not may_give_way or row.member_id is None:
            return None
        team_id = await uow.message_uses.team_of(part.chat, member_id=row.member_id)
        settings = await self._settings(uow, team_id)
        today = now.astimezone(settings.zone).date()
        used = await uow.message_uses.of_month(self._channel.name, team_id=team_id, month=Month.of(today))
        budget = MessageBudget(today=today, plan=settings.zalo_messages_a_month, used_by_kind=used)
        return _Short(team_id, today, settings) if budget.is_short else None

    async def _post(self, uow: UnitOfWork, groups: list[Chat], team_id: int, day: str, *, now: datetime) -> None:
        for chat in groups:
            delivery = Delivery(dedupe_key=f"digest:{day}:team-{team_id}:{chat.key}", priority=Priority.REMINDER)
            await uow.outbox.put(Outgoing(chat=chat, text=str(texts.group_digest())), delivery, now=now)

    async def _settings(self, uow: UnitOfWork, team_id: int) -> TeamSettings:
        return TeamSettings() if team_id == NOBODY else uow.teams.settings(await uow.teams.get(team_id))

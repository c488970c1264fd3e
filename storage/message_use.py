"""Messages counted by month and kind, for platforms whose plans are small."""

from __future__ import annotations

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.message_budget import MessageKind
from bot.domain.messages import Chat
from bot.domain.school_year import Month
from bot.domain.vocabulary import ChannelName
from storage.rows import insert_ignoring
from storage.tables import Account, GroupChat, Member, MessageUse, Person

NOBODY = 0


class MessageUses:
    """Queries over what was sent."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def note(self, channel: ChannelName, *, team_id: int, month: Month, kind: MessageKind) -> None:
        """One more message."""
        key = {"channel": channel, "team_id": team_id, "month": str(month), "kind": kind}
        insert = insert_ignoring(self._session, MessageUse, ["channel", "team_id", "month", "kind"])
        await self._session.execute(insert, [{**key, "count": 0}])
        await self._session.execute(update(MessageUse).filter_by(**key).values(count=MessageUse.count + 1))

    async def of_month(self, channel: ChannelName, *, team_id: int, month: Month) -> dict[MessageKind, int]:
        """How many of each kind a team sent in a month."""
        rows = await self._session.execute(
            select(MessageUse.kind, MessageUse.count).filter_by(channel=channel, team_id=team_id, month=str(month))
        )
        return {MessageKind(kind): number for kind, number in rows}

    async def people(self, channel: ChannelName, *, team_id: int) -> int:
        """How many members of a team have an account there."""
        counting = (
            select(func.count(Account.id))
            .join(Member, Member.person_id == Account.person_id)
            .where(Account.channel == channel, Member.team_id == team_id, Member.ended_at.is_(None))
        )
        return await self._session.scalar(counting) or 0

    async def team_of(self, chat: Chat, *, member_id: int | None) -> int:
        """The team that a message is sent for: the member's, the group's, or the one the person acts in."""
        if member_id is not None:
            asking = select(Member.team_id).where(Member.id == member_id)
        elif not chat.is_private:
            asking = select(GroupChat.team_id).filter_by(channel=chat.channel, chat_id=chat.chat_id)
        else:
            asking = (
                select(Member.team_id)
                .join(Person, Person.current_member_id == Member.id)
                .join(Account, Account.person_id == Person.id)
                .where(Account.channel == chat.channel, Account.chat_id == chat.chat_id)
            )
        return await self._session.scalar(asking.limit(1)) or NOBODY

"""Group chats bound to teams."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.messages import Chat
from bot.domain.vocabulary import ChannelName, ChatKind
from storage.rows import upsert
from storage.tables import GroupChat, Team
from storage.teams import Teams


class Groups:
    """Queries over group chats."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def bound(self, chat: Chat) -> GroupChat | None:
        """The binding of this chat, whether still active or not."""
        return await self._session.scalar(
            select(GroupChat).where(GroupChat.channel == chat.channel, GroupChat.chat_id == chat.chat_id)
        )

    async def bind(self, chat: Chat, *, team_id: int, member_id: int, now: datetime) -> None:
        """Bind the chat to the team, whatever it was bound to before."""
        statement = upsert(
            self._session,
            GroupChat,
            ["channel", "chat_id"],
            ["team_id", "title", "active", "bound_at", "bound_by"],
        )
        row = {
            "team_id": team_id,
            "channel": chat.channel,
            "chat_id": chat.chat_id,
            "title": chat.title,
            "active": True,
            "bound_at": now,
            "bound_by": member_id,
        }
        await self._session.execute(statement, [row])

    async def deactivate(self, channel: ChannelName, chat_id: str) -> None:
        """The bot is no longer in this group."""
        await self._session.execute(
            update(GroupChat).where(GroupChat.channel == channel, GroupChat.chat_id == chat_id).values(active=False)
        )

    async def move(self, channel: ChannelName, *, old: str, new: str) -> None:
        """A group became a supergroup: the binding follows, unless the new chat has one already."""
        taken = await self._session.scalar(
            select(GroupChat.id).where(GroupChat.channel == channel, GroupChat.chat_id == new)
        )
        change = {"active": False} if taken else {"chat_id": new}
        await self._session.execute(
            update(GroupChat).where(GroupChat.channel == channel, GroupChat.chat_id == old).values(**change)
        )

    async def of_team(self, team_id: int) -> list[Chat]:
        """The active group chats that the team writes to by itself: none while its settings say so."""
        return (await self.of_teams([team_id])).get(team_id, [])

    async def of_teams(self, team_ids: Sequence[int]) -> dict[int, list[Chat]]:
        """The same for several teams by id, in one query."""
        rows = await self._session.execute(
            select(GroupChat, Team)
            .join(Team, Team.id == GroupChat.team_id)
            .where(GroupChat.team_id.in_(list(team_ids)), GroupChat.active)
            .order_by(GroupChat.id)
        )
        found: dict[int, list[Chat]] = {}
        for row, team in rows:
            if Teams.settings(team).group_posts:
                chat = Chat(channel=ChannelName(row.channel), chat_id=row.chat_id, kind=ChatKind.GROUP, title=row.title)
                found.setdefault(team.id, []).append(chat)
        return found

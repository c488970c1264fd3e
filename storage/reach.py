"""Which private chat a reminder goes to: the one used last, or another one when the last reminder stayed unread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.messages import Chat
from bot.domain.vocabulary import ChannelName
from storage.tables import Account, Member, Outbox


class Reach:
    """Queries over accounts and what was sent to them."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def for_reminders(self, member_ids: Iterable[int], *, topic: str) -> Mapping[int, list[Chat]]:
        """Like Accounts.private_chats; a chat where nothing was said since this topic's last message comes last.

        Platforms do not tell what was read; who writes has read.
        """
        rows = await self._session.execute(
            select(Member.id, Account.channel, Account.chat_id, Account.last_used_at)
            .join(Account, Account.person_id == Member.person_id)
            .where(Member.id.in_(list(member_ids)), Account.reachable)
            .order_by(Account.last_used_at.desc(), Account.id)
        )
        found = [
            (member_id, Chat(channel=ChannelName(channel), chat_id=chat_id), last_used_at)
            for member_id, channel, chat_id, last_used_at in rows
        ]
        sent = await self._last_sent({chat.key for _, chat, _ in found}, topic)
        read: dict[int, list[Chat]] = {}
        unread: dict[int, list[Chat]] = {}
        for member_id, chat, last_used_at in found:
            sent_at = sent.get((member_id, chat.key))
            into = unread if sent_at is not None and sent_at > last_used_at else read
            into.setdefault(member_id, []).append(chat)
        return {each: read.get(each, []) + unread.get(each, []) for each in read.keys() | unread.keys()}

    async def _last_sent(self, chat_keys: Iterable[str], topic: str) -> Mapping[tuple[int, str], datetime]:
        """Looked up chat by chat: a month's reminders are one topic in the whole country, hence no index on that."""
        about = func.coalesce(Outbox.topic, "") == topic
        rows = await self._session.execute(
            select(Outbox.member_id, Outbox.chat_key, func.max(Outbox.sent_at))
            .where(Outbox.chat_key.in_(list(chat_keys)), about, Outbox.status == "sent")
            .group_by(Outbox.member_id, Outbox.chat_key)
        )
        return {(member_id, chat_key): sent_at for member_id, chat_key, sent_at in rows if member_id and sent_at}

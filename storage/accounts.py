"""People and their accounts on the chat platforms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.domain.duty_board import Reach
from bot.domain.messages import Chat
from bot.domain.vocabulary import ChannelName
from storage.tables import Account, Member, Person, Team

_TOUCH_EVERY = timedelta(minutes=1)  # finer than that would only cost writes


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody the bot knows: the account that wrote, the person behind it, their memberships in force and teams."""

    account: Account
    person: Person
    members: tuple[Member, ...]
    teams: tuple[Team, ...] = ()


class Accounts:
    """Queries over accounts."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def known(self, channel: ChannelName, user_id: str) -> Known | None:
        """Who this account is, in one query; None for a stranger."""
        rows = await self._session.execute(_who(), {"channel": channel, "user": user_id})
        found = rows.all()
        if not found:
            return None
        joined = [row for row in found if row.Member is not None]
        members, teams = tuple(row.Member for row in joined), tuple(row.Team for row in joined)
        return Known(found[0].Account, found[0].Person, members, teams)

    async def create(self, *, chat: Chat, user_id: str, name: str, now: datetime) -> Known:
        """A new person with this account."""
        person = Person(created_at=now, current_member_id=None)
        self._session.add(person)
        await self._session.flush()
        account = Account(
            person_id=person.id,
            channel=chat.channel,
            user_id=user_id,
            chat_id=chat.chat_id,
            name=name,
            reachable=True,
            last_used_at=now,
        )
        self._session.add(account)
        await self._session.flush()
        return Known(account, person, ())

    async def join(self, known: Known, member: Member, *, now: datetime) -> Known:
        """The person becomes this member; or, when the member has joined before, the account becomes that person's.

        Returns who the account is afterwards.
        """
        if member.person_id is None:
            member.person_id = known.person.id
            member.joined_at = now
        elif member.person_id != known.person.id:
            await self._merge(known.person.id, into=member.person_id)
        person = await self._session.get_one(Person, member.person_id)
        person.current_member_id = member.id
        await self._session.flush()
        return Known(known.account, person, (*known.members, member))

    async def _merge(self, person_id: int, *, into: int) -> None:
        """Two persons turn out to be one: accounts and memberships go over."""
        await self._session.flush()
        for table in (Account, Member):
            await self._session.execute(update(table).where(table.person_id == person_id).values(person_id=into))

    async def of_person(self, person_id: int) -> list[Account]:
        """All accounts of one person, the oldest first."""
        found = await self._session.scalars(select(Account).where(Account.person_id == person_id).order_by(Account.id))
        return list(found)

    async def unlink(self, account: Account, *, now: datetime) -> None:
        """The account is nobody's we know any more: a new person without memberships."""
        person = Person(created_at=now, current_member_id=None)
        self._session.add(person)
        await self._session.flush()
        account.person_id = person.id
        await self._session.flush()

    async def memberships_changed(self, person_id: int) -> None:
        """A membership ended: whom they act for is unclear while several are left."""
        person = await self._session.get_one(Person, person_id)
        left = list(
            await self._session.scalars(
                select(Member.id).where(Member.person_id == person_id, Member.ended_at.is_(None))
            )
        )
        if person.current_member_id not in left:
            person.current_member_id = left[0] if len(left) == 1 else None
        await self._session.flush()

    def touch(self, account: Account, *, now: datetime) -> None:
        """Remember that the person wrote from here; writing also proves that they can be reached."""
        if now - account.last_used_at > _TOUCH_EVERY:
            account.last_used_at = now
        if not account.reachable:
            account.reachable = True

    async def set_reachable(self, channel: ChannelName, chat_id: str, *, reachable: bool) -> None:
        """What a platform said of a private chat."""
        await self._session.execute(
            update(Account).where(Account.channel == channel, Account.chat_id == chat_id).values(reachable=reachable)
        )

    async def private_chats(self, member_ids: Iterable[int]) -> dict[int, list[Chat]]:
        """For each joined member the private chats to write to, the best first: reachable, then last used."""
        rows = await self._session.execute(
            select(Member.id, Account.channel, Account.chat_id)
            .join(Account, Account.person_id == Member.person_id)
            .where(Member.id.in_(list(member_ids)), Account.reachable)
            .order_by(Account.last_used_at.desc(), Account.id)
        )
        chats: dict[int, list[Chat]] = {}
        for member_id, channel, chat_id in rows:
            chats.setdefault(member_id, []).append(Chat(channel=ChannelName(channel), chat_id=chat_id))
        return chats

    async def reach(self, *team_ids: int) -> dict[int, Reach]:
        """For each member of these teams who has joined, whether messages get through and when they last wrote."""
        rows = await self._session.execute(
            select(Member.id, Account.reachable, Account.last_used_at)
            .join(Account, Account.person_id == Member.person_id)
            .where(Member.team_id.in_(team_ids))
            .order_by(Account.last_used_at)
        )
        found: dict[int, Reach] = {}
        for member_id, reachable, last_used_at in rows:
            before = found.get(member_id)
            found[member_id] = Reach(reachable or (before is not None and before.reachable), last_used_at)
        return found

    async def in_several_teams(self, member_ids: Iterable[int]) -> set[int]:
        """Those of these members whose person is in force in other teams too."""
        other = aliased(Member)
        rows = await self._session.scalars(
            select(Member.id)
            .join(other, (other.person_id == Member.person_id) & (other.id != Member.id) & other.ended_at.is_(None))
            .where(Member.id.in_(list(member_ids)))
        )
        return set(rows)

    async def channels(self, team_id: int) -> dict[int, list[str]]:
        """For each member of a team the names of the channels they joined on."""
        rows = await self._session.execute(
            select(Member.id, Account.channel)
            .join(Account, Account.person_id == Member.person_id)
            .where(Member.team_id == team_id)
            .order_by(Account.channel)
        )
        found: dict[int, list[str]] = {}
        for member_id, channel in rows:
            found.setdefault(member_id, []).append(channel)
        return found


@cache
def _who() -> Any:
    """Built once: every update asks it."""
    return (
        select(Account, Person, Member, Team)
        .join(Person, Person.id == Account.person_id)
        .outerjoin(Member, (Member.person_id == Person.id) & Member.ended_at.is_(None))
        .outerjoin(Team, Team.id == Member.team_id)
        .where(Account.channel == bindparam("channel"), Account.user_id == bindparam("user"))
        .order_by(Member.id)
    )

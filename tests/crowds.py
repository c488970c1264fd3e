"""Many people at once: members with accounts, and their phones on the local Telegram, without joining one by one."""

from __future__ import annotations

from bisect import bisect_left

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.clock import system_clock
from bot.domain.vocabulary import ChannelName, Role
from bot.playground.telegram.people import Phone
from bot.playground.telegram.playground import TelegramPlayground
from storage.engine import Database
from storage.tables import Account, Member, Outbox, Person


async def gather_crowd(playground: TelegramPlayground, *, database_url: str, count: int) -> list[Phone]:
    """That many members of the first team, who have met the bot. Not to be called while the bot writes."""
    phones = [playground.add_person(f"Người {number}") for number in range(count)]
    for phone in phones:
        phone.private.started = True
    database = Database(database_url, clock=system_clock)
    try:
        async with database.begin() as uow:
            await _write(uow._session, (await uow.teams.all())[0].id, phones)  # pyright: ignore[reportPrivateUsage]
    finally:
        await database.close()
    return phones


async def _write(session: AsyncSession, team_id: int, phones: list[Phone]) -> None:
    now = system_clock()
    persons = [Person(created_at=now, current_member_id=None) for _ in phones]
    session.add_all(persons)
    await session.flush()
    for person, phone in zip(persons, phones, strict=True):
        user_id = str(phone.person.id)
        session.add(
            Account(
                person_id=person.id,
                channel=ChannelName.TELEGRAM,
                user_id=user_id,
                chat_id=user_id,
                name=phone.person.name,
                reachable=True,
                last_used_at=now,
            )
        )
        session.add(
            Member(
                team_id=team_id,
                person_id=person.id,
                name=phone.person.name,
                phone=None,
                role=Role.MEMBER,
                school_id=None,
                since=None,
                joined_at=now,
                ended_at=None,
            )
        )
    await session.flush()


async def densest_second(database_url: str) -> int:
    """The most calls that all processes together began within any second, as they wrote it down before each.

    When a call arrives depends on how busy the machine is; when it begins is what the limit decides.
    """
    database = Database(database_url, clock=system_clock)
    try:
        async with database.read() as uow:
            session = uow._session  # pyright: ignore[reportPrivateUsage]
            begun = await session.scalars(select(Outbox.sending_at).where(Outbox.sending_at.is_not(None)))
            moments = sorted(moment.timestamp() for moment in begun if moment)
    finally:
        await database.close()
    return max((bisect_left(moments, start + 1.0) - at for at, start in enumerate(moments)), default=0)

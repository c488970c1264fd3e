"""Messages are counted where a plan counts them, and reminders give way when they run short."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from bot.channels.recording import EVERYTHING, RecordingChannel
from bot.domain.clock import HOME_ZONE
from bot.domain.message_budget import MessageKind
from bot.domain.messages import Chat, Choice, ChoiceList, Delivery, Outgoing, Priority
from bot.domain.school_year import Month
from bot.domain.vocabulary import ChannelName, ChatKind, Role
from bot.pipeline.thrift import Thrift
from storage.engine import Database
from storage.tables import Outbox, Team
from tests.builders import Joined, Make
from tests.clock import FakeClock
from tests.office import Office

EVENING = datetime(2026, 11, 23, 18, 0, tzinfo=HOME_ZONE)
NOVEMBER = Month(2026, 11)
GROUP = Chat(channel=ChannelName.ZALO, chat_id="9a1c", kind=ChatKind.GROUP)
CHOICES = ChoiceList(rows=((Choice(label="Báo cáo ngay", action="nudge", value="report"),),))


@pytest.fixture
def thrift() -> Thrift:
    """The books of a channel with a plan."""
    plain = replace(EVERYTHING, metered=True, buttons=False)
    return Thrift(RecordingChannel(name=ChannelName.ZALO, capabilities=plain))


class Desk:
    """A team on Zalo whose messages are counted."""

    def __init__(self, database: Database, clock: FakeClock, thrift: Thrift) -> None:
        """Over one database."""
        self.database, self.clock, self.thrift = database, clock, thrift

    async def use(self, team: Team, number: int) -> None:
        """So many answers were given this month."""
        async with self.database.begin() as uow:
            for _ in range(number):
                await uow.message_uses.note(ChannelName.ZALO, team_id=team.id, month=NOVEMBER, kind=MessageKind.ANSWER)

    async def plan(self, team: Team, number: int) -> None:
        """The team's plan allows so many a month."""
        async with self.database.begin() as uow:
            fresh = await uow.teams.get(team.id)
            fresh.settings = {**fresh.settings, "zalo_messages_a_month": number}

    async def spares(self, to: Joined, *, priority: Priority = Priority.REMINDER) -> bool:
        """Whether a message to a member is held back."""
        delivery = Delivery(dedupe_key=f"m:{priority}:{to.member.id}", priority=priority, member_id=to.member.id)
        async with self.database.begin() as uow:
            await uow.outbox.put(
                Outgoing(chat=to.chat, text="Nhắc việc", choices=CHOICES), delivery, now=self.clock.now
            )
        row = (await self.rows())[-1]
        async with self.database.begin() as uow:
            return await self.thrift.spares(uow, row, Outgoing.model_validate(row.payload), now=self.clock.now)

    async def waits(self, to: Joined, **travel: Any) -> datetime | None:
        """Until when a message to a member is put off."""
        key = f"later:{len(await self.rows())}"
        given = {"dedupe_key": key, "priority": Priority.REMINDER, "member_id": to.member.id, **travel}
        message = Outgoing(chat=to.chat, text="Nhắc việc")
        async with self.database.begin() as uow:
            await uow.outbox.put(message, Delivery.model_validate(given), now=self.clock.now)
        row = (await self.rows())[-1]
        async with self.database.begin() as uow:
            return await self.thrift.waits_until(uow, row, message, now=self.clock.now)

    async def rows(self) -> list[Outbox]:
        """Everything that was written, the latest last."""
        async with self.database.read() as uow:
            session = uow._session  # pyright: ignore[reportPrivateUsage] - tests look behind the repositories
            return list(await session.scalars(select(Outbox).order_by(Outbox.id)))


@pytest.fixture
def desk(database: Database, clock: FakeClock, thrift: Thrift) -> Desk:
    """The team's desk."""
    return Desk(database, clock, thrift)


async def on_zalo(make: Make, team: Team, role: Role = Role.MEMBER) -> Joined:
    """A member who uses Zalo only."""
    return await make.joined_member(team, role=role, channel=ChannelName.ZALO)


async def test_reminders_are_sent_while_there_is_enough(desk: Desk, make: Make) -> None:
    team = await make.team()
    assert not await desk.spares(await on_zalo(make, team))


async def test_a_short_month_replaces_reminders_by_one_post_in_the_group(desk: Desk, make: Make) -> None:
    team = await make.team()
    first, second = await on_zalo(make, team), await on_zalo(make, team)
    async with desk.database.begin() as uow:
        await uow.groups.bind(GROUP, team_id=team.id, member_id=first.member.id, now=desk.clock.now)
    await desk.plan(team, 20)
    await desk.use(team, 20)
    assert await desk.spares(first)
    assert await desk.spares(second, priority=Priority.BROADCAST)
    assert [row.chat_key for row in await desk.rows() if row.is_group] == [GROUP.key]


async def test_what_people_ask_is_answered_however_short_the_month_is(desk: Desk, make: Make) -> None:
    team = await make.team()
    await desk.plan(team, 1)
    await desk.use(team, 1)
    assert not await desk.spares(await on_zalo(make, team), priority=Priority.ANSWER)


async def test_without_a_group_reminders_still_go_out(desk: Desk, make: Make) -> None:
    team = await make.team()
    await desk.plan(team, 1)
    await desk.use(team, 1)
    assert not await desk.spares(await on_zalo(make, team))


async def test_without_a_group_a_short_month_s_reminders_wait_for_the_evening(desk: Desk, make: Make) -> None:
    team = await make.team()
    lan = await on_zalo(make, team)
    assert await desk.waits(lan) is None
    await desk.plan(team, 1)
    await desk.use(team, 1)
    assert await desk.waits(lan) == EVENING
    assert await desk.waits(lan, priority=Priority.ANSWER) is None
    assert await desk.waits(lan, expires_at=EVENING) is None
    desk.clock.set(EVENING)
    assert await desk.waits(lan) is None


async def test_somebody_who_is_on_telegram_too_is_reminded_there_with_the_buttons(desk: Desk, make: Make) -> None:
    team = await make.team()
    zalo = await on_zalo(make, team)
    telegram = await make.join(zalo.member)
    await desk.plan(team, 1)
    await desk.use(team, 1)
    assert await desk.spares(zalo)
    moved = Outgoing.model_validate((await desk.rows())[-1].payload)
    assert (moved.chat, moved.choices, moved.text) == (telegram.chat, CHOICES, "Nhắc việc")


async def test_messages_are_counted_by_month_kind_and_team(desk: Desk, make: Make, office: Office) -> None:
    team = await make.team()
    leader = await on_zalo(make, team, Role.LEADER)
    await office.phone(leader).say("/help")
    for row in await desk.rows():
        async with desk.database.begin() as uow:
            await desk.thrift.count(uow, row, Outgoing.model_validate(row.payload), now=desk.clock.now)
    async with desk.database.read() as uow:
        used = await uow.message_uses.of_month(ChannelName.ZALO, team_id=team.id, month=NOVEMBER)
    assert used == {MessageKind.ANSWER: len(await desk.rows())}
    assert "đã gửi 1/3000, còn 2999 tin" in (await office.phone(leader).say("/ngansach")).text


async def test_the_leader_is_warned_once_a_month_at_four_fifths(desk: Desk, make: Make, office: Office) -> None:
    team = await make.team()
    leader = office.phone(await on_zalo(make, team, Role.LEADER))
    await desk.plan(team, 10)
    await desk.use(team, 8)
    first = await office.run_job("message-budget")
    again = await office.run_job("message-budget")
    assert (first["warned"], again["warned"]) == (1, 0)
    assert "còn 2 tin, dự kiến hết ngày 29" in leader.last.text


async def test_the_leader_says_what_the_plan_is(desk: Desk, make: Make, office: Office) -> None:
    team = await make.team()
    leader = office.phone(await on_zalo(make, team, Role.LEADER))
    await leader.say("ngan sach 5.000 tin, 100 nguoi")
    assert "0/5000" in leader.last.text
    assert "1/100" in leader.last.text
    assert "5000 tin/tháng, 60 người" in (await leader.say("/ngansach 60 người")).text
    assert "Em chưa rõ gói" in (await leader.say("/ngansach nhiều")).text
    secretary = office.phone(await on_zalo(make, team, Role.SECRETARY))
    assert "không thuộc quyền" in (await secretary.say("/ngansach 9000")).text


async def test_the_leader_is_warned_once_when_no_one_more_has_room(desk: Desk, make: Make, office: Office) -> None:
    team = await make.team()
    leader = office.phone(await on_zalo(make, team, Role.LEADER))
    await leader.say("/ngansach 1 người")
    first = await office.run_job("message-budget")
    again = await office.run_job("message-budget")
    assert (first["warned"], again["warned"]) == (1, 0)
    assert "1/1 người" in leader.last.text

"""A message to many people: counted, held back, let go on; announcements with their readers and versions."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from bot.domain.errors import NotFound
from bot.domain.messages import Chat, Choice, ChoiceList, Delivery, Outgoing, Priority
from bot.domain.vocabulary import ChannelName
from storage.engine import Database
from storage.tables import Announcement, Member, Outbox
from storage.unit_of_work import UnitOfWork
from tests.builders import Make
from tests.clock import FakeClock

TOPIC = "announcement:1:v1"
READ = ChoiceList(rows=((Choice(label="Đã đọc", action="announcement", value="read|1"),),))


def messages(count: int) -> list[tuple[Outgoing, Delivery]]:
    return [
        (
            Outgoing(chat=Chat(channel=ChannelName.TELEGRAM, chat_id=str(number)), text="Kính gửi", choices=READ),
            Delivery(dedupe_key=f"{TOPIC}:{number}", priority=Priority.BROADCAST, topic=TOPIC),
        )
        for number in range(count)
    ]


async def send(uow: UnitOfWork, number: int, clock: FakeClock, *, status: str = "sent") -> None:
    session = uow._session  # pyright: ignore[reportPrivateUsage] - plays the delivery
    await session.execute(
        update(Outbox)
        .where(Outbox.dedupe_key == f"{TOPIC}:{number}")
        .values(status=status, sent_at=clock() if status == "sent" else None, message_id=str(100 + number))
    )


async def test_progress_counts_what_left_and_what_waits(database: Database, clock: FakeClock) -> None:
    async with database.begin() as uow:
        await uow.outbox.put_many(messages(5), now=clock())
        await send(uow, 0, clock)
        await send(uow, 1, clock, status="failed")
        progress = await uow.broadcasts.progress(TOPIC)
    assert (progress.sent, progress.waiting, progress.failed, progress.held) == (1, 3, 1, 0)
    assert progress.is_under_way


async def test_what_is_held_back_waits_until_it_may_go_on(database: Database, clock: FakeClock) -> None:
    async with database.begin() as uow:
        await uow.outbox.put_many(messages(4), now=clock())
        await send(uow, 0, clock)
        assert await uow.broadcasts.hold(TOPIC) == 3
        assert await uow.delivery.promote(now=clock()) == 0
        assert (await uow.broadcasts.progress(TOPIC)).is_paused
        assert await uow.broadcasts.release(TOPIC, at=clock()) == 3
        assert await uow.delivery.promote(now=clock()) == 3
        assert not (await uow.broadcasts.progress(TOPIC)).is_paused


async def test_what_was_stopped_does_not_go_on(database: Database, clock: FakeClock) -> None:
    async with database.begin() as uow:
        await uow.outbox.put_many(messages(3), now=clock())
        await uow.broadcasts.hold(TOPIC)
        await uow.outbox.cancel_topic(TOPIC)
        assert await uow.broadcasts.release(TOPIC, at=clock()) == 0
        assert (await uow.broadcasts.progress(TOPIC)).waiting == 0


async def test_messages_that_arrived_can_be_found_to_edit(database: Database, clock: FakeClock) -> None:
    async with database.begin() as uow:
        await uow.outbox.put_many(messages(2), now=clock())
        await send(uow, 1, clock)
        found = await uow.broadcasts.sent(TOPIC)
    assert [(each.chat.chat_id, each.message_id) for each in found] == [("1", "101")]


async def announced(uow: UnitOfWork, author: Member, recipients: list[int], clock: FakeClock) -> Announcement:
    return await uow.announcements.add(
        Announcement(
            team_id=author.team_id,
            number=await uow.announcements.next_number(author.team_id),
            source=f"test:{author.id}",
            text="Họp lúc 8h",
            to_group=False,
            audience="cả tổ",
            status="sent",
            created_by=author.id,
            created_at=clock(),
            send_at=clock(),
        ),
        recipients,
    )


async def test_an_edit_keeps_what_it_said(database: Database, make: Make, clock: FakeClock) -> None:
    author = await make.member(await make.team())
    async with database.begin() as uow:
        row = await announced(uow, author, [author.id], clock)
        await uow.announcements.edit(row, "Họp lúc 9h", by=author.id, now=clock())
        before = await uow.announcements.last_edit(row.id)
        assert before is not None
        assert (row.text, row.version, before.text, before.version) == ("Họp lúc 9h", 2, "Họp lúc 8h", 1)


async def test_another_team_never_finds_it(database: Database, make: Make, clock: FakeClock) -> None:
    author = await make.member(await make.team())
    other = await make.team("Tổ cụm 9")
    async with database.begin() as uow:
        row = await announced(uow, author, [author.id], clock)
        with pytest.raises(NotFound):
            await uow.announcements.get(row.id, team_id=other.id)
        assert await uow.announcements.numbered(1, team_id=other.id) is None


async def test_who_has_not_read_it_leaves_out_who_left(database: Database, make: Make, clock: FakeClock) -> None:
    team = await make.team()
    author, reader, silent, gone = [await make.member(team) for _ in range(4)]
    async with database.begin() as uow:
        row = await announced(uow, author, [reader.id, silent.id, gone.id], clock)
        recipient = await uow.announcements.recipient(row.id, reader.id)
        assert recipient is not None
        recipient.read_at = clock()
        await uow.members.end(await uow.members.get(gone.id, team_id=team.id), now=clock())
        assert [each[0] for each in await uow.announcements.unread(row.id)] == [silent.id]
        assert await uow.announcements.counts(row.id) == (3, 1)


async def test_it_is_paused_though_a_call_is_still_under_way(database: Database, clock: FakeClock) -> None:
    async with database.begin() as uow:
        await uow.outbox.put_many(messages(3), now=clock())
        await send(uow, 0, clock, status="sending")
        assert await uow.broadcasts.hold(TOPIC) == 2
        progress = await uow.broadcasts.progress(TOPIC)
    assert (progress.waiting, progress.held) == (3, 2)
    assert progress.is_paused
    assert not progress.is_under_way

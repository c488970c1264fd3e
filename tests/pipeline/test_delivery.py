"""Delivery: what each failure of a platform comes to, and what a killed worker leaves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.channels.base import (
    ChannelError,
    ChatMoved,
    NotSent,
    RateLimited,
    Rejected,
    Unreachable,
    Unsure,
    UsedUp,
)
from bot.domain.messages import Chat, Delivery, Guard, Outgoing, Priority
from bot.domain.vocabulary import ChannelName, ChatKind, Role
from storage.unit_of_work import UnitOfWork
from tests.builders import Joined, Make
from tests.clock import FakeClock

PRIVATE = Chat(channel=ChannelName.TELEGRAM, chat_id="1")
GROUP = Chat(channel=ChannelName.TELEGRAM, chat_id="-5", kind=ChatKind.GROUP, title="Tổ")


async def _put(pipeline: Any, key: str, chat: Chat = PRIVATE, **delivery: Any) -> None:
    async with pipeline.database.begin() as uow:
        travel = Delivery.model_validate({"dedupe_key": key, **delivery})
        await uow.outbox.put(Outgoing(chat=chat, text=key), travel, now=pipeline.clock())


async def _counts(pipeline: Any) -> dict[str, int]:
    async with pipeline.database.read() as uow:
        return await uow.delivery.counts()


async def _settled(pipeline: Any, **states: int) -> None:
    """Wait until the open and unhappy states are these."""
    import asyncio

    async with asyncio.timeout(10):
        while await _counts(pipeline) != states:
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("error", [RateLimited(retry_after=30), NotSent(reason="500"), NotSent(reason="HTML")])
async def test_what_certainly_did_not_arrive_is_tried_again_later(
    pipeline: Any, clock: FakeClock, error: Exception
) -> None:
    pipeline.channel.fail_next(error)
    await _put(pipeline, "a")
    async with pipeline.delivering():
        await _settled(pipeline, scheduled=1)
        assert pipeline.texts() == []
        clock.advance(31)
        await pipeline.channel.wait_for(lambda: pipeline.texts() == ["a"])
        await _settled(pipeline)


async def test_a_reminder_that_may_have_arrived_is_sent_again(pipeline: Any, clock: FakeClock) -> None:
    pipeline.channel.fail_next(Unsure(reason="connection lost"), after_arrival=True)
    await _put(pipeline, "a", priority=Priority.REMINDER)
    async with pipeline.delivering():
        await _settled(pipeline, scheduled=1)
        clock.advance(60)
        await pipeline.channel.wait_for(lambda: pipeline.texts() == ["a", "a"])


async def _author_and_reader(make: Make) -> tuple[Joined, Joined]:
    team = await make.team()
    author = await make.joined_member(team, role=Role.LEADER, user_id="77")
    return author, await make.joined_member(team, name="Bùi Lan", user_id="1")


async def test_a_broadcast_that_may_have_arrived_is_shown_to_its_author(pipeline: Any, make: Make) -> None:
    author, reader = await _author_and_reader(make)
    pipeline.channel.fail_next(Unsure(reason="connection lost"))
    travel: dict[str, Any] = {
        "author_member_id": author.member.id,
        "member_id": reader.member.id,
        "resend_when_unsure": False,
    }
    await _put(pipeline, "họp lúc 8h", **travel)
    async with pipeline.delivering():
        await pipeline.channel.wait_for(lambda: bool(pipeline.texts("77")))
        await _settled(pipeline, uncertain=1)
    assert "Có thể chưa tới Bùi Lan" in pipeline.texts("77")[0]
    assert "họp lúc 8h" in pipeline.texts("77")[0]


async def test_a_person_who_blocked_the_bot_is_marked_and_the_author_is_told(pipeline: Any, make: Make) -> None:
    author, reader = await _author_and_reader(make)
    pipeline.channel.unreachable.add("1")
    await _put(pipeline, "a", author_member_id=author.member.id, member_id=reader.member.id)
    async with pipeline.delivering():
        await pipeline.channel.wait_for(lambda: bool(pipeline.texts("77")))
        await _settled(pipeline, failed=1)
    async with pipeline.database.read() as uow:
        assert await uow.accounts.private_chats([reader.member.id]) == {}
        assert author.member.id in await uow.accounts.private_chats([author.member.id])


async def test_a_message_the_platform_refuses_is_not_repeated(pipeline: Any, make: Make) -> None:
    author, _ = await _author_and_reader(make)
    pipeline.channel.fail_next(Rejected(reason="chat not found"), chat_id="-5")
    await _put(pipeline, "a", GROUP, author_member_id=author.member.id)
    async with pipeline.delivering():
        await pipeline.channel.wait_for(lambda: bool(pipeline.texts("77")))
        await _settled(pipeline, failed=1)
    assert pipeline.texts("-5") == []


async def test_a_group_that_became_a_supergroup_gets_its_messages_there(pipeline: Any, make: Make) -> None:
    author, _ = await _author_and_reader(make)
    async with pipeline.database.begin() as uow:
        await uow.groups.bind(GROUP, team_id=author.member.team_id, member_id=author.member.id, now=pipeline.clock())
    pipeline.channel.fail_next(ChatMoved(new_chat_id="-1005"))
    await _put(pipeline, "a", GROUP)
    await _put(pipeline, "b", GROUP)
    async with pipeline.delivering():
        await pipeline.channel.wait_for(lambda: pipeline.texts("-1005") == ["a", "b"])
    async with pipeline.database.read() as uow:
        assert [chat.chat_id for chat in await uow.groups.of_team(author.member.team_id)] == ["-1005"]


async def test_a_group_that_removed_the_bot_is_not_written_to_again(pipeline: Any, make: Make) -> None:
    author, _ = await _author_and_reader(make)
    async with pipeline.database.begin() as uow:
        await uow.groups.bind(GROUP, team_id=author.member.team_id, member_id=author.member.id, now=pipeline.clock())
    pipeline.channel.unreachable.add("-5")
    await _put(pipeline, "a", GROUP)
    async with pipeline.delivering():
        await _settled(pipeline, failed=1)
    async with pipeline.database.read() as uow:
        assert await uow.groups.of_team(author.member.team_id) == []


@pytest.mark.parametrize("error", [Unreachable(reason="blocked"), Rejected(reason="400"), UsedUp(retry_after=60)])
async def test_what_failed_on_one_channel_goes_to_the_other(pipeline: Any, make: Make, error: ChannelError) -> None:
    _, reader = await _author_and_reader(make)
    await make.join(reader.member, channel=ChannelName.ZALO, user_id="z1")
    pipeline.channel.fail_next(error)
    await _put(pipeline, "nhắc", member_id=reader.member.id, priority=Priority.REMINDER)
    async with pipeline.delivering():
        await _settled(pipeline, failed=1, pending=1)  # the other channel's courier will take it


async def test_what_fails_on_both_channels_does_not_go_to_and_fro(pipeline: Any, make: Make) -> None:
    author, reader = await _author_and_reader(make)
    await make.join(reader.member, channel=ChannelName.ZALO, user_id="z1")
    pipeline.channel.fail_next(Rejected(reason="400"), chat_id="1")
    moved: dict[str, Any] = {"member_id": reader.member.id, "author_member_id": author.member.id}
    await _put(pipeline, "nhắc:telegram", **moved)  # as it comes from Zalo
    async with pipeline.delivering():
        await pipeline.channel.wait_for(lambda: bool(pipeline.texts("77")))
        await _settled(pipeline, failed=1)


async def test_an_answer_waits_where_it_was_asked_for_though_the_plan_is_used_up(pipeline: Any, make: Make) -> None:
    _, reader = await _author_and_reader(make)
    await make.join(reader.member, channel=ChannelName.ZALO, user_id="z1")
    pipeline.channel.fail_next(UsedUp(retry_after=60))
    await _put(pipeline, "trả lời", member_id=reader.member.id)
    async with pipeline.delivering():
        await _settled(pipeline, scheduled=1)


@pytest.mark.parametrize("still_due", [True, False])
async def test_a_reminder_whose_reason_is_gone_is_dropped_at_the_moment_of_sending(
    pipeline: Any, still_due: bool
) -> None:
    async def check(uow: UnitOfWork, arguments: Mapping[str, str | int], now: datetime) -> bool:
        del uow, now
        return arguments["due"] == 1

    guard = Guard(name="due", arguments={"due": int(still_due)})
    await _put(pipeline, "nhắc", guard=guard.model_dump())
    async with pipeline.delivering(guards={"due": check}):
        await _settled(pipeline)
    assert pipeline.texts() == (["nhắc"] if still_due else [])


async def test_a_message_past_its_time_is_dropped(pipeline: Any, clock: FakeClock) -> None:
    await _put(pipeline, "a", expires_at=clock() + timedelta(hours=1))
    await _put(pipeline, "b")
    clock.advance(timedelta(hours=2))
    async with pipeline.delivering():
        await pipeline.channel.wait_for(lambda: pipeline.texts() == ["b"])


async def test_a_message_that_fails_for_a_whole_day_is_given_up_and_shown(
    pipeline: Any, make: Make, clock: FakeClock
) -> None:
    author, reader = await _author_and_reader(make)
    await _put(pipeline, "a", author_member_id=author.member.id, member_id=reader.member.id)
    clock.advance(timedelta(hours=25))
    pipeline.channel.fail_next(NotSent(reason="500"), chat_id="1")
    async with pipeline.delivering():
        await pipeline.channel.wait_for(lambda: bool(pipeline.texts("77")))
    assert "Không gửi được tới Bùi Lan" in pipeline.texts("77")[0]


async def test_stopping_gives_back_what_has_not_begun(pipeline: Any) -> None:
    from storage.rate_limits import Limits

    for number in range(5):
        await _put(pipeline, f"m{number}", Chat(channel=ChannelName.TELEGRAM, chat_id=str(number)))
    async with pipeline.delivering(limits=Limits(per_second=0.5)):
        await pipeline.channel.wait_for(lambda: len(pipeline.channel.arrived) >= 1)
    counts = await _counts(pipeline)
    assert counts == {"pending": 5 - len(pipeline.channel.arrived)}

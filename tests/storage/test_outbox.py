"""The outbox: each key once, the urgent first, order within a chat, limits over all processes, nothing silent."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.messages import Choice, ChoiceList, Delivery, Outgoing, Priority
from bot.domain.vocabulary import ChannelName
from storage.engine import Database
from storage.rate_limits import Limits, pace
from tests.clock import FakeClock
from tests.outbox_desk import NOW, Desk, a_chat


@pytest.fixture
def desk(database: Database, clock: FakeClock) -> Desk:
    """A desk without limits to speak of."""
    return Desk(database, clock)


async def test_a_key_is_written_once_also_within_one_batch(desk: Desk) -> None:
    assert await desk.put("nudge:2026-11:member-1")
    assert not await desk.put("nudge:2026-11:member-1")
    message = (Outgoing(chat=a_chat(), text="x"), Delivery(dedupe_key="twice"))
    async with desk.database.begin() as uow:
        assert await uow.outbox.put_many([message, message], now=desk.clock()) == 1
    assert await desk.send() == ["nudge:2026-11:member-1"]
    assert await desk.send() == ["twice"]


async def test_answers_go_before_reminders_and_reminders_before_broadcasts(desk: Desk) -> None:
    for number, priority in enumerate((Priority.BROADCAST, Priority.REMINDER, Priority.ANSWER)):
        await desk.put(f"p{priority}", a_chat(str(number)), priority=priority)
    assert await desk.send() == ["p0", "p1", "p2"]


async def test_one_chat_gets_one_message_at_a_time_in_order(desk: Desk) -> None:
    for key in "abc":
        await desk.put(key)
    assert await desk.send() == ["a"]
    assert await desk.send() == ["b"]
    (claim,) = await desk.claim()
    assert claim.row.dedupe_key == "c"
    assert await desk.claim() == []


async def test_a_message_for_later_waits_until_then(desk: Desk) -> None:
    await desk.put("later", not_before=desk.clock() + timedelta(hours=2))
    assert await desk.send() == []
    desk.clock.advance(timedelta(hours=2))
    assert await desk.send() == ["later"]


async def test_a_message_to_be_tried_again_keeps_its_place_in_itsa_chat(desk: Desk) -> None:
    await desk.put("first")
    await desk.put("second")
    (claim,) = await desk.claim()
    assert await desk.begin(claim)
    async with desk.database.begin() as uow:
        until = desk.clock() + timedelta(seconds=5)
        await uow.delivery.postpone(claim.row.id, until=until, error="500")
    assert await desk.send() == []
    desk.clock.advance(timedelta(seconds=6))
    assert await desk.send() == ["first"]
    assert await desk.send() == ["second"]


async def test_a_private_chat_has_one_message_a_second(desk: Desk) -> None:
    desk.limits = Limits(per_second=1000.0, chat_interval=1.0)
    await desk.put("a")
    await desk.put("b")
    assert await desk.send() == ["a"]
    desk.moment += 0.5
    assert await desk.send() == []
    desk.moment += 0.5
    assert await desk.send() == ["b"]


async def test_a_group_has_twenty_messages_a_minute(desk: Desk) -> None:
    group = a_chat("-1", group=True)
    for number in range(25):
        await desk.put(f"g{number}", group)
    sent = 0
    for _ in range(30):
        sent += len(await desk.send())
        desk.moment += 1
        desk.clock.advance(1)
    assert sent == 20
    desk.moment += 31
    desk.clock.advance(31)
    assert await desk.send() == ["g20"]


async def test_a_pause_asked_by_the_platform_holds_everything(desk: Desk) -> None:
    await desk.put("a")
    async with desk.database.begin() as uow:
        await uow.delivery.pause(ChannelName.TELEGRAM, since=desk.moment, until=desk.moment + 10)
    assert await desk.send() == []
    desk.moment += 10
    assert await desk.send() == ["a"]


async def test_a_machine_whose_clock_was_set_back_does_not_fall_silent(desk: Desk) -> None:
    desk.limits = Limits(per_second=28.0, chat_interval=1.0)
    await desk.put("a")
    assert await desk.send() == ["a"]
    desk.moment -= 24 * 3600
    await desk.put("b")
    assert await desk.send() == ["b"]


async def test_two_processes_share_one_limit_and_no_message(
    database: Database, database_url: str, clock: FakeClock
) -> None:
    limits = Limits(per_second=10.0, tolerance=1.0, chat_interval=1.0)
    other = Database(database_url, clock=clock)
    desks = [Desk(database, clock, limits=limits, worker="one"), Desk(other, clock, limits=limits, worker="two")]
    for number in range(60):
        await desks[0].put(f"m{number}", a_chat(str(number)))
    at: list[float] = []
    keys: list[str] = []
    try:
        for step in range(24):
            for desk in desks:
                desk.moment = NOW + step * 0.125
                claims = await desk.claim()
                keys += [claim.row.dedupe_key for claim in claims]
                at += [claim.send_at for claim in claims]
    finally:
        await other.close()
    assert len(keys) == len(set(keys))
    assert 29 <= len(keys) <= 33
    assert max(sum(start <= each < start + 1 for each in at) for start in at) <= 12  # rate, tolerance, and the first


async def test_calls_that_begin_late_are_spaced_all_the_same(
    database: Database, database_url: str, clock: FakeClock
) -> None:
    """Two stalled processes wake at one moment, each with messages whose slots have passed."""
    limits = Limits(per_second=28.0, chat_interval=1.0)
    other = Database(database_url, clock=clock)
    desks = [Desk(database, clock, limits=limits, worker="one"), Desk(other, clock, limits=limits, worker="two")]
    for number in range(60):
        await desks[0].put(f"m{number}", a_chat(str(number)))
    began: list[float] = []
    try:
        for step in range(8):
            claims = [(desk, claim) for desk in desks for claim in await desk.claim(limit=4)]
            for desk in desks:
                desk.moment = NOW + (step + 1) * 0.25
            for desk, claim in claims:
                wait = await desk.begin_after(claim)
                assert wait is not None
                began.append(desk.moment + wait)
    finally:
        await other.close()
    assert len(began) > 50
    assert min(later - earlier for earlier, later in pairwise(began)) > 1 / 29
    assert max(sum(start <= each < start + 1 for each in began) for start in began) <= 30


async def test_after_a_crash_leased_messages_go_back_and_ambiguous_ones_are_sent_again_or_shown(desk: Desk) -> None:
    await desk.put("leased", a_chat("1"))
    await desk.put("nudge", a_chat("2"))
    await desk.put("broadcast", a_chat("3"), resend_when_unsure=False)
    for claim in await desk.claim():
        if claim.row.dedupe_key != "leased":
            assert await desk.begin(claim)
    assert await desk.recover() == []
    assert await desk.claim() == []
    desk.clock.advance(timedelta(minutes=5))
    assert await desk.recover() == ["broadcast"]
    assert sorted(await desk.send()) == ["leased", "nudge"]
    async with desk.database.read() as uow:
        assert await uow.delivery.counts() == {"uncertain": 1}


async def test_the_only_process_need_not_wait_for_leases(desk: Desk) -> None:
    await desk.put("a")
    await desk.claim()
    assert await desk.recover(everything=True) == []
    assert await desk.send() == ["a"]


async def test_a_message_taken_away_meanwhile_is_not_sent(desk: Desk) -> None:
    await desk.put("a", topic="meeting:1")
    (claim,) = await desk.claim()
    async with desk.database.begin() as uow:
        assert await uow.outbox.cancel_topic("meeting:1") == 1
    assert not await desk.begin(claim)


async def test_what_is_given_back_can_be_claimed_by_another(desk: Desk) -> None:
    await desk.put("a")
    (claim,) = await desk.claim()
    async with desk.database.begin() as uow:
        await uow.delivery.release([claim.row.id], worker="w")
    desk.worker = "x"
    assert await desk.send() == ["a"]


async def test_a_group_that_moved_takes_what_waits_for_it_along(desk: Desk) -> None:
    await desk.put("a", a_chat("-1", group=True))
    async with desk.database.begin() as uow:
        await uow.outbox.move_chat(ChannelName.TELEGRAM, old="-1", new="-1001")
    (claim,) = await desk.claim()
    assert claim.row.chat_key == "telegram:-1001"
    assert Outgoing.model_validate(claim.row.payload).chat.chat_id == "-1001"


async def test_choices_are_remembered_with_the_message_that_shows_them(desk: Desk) -> None:
    choices = ChoiceList(rows=((Choice(label="Gửi", action="form", value="1"),),))
    async with desk.database.begin() as uow:
        message = Outgoing(chat=a_chat("7"), text="x", choices=choices)
        await uow.outbox.put(message, Delivery(dedupe_key="k"), now=desk.clock())
    (claim,) = await desk.claim()
    key = Outgoing.model_validate(claim.row.payload).choices_key
    async with desk.database.read() as uow:
        shown = await uow.keyboards.find(key)
    assert shown is not None
    assert (shown.user_id, shown.chat_key, shown.choices) == ("7", "telegram:7", choices)


@given(
    gaps=st.lists(st.floats(0, 0.5), min_size=2, max_size=200),
    per_second=st.floats(1, 30),
)
@settings(deadline=None)
def test_no_second_ever_holds_more_than_the_rate_and_its_tolerance(gaps: list[float], per_second: float) -> None:
    limits = Limits(per_second=per_second, tolerance=1.0)
    moment, next_at, sent = NOW, 0.0, list[float]()
    for gap in gaps:
        moment += gap
        send_at, following = pace(next_at, moment, limits)
        if send_at <= moment + 0.25:  # as claim does: what is further away is not taken yet
            next_at = following
            sent.append(send_at)
    assert sent == sorted(sent)
    for start in sent:
        assert sum(start <= each < start + 1 for each in sent) <= per_second + 2

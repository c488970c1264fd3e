"""The machine's clock is stepped, the machine was off, thousands wait at the start, one update is poison."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from bot.domain.clock import HOME_ZONE
from bot.domain.messages import Incoming, Reply
from bot.domain.vocabulary import ChannelName, Role
from storage.engine import Database
from storage.rate_limits import Limits
from storage.tables import Inbox
from storage.unit_of_work import UnitOfWork
from tests.builders import Make
from tests.clock import FakeClock
from tests.office import Office
from tests.outbox_desk import Desk, a_chat
from tests.pipeline.conftest import echo

STEPS = [timedelta(hours=1), timedelta(days=1), timedelta(hours=-1), timedelta(days=-1)]
NAMES = ["hour-on", "day-on", "hour-back", "day-back"]
UPDATES = 10_000


@pytest.mark.parametrize("step", STEPS, ids=NAMES)
async def test_updates_that_wait_while_the_clock_steps_are_handled_at_once(
    pipeline: Any, clock: FakeClock, step: timedelta
) -> None:
    await pipeline.hear("trước một", "trước hai")
    clock.advance(step)
    await pipeline.hear("sau")
    await pipeline.dispatch()
    async with pipeline.delivering():
        await pipeline.channel.wait_for(lambda: len(pipeline.texts()) == 3)
    print(
        f"clock stepped by {step.total_seconds() / 3600:+.0f} h: {len(pipeline.texts())} of 3 answered, in their order"
    )
    assert pipeline.texts() == ["trước một", "trước hai", "sau"]


@pytest.mark.parametrize("step", STEPS, ids=NAMES)
async def test_a_message_in_hand_while_the_clock_steps_is_not_sent_again(
    database: Database, clock: FakeClock, step: timedelta
) -> None:
    desk = Desk(database, clock)
    await desk.put("in hand")
    (claim,) = await desk.claim()
    assert await desk.begin(claim)
    clock.advance(step)
    desk.moment += step.total_seconds()
    async with database.begin() as uow:
        assert await uow.delivery.recover(now=clock(), in_hand=[claim.row.id]) == []
        await uow.delivery.settle(claim.row.id, "sent", now=clock())
    await desk.put("next")
    sent = await desk.send()
    hours = step.total_seconds() / 3600
    print(f"clock stepped by {hours:+.0f} h during a call: {len(sent)} sent afterwards, the one in hand not again")
    assert sent == ["next"]


@pytest.mark.parametrize("step", STEPS, ids=NAMES)
async def test_chats_groups_and_pauses_do_not_wait_for_the_clock_to_get_there_again(
    database: Database, clock: FakeClock, step: timedelta
) -> None:
    desk = Desk(database, clock, limits=Limits(per_second=28.0, chat_interval=1.0, group_per_minute=1))
    group = a_chat("-1", group=True)
    await desk.put("group one", group)
    assert await desk.send() == ["group one"]
    await desk.put("to be tried again")
    desk.moment += 1
    (claim,) = await desk.claim()
    assert await desk.begin(claim)
    async with database.begin() as uow:
        await uow.delivery.postpone(claim.row.id, until=clock() + timedelta(seconds=30), error="500")
        await uow.delivery.pause(ChannelName.TELEGRAM, since=desk.moment, until=desk.moment + 30)
    clock.advance(step)
    desk.moment += step.total_seconds()
    await desk.put("group two", group)
    sent = await desk.send()
    waited = 0
    while len(sent) < 2 and waited < 130:
        waited += 1
        clock.advance(1)
        desk.moment += 1
        sent += await desk.send()
    print(f"clock stepped by {step.total_seconds() / 3600:+.0f} h: what waited for a moment left {waited} s later")
    assert sorted(sent) == ["group two", "to be tried again"]


async def test_a_machine_off_over_the_months_end_catches_up_once(office: Office, make: Make, clock: FakeClock) -> None:
    team = await make.team()
    leader = await make.joined_member(team, role=Role.LEADER)
    owing = await make.joined_member(team)
    clock.set(datetime(2026, 11, 28, 9, 0, tzinfo=HOME_ZONE))
    await office.run_job("monthly-nudges")
    before = len(office.phone(owing).screen)

    clock.set(datetime(2026, 12, 3, 9, 0, tzinfo=HOME_ZONE))  # the two last stages and the closing were slept through
    for _ in range(3):
        for job in ("monthly-nudges", "month-closing"):
            await office.run_job(job)
        clock.advance(timedelta(minutes=5))
    late = office.phone(owing).screen[before:]
    closings = [each.text for each in office.phone(leader).screen if "0/2" in each.text]
    print(f"off for five days over a month's end: {len(late)} stale nudges, {len(closings)} closing to the leader")
    assert late == []
    assert len(closings) == 1


@pytest.mark.timeout(400)
async def test_ten_thousand_updates_that_wait_at_the_start_are_all_handled_in_order(pipeline: Any) -> None:
    chats = [str(number) for number in range(200)]
    raws = [
        await pipeline.channel.push(pipeline.incoming(f"{number}", chat=chats[number % len(chats)]))
        for number in range(UPDATES)
    ]
    began = time.monotonic()
    for start in range(0, UPDATES, 100):  # as many as Telegram hands out at once
        await pipeline.intake.accept(raws[start : start + 100])
    stored = time.monotonic()
    await pipeline.dispatch()
    handled = time.monotonic()
    stores, handles = UPDATES / (stored - began), UPDATES / (handled - stored)
    print(f"{UPDATES} waiting: stored at {stores:.0f}/s, handled at {handles:.0f}/s")
    async with pipeline.database.read() as uow:
        assert await uow.inbox.lag(now=pipeline.clock()) == (0, 0.0)
        assert await uow.queues.messages() == {"pending": UPDATES}
    assert UPDATES / (handled - stored) > 50


@pytest.mark.parametrize(
    "poison",
    [{"update_id": 1}, {"update": 1, "chat": "no chat"}, {"update": True}, {}],
    ids=["other", "chat", "id", "empty"],
)
async def test_an_update_that_can_no_longer_be_read_is_set_aside_and_the_rest_goes_on(
    pipeline: Any, clock: FakeClock, poison: dict[str, Any]
) -> None:
    async with pipeline.database.begin() as uow:
        fields = {"channel": "telegram", "external_id": "x", "chat_key": "telegram:9", "raw": poison, "attempts": 0}
        moment = {"received_at": clock(), "available_at": clock(), "status": "new"}
        await uow._session.execute(insert(Inbox).values(**fields, **moment))
    await pipeline.hear("chào", chat="1")
    for _ in range(4):
        await pipeline.dispatch()
        clock.advance(timedelta(minutes=1))
    async with pipeline.delivering():
        await pipeline.channel.wait_for(lambda: pipeline.texts() == ["chào"])
    async with pipeline.database.read() as uow:
        (letter,) = await uow.inbox.dead_letters()
    print(f"unreadable: set aside after {letter.attempts} tries, the other one answered")
    assert letter.attempts == 3


async def test_an_update_that_breaks_its_handler_holds_up_nobody_and_its_author_is_told(
    pipeline: Any, clock: FakeClock
) -> None:
    async def respond(incoming: Incoming, uow: UnitOfWork, now: datetime) -> Reply:
        if incoming.text == "độc":
            raise RuntimeError("poison")
        return await echo(incoming, uow, now)

    await pipeline.hear("độc", "sau đó", chat="9")
    for number in range(100):
        await pipeline.hear("chào", chat=str(100 + number))
    for _ in range(4):
        await pipeline.dispatch(respond)
        clock.advance(timedelta(minutes=1))
    async with pipeline.delivering():
        await pipeline.channel.wait_for(lambda: len(pipeline.channel.arrived) == 102)
    apology, answer = pipeline.texts("9")
    async with pipeline.database.read() as uow:
        (letter,) = await uow.inbox.dead_letters()
    print(f"a poisoned update: set aside after {letter.attempts} tries, its author told, 101 others answered once")
    assert letter.attempts == 3
    assert f"mã {letter.id}" in apology
    assert answer == "sau đó"
    assert [pipeline.texts(str(100 + number)) for number in range(100)] == [["chào"]] * 100


async def test_a_file_of_an_update_that_can_no_longer_be_read_holds_up_no_other(
    pipeline: Any, clock: FakeClock
) -> None:
    async with pipeline.database.begin() as uow:
        raw: dict[str, Any] = {}
        fields = {"channel": "telegram", "external_id": "x", "chat_key": "telegram:9", "raw": raw, "attempts": 0}
        moment = {"received_at": clock(), "available_at": clock(), "status": "fetching"}
        await uow._session.execute(insert(Inbox).values(**fields, **moment))
    assert await pipeline.fetcher.run_once() == 1
    for _ in range(4):
        await pipeline.dispatch()
        clock.advance(timedelta(minutes=1))
    async with pipeline.database.read() as uow:
        assert len(await uow.inbox.dead_letters()) == 1

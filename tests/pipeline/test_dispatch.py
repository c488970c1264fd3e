"""Dispatch: once, in one commit, in order; what fails three times is set aside and the rest goes on."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.errors import NotKnownYet
from bot.domain.messages import Chat, Incoming, Outgoing, Reply
from bot.domain.vocabulary import ChannelName
from storage.unit_of_work import UnitOfWork
from tests.builders import Make
from tests.clock import FakeClock


async def _team_named(uow: UnitOfWork, name: str) -> bool:
    return await uow.teams.named(name) is not None


async def _make_team(incoming: Incoming, uow: UnitOfWork, now: datetime) -> Reply:
    await uow.teams.create(name=incoming.text, now=now)
    if "hỏng" in incoming.text:
        raise RuntimeError("the handler broke after it had written")
    return Reply(messages=(Outgoing(chat=incoming.chat, text=f"đã lập {incoming.text}"),))


async def test_records_answer_and_inbox_change_in_one_commit(pipeline: Any) -> None:
    await pipeline.hear("Tổ một")
    await pipeline.dispatch(_make_team)
    async with pipeline.database.read() as uow:
        assert await _team_named(uow, "Tổ một")
        assert await uow.inbox.lag(now=pipeline.clock()) == (0, 0.0)
        assert await uow.delivery.counts() == {"pending": 1}


async def test_a_handler_that_breaks_leaves_nothing_behind_and_the_others_are_answered(pipeline: Any) -> None:
    await pipeline.hear("Tổ hỏng", chat="1")
    await pipeline.hear("Tổ lành", chat="2")
    await pipeline.dispatch(_make_team)
    async with pipeline.database.read() as uow:
        assert not await _team_named(uow, "Tổ hỏng")
        assert await _team_named(uow, "Tổ lành")


async def test_three_failures_set_the_update_aside_and_the_person_is_told_once(pipeline: Any, clock: FakeClock) -> None:
    await pipeline.hear("Tổ hỏng", "Tổ sau")
    for _ in range(5):
        await pipeline.dispatch(_make_team)
        clock.advance(timedelta(minutes=1))
    async with pipeline.database.read() as uow:
        (letter,) = await uow.inbox.dead_letters()
        assert "RuntimeError" in (letter.error or "")
    async with pipeline.delivering():
        await pipeline.channel.wait_for(lambda: len(pipeline.texts()) == 2)
    assert f"mã {letter.id}" in pipeline.texts()[0]
    assert pipeline.texts()[1] == "đã lập Tổ sau"


async def test_a_dead_letter_is_handled_once_its_cause_is_mended(pipeline: Any, clock: FakeClock) -> None:
    await pipeline.hear("Tổ hỏng")
    for _ in range(4):
        await pipeline.dispatch(_make_team)
        clock.advance(timedelta(minutes=1))
    async with pipeline.database.begin() as uow:
        assert await uow.inbox.retry([], now=clock()) == 1
    await pipeline.dispatch()
    async with pipeline.database.read() as uow:
        assert await uow.inbox.dead_letters() == []


@pytest.mark.parametrize("batch", [1, 24])
async def test_order_is_kept_within_every_chat(pipeline: Any, batch: int) -> None:
    for number in range(6):
        for chat in "123":
            await pipeline.hear(f"{chat}-{number}", chat=chat)
    await pipeline.dispatch(batch=batch)
    async with pipeline.delivering():
        await pipeline.channel.wait_for(lambda: len(pipeline.channel.arrived) == 18)
    for chat in "123":
        assert pipeline.texts(chat) == [f"{chat}-{number}" for number in range(6)]


async def test_an_update_that_breaks_the_shared_transaction_is_found_and_counted(
    pipeline: Any, clock: FakeClock
) -> None:
    async def poison(incoming: Incoming, uow: UnitOfWork, now: datetime) -> Reply:
        del now
        if incoming.text == "độc":
            await uow._session.rollback()  # nothing that was handled before it in this round could be kept
        return Reply(messages=(Outgoing(chat=incoming.chat, text="khỏe"),))

    await pipeline.hear("độc", chat="1")
    await pipeline.hear("lành", chat="2")
    for _ in range(5):
        await pipeline.dispatch(poison)
        clock.advance(timedelta(minutes=1))
    async with pipeline.database.read() as uow:
        assert len(await uow.inbox.dead_letters()) == 1
    async with pipeline.delivering():
        await pipeline.channel.wait_for(lambda: "khỏe" in pipeline.texts("2"))


async def test_two_processes_that_number_things_of_two_teams_do_not_wait_for_each_other(
    pipeline: Any, make: Make
) -> None:
    teams = {name: await make.team(f"Tổ {name}") for name in ("một", "hai")}
    numbered: list[str] = []
    both_hold_one = asyncio.Event()

    async def number(incoming: Incoming, uow: UnitOfWork, now: datetime) -> Reply:
        del now
        await uow.activities.next_number(teams[incoming.text].id)
        numbered.append(incoming.text)
        if len(numbered) > 1 or pipeline.database.is_sqlite:  # there everybody waits for the one writer anyway
            both_hold_one.set()
        await both_hold_one.wait()
        return Reply()

    for chat, name in enumerate(["một", "hai", "hai", "một"]):
        await pipeline.hear(name, chat=str(chat))
    await asyncio.gather(pipeline.dispatch(number, batch=2), pipeline.dispatch(number, batch=2))
    assert sorted(numbered) == ["hai", "hai", "một", "một"]


async def test_an_update_handled_twice_by_mistake_is_answered_once(pipeline: Any) -> None:
    await pipeline.hear("chào")
    await pipeline.dispatch()
    raw = {**pipeline.incoming("chào").model_dump(mode="json", exclude={"external_id"}), "update": 1}
    assert await pipeline.intake.accept([raw]) == 0
    await pipeline.dispatch()
    async with pipeline.database.read() as uow:
        assert await uow.delivery.counts() == {"pending": 1}


async def test_a_pressed_button_is_acknowledged_after_the_commit(pipeline: Any) -> None:
    from bot.domain.messages import Press

    async def toast(incoming: Incoming, uow: UnitOfWork, now: datetime) -> Reply:
        del incoming, uow, now
        return Reply(toast="Đã nhận")

    press = pipeline.incoming("").model_copy(update={"press": Press(data="k:0", callback_id="c1")})
    await pipeline.intake.accept([await pipeline.channel.push(press)])
    await pipeline.dispatch(toast)
    await pipeline.channel.wait_for(lambda: pipeline.channel.toasts == [("c1", "Đã nhận")])


async def test_a_handler_that_hangs_does_not_hold_up_the_other_chats_for_ever(
    pipeline: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.pipeline.dispatch._HANDLER_SECONDS", 0.05)

    async def hang(incoming: Incoming, uow: UnitOfWork, now: datetime) -> Reply:
        del uow, now
        if incoming.text == "treo":
            await asyncio.Event().wait()
        return Reply(messages=(Outgoing(chat=incoming.chat, text="xong"),))

    await pipeline.hear("treo", chat="1")
    await pipeline.hear("chạy", chat="2")
    await pipeline.dispatch(hang)
    async with pipeline.delivering():
        await pipeline.channel.wait_for(lambda: pipeline.texts("2") == ["xong"])


async def test_what_can_be_understood_only_a_moment_later_waits_uncounted_and_keeps_its_place(
    pipeline: Any, clock: FakeClock
) -> None:
    tries: list[str] = []

    async def understand_later(incoming: Incoming, uow: UnitOfWork, now: datetime) -> Reply:
        del uow, now
        tries.append(incoming.text)
        if incoming.text == "2" and tries.count("2") < 5:
            raise NotKnownYet(what="list")
        return Reply(messages=(Outgoing(chat=incoming.chat, text=f"đã hiểu {incoming.text}"),))

    await pipeline.hear("2", "sau đó", chat="1")
    await pipeline.hear("khác", chat="2")
    for _ in range(6):
        await pipeline.dispatch(understand_later)
        clock.advance(timedelta(seconds=1))
    async with pipeline.delivering():
        await pipeline.channel.wait_for(lambda: len(pipeline.channel.arrived) == 3)
    assert tries == ["2", "khác", "2", "2", "2", "2", "sau đó"]
    assert pipeline.texts("1") == ["đã hiểu 2", "đã hiểu sau đó"]
    async with pipeline.database.read() as uow:
        assert await uow.inbox.dead_letters() == []


async def test_nothing_is_said_to_a_chat_whose_update_means_nothing(pipeline: Any) -> None:
    chat = Chat(channel=ChannelName.TELEGRAM, chat_id="1")
    passing = pipeline.incoming("chuyện phiếm").model_copy(update={"addressed": False, "chat": chat})
    assert await pipeline.intake.accept([await pipeline.channel.push(passing)]) == 0

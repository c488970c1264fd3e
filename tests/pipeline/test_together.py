"""What waits for one chat goes out as one message where messages are counted, and fares as if it were several."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from bot.channels.base import NotSent, Rejected
from bot.channels.recording import EVERYTHING, RecordingChannel
from bot.domain.messages import Chat, Choice, ChoiceList, Delivery, Guard, Outgoing, Priority
from bot.domain.vocabulary import ChannelName
from storage.tables import Outbox
from tests.clock import FakeClock

LAN = Chat(channel=ChannelName.ZALO, chat_id="6ede")
COUNTED = replace(EVERYTHING, metered=True, buttons=False, edits=False, page=15, text_limit=2000)


def choices(*labels: str) -> ChoiceList:
    """A list of these."""
    return ChoiceList(rows=tuple((Choice(label=label, action="a", value=label),) for label in labels))


class Desk:
    """Writes for Lan on Zalo, where messages are counted."""

    def __init__(self, pipeline: Any) -> None:
        """The pipeline's channel becomes such a one."""
        self.pipeline = pipeline
        pipeline.channel = self.channel = RecordingChannel(name=ChannelName.ZALO, capabilities=COUNTED)

    async def put(self, text: str, offered: ChoiceList | None = None, **delivery: Any) -> None:
        """One message."""
        travel = Delivery.model_validate({"dedupe_key": text[:40], "priority": Priority.REMINDER, **delivery})
        async with self.pipeline.database.begin() as uow:
            await uow.outbox.put(Outgoing(chat=LAN, text=text, choices=offered), travel, now=self.pipeline.clock())

    async def rows(self) -> list[Outbox]:
        """Everything that was written."""
        async with self.pipeline.database.read() as uow:
            session = uow._session  # pyright: ignore[reportPrivateUsage] - tests look behind the repositories
            return list(await session.scalars(select(Outbox).order_by(Outbox.id)))

    async def settle(self, *statuses: str) -> None:
        """Wait until the rows have come to these."""
        async with asyncio.timeout(10):
            while [row.status for row in await self.rows()] != list(statuses):
                await asyncio.sleep(0.02)

    async def deliver(self, number: int, **options: Any) -> list[str]:
        """Deliver until so many messages have arrived; what they say."""
        async with self.pipeline.delivering(**options):
            await self.channel.wait_for(lambda: len(self.channel.arrived) >= number)
        return self.pipeline.texts("6ede")


@pytest.fixture
def desk(pipeline: Any) -> Desk:
    """Lan's."""
    return Desk(pipeline)


async def test_what_waits_for_one_person_is_one_message_with_one_list(desk: Desk) -> None:
    await desk.put("Nhắc một", choices("Báo cáo", "Xin nghỉ"))
    await desk.put("Nhắc hai", choices("Nhận"))
    await desk.put("Nhắc ba")
    said = await desk.deliver(1)
    assert said == ["Nhắc một\n\nNhắc hai\n\nNhắc ba\n\n1. Báo cáo\n2. Xin nghỉ\n3. Nhận"]
    rows = await desk.rows()
    assert {(row.status, row.message_id) for row in rows} == {("sent", desk.channel.arrived[0].message_id)}
    async with desk.pipeline.database.read() as uow:
        shown = await uow.keyboards.latest(LAN.key, now=desk.pipeline.clock())
    assert shown is not None
    assert [each.label for each in shown.choices.choices] == ["Báo cáo", "Xin nghỉ", "Nhận"]


async def test_what_does_not_fit_into_one_message_goes_by_itself(desk: Desk) -> None:
    await desk.put("Nhắc một")
    await desk.put("dài " * 499)
    await desk.put("Nhắc ba")
    assert [text[:8] for text in await desk.deliver(3)] == ["Nhắc một", "dài dài ", "Nhắc ba"]


async def test_what_is_no_longer_due_is_not_said_along(desk: Desk) -> None:
    async def never(*arguments: Any) -> bool:
        del arguments
        return False

    await desk.put("Nhắc một")
    await desk.put("Đã báo cáo rồi", guard=Guard(name="owes").model_dump())
    await desk.put("Nhắc ba")
    assert await desk.deliver(2, guards={"owes": never}) == ["Nhắc một", "Nhắc ba"]


async def test_what_was_not_taken_is_tried_again_each_by_itself(desk: Desk, clock: FakeClock) -> None:
    desk.channel.fail_next(NotSent(reason="502"))
    await desk.put("Nhắc một")
    await desk.put("Nhắc hai")
    async with desk.pipeline.delivering():
        await desk.settle("scheduled", "scheduled")
        clock.advance(60)
        await desk.settle("sent", "sent")
    assert desk.pipeline.texts("6ede") == ["Nhắc một", "Nhắc hai"]


async def test_what_is_refused_together_is_tried_apart_and_only_the_guilty_one_fails(desk: Desk) -> None:
    refused = Rejected(reason="400")
    desk.channel.fail_next(refused, refused)
    await desk.put("Nhắc một")
    await desk.put("Nhắc hai")
    async with desk.pipeline.delivering():
        await desk.settle("failed", "sent")
    assert desk.pipeline.texts("6ede") == ["Nhắc hai"]

"""A desk in the tests: writes to the outbox and sends from it, a transaction a step."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.messages import Chat, Delivery, Outgoing
from bot.domain.vocabulary import ChannelName, ChatKind
from storage.engine import Database
from storage.outbox_delivery import Claimed
from storage.rate_limits import Limits
from tests.clock import FakeClock

NOW = 1_000_000.0
QUICK = Limits(per_second=1000.0, chat_interval=0.0)
LEASE = timedelta(seconds=20)


def a_chat(chat_id: str = "1", *, group: bool = False) -> Chat:
    kind = ChatKind.GROUP if group else ChatKind.PRIVATE
    return Chat(channel=ChannelName.TELEGRAM, chat_id=chat_id, kind=kind)


class Desk:
    """Writes and sends, a transaction a step, on a machine's clock that the test moves."""

    def __init__(self, database: Database, clock: FakeClock, *, limits: Limits = QUICK, worker: str = "w") -> None:
        self.database = database
        self.clock = clock
        self.limits = limits
        self.worker = worker
        self.moment = NOW

    async def put(self, key: str, chat: Chat | None = None, **delivery: object) -> bool:
        travel = Delivery.model_validate({"dedupe_key": key, **delivery})
        async with self.database.begin() as uow:
            return await uow.outbox.put(Outgoing(chat=chat or a_chat(), text=key), travel, now=self.clock())

    async def claim(self, *, limit: int = 50, horizon: float = 0.25) -> list[Claimed]:
        async with self.database.begin() as uow:
            await uow.delivery.promote(now=self.clock())
            return await uow.delivery.claim(
                ChannelName.TELEGRAM,
                worker=self.worker,
                limits=self.limits,
                limit=limit,
                horizon=horizon,
                lease=LEASE,
                now=self.clock(),
                moment=self.moment,
            )

    async def begin(self, claim: Claimed) -> bool:
        return await self.begin_after(claim) is not None

    async def begin_after(self, claim: Claimed) -> float | None:
        """Begin the call; the seconds it has to wait."""
        async with self.database.begin() as uow:
            return await uow.delivery.begin_sending(
                claim.row.id,
                channel=ChannelName.TELEGRAM,
                worker=self.worker,
                limits=self.limits,
                lease=timedelta(seconds=90),
                now=self.clock(),
                moment=self.moment,
            )

    async def send(self, *, limit: int = 50) -> list[str]:
        """Claim and send; the keys in the order of their slots."""
        claims = await self.claim(limit=limit)
        for claim in claims:
            assert await self.begin(claim)
            async with self.database.begin() as uow:
                await uow.delivery.settle(claim.row.id, "sent", now=self.clock(), message_id="1")
        return [claim.row.dedupe_key for claim in claims]

    async def recover(self, *, everything: bool = False) -> list[str]:
        async with self.database.begin() as uow:
            return [row.dedupe_key for row in await uow.delivery.recover(now=self.clock(), everything=everything)]

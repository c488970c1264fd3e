"""Files that somebody waits for: ordered with an answer, drawn later, each at most three times."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.messages import Chat
from bot.domain.paper_orders import PaperWish, TakenOrder
from storage.tables import PaperOrder

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 3


class PaperOrders:
    """Queries over orders."""

    def __init__(self, session: AsyncSession) -> None:
        """Over one session."""
        self._session = session

    async def put(self, wish: PaperWish, *, team_id: int, member_id: int, chat: Chat, now: datetime) -> int:
        """A new order; returns its id."""
        row = PaperOrder(
            team_id=team_id,
            member_id=member_id,
            chat=chat.model_dump(mode="json"),
            what=wish.model_dump(mode="json", exclude_defaults=True),
            not_before=now,
            created_at=now,
        )
        self._session.add(row)
        await self._session.flush()
        return row.id

    async def take(self, *, now: datetime) -> TakenOrder | None:
        """The oldest open order, kept from others for a minute; None when nothing waits."""
        row = await self._session.scalar(
            select(PaperOrder)
            .where(PaperOrder.status == "waiting", PaperOrder.not_before <= now)
            .order_by(PaperOrder.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if row is None:
            return None
        row.attempts, row.not_before = row.attempts + 1, now + LEASE
        await self._session.flush()
        return TakenOrder(
            id=row.id,
            team_id=row.team_id,
            member_id=row.member_id,
            chat=Chat.model_validate(row.chat),
            wish=PaperWish.model_validate(row.what),
            attempts=row.attempts,
        )

    async def finish(self, order_id: int) -> bool:
        """It is drawn, and what it said forgotten; False when another worker was faster."""
        done = await self._session.execute(
            update(PaperOrder)
            .where(PaperOrder.id == order_id, PaperOrder.status == "waiting")
            .values(status="done", what={})
            .returning(PaperOrder.id)
        )
        return done.first() is not None

    async def fail(self, order_id: int, *, error: str, now: datetime) -> bool:
        """It could not be drawn; returns whether it is given up."""
        row = await self._session.get_one(PaperOrder, order_id)
        row.error, row.not_before = error[:2000], now
        if row.attempts >= MOST_ATTEMPTS:
            row.status, row.what = "failed", {}
        await self._session.flush()
        return row.status == "failed"

"""How many messages were sent where a plan counts them."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


class MessageUse(Base):
    """Messages of one kind that one team sent on one platform in one month ("2026-11"); team 0: nobody's."""

    __tablename__ = "message_use"
    channel: Mapped[str] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    month: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]

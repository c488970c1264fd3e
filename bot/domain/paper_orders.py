"""What is to be drawn for whom, as orders carry it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.domain.messages import Chat


class OrderKind(StrEnum):
    """What an order asks for."""

    SUMMARY = "summary"
    """A file of a period's summary, as of now."""
    CONFIRMED = "confirmed"
    """The files of a report that was confirmed just now, and the report sent to the office."""
    SCHOOL = "school"
    """A page about a school for its board."""
    MINUTES = "minutes"
    """The files of minutes that were confirmed just now, and the minutes sent to whom they concern."""
    OFFICIAL = "official"
    """An official document as it was when it was ordered: Word and PDF."""


class PaperWish(BaseModel):
    """One order.

    `period` is a Period's key; `format` a suffix; `number` the id of the report, the school or the minutes, `version`
    which of the minutes. An official document comes frozen, with what its files are called and what is said with them.
    """

    model_config = ConfigDict(frozen=True)

    kind: OrderKind
    period: str = ""
    format: str = ""
    number: int = 0
    version: int = 0
    document: dict[str, Any] = {}
    stem: str = ""
    caption: str = ""
    for_office: bool = False
    """Whoever asked is no member of the team proper, so names are left out."""


class TakenOrder(BaseModel):
    """An order that a worker has taken."""

    model_config = ConfigDict(frozen=True)

    id: int
    team_id: int
    member_id: int
    chat: Chat
    wish: PaperWish
    attempts: int

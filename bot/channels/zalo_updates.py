"""The part of Zalo's updates that is read; they come flat or wrapped in {"ok", "result"}. Malformed is a ValueError."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, cast

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.channels.base import RawUpdate

_LATEST = 253_402_300_799_000  # the end of the year 9999 in milliseconds, which datetime can hold


def _check_opaque(text: str) -> str:
    if not text or "\0" in text:
        raise ValueError("an id that no database keeps")
    text.encode()
    return text


_Id = Annotated[str, AfterValidator(_check_opaque)]


class _Raw(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)


class RawUser(_Raw):
    """Somebody, person or bot."""

    id: _Id
    display_name: str = ""
    is_bot: bool = False


class RawChat(_Raw):
    """A chat; chat_type is PRIVATE or GROUP."""

    id: _Id
    chat_type: str = "PRIVATE"


class RawMessage(_Raw):
    """A message of any sort; pictures are in `photo_url`, in the documents in `photo`."""

    sender: RawUser | None = Field(default=None, alias="from")
    chat: RawChat
    message_id: _Id
    date: Annotated[int, Field(ge=0, le=_LATEST)]
    text: str | None = None
    caption: str | None = None
    photo_url: str | None = None
    photo: str | None = None
    voice_url: str | None = None


class RawEvent(_Raw):
    """One update."""

    event_name: str
    message: RawMessage


def moment(milliseconds: object) -> datetime | None:
    """The time that a `date` says; None for anything that says none."""
    if not isinstance(milliseconds, int) or not 0 < milliseconds <= _LATEST:
        return None
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def unwrap(raw: RawUpdate) -> Mapping[str, Any]:
    """The update itself, out of its envelope if it has one."""
    inner = cast(object, raw.get("result"))
    return cast(Mapping[str, Any], inner) if isinstance(inner, Mapping) else raw


def external_id(raw: RawUpdate) -> str:
    """The id of the message; ValueError when it has none."""
    message = cast(object, unwrap(raw).get("message")) if isinstance(raw, Mapping) else None  # pyright: ignore[reportUnnecessaryIsInstance] -- webhook bodies are any JSON
    found = cast(Mapping[str, Any], message).get("message_id") if isinstance(message, Mapping) else None
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found)
    if not isinstance(found, str) or not found:
        raise ValueError("an update without message_id")
    return _check_opaque(found)

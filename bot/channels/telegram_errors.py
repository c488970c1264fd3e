"""What an error of the library means for the message: python-telegram-bot's exceptions in, ChannelErrors out."""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import timedelta
from typing import TypeVar

import aiohttp
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.channels.base import (
    ChannelDown,
    ChannelError,
    ChatMoved,
    NotSent,
    RateLimited,
    Rejected,
    Unreachable,
    Unsure,
)

_Result = TypeVar("_Result")

_CHAT_CLOSED = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "not enough rights to send",
    "have no rights",
    "chat_write_forbidden",
    "topic_closed",
    "channel_private",
    "user_is_blocked",
    "input_user_deactivated",
)
_NEVER_WRITTEN = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)
_REASON_LENGTH = 200
_UNMODIFIED = ("message is not modified",)
_NOT_EDITABLE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message identifier is not specified",
)
_GONE = ("message to delete not found", "message_id_invalid")
_NOT_DELETABLE = ("message can't be deleted",)
_NOT_TEXT = ("there is no text in the message to edit",)
_STALE_PRESS = ("query is too old", "query id is invalid", "query_id_invalid")
_NOT_A_PICTURE = ("photo_", "image_process_failed", "photo has", "file must be non-empty")


async def carry(call: Awaitable[_Result], *, repeatable: bool = False) -> _Result:
    """Await one API call; ChannelError and nothing else. `repeatable`: doing it twice does no harm."""
    try:
        return await call
    except TelegramError as error:
        raise translate(error, repeatable=repeatable) from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        # the library does not check the shape of a successful answer before it reads it
        raise _ambiguous("unreadable answer", repeatable=repeatable) from error


def translate(error: TelegramError, *, repeatable: bool = False) -> ChannelError:
    """The meaning of one of the library's errors."""
    if isinstance(error.__cause__, InvalidToken):
        error = error.__cause__  # raw calls wrap it in words of their own
    reason = _reason(error)
    match error:
        case RetryAfter():
            return RateLimited(retry_after=_seconds(error.retry_after))
        case ChatMigrated():
            return ChatMoved(new_chat_id=str(error.new_chat_id))
        case _ if reason.casefold().startswith("too many requests"):
            return RateLimited(retry_after=1.0)
        case _ if reason.casefold().startswith("request entity too large"):
            return Rejected(reason=reason)
        case _ if isinstance(error.__cause__, TelegramError):
            return NotSent(reason=reason)  # no JSON: a gateway or a block page answered in Telegram's place
        case Forbidden():
            return Unreachable(reason=reason)
        case InvalidToken() | EndPointNotFound():
            return ChannelDown(reason="token")
        case Conflict():
            return ChannelDown(reason="conflict")
        case BadRequest():
            return Unreachable(reason=reason) if _tells(reason, _CHAT_CLOSED) else Rejected(reason=reason)
        case NetworkError():
            return _from_transport(error.__cause__, reason, repeatable=repeatable)
        case _:
            return NotSent(reason=reason)


def _from_transport(cause: BaseException | None, reason: str, *, repeatable: bool) -> ChannelError:
    if cause is None:  # a 5xx that Telegram itself answered
        return NotSent(reason=reason)
    if isinstance(cause, _NEVER_WRITTEN):
        return NotSent(reason=type(cause).__name__)
    return _ambiguous(type(cause).__name__, repeatable=repeatable)


def _ambiguous(reason: str, *, repeatable: bool) -> ChannelError:
    return NotSent(reason=reason) if repeatable else Unsure(reason=reason)


def _seconds(retry_after: int | timedelta) -> float:
    seconds = retry_after.total_seconds() if isinstance(retry_after, timedelta) else float(retry_after)
    return max(seconds, 1.0)


def _reason(error: TelegramError) -> str:
    """The description without the page that a gateway may have sent, which can quote the URL and its token."""
    return error.message.partition(". Parsing the server response")[0][:_REASON_LENGTH]


def _tells(reason: str, phrases: tuple[str, ...]) -> bool:
    folded = reason.casefold()
    return any(phrase in folded for phrase in phrases)


def _refused_for(error: ChannelError, phrases: tuple[str, ...]) -> bool:
    return isinstance(error, Rejected) and _tells(str(error.facts.get("reason", "")), phrases)


def is_unmodified(error: ChannelError) -> bool:
    """Whether an edit was refused because the message looks like that already."""
    return _refused_for(error, _UNMODIFIED)


def is_not_editable(error: ChannelError) -> bool:
    """Whether the message is gone, too old to edit, or not the bot's."""
    return _refused_for(error, _NOT_EDITABLE)


def is_gone(error: ChannelError) -> bool:
    """Whether a message that is to be deleted is not there any more."""
    return _refused_for(error, _GONE)


def is_not_deletable(error: ChannelError) -> bool:
    """Whether the message is older than bots may delete, or not the bot's."""
    return _refused_for(error, _NOT_DELETABLE)


def is_not_text(error: ChannelError) -> bool:
    """Whether the message is a photo or document, whose words are its caption."""
    return _refused_for(error, _NOT_TEXT)


def is_stale_press(error: ChannelError) -> bool:
    """Whether a press waited too long to be acknowledged, or was acknowledged before."""
    return _refused_for(error, _STALE_PRESS)


def is_not_a_picture(error: ChannelError) -> bool:
    """Whether Telegram cannot show the file as a photo (its sides, its size, its format)."""
    return _refused_for(error, _NOT_A_PICTURE)

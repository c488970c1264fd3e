"""One call of the Zalo Bot API and what its answer means: errors come as HTTP 200, as pages of HTML, or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

import httpx

from bot.channels.base import (
    ChannelDown,
    ChannelError,
    NotSent,
    RateLimited,
    Rejected,
    Unreachable,
    Unsure,
    UsedUp,
)

_NEVER_WRITTEN = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
    httpx.InvalidURL,
)
_REASON_LENGTH = 200
_HAMMERED_PAUSE = (
    5.0  # the platform names no time: nginx forgives quickly, a used-up quota does not, and asking costs nothing
)
_QUOTA_PAUSE = 60.0
_CHAT_CLOSED = ("chat not found", "user not found", "user_id", "blocked", "not followed", "not a member", "unfollow")
_ANOTHER_POLLER = ("webhook", "conflict")


class IdlePoll(Exception):
    """Nothing was said while the poll waited (408)."""


async def call(
    client: httpx.AsyncClient, url: str, parameters: Mapping[str, object], *, timeout: float, repeatable: bool = False
) -> Any:
    """The result of one call; ChannelError or IdlePoll. `repeatable`: doing it twice does no harm."""
    try:
        response = await client.post(url, json=dict(parameters), timeout=httpx.Timeout(10.0, read=timeout))
    except _NEVER_WRITTEN as error:
        raise NotSent(reason=type(error).__name__) from None  # the cause names the URL, and that the token
    except httpx.HTTPError as error:
        raise _ambiguous(type(error).__name__, repeatable=repeatable) from None
    return read_answer(response.status_code, response.content, repeatable=repeatable)


def read_answer(status: int, body: bytes, *, repeatable: bool = False) -> Any:
    """The result in an answer; what is no JSON object came from a gateway in Zalo's place."""
    answer = _parse(body)
    if answer is None:
        raise _gateway(status, repeatable=repeatable)
    if answer.get("ok") is True:
        return answer.get("result")
    raise _refusal(answer, status)


def _parse(body: bytes) -> Mapping[str, Any] | None:
    try:
        answer: Any = json.loads(body)
    except ValueError:
        return None
    return cast(Mapping[str, Any], answer) if isinstance(answer, dict) and "ok" in answer else None


def _gateway(status: int, *, repeatable: bool) -> ChannelError:
    match status:
        case 429:
            return RateLimited(retry_after=_HAMMERED_PAUSE, whole_bot=True)
        case 504 | 200:  # it gave up waiting, or answered what nobody understands: it may have been done
            return _ambiguous(f"gateway {status}", repeatable=repeatable)
        case _:
            return NotSent(reason=f"gateway {status}")


def _refusal(answer: Mapping[str, Any], status: int) -> ChannelError | IdlePoll:
    reason = str(answer.get("description") or "")[:_REASON_LENGTH]
    code = _code(answer) or status
    folded = reason.casefold()
    match code:
        case 408:
            return IdlePoll()
        case 401:
            return ChannelDown(reason="token")
        case 429:
            return UsedUp(retry_after=_QUOTA_PAUSE)
        case 409:
            return ChannelDown(reason="conflict")
        case 400 | 404 if any(phrase in folded for phrase in _CHAT_CLOSED):
            return Unreachable(reason=reason)
        case 400 if any(phrase in folded for phrase in _ANOTHER_POLLER):
            return ChannelDown(reason="conflict")
        case 400 | 404:
            return Rejected(reason=reason)
        case _:  # 403 among them, which is their own failure
            return NotSent(reason=f"{code} {reason}")


def _code(answer: Mapping[str, Any]) -> int:
    for name in ("error_code", "errorCode"):
        value = str(answer.get(name, ""))
        if value.isdecimal():
            return int(value)
    return 0


def _ambiguous(reason: str, *, repeatable: bool) -> ChannelError:
    return NotSent(reason=reason) if repeatable else Unsure(reason=reason)

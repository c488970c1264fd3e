"""One call from beginning to end: log, fault, limit, method, answer. A webhook's reply takes the same way."""

from __future__ import annotations

import asyncio
import inspect
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from bot.playground.calls import Call
from bot.playground.faults import Fault
from bot.playground.telegram.arguments import Arguments, plain_values
from bot.playground.telegram.errors import Refused, too_many_requests
from bot.playground.telegram.methods.table import METHODS, counts_as_message, puts_messages
from bot.playground.telegram.world import World


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to the bot; status 0 is a connection broken without an answer."""

    status: int
    body: str = ""
    content_type: str = "application/json"
    retry_after: int = 0


class BotApi:
    """Answers calls in a world."""

    def __init__(self, world: World) -> None:
        """Also carries out the calls that a webhook answers with."""
        self._world = world
        world.webhook.on_reply = self._answer_webhook_reply

    async def answer(self, method: str, arguments: Arguments) -> Answer:
        """Carry out a call, unless a fault stands in its way; always logged."""
        calls = self._world.calls
        call = calls.begin(method, arguments.values, tuple(arguments.uploads))
        answer = Answer(0)
        try:
            answer = await self._with_fault(call, arguments)
        finally:
            calls.end(call, status=answer.status, answer=_readable(answer))
        return answer

    async def _with_fault(self, call: Call, arguments: Arguments) -> Answer:
        fault = self._world.faults.take(method=call.method, chat_id=call.chat_id)
        if fault is None:
            return await self._carry_out(call, arguments)
        call.fault = fault.describe()
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.replaces_answer and fault.moment == "before":
            return _faulty(fault)
        answer = await self._carry_out(call, arguments)
        return _faulty(fault) if fault.replaces_answer else answer

    async def _carry_out(self, call: Call, arguments: Arguments) -> Answer:
        try:
            result = await self._perform(call, arguments)
        except Refused as refusal:
            retry_after = refusal.parameters.get("retry_after", 0)
            return Answer(refusal.status, json.dumps(refusal.as_json(), ensure_ascii=False), retry_after=retry_after)
        return Answer(200, json.dumps({"ok": True, "result": result}, ensure_ascii=False))

    async def _perform(self, call: Call, arguments: Arguments) -> Any:
        method = METHODS.get(call.method)
        if method is None:
            raise Refused(404, "Not Found")
        count = _message_count(arguments)
        if counts_as_message(call.method):
            self._limit(arguments, count)
        result = method(self._world, arguments)
        if inspect.isawaitable(result):
            result = await result
        if puts_messages(call.method):
            call.messages = count
        return result

    def _limit(self, arguments: Arguments, count: int) -> None:
        chat_id = arguments.whole("chat_id")
        wait = self._world.limiter.admit(chat_id, count)
        if wait:
            raise too_many_requests(wait)

    async def _answer_webhook_reply(self, reply: Mapping[str, Any]) -> None:
        method = str(reply["method"]).lower()
        if method not in ("setwebhook", "deletewebhook", "close", "logout") and not method.startswith("get"):
            await self.answer(method, Arguments(plain_values({k: v for k, v in reply.items() if k != "method"})))


def _message_count(arguments: Arguments) -> int:
    for name in ("media", "message_ids"):
        try:
            value = json.loads(arguments.text(name) or "null")
        except ValueError:
            return 1
        if isinstance(value, list):
            return max(1, len(cast(list[Any], value)))
    return 1


def _faulty(fault: Fault) -> Answer:
    return Answer(0) if fault.drop else Answer(fault.status, fault.body, fault.content_type, fault.retry_after)


def _readable(answer: Answer) -> Any:
    return json.loads(answer.body) if answer.body and answer.content_type == "application/json" else answer.body

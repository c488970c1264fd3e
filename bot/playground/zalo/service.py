"""One call from beginning to end: log, fault, method, answer. Errors are answered with HTTP 200 and ok:false."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from bot.playground.calls import Call
from bot.playground.faults import Fault
from bot.playground.zalo.chats import Chat, Json
from bot.playground.zalo.markup import cut, read_text
from bot.playground.zalo.world import World

TEXT_LIMIT = 2000
SECRET_LENGTHS = range(8, 257)


class Refused(Exception):
    """The platform says no: a code and a description."""

    def __init__(self, code: int, description: str) -> None:
        """As the answer names them."""
        super().__init__(description)
        self.code, self.description = code, description


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to the bot; status 0 is a connection broken without an answer."""

    status: int
    body: str = ""
    content_type: str = "application/json"


class BotApi:
    """Answers calls in a world."""

    def __init__(self, world: World) -> None:
        """Over one world."""
        self._world = world
        self._methods = {
            "getme": self._get_me,
            "getupdates": self._get_updates,
            "setwebhook": self._set_webhook,
            "deletewebhook": self._delete_webhook,
            "getwebhookinfo": self._webhook_info,
            "testwebhook": self._webhook_info,
            "sendmessage": self._send_message,
            "sendphoto": self._send_photo,
            "sendchataction": self._send_chat_action,
        }

    async def answer(self, method: str, parameters: Json) -> Answer:
        """Carry out a call, unless a fault stands in its way; always logged."""
        calls = self._world.calls
        call = calls.begin(method, {name: str(value) for name, value in parameters.items()})
        answer = Answer(0)
        try:
            answer = await self._with_fault(call, parameters)
        finally:
            readable = json.loads(answer.body) if answer.content_type == "application/json" and answer.body else ""
            calls.end(call, status=answer.status, answer=readable)
        return answer

    async def _with_fault(self, call: Call, parameters: Json) -> Answer:
        fault = self._world.faults.take(method=call.method, chat_id=call.chat_id)
        if fault is None:
            return await self._carry_out(call, parameters)
        call.fault = fault.describe()
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.replaces_answer and fault.moment == "before":
            return _faulty(fault)
        answer = await self._carry_out(call, parameters)
        return _faulty(fault) if fault.replaces_answer else answer

    async def _carry_out(self, call: Call, parameters: Json) -> Answer:
        method = self._methods.get(call.method)
        try:
            if method is None:
                raise Refused(404, "Not Found")
            result = await method(parameters)
        except Refused as refusal:
            return Answer(200, json.dumps(self.refusal(refusal), ensure_ascii=False))
        if call.method == "getupdates" and isinstance(result, Mapping) and "ok" in result:
            return Answer(200, json.dumps(result, ensure_ascii=False))
        if call.method in ("sendmessage", "sendphoto"):
            call.messages = 1
        return Answer(200, json.dumps({"ok": True, "result": result, "error_code": 0}, ensure_ascii=False))

    def refusal(self, refusal: Refused) -> Json:
        """The envelope of an error, in whichever shape is switched on."""
        switches = self._world.switches
        code = str(refusal.code) if switches.codes_as_text else refusal.code
        return {"ok": False, "description": refusal.description, switches.error_field: code}

    async def _get_me(self, parameters: Json) -> Any:
        del parameters
        bot = self._world.bot
        return {
            "id": bot.id,
            "account_name": "bot.mangluoi",
            "display_name": bot.name,
            "account_type": "BASIC",
            "can_join_groups": True,
        }

    async def _get_updates(self, parameters: Json) -> Any:
        if self._world.webhook.url:
            raise Refused(400, "Bad Request: a webhook is set")
        taken = await self._world.updates.take(timeout=float(parameters.get("timeout", 30)))
        if taken is None:
            raise Refused(408, "Request timeout")
        return taken

    async def _set_webhook(self, parameters: Json) -> Any:
        url, secret = str(parameters.get("url", "")), str(parameters.get("secret_token", ""))
        if self._world.switches.https_only and not url.startswith("https://"):
            raise Refused(400, "Bad Request: url must be https")
        if len(secret) not in SECRET_LENGTHS:
            raise Refused(400, "Bad Request: secret_token must have 8 to 256 characters")
        self._world.webhook.use(url=url, secret=secret)
        return {"url": url, "updated_at": self._world.webhook.updated_at, "verification": {"ok": True}}

    async def _delete_webhook(self, parameters: Json) -> Any:
        del parameters
        self._world.webhook.use(url="", secret="")
        return {"url": "", "updated_at": self._world.webhook.updated_at}

    async def _webhook_info(self, parameters: Json) -> Any:
        del parameters
        return {"url": self._world.webhook.url, "updated_at": self._world.webhook.updated_at}

    async def _send_chat_action(self, parameters: Json) -> Any:
        self._chat(parameters)
        return {}

    async def _send_message(self, parameters: Json) -> Any:
        text = str(parameters.get("text", ""))
        if not text.strip():
            raise Refused(400, "Bad Request: text is empty")
        chat = self._chat(parameters)
        plain, bold = read_text(cut(text, TEXT_LIMIT), str(parameters.get("parse_mode", "")))
        return self._sent(chat, {"text": text}, plain, bold)

    async def _send_photo(self, parameters: Json) -> Any:
        address, caption = str(parameters.get("photo", "")), str(parameters.get("caption", ""))
        chat = self._chat(parameters)
        secure = ("https",) if self._world.switches.https_only else ("https", "http")
        if urlsplit(address).scheme not in secure:
            raise Refused(400, "Bad Request: photo must be a public https url")
        plain, bold = read_text(cut(caption, TEXT_LIMIT), str(parameters.get("parse_mode", "")))
        return self._sent(chat, {"photo": address}, plain, bold, photo=await self._download(address))

    async def _download(self, address: str) -> bytes:
        async with httpx.AsyncClient(trust_env=False, verify=False, timeout=10) as client:  # noqa: S501 - local only
            try:
                response = await client.get(address)
            except httpx.HTTPError:
                raise Refused(400, "Bad Request: cannot download photo") from None
        if not response.is_success or not response.headers.get("content-type", "").startswith("image/"):
            raise Refused(400, "Bad Request: photo is not an image")
        return response.content

    def _chat(self, parameters: Json) -> Chat:
        chat = self._world.chats.get(str(parameters.get("chat_id", "")))
        if chat is None or (chat.is_private and not chat.started):
            raise Refused(404, "Not Found: chat not found")
        if chat.blocked:
            raise Refused(400, "Bad Request: user has blocked the bot")
        return chat

    def _sent(
        self, chat: Chat, content: Json, plain: str, bold: tuple[str, ...], *, photo: bytes | None = None
    ) -> Json:
        world = self._world
        if world.used >= world.switches.message_quota or world.met > world.switches.user_quota:
            raise Refused(429, "Quota exceeded")
        world.count()
        message = world.put(chat, world.bot, content, plain=plain, photo=photo)
        message.bold = bold
        return {"message_id": message.id, "date": message.date}


def _faulty(fault: Fault) -> Answer:
    return Answer(0) if fault.drop else Answer(fault.status, fault.body, fault.content_type)

"""The people's side of the local Zalo over HTTP, under /playground/, for tests and pages in another process.

Bodies and answers are JSON; what a person cannot do gets 409, what does not exist 404, a wait in vain 408.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, fields
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.playground.zalo.chats import Chat, Json, Message
from bot.playground.zalo.people import Phone
from bot.playground.zalo.switches import Switches
from bot.playground.zalo.world import World

Endpoint = Callable[[Request], Awaitable[Response]]


def control_routes(world: World) -> list[BaseRoute]:
    """The control routes of one world."""
    control = Control(world)
    table: list[tuple[str, str, Endpoint]] = [
        ("GET", "/playground/state", control.state),
        ("POST", "/playground/switches", control.switch),
        ("POST", "/playground/people", control.add_person),
        ("POST", "/playground/groups", control.add_group),
        ("GET", "/playground/people/{person}/messages", control.messages),
        ("GET", "/playground/people/{person}/wait", control.wait),
        ("POST", "/playground/people/{person}/{act}", control.act),
        ("POST", "/playground/faults", control.fail),
        ("GET", "/playground/calls", control.calls),
    ]
    return [Route(path, _guarded(endpoint), methods=[method]) for method, path, endpoint in table]


class Control:
    """One endpoint a method."""

    def __init__(self, world: World) -> None:
        """The world to look into."""
        self.world = world

    async def state(self, _request: Request) -> Response:
        """The token, the bot, the switches, and how much waits for it."""
        world = self.world
        return JSONResponse(
            {
                "token": world.token,
                "bot": world.bot.as_json(),
                "switches": asdict(world.switches),
                "pending_updates": len(world.updates),
                "webhook": world.webhook.url,
                "used": world.used,
                "now": world.clock().isoformat(),
            }
        )

    async def switch(self, request: Request) -> Response:
        """Turn switches by name."""
        for name, value in (await request.json()).items():
            if name not in {field.name for field in fields(Switches)}:
                raise LookupError(f"no switch {name}")
            setattr(self.world.switches, name, value)
        return JSONResponse(asdict(self.world.switches))

    async def add_person(self, request: Request) -> Response:
        """A new person from `name`."""
        return JSONResponse(self.world.add_person(str((await request.json())["name"])).as_json())

    async def add_group(self, request: Request) -> Response:
        """A group of `members` (ids) with a `title`."""
        body = await request.json()
        chat = self.world.add_group(str(body["title"]), [self.world.accounts[one] for one in body["members"]])
        return JSONResponse(chat.as_json())

    async def messages(self, request: Request) -> Response:
        """What the person sees in a chat; ?chat_id=."""
        phone = self._phone(request)
        return JSONResponse([_seen(message) for message in phone.messages(self._chat(request.query_params))])

    async def wait(self, request: Request) -> Response:
        """The bot's newest message that contains ?text=, within ?timeout= seconds; ?chat_id=, ?after= (a message)."""
        phone, query = self._phone(request), request.query_params
        chat = self._chat(query)
        after = next((m for m in phone.messages(chat) if m.id == query.get("after")), None)
        timeout = float(query.get("timeout", "5"))
        return JSONResponse(
            _seen(await phone.wait_for_text(query.get("text", ""), chat=chat, after=after, timeout=timeout))
        )

    async def act(self, request: Request) -> Response:
        """Let the person send, choose, send_photo, send_voice, send_file or block."""
        phone, body = self._phone(request), await request.json()
        chat = self._chat(body)
        match request.path_params["act"]:
            case "send":
                mention = bool(body.get("mention", False))
                sent = await phone.send(str(body["text"]), chat=chat, mention=mention)
            case "choose":
                sent = await phone.choose(str(body["label"]))
            case "photo":
                data, caption = b64decode(body["data"]), str(body.get("caption", ""))
                sent = await phone.send_photo(data, caption=caption, chat=chat)
            case "voice":
                sent = await phone.send_voice(b64decode(body["data"]), chat=chat)
            case "file":
                sent = await phone.send_file(chat=chat)
            case "block":
                phone.block()
                return JSONResponse({})
            case other:
                raise LookupError(f"no act {other}")
        return JSONResponse(_seen(sent))

    async def fail(self, request: Request) -> Response:
        """Have the next calls of a method fail; the fields of World.fail_next."""
        self.world.fail_next(**await request.json())
        return JSONResponse({})

    async def calls(self, request: Request) -> Response:
        """What the bot called; ?method=."""
        method = request.query_params.get("method", "").lower()
        return JSONResponse([call.as_json() for call in self.world.calls if method in ("", call.method)])

    def _phone(self, request: Request) -> Phone:
        return Phone(self.world, self.world.accounts[request.path_params["person"]])

    def _chat(self, given: Mapping[str, Any]) -> Chat | None:
        chat_id = str(given.get("chat_id") or "")
        return self.world.chats[chat_id] if chat_id else None


def _seen(message: Message) -> Json:
    mine = message.sender.is_bot
    return {"message_id": message.id, "text": message.text, "from_bot": mine, "date": message.date} | (
        {"photo": message.content["photo"]} if mine and "photo" in message.content else {}
    )


def _guarded(endpoint: Endpoint) -> Endpoint:
    async def guarded(request: Request) -> Response:
        try:
            return await endpoint(request)
        except LookupError as error:
            return JSONResponse({"error": str(error)}, status_code=404)
        except TimeoutError:
            return JSONResponse({"error": "nothing came"}, status_code=408)
        except ValueError as error:
            return JSONResponse({"error": str(error)}, status_code=409)

    return guarded

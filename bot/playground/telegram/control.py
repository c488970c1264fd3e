"""The people's side over HTTP, under /playground/, for tests and pages in another process.

Bodies and answers are JSON; a person who cannot do a thing gets 409, what does not exist 404, a wait in vain 408,
each as {"error": …}.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from bot.playground.clock import ShiftedClock
from bot.playground.telegram.acts import ACTS, chat_of, phone_of, press_json, seen
from bot.playground.telegram.chats import Json
from bot.playground.telegram.errors import Refused
from bot.playground.telegram.limits import Rates
from bot.playground.telegram.people import Phone
from bot.playground.telegram.world import World

Endpoint = Callable[[Request], Awaitable[Response]]


def control_routes(world: World) -> list[BaseRoute]:
    """The control routes of one world."""
    control = Control(world)
    table: list[tuple[str, str, Endpoint]] = [
        ("GET", "/playground/state", control.state),
        ("GET", "/playground/people", control.people),
        ("POST", "/playground/people", control.add_person),
        ("GET", "/playground/people/{person:int}/messages", control.messages),
        ("GET", "/playground/people/{person:int}/keyboard", control.keyboard),
        ("GET", "/playground/people/{person:int}/wait", control.wait),
        ("POST", "/playground/people/{person:int}/{act}", control.act),
        ("GET", "/playground/presses/{press}", control.press),
        ("GET", "/playground/files/{file}", control.file),
        ("GET", "/playground/calls", control.calls),
        ("GET", "/playground/events", control.events),
        ("POST", "/playground/quiet", control.quiet),
        ("POST", "/playground/faults", control.add_fault),
        ("DELETE", "/playground/faults", control.clear_faults),
        ("POST", "/playground/limits", control.limits),
        ("POST", "/playground/clock", control.clock),
    ]
    return [Route(path, _guarded(endpoint), methods=[method]) for method, path, endpoint in table]


class Control:
    """One endpoint a method."""

    def __init__(self, world: World) -> None:
        """The world to look into."""
        self.world = world

    async def state(self, _request: Request) -> Response:
        """The token, the bot, its profile, and how much waits for it."""
        world, profile = self.world, self.world.profile
        shown: Json = {
            "token": world.token,
            "bot": world.bot.as_json(),
            "pending_updates": len(world.updates.pending),
            "webhook": world.webhook.info(),
            "commands": [{"scope": s, "language": la, "commands": c} for (s, la), c in profile.commands.items()],
            "chats": [chat.as_json() for chat in world.chats.values()],
            "now": world.clock().isoformat(),
        }
        return JSONResponse(shown)

    async def people(self, _request: Request) -> Response:
        """Everybody but the bot."""
        return JSONResponse([person.as_json() for person in self.world.accounts.values() if not person.is_bot])

    async def add_person(self, request: Request) -> Response:
        """A new person from first_name, last_name, username."""
        body = await _body(request)
        person = self.world.add_person(
            str(body["first_name"]),
            last_name=str(body.get("last_name", "")),
            username=str(body.get("username", "")),
        )
        return JSONResponse(person.as_json())

    async def messages(self, request: Request) -> Response:
        """What the person sees in a chat; ?chat_id= and ?after= (a message id)."""
        phone, after = self._phone(request), int(request.query_params.get("after", "0"))
        found = phone.messages(chat_of(phone, request.query_params))
        return JSONResponse([seen(message) for message in found if message.id > after])

    async def keyboard(self, request: Request) -> Response:
        """The labels of the person's reply keyboard; ?chat_id=."""
        phone = self._phone(request)
        return JSONResponse(phone.keyboard(chat_of(phone, request.query_params)))

    async def wait(self, request: Request) -> Response:
        """The bot's newest message that contains ?text=, younger than ?after=, within ?timeout= seconds."""
        phone, query = self._phone(request), request.query_params
        message = await phone.wait_for_text(
            query.get("text", ""),
            chat=chat_of(phone, query),
            after=int(query.get("after", "0")),
            timeout=float(query.get("timeout", "5")),
        )
        return JSONResponse(seen(message))

    async def act(self, request: Request) -> Response:
        """Let the person do something."""
        act = ACTS.get(request.path_params["act"])
        if act is None:
            raise LookupError(f"no such act; there are {', '.join(ACTS)}")
        return JSONResponse(act(self._phone(request), await _body(request)))

    async def press(self, request: Request) -> Response:
        """A press and its answer; ?timeout= seconds to wait for that."""
        press = self.world.presses.made[request.path_params["press"]]
        timeout = float(request.query_params.get("timeout", "0"))
        if timeout:
            await self.world.wait_for(lambda: press.answer is not None, timeout=timeout)
        return JSONResponse(press_json(press))

    async def file(self, request: Request) -> Response:
        """The bytes of any file that somebody sent."""
        stored = self.world.files.find(request.path_params["file"])
        return Response(stored.data, media_type=stored.mime or "application/octet-stream")

    async def calls(self, request: Request) -> Response:
        """What the bot called; ?method=, ?chat_id=, ?since= (a call's number)."""
        query = request.query_params
        method, chat_id, since = query.get("method", "").lower(), query.get("chat_id", ""), query.get("since", "0")
        found = [
            call.as_json()
            for call in self.world.calls
            if method in ("", call.method) and chat_id in ("", call.chat_id) and call.number > int(since)
        ]
        return JSONResponse(found)

    async def events(self, _request: Request) -> Response:
        """Everything that happens from now on, as server-sent events."""
        return StreamingResponse(_events(self.world), media_type="text/event-stream")

    async def quiet(self, request: Request) -> Response:
        """Answers once the bot has taken every update and been silent for "calm" seconds."""
        body = await _body(request)
        await self.world.quiet(calm=float(body.get("calm", 0.3)), timeout=float(body.get("timeout", 10)))
        return JSONResponse({})

    async def add_fault(self, request: Request) -> Response:
        """Plan a fault; the body holds the arguments of `Faults.add`."""
        body = await _body(request)
        try:
            self.world.faults.add(**body)
        except TypeError as error:
            raise ValueError(str(error)) from error
        return JSONResponse({})

    async def clear_faults(self, _request: Request) -> Response:
        """Let everything go well again."""
        self.world.faults.clear()
        return JSONResponse({})

    async def limits(self, request: Request) -> Response:
        """Switch the limiter on with the figures of `Rates`, or off with {"on": false}."""
        body = await _body(request)
        on = body.pop("on", True)
        self.world.limiter.use(Rates(**body) if on else None)
        return JSONResponse({})

    async def clock(self, request: Request) -> Response:
        """Set this Telegram's clock to the ISO time in "at", with its offset."""
        if not isinstance(self.world.clock, ShiftedClock):
            raise ValueError("this playground's clock cannot be set")
        self.world.clock.set(datetime.fromisoformat((await _body(request))["at"]))
        return JSONResponse({"now": self.world.clock().isoformat()})

    def _phone(self, request: Request) -> Phone:
        return phone_of(self.world, int(request.path_params["person"]))


def _guarded(endpoint: Endpoint) -> Endpoint:
    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except TimeoutError:
            return JSONResponse({"error": "nothing came in time"}, 408)
        except KeyError as error:
            return JSONResponse({"error": f"missing or unknown: {error}"}, 404)
        except LookupError as error:
            return JSONResponse({"error": str(error)}, 404)
        except Refused as refusal:
            return JSONResponse({"error": refusal.description}, 409)
        except (ValueError, TypeError) as error:
            return JSONResponse({"error": str(error)}, 409)

    return answer


async def _body(request: Request) -> Json:
    value: Any = json.loads(await request.body() or b"{}")
    if not isinstance(value, dict):
        raise ValueError("a JSON object is expected")
    return cast(Json, value)


async def _events(world: World) -> AsyncIterator[str]:
    subscription = world.changes.subscribe()
    try:
        async for change in subscription:
            shown = {"kind": change.kind, "chat_id": change.chat_id, "data": dict(change.data)}
            yield f"event: {change.kind}\ndata: {json.dumps(shown, ensure_ascii=False)}\n\n"
    finally:
        subscription.close()

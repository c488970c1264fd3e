"""What the page asks for and does, one endpoint a method; changes come as JSON and are answered with JSON."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse

from bot.playground.page.backstage import Backstage, Persona
from bot.playground.page.sides import Json
from bot.playground.page.stream import Stream
from bot.playground.telegram.errors import Refused

if TYPE_CHECKING:
    from bot.playground.page.page import Page

ASSETS = Path(__file__).parent / "assets"
_LARGEST = 40 * 1024 * 1024  # bytes of a request; a file of 20 MB grows by a third in base64
_NAME_LIMIT = 60
_SHOWN_TYPES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_MAGIC = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF8", "image/gif"))

_Endpoint = Callable[["PageRequests", Request], Awaitable[Response]]


def _worded(endpoint: _Endpoint) -> _Endpoint:
    """What cannot be done becomes 409, what is not there 404, each with its reason."""

    @wraps(endpoint)
    async def answer(self: PageRequests, request: Request) -> Response:
        try:
            return await endpoint(self, request)
        except LookupError as error:
            return JSONResponse({"error": str(error)}, 404)
        except (ValueError, TypeError, Refused) as error:
            return JSONResponse({"error": str(error)}, 409)

    return answer


class PageRequests:
    """The endpoints."""

    def __init__(self, page: Page, backstage: Backstage, stream: Stream) -> None:
        """Of one page."""
        self._page, self._backstage, self._stream = page, backstage, stream

    async def index(self, _request: Request) -> Response:
        """The page itself."""
        return FileResponse(ASSETS / "index.html", media_type="text/html; charset=utf-8")

    async def events(self, _request: Request) -> Response:
        """The whole state, and from then on what happens."""
        queue = self._stream.listen()
        lines = self._stream.follow(queue, self._page.state())
        return StreamingResponse(lines, media_type="text/event-stream")

    @_worded
    async def act(self, request: Request) -> Response:
        """Let a person do something: "person", "act", and what the act needs."""
        body = await _body(request)
        side_name, _, person = str(body["person"]).partition(":")
        act = str(body["act"])
        result = await self._backstage.scene().side(side_name).act(person, act, body)
        if act in ("block", "unblock"):
            self._stream.publish("people", {"people": self._page.people()})
        return JSONResponse(result)

    @_worded
    async def add_person(self, request: Request) -> Response:
        """Somebody whom nobody knows, on "platform", called "name"."""
        body = await _body(request)
        name = str(body["name"]).strip()[:_NAME_LIMIT]
        if not name:
            raise ValueError("a person needs a name")
        scene = self._backstage.scene()
        side = scene.side(str(body["platform"]))
        persona = Persona(side.name, side.add_person(name), name, "Người lạ")
        scene.personas.append(persona)
        for chat in side.chats():
            if persona.key in chat["people"]:
                self._stream.publish("chat", chat)
        self._stream.publish("people", {"people": self._page.people()})
        return JSONResponse({"key": persona.key})

    @_worded
    async def fault(self, request: Request) -> Response:
        """Switch a fault: "platform", "name", "on"."""
        body = await _body(request)
        self._page.switches[str(body["platform"])].turn(str(body["name"]), on=bool(body["on"]))
        self._stream.publish("faults", self._page.faults())
        return JSONResponse(self._page.faults())

    @_worded
    async def clock(self, request: Request) -> Response:
        """Move the clock "to" a moment's name or an ISO time."""
        await self._backstage.move(str((await _body(request))["to"]))
        return JSONResponse(self._page.clock_state())

    @_worded
    async def reset(self, _request: Request) -> Response:
        """Begin anew."""
        await self._backstage.reset()
        return JSONResponse({})

    @_worded
    async def file(self, request: Request) -> Response:
        """A file that was sent: pictures are shown, everything else is only ever downloaded."""
        side = self._backstage.scene().side(request.path_params["side"])
        found = side.file(request.path_params["name"])
        kind = next((mime for magic, mime in _MAGIC if found.data.startswith(magic)), "application/octet-stream")
        shown = kind in _SHOWN_TYPES and "download" not in request.query_params
        headers = {"Content-Security-Policy": "sandbox; default-src 'none'"}
        if not shown:
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name)}"
        return Response(found.data, media_type=kind, headers=headers)

    @_worded
    async def code(self, request: Request) -> Response:
        """The text of a module that did something."""
        text = self._backstage.read_code(request.path_params["path"])
        if text is None:
            raise LookupError("no such module")
        return PlainTextResponse(text)


async def _body(request: Request) -> Json:
    data = b""
    async for piece in request.stream():
        data += piece
        if len(data) > _LARGEST:
            raise ValueError("too large")
    value: Any = json.loads(data or b"{}")
    if not isinstance(value, dict):
        raise ValueError("a JSON object is expected")
    return cast(Json, value)

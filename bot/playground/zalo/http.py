"""The HTTP surface of the local Zalo: /bot{token}/{method}, and /media/{name} for what people send."""

from __future__ import annotations

import hmac
import json
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.playground.server import BrokenConnection
from bot.playground.zalo.chats import Json
from bot.playground.zalo.service import Answer, BotApi, Refused
from bot.playground.zalo.world import World


def zalo_routes(world: World) -> list[BaseRoute]:
    """The routes that serve one world."""
    api = BotApi(world)

    async def call(request: Request) -> Response:
        token, _, method = request.path_params["rest"].partition("/")
        if not hmac.compare_digest(token.encode(), world.token.encode()):
            return JSONResponse(api.refusal(Refused(401, "Unauthorized")))
        return _response(await api.answer(method.strip("/"), await _parameters(request)))

    async def media(request: Request) -> Response:
        found = world.media.get(request.path_params["name"])
        if found is None:
            return Response("gone", 404)
        return Response(found[0], media_type=found[1])

    return [
        Route("/bot{rest:path}", call, methods=["GET", "POST"]),
        Route("/media/{name}", media, methods=["GET"]),
    ]


async def _parameters(request: Request) -> Json:
    try:
        value: Any = json.loads(await request.body() or b"{}")
    except ValueError:
        value = {}
    given = cast(Json, value) if isinstance(value, dict) else {}
    return {**request.query_params, **given}


def _response(answer: Answer) -> Response:
    if answer.status == 0:
        return BrokenConnection()
    return Response(answer.body, answer.status, media_type=answer.content_type)

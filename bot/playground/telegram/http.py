"""The HTTP surface of the Bot API: /bot{token}/{method} and /file/bot{token}/{path}."""

from __future__ import annotations

import hmac
import json
import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.playground.server import BrokenConnection
from bot.playground.telegram.errors import Refused
from bot.playground.telegram.requests import read_arguments
from bot.playground.telegram.service import Answer, BotApi
from bot.playground.telegram.world import World

_TOKEN_SHAPE = re.compile(r"[1-9]\d{0,17}:[A-Za-z0-9_-]{30,50}")


def telegram_routes(world: World) -> list[BaseRoute]:
    """The routes that serve one world."""
    api = BotApi(world)

    async def call(request: Request) -> Response:
        token, _, method = request.path_params["rest"].partition("/")
        try:
            _check_token(world, token)
            arguments = await read_arguments(request)
        except Refused as refusal:
            return _refusal(refusal)
        return _response(await api.answer(method.strip("/"), arguments))

    async def download(request: Request) -> Response:
        token, _, path = request.path_params["rest"].partition("/")
        try:
            _check_token(world, token)
        except Refused as refusal:
            return _refusal(refusal)
        return _file(world, path)

    return [
        Route("/bot{rest:path}", call, methods=["GET", "POST"]),
        Route("/file/bot{rest:path}", download, methods=["GET"]),
    ]


def _check_token(world: World, token: str) -> None:
    if hmac.compare_digest(token.encode(), world.token.encode()):
        return
    raise Refused(401, "Unauthorized") if _TOKEN_SHAPE.fullmatch(token) else Refused(404, "Not Found")


def _file(world: World, path: str) -> Response:
    fault = world.faults.take(method="download", chat_id="")
    if fault is not None and fault.replaces_answer:
        return _response(Answer(0) if fault.drop else Answer(fault.status, fault.body, fault.content_type))
    stored = world.files.open(path)
    if stored is None:
        return _refusal(Refused(404, "Not Found"))
    return Response(stored.data, media_type="application/octet-stream")


def _refusal(refusal: Refused) -> Response:
    return Response(json.dumps(refusal.as_json()), refusal.status, media_type="application/json")


def _response(answer: Answer) -> Response:
    if answer.status == 0:
        return BrokenConnection()
    headers = {"Retry-After": str(answer.retry_after)} if answer.retry_after else None
    return Response(answer.body, answer.status, headers, answer.content_type)

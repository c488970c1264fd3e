"""The HTTP surface: webhooks, health, readiness, metrics."""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.domain.clock import Clock
from bot.pipeline.intake import Intake
from bot.web.downloads import serve_files
from bot.web.file_links import FileLinks
from storage.engine import Database

log = structlog.get_logger()
_LARGEST_UPDATE = 1024 * 1024
_LAG_LIMIT = 60.0


@dataclass(frozen=True, slots=True)
class Webhook:
    """A platform's webhook: its path, the header that carries its secret, and where updates go."""

    path: str
    header: str
    secret: str
    intake: Intake


def build_surface(
    *,
    database: Database,
    clock: Clock,
    webhooks: list[Webhook],
    channels_up: Callable[[], bool],
    links: FileLinks,
) -> Starlette:
    """The ASGI application. `channels_up` tells whether the platforms answer, `links` reads signed addresses."""
    routes = [
        Route("/healthz", _healthz),
        Route("/readyz", _readyz(database, clock, channels_up)),
        Route("/metrics", _metrics(database, clock)),
        Route("/files/{signed}", serve_files(database, links), methods=["GET"]),
        *(Route(webhook.path, _receive(webhook), methods=["POST"]) for webhook in webhooks),
    ]
    return Starlette(routes=routes)


async def _healthz(request: Request) -> Response:
    del request
    return PlainTextResponse("ok")


Endpoint = Callable[[Request], Awaitable[Response]]


def _receive(webhook: Webhook) -> Endpoint:
    async def receive(request: Request) -> Response:
        given = request.headers.get(webhook.header, "")
        if not hmac.compare_digest(given.encode(), webhook.secret.encode()):
            return PlainTextResponse("forbidden", status_code=403)
        body = await _body(request)
        if body is None:
            return PlainTextResponse("too large", status_code=413)
        if not body:  # Zalo has been seen to send these
            return JSONResponse({"message": "Success"})
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError):
            return PlainTextResponse("not JSON", status_code=400)
        if not isinstance(raw, dict):
            return PlainTextResponse("not an update", status_code=400)
        await webhook.intake.accept([raw])  # pyright: ignore[reportUnknownArgumentType] - checked when it is read
        return JSONResponse({"message": "Success"})

    return receive


async def _body(request: Request) -> bytes | None:
    """The body, or None as soon as it is larger than any update."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST_UPDATE:
            return None
    return body


def _readyz(database: Database, clock: Clock, channels_up: Callable[[], bool]) -> Endpoint:
    async def readyz(request: Request) -> Response:
        del request
        try:
            async with database.read() as uow:
                waiting, lag = await uow.inbox.lag(now=clock())
        except Exception as error:
            return JSONResponse({"database": type(error).__name__}, status_code=503)
        ready = channels_up() and lag < _LAG_LIMIT
        report = {"database": "ok", "channels": "ok" if channels_up() else "down", "waiting": waiting, "lag": lag}
        return JSONResponse(report, status_code=200 if ready else 503)

    return readyz


def _metrics(database: Database, clock: Clock) -> Endpoint:
    async def metrics(request: Request) -> Response:
        del request
        registry = CollectorRegistry()
        async with database.read() as uow:
            now = clock()
            waiting, lag = await uow.inbox.lag(now=now)
            messages = await uow.delivery.counts()
            dead = len(await uow.inbox.dead_letters())
        _gauge(registry, "mangluoi_inbox_waiting", "Updates that wait to be handled", waiting)
        _gauge(registry, "mangluoi_inbox_lag_seconds", "How long the oldest update has waited", lag)
        _gauge(registry, "mangluoi_dead_letters", "Updates set aside after failures", dead)
        outbox = Gauge("mangluoi_outbox", "Messages by state", ["state"], registry=registry)
        for state, count in messages.items():
            outbox.labels(state=state).set(count)
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return metrics


def _gauge(registry: CollectorRegistry, name: str, words: str, value: float) -> None:
    Gauge(name, words, registry=registry).set(value)

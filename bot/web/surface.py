"""The HTTP surface: webhooks, health, readiness, metrics."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.domain.clock import Clock
from bot.domain.join_codes import GUESS_WINDOW
from bot.domain.vitals import LAG_LIMIT, Vitals
from bot.pipeline.intake import Intake
from bot.pipeline.measures import Measures
from bot.pipeline.trouble import tell
from bot.web.downloads import serve_files
from bot.web.file_links import FileLinks
from storage.engine import Database

_LARGEST_UPDATE = 1024 * 1024
_RECENT = timedelta(days=1)
_PATIENCE = 3.0  # seconds in which a database that is well has answered


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
    measures: Measures | None = None,
    vitals: Callable[[], Vitals] = Vitals,
) -> Starlette:
    """The ASGI application. `channels_up` tells whether the platforms answer, `links` reads signed addresses.

    `measures` and `vitals` are this process's own part of /metrics.
    """
    routes = [
        Route("/healthz", _healthz),
        Route("/readyz", _readyz(database, clock, channels_up)),
        Route("/metrics", _metrics(database, clock, measures or Measures(), vitals)),
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
        try:
            await webhook.intake.accept([raw])  # pyright: ignore[reportUnknownArgumentType] - checked when it is read
        except Exception as error:
            # Not stored, so not acknowledged: the platform pushes it again.
            tell("intake_failed", error, path=webhook.path)
            return PlainTextResponse("not stored", status_code=503)
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
            async with asyncio.timeout(_PATIENCE), database.read() as uow:
                waiting, lag = await uow.inbox.lag(now=clock())
        except Exception as error:
            return JSONResponse({"database": type(error).__name__}, status_code=503)
        ready = channels_up() and lag < LAG_LIMIT
        report = {"database": "ok", "channels": "ok" if channels_up() else "down", "waiting": waiting, "lag": lag}
        return JSONResponse(report, status_code=200 if ready else 503)

    return readyz


def _metrics(database: Database, clock: Clock, measures: Measures, vitals: Callable[[], Vitals]) -> Endpoint:
    async def metrics(request: Request) -> Response:
        del request
        registry = CollectorRegistry()
        try:
            async with asyncio.timeout(_PATIENCE):
                await _measure_queues(registry, database, clock)
        except Exception as error:
            tell("metrics_incomplete", error)
            registry = CollectorRegistry()
            _gauge(registry, "mangluoi_database_up", "Whether the database answers", 0)
        else:
            _gauge(registry, "mangluoi_database_up", "Whether the database answers", 1)
        _measure_machine(registry, vitals())
        return Response(generate_latest(registry) + generate_latest(measures.registry), media_type=CONTENT_TYPE_LATEST)

    return metrics


async def _measure_queues(registry: CollectorRegistry, database: Database, clock: Clock) -> None:
    now = clock()
    async with database.read() as uow:
        waiting, lag = await uow.inbox.lag(now=now)
        messages = await uow.delivery.counts()
        recent = await uow.queues.unhappy(since=now - _RECENT)
        dead = await uow.queues.dead_letters()
        guesses = await uow.join_codes.all_wrong_guesses(since=now - GUESS_WINDOW)
    _gauge(registry, "mangluoi_inbox_waiting", "Updates that wait to be handled", waiting)
    _gauge(registry, "mangluoi_inbox_lag_seconds", "How long the oldest update has waited", lag)
    _gauge(registry, "mangluoi_dead_letters", "Updates set aside after failures", dead)
    _gauge(registry, "mangluoi_wrong_codes_last_hour", "Join codes guessed wrongly in the last hour", guesses)
    outbox = Gauge("mangluoi_outbox", "Messages by state", ["state"], registry=registry)
    for state, count in messages.items():
        outbox.labels(state=state).set(count)
    unhappy = Gauge("mangluoi_not_delivered_last_day", "Messages of a day that failed", ["state"], registry=registry)
    for state in ("failed", "uncertain"):
        unhappy.labels(state=state).set(recent.get(state, 0))


def _measure_machine(registry: CollectorRegistry, seen: Vitals) -> None:
    up = Gauge("mangluoi_channel_up", "Whether a platform is connected", ["channel"], registry=registry)
    for name, is_up in seen.channels.items():
        up.labels(channel=name).set(is_up)
    if seen.disk_free is not None:
        _gauge(registry, "mangluoi_disk_free_bytes", "Free bytes where the data lie", seen.disk_free)
    last = seen.backup_at or seen.installed_at
    if last is not None:
        words = "When a backup was last made here, or else the installation"
        _gauge(registry, "mangluoi_backup_timestamp_seconds", words, last.timestamp())


def _gauge(registry: CollectorRegistry, name: str, words: str, value: float) -> None:
    Gauge(name, words, registry=registry).set(value)

"""A local web server inside an event loop, which can also break connections on purpose."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Generator
from typing import cast

import uvicorn
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

HOST = "127.0.0.1"


class BrokenConnection(Response):
    """An answer that never comes: the connection is cut instead."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - nothing is sent
        """Cut the connection that the request came on, and wait until the server has noticed."""
        cast(asyncio.Transport, scope["state"]["transport"]).abort()
        while (await receive())["type"] != "http.disconnect":
            pass


class _Protocol(H11Protocol):
    """Lends its connection to the requests that come on it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


class _Server(uvicorn.Server):
    """Leaves the signals of the process alone."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


class LocalServer:
    """Serves an application on this machine only, from `start` to `stop`."""

    def __init__(self, app: ASGIApp, *, port: int = 0) -> None:
        """Port 0 takes a free one; it is held from now on, so the address is known before anything runs."""
        self._socket = socket.create_server((HOST, port))
        self.url = f"http://{HOST}:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(
            app,
            http=_Protocol,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=2,
        )
        self._server = _Server(config)
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to serve. The socket listens already, so nobody is turned away."""
        self._task = asyncio.create_task(self._server.serve([self._socket]))

    async def stop(self) -> None:
        """Finish what is under way, within two seconds, and close."""
        self._server.should_exit = True
        if self._task is not None:
            await self._task
        self._socket.close()

"""Several processes of one bot behind a plain round-robin proxy."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import web


class Proxy:
    """Hands each request to the next process in turn, dead or alive; a dead one makes it a 502, never a second try."""

    def __init__(self) -> None:
        """Without anybody behind it yet."""
        self.ports: list[int] = []
        self.handed = 0
        self.refused = 0

    async def hand_on(self, request: web.Request) -> web.Response:
        """One request."""
        port = self.ports[self.handed % len(self.ports)]
        self.handed += 1
        headers = {name: value for name, value in request.headers.items() if name.lower() != "host"}
        address = f"http://127.0.0.1:{port}{request.rel_url}"
        try:
            async with (
                aiohttp.ClientSession() as session,
                session.request(request.method, address, data=await request.read(), headers=headers) as answer,
            ):
                return web.Response(status=answer.status, body=await answer.read())
        except aiohttp.ClientError:
            self.refused += 1
            return web.Response(status=502, text="bad gateway")

    @asynccontextmanager
    async def serving(self) -> AsyncGenerator[str]:
        """The proxy on a free port; yields its address."""
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", self.hand_on)
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        finally:
            await runner.cleanup()


class Fleet:
    """The processes."""

    def __init__(self, installations: Sequence[Any]) -> None:
        """One installation a process, all of the same bot."""
        self._installations = list(installations)
        self._processes: list[asyncio.subprocess.Process] = []
        self.kills = 0

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """All of them, ended by SIGTERM."""
        self._processes = list(await asyncio.gather(*(each.start() for each in self._installations)))
        try:
            yield
        finally:
            for process in self._processes:
                process.terminate()
            for process in self._processes:
                async with asyncio.timeout(15):
                    await process.wait()

    async def kill_again_and_again(self, chance: random.Random, *, until: asyncio.Event) -> None:
        """One after the other by SIGKILL, started anew at once; all run when it returns."""
        while not until.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(until.wait(), chance.uniform(0.5, 2.0))
                continue
            chosen = chance.randrange(len(self._processes))
            self._processes[chosen].kill()
            await self._processes[chosen].wait()
            self.kills += 1
            self._processes[chosen] = await self._installations[chosen].start()

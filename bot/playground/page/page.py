"""The page's server: the files of the page, the stream of what happens, and what people do."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.playground.changes import Change
from bot.playground.page.backstage import Backstage, Scene
from bot.playground.page.guard import LocalOnly
from bot.playground.page.requests import ASSETS, PageRequests
from bot.playground.page.sides import Json, Side
from bot.playground.page.stream import Stream
from bot.playground.page.switches import SwitchBoard
from bot.playground.server import LocalServer

_LOOK_EVERY = 1.0  # seconds between looks at the queues when nothing happens


class Page:
    """Serves one page, whose scene can change; use start and stop."""

    def __init__(self, backstage: Backstage, stream: Stream, *, port: int = 0) -> None:
        """Port 0 takes a free one; OSError when the port is taken."""
        self._backstage, self._stream = backstage, stream
        self._pumps: list[asyncio.Task[None]] = []
        self._queues: Json = {}
        self._stirred = asyncio.Event()
        self.switches: dict[str, SwitchBoard] = {}
        requests = PageRequests(self, backstage, stream)
        app = Starlette(
            routes=[
                Route("/", requests.index, methods=["GET"]),
                Route("/api/events", requests.events, methods=["GET"]),
                Route("/api/files/{side}/{name}", requests.file, methods=["GET"]),
                Route("/api/code/{path:path}", requests.code, methods=["GET"]),
                Route("/api/act", requests.act, methods=["POST"]),
                Route("/api/people", requests.add_person, methods=["POST"]),
                Route("/api/faults", requests.fault, methods=["POST"]),
                Route("/api/clock", requests.clock, methods=["POST"]),
                Route("/api/reset", requests.reset, methods=["POST"]),
                Mount("/assets", StaticFiles(directory=ASSETS)),
            ]
        )
        guarded = LocalOnly(app)
        self._server = LocalServer(guarded, port=port)
        self.url = self._server.url
        guarded.use_port(int(self.url.rpartition(":")[2]))

    async def start(self) -> None:
        """Begin to serve."""
        await self._server.start()
        self._pumps.append(asyncio.create_task(self._watch_queues()))

    async def stop(self) -> None:
        """End all streams and the server."""
        self._stream.close()
        await _end(self._pumps)
        await self._server.stop()

    def show(self, scene: Scene) -> None:
        """Look at a new scene from now on, and let every open page draw it afresh."""
        self.switches = {side.name: side.switches() for side in scene.sides}
        for side in scene.sides:
            task = asyncio.create_task(self._pump(side, side.changes()))
            self._pumps.append(task)
            task.add_done_callback(self._pumps.remove)
        self._stream.publish("reset", {})

    async def _pump(self, side: Side, changes: AsyncIterator[Change]) -> None:
        """Hand on what happens on a platform, until its world is closed."""
        async for change in changes:
            for event in side.events(change):
                self._stream.publish(event.kind, event.data)
                if event.kind == "call":
                    self._stirred.set()

    async def _watch_queues(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stirred.wait(), _LOOK_EVERY)
            self._stirred.clear()
            queues = await self._backstage.queues()
            if queues != self._queues:
                self._queues = queues
                self._stream.publish("queues", queues)

    def state(self) -> Json:
        """Everything that the page shows."""
        scene = self._backstage.scene()
        return {
            "now": self._now(),
            "moments": self.moments(),
            "people": self.people(),
            "chats": [chat for side in scene.sides for chat in side.chats()],
            "faults": self.faults(),
            "queues": self._queues,
            "story": scene.story,
            "hints": [
                {"title": hint.title, "person": hint.person, "text": hint.text, "move": hint.move}
                for hint in scene.hints
            ],
        }

    def people(self) -> list[Json]:
        """Everybody who has a phone."""
        scene = self._backstage.scene()
        return [
            {
                "key": each.key,
                "platform": each.side,
                "name": each.name,
                "role": each.role,
                "open": each.open,
                "code": each.code,
                "blocked": scene.side(each.side).is_blocked(each.person),
            }
            for each in scene.personas
        ]

    def faults(self) -> Json:
        """Which faults are on, by platform."""
        return {name: switches.state for name, switches in self.switches.items()}

    def moments(self) -> list[Json]:
        """Where the clock can be moved to."""
        return [{"name": each.name, "label": each.label} for each in self._backstage.moments()]

    def _now(self) -> int:
        return int(self._backstage.now().timestamp() * 1000)

    def clock_state(self) -> Json:
        """The present moment in milliseconds, and where the clock can go from here."""
        return {"now": self._now(), "moments": self.moments()}


async def _end(tasks: list[asyncio.Task[None]]) -> None:
    waiting = list(tasks)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)

"""A Zalo that runs: a world, its server, and phones for its people."""

from __future__ import annotations

from types import TracebackType

from starlette.applications import Starlette

from bot.playground.server import LocalServer
from bot.playground.zalo.control import control_routes
from bot.playground.zalo.http import zalo_routes
from bot.playground.zalo.people import Phone
from bot.playground.zalo.world import World


class ZaloPlayground:
    """Use as `async with`, or call `start` and `stop`."""

    def __init__(self, world: World | None = None, *, port: int = 0, control: bool = True) -> None:
        """A fresh world unless one is given; port 0 takes a free one; without `control` only the Bot API is served."""
        self.world = world or World()
        routes = [*zalo_routes(self.world), *(control_routes(self.world) if control else [])]
        self._server = LocalServer(Starlette(routes=routes), port=port)
        self.world.media_url = self._server.url

    @property
    def url(self) -> str:
        """What ZALO_API_URL must be."""
        return self._server.url

    @property
    def token(self) -> str:
        """What ZALO_BOT_TOKEN must be."""
        return self.world.token

    def add_person(self, name: str) -> Phone:
        """A new person, and their phone."""
        return Phone(self.world, self.world.add_person(name))

    async def start(self) -> None:
        """Begin to serve."""
        await self._server.start()

    async def stop(self) -> None:
        """End long polls, webhooks, streams and the server."""
        await self.world.close()
        await self._server.stop()

    async def __aenter__(self) -> ZaloPlayground:
        """Begin to serve."""
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop, whatever happened."""
        await self.stop()

"""A Telegram that runs: a world, its server, and phones for its people."""

from __future__ import annotations

from types import TracebackType

from starlette.applications import Starlette

from bot.playground.server import LocalServer
from bot.playground.telegram.control import control_routes
from bot.playground.telegram.http import telegram_routes
from bot.playground.telegram.people import Phone
from bot.playground.telegram.world import World


class TelegramPlayground:
    """Use as `async with`, or call `start` and `stop`."""

    def __init__(self, world: World | None = None, *, port: int = 0, control: bool = True) -> None:
        """A fresh world unless one is given; port 0 takes a free one; without `control` only the Bot API is served."""
        self.world = world or World()
        routes = [*telegram_routes(self.world), *(control_routes(self.world) if control else [])]
        self._server = LocalServer(Starlette(routes=routes), port=port)

    @property
    def url(self) -> str:
        """What TELEGRAM_API_URL must be."""
        return self._server.url

    @property
    def token(self) -> str:
        """What TELEGRAM_BOT_TOKEN must be."""
        return self.world.token

    def add_person(self, first_name: str, *, last_name: str = "", username: str = "") -> Phone:
        """A new person, and their phone."""
        return Phone(self.world, self.world.add_person(first_name, last_name=last_name, username=username))

    async def start(self) -> None:
        """Begin to serve."""
        await self._server.start()

    async def stop(self) -> None:
        """End long polls, webhooks, streams and the server."""
        await self.world.close()
        await self._server.stop()

    async def __aenter__(self) -> TelegramPlayground:
        """Begin to serve."""
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop, whatever happened."""
        await self.stop()

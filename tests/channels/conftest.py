"""A server that answers HTTP calls as it is told to, to see what the library really raises over a real socket."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from bot.channels.telegram import TelegramChannel, TelegramTimeouts
from tests.channels.platforms import Conversation, Platform, RecordingPlatform, TelegramPlatform
from tests.channels.zalo_platform import ZaloPlatform

TOKEN = "4839574812:AAFD39kkdpWt3ywyRZergyOLMaJhac60qc"


@dataclass(slots=True)
class Answer:
    """What to do with one call: a status and body, or a connection that ends or hangs once the call was read."""

    status: int = 200
    body: bytes = b""
    kind: str = "application/json"
    then: str = "answer"


@dataclass(slots=True)
class ScriptedServer:
    """Takes the answers one after the other; keeps the calls."""

    url: str = ""
    answers: list[Answer] = field(default_factory=list[Answer])
    calls: list[tuple[str, bytes]] = field(default_factory=list[tuple[str, bytes]])

    def will_return(self, result: object) -> None:
        """A success."""
        self.answers.append(Answer(body=json.dumps({"ok": True, "result": result}).encode()))

    def will_refuse(self, code: int, description: str, **parameters: object) -> None:
        """An error in the form of the Bot API."""
        body: dict[str, object] = {"ok": False, "error_code": code, "description": description}
        if parameters:
            body["parameters"] = parameters
        self.answers.append(Answer(status=code, body=json.dumps(body).encode()))

    def will_show(self, code: int, page: str) -> None:
        """A page of HTML, as gateways and censors send."""
        self.answers.append(Answer(status=code, body=page.encode(), kind="text/html"))

    def will(self, then: str) -> None:
        """End the connection ("close"), say nothing ("hang"), or stop in the middle ("truncate")."""
        self.answers.append(Answer(then=then))

    @property
    def methods(self) -> list[str]:
        """The Bot API methods called so far."""
        return [path.rpartition("/")[2] for path, _ in self.calls]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        try:
            while await self._serve_one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        lengths = [line for line in head.splitlines() if line.lower().startswith("content-length:")]
        length = int(lengths[0].partition(":")[2]) if lengths else 0
        self.calls.append((head.split(" ", 2)[1], await reader.readexactly(length)))
        answer = self.answers.pop(0)
        if answer.then == "hang":
            await reader.read()
            return False
        if answer.then == "close":
            return False
        promised = len(answer.body) + (10 if answer.then == "truncate" else 0)
        writer.write(
            f"HTTP/1.1 {answer.status} X\r\ncontent-type: {answer.kind}\r\ncontent-length: {promised}\r\n\r\n".encode()
            + answer.body
        )
        await writer.drain()
        return answer.then == "answer"


@pytest.fixture
async def server() -> AsyncIterator[ScriptedServer]:
    scripted = ScriptedServer()
    listening = await asyncio.start_server(scripted.serve, "127.0.0.1", 0)
    scripted.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    yield scripted
    listening.close()
    await listening.wait_closed()


ChannelBuilder = Callable[..., TelegramChannel]


@pytest.fixture
async def build_channel() -> AsyncIterator[ChannelBuilder]:
    built: list[TelegramChannel] = []

    def build(
        url: str = "http://127.0.0.1:9", *, read: float = 5.0, connect: float = 2.0, connections: int = 8
    ) -> TelegramChannel:
        channel = TelegramChannel(
            token=TOKEN,
            api_url=url,
            clock=lambda: datetime(2026, 11, 20, 2, 0, tzinfo=UTC),
            timeouts=TelegramTimeouts(connect=connect, read=read, upload=2, poll_margin=read),
            connections=connections,
        )
        built.append(channel)
        return channel

    yield build
    for channel in built:
        await channel.close()


@pytest.fixture
def channel(server: ScriptedServer, build_channel: ChannelBuilder) -> TelegramChannel:
    return build_channel(server.url)


@pytest.fixture(params=[TelegramPlatform, RecordingPlatform, ZaloPlatform], ids=["telegram", "recording", "zalo"])
async def lan(request: pytest.FixtureRequest) -> AsyncIterator[Conversation]:
    async for conversation in _converse(request.param()):
        yield conversation


@pytest.fixture(params=[TelegramPlatform, RecordingPlatform], ids=["telegram", "recording"])
async def rich(request: pytest.FixtureRequest) -> AsyncIterator[Conversation]:
    async for conversation in _converse(request.param()):
        yield conversation


@pytest.fixture
async def zalo() -> AsyncIterator[Conversation]:
    async for conversation in _converse(ZaloPlatform()):
        yield conversation


async def _converse(platform: Platform) -> AsyncIterator[Conversation]:
    await platform.start()
    yield Conversation(platform)
    await platform.stop()

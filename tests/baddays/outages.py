"""A database that goes away and comes back, without harm to its data."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path

from sqlalchemy.engine import make_url


class Gateway:
    """Stands between the bot and PostgreSQL; while it is cut, connections break and new ones are refused."""

    def __init__(self, url: str) -> None:
        """`url` is the server's own, over a Unix socket or TCP."""
        self._target = make_url(url)
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._port = 0

    @property
    def url(self) -> str:
        """The address that leads through here."""
        behind = self._target.set(host="127.0.0.1", port=self._port, query={})
        return behind.render_as_string(hide_password=False)

    async def open(self) -> None:
        """Let connections through."""
        self._server = await asyncio.start_server(self._pass_on, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        """Break everything, as when the server's machine loses its power."""
        if self._server is not None:
            self._server.close()
        for writer in list(self._open):
            writer.transport.abort()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = self._target.query.get("host", self._target.host)
        try:
            if str(host).startswith("/"):
                there, back = await asyncio.open_unix_connection(f"{host}/.s.PGSQL.{self._target.port or 5432}")
            else:
                there, back = await asyncio.open_connection(str(host), self._target.port or 5432)
        except OSError:
            writer.close()
            return
        self._open |= {writer, back}
        await asyncio.gather(_pump(reader, back), _pump(there, writer))
        self._open -= {writer, back}


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()


class Outage:
    """One database, reached at `url`, that can be away for a while."""

    def __init__(self, url: str, gateway: Gateway | None) -> None:
        """With a gateway for PostgreSQL; a SQLite file is locked instead."""
        self._gateway = gateway
        self.url = gateway.url if gateway else url

    @asynccontextmanager
    async def away(self) -> AsyncGenerator[None]:
        """Nobody gets anything written for as long as the context lasts."""
        if self._gateway is not None:
            await self._gateway.cut()
            try:
                yield
            finally:
                await self._gateway.open()
            return
        path = Path(make_url(self.url).database or "")
        with closing(sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)) as other:
            await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
            try:
                yield
            finally:
                other.execute("ROLLBACK")


@asynccontextmanager
async def outage_of(url: str) -> AsyncGenerator[Outage]:
    """The database, with a gateway before it where there is a server."""
    if url.startswith("sqlite"):
        yield Outage(url, None)
        return
    gateway = Gateway(url)
    await gateway.open()
    try:
        yield Outage(url, gateway)
    finally:
        await gateway.cut()

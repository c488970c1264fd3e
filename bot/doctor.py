"""Examines an installation before its people do: each finding comes with what to do about it."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import httpx

from bot.app import build_channels
from bot.channels.base import ChannelDown, ChannelError
from bot.documents.fonts_bundled import FONT_DIRECTORY, unusable_fonts
from bot.domain.clock import HOME_ZONE, Clock
from bot.process_lock import AlreadyRunning, only_process_on
from bot.settings import Settings
from storage.engine import Database, DatabaseTrouble, is_damage, reason_of
from storage.migrate import NoDatabase, SchemaOutdated, require_current, require_made

_FREE_BYTES = 500 * 1024 * 1024
_CLOCK_SECONDS = 30.0
_PATIENCE = 10.0
_BEFORE_THE_BOT = (
    "let the name of PUBLIC_URL lead to the proxy, the proxy pass requests on to LISTEN, and start the bot"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `remedy` says what to do, empty when it is well; `grave` ones stop the bot."""

    what: str
    state: str
    remedy: str = ""
    grave: bool = False

    @property
    def is_well(self) -> bool:
        """Whether nothing need be done."""
        return not self.remedy


async def examine(settings: Settings, *, clock: Clock, env_file: Path = Path(".env")) -> list[Finding]:
    """All findings; nothing is changed."""
    findings = [_data_folder(settings), _disk(settings), _secrets_file(env_file), _time_zones(), _fonts()]
    findings += await _database(settings, clock)
    findings.append(_running(settings))
    findings += await _tokens(settings, clock)
    findings += await _web(settings, clock)
    return findings


def _data_folder(settings: Settings) -> Finding:
    folder = settings.data_dir.absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".doctor"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        return Finding("data folder", f"{folder}: {error.strerror}", f"let this user write to {folder}", grave=True)
    return Finding("data folder", f"{folder} can be written")


def _disk(settings: Settings) -> Finding:
    free = shutil.disk_usage(_existing(settings.data_dir.absolute())).free
    state = f"{free / 1024**3:.1f} GiB free"
    if free >= _FREE_BYTES:
        return Finding("disk", state)
    return Finding("disk", state, "free at least 500 MiB, or move DATA_DIR to a larger disk", grave=True)


def _existing(path: Path) -> Path:
    return path if path.exists() or path == path.parent else _existing(path.parent)


def _secrets_file(env_file: Path) -> Finding:
    if not env_file.exists():
        return Finding("permissions", "no .env file, settings come from the environment")
    mode = stat.S_IMODE(env_file.stat().st_mode)
    if mode & (stat.S_IRGRP | stat.S_IROTH):
        return Finding("permissions", f"{env_file} can be read by others ({mode:o})", f"chmod 600 {env_file}")
    return Finding("permissions", f"{env_file} is private")


def _time_zones() -> Finding:
    try:
        ZoneInfo(HOME_ZONE.key)
    except ZoneInfoNotFoundError:
        return Finding("time zones", f"{HOME_ZONE.key} is unknown", "install the package tzdata", grave=True)
    return Finding("time zones", f"{HOME_ZONE.key} is known")


def _fonts() -> Finding:
    if broken := unusable_fonts():
        remedy = f"install the program anew: the fonts in {FONT_DIRECTORY} are part of it"
        return Finding("fonts", f"cannot be used: {', '.join(broken)}", remedy)
    return Finding("fonts", "all letters of Vietnamese can be drawn")


async def _database(settings: Settings, clock: Clock) -> list[Finding]:
    database = Database(settings.database_url, clock=clock)
    try:
        require_made(settings.database_url)
        await database.ping()
        await require_current(database)
        async with database.read() as uow:
            if not await uow.teams.there_is_one():
                remedy = "mangluoi init, or set DATA_DIR to where the data lie"
                return [Finding("database", "can be reached, but no team is in it", remedy, grave=True)]
    except NoDatabase as error:
        return [Finding("database", f"{error.facts['path']} does not exist", error.remedy, grave=True)]
    except SchemaOutdated as error:
        state = f"its schema is {error.facts['found']}, this program needs {error.facts['wanted']}"
        return [Finding("database", state, error.remedy, grave=True)]
    except DatabaseTrouble as error:
        return [Finding("database", f"cannot be read: {reason_of(error)}", _remedy(database, error), grave=True)]
    finally:
        await database.close()
    return [Finding("database", "can be reached, schema up to date")]


def _remedy(database: Database, trouble: Exception) -> str:
    if not database.is_sqlite:
        return "check DATABASE_URL and that the server runs"
    if is_damage(trouble):
        return "mangluoi restore with the newest backup; what is there is moved aside"
    return f"let this user read and write {database.path} and its folder"


def _running(settings: Settings) -> Finding:
    path = Database(settings.database_url, clock=lambda: datetime.now(UTC)).path
    if path is None:
        return Finding("bot", "several processes may run on this database")
    if not Path(path).parent.exists():
        return Finding("bot", "not running")
    try:
        with only_process_on(path):
            return Finding("bot", "not running; start it with mangluoi run")
    except AlreadyRunning:
        return Finding("bot", "running")
    except OSError as error:
        return Finding("bot", f"cannot be told: {error.strerror}", f"let this user write to {Path(path).parent}")


async def _tokens(settings: Settings, clock: Clock) -> list[Finding]:
    channels = build_channels(settings, clock)
    if not channels:
        remedy = "set TELEGRAM_BOT_TOKEN or ZALO_BOT_TOKEN"
        return [Finding("token", "none is set", remedy, grave=True)]
    findings: list[Finding] = []
    for name, channel in channels.items():
        what = f"{name} token"
        try:
            identity = await channel.open()
            findings.append(Finding(what, f"belongs to {identity.username or identity.name}"))
        except ChannelDown:
            remedy = "copy it again from where the bot was made; look for spaces and missing letters"
            findings.append(Finding(what, "is refused", remedy, grave=True))
        except ChannelError as error:
            remedy = "check the network; where the platform is blocked, use the other one or another network"
            findings.append(
                Finding(what, f"could not be tried: {error.facts.get('reason', error)}", remedy, grave=True)
            )
        finally:
            await channel.close()
    return findings


async def _web(settings: Settings, clock: Clock) -> list[Finding]:
    async with httpx.AsyncClient(timeout=_PATIENCE) as client:
        findings = [await _answer("clock", lambda: _clock_skew(client, settings, clock), "check the network")]
        if settings.public_url:
            findings.append(await _answer("webhook", lambda: _webhook(client, settings), _BEFORE_THE_BOT))
        else:
            findings.append(Finding("webhook", "not used: the bot polls (PUBLIC_URL is not set)"))
    return findings


async def _answer(what: str, look: Callable[[], Awaitable[Finding]], remedy: str) -> Finding:
    try:
        return await look()
    except httpx.HTTPError as error:
        return Finding(what, f"could not be examined: {type(error).__name__}", remedy)


async def _clock_skew(client: httpx.AsyncClient, settings: Settings, clock: Clock) -> Finding:
    url = settings.telegram_api_url if settings.telegram_bot_token else settings.zalo_api_url
    answer = await client.head(url)
    if "date" not in answer.headers:
        return Finding("clock", "the platform's server does not tell the time")
    skew = abs((clock() - parsedate_to_datetime(answer.headers["date"])).total_seconds())
    state = f"{skew:.0f} s away from the platform's"
    if skew <= _CLOCK_SECONDS:
        return Finding("clock", state)
    return Finding("clock", state, "set the clock: timedatectl set-ntp true")


async def _webhook(client: httpx.AsyncClient, settings: Settings) -> Finding:
    address = f"{settings.public_url}/healthz"
    if not settings.public_url.startswith("https://"):
        return Finding("webhook", f"{settings.public_url} is not https", "put Caddy or nginx in front", grave=True)
    answer = await client.get(address)
    if answer.status_code == 200:
        return Finding("webhook", f"{address} answers")
    return Finding("webhook", f"{address} answers {answer.status_code}", _BEFORE_THE_BOT)

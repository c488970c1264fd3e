"""The first run: asks the few things an installation needs, tries them, and keeps them in `.env`."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from bot.app import build_channels
from bot.channels.base import ChannelDown, ChannelError
from bot.domain.clock import system_clock
from bot.domain.vocabulary import ChannelName
from bot.settings import Settings

TOKEN_NAMES = {ChannelName.TELEGRAM: "TELEGRAM_BOT_TOKEN", ChannelName.ZALO: "ZALO_BOT_TOKEN"}
_WHERE = {ChannelName.TELEGRAM: "from @BotFather", ChannelName.ZALO: "from Zalo Bot Manager"}


class Ask(Protocol):
    """How a question is put: returns what was typed, "" when nothing may be."""

    def __call__(self, question: str, *, may_be_empty: bool = False) -> str:
        """Put it."""
        ...


@dataclass(slots=True)
class Answers:
    """What was asked: the team, its leader, and settings by their names."""

    team: str
    leader: str
    settings: dict[str, str] = field(default_factory=dict[str, str])


def ask_everything(ask: Ask, tell: Callable[[str], None], known: Settings) -> Answers:
    """Put the questions; what the environment or `.env` says already is not asked again."""
    answers = Answers(team=ask("Name of the team (tổ)"), leader=ask("Full name of its leader"))
    while not _has_token(known, answers):
        for channel, name in TOKEN_NAMES.items():
            if name not in answers.settings:
                _ask_token(ask, tell, known, answers, channel)
        if not _has_token(known, answers):
            tell("One token at least is needed.")
    if not known.public_url:
        answers.settings.update(_ask_address(ask, tell))
    return answers


def _has_token(known: Settings, answers: Answers) -> bool:
    kept = known.telegram_bot_token or known.zalo_bot_token
    return bool(kept) or any(name in answers.settings for name in TOKEN_NAMES.values())


def _ask_token(ask: Ask, tell: Callable[[str], None], known: Settings, answers: Answers, channel: ChannelName) -> None:
    name = TOKEN_NAMES[channel]
    while token := ask(f"{channel.capitalize()} token ({_WHERE[channel]}; empty: none)", may_be_empty=True):
        verdict, words = asyncio.run(try_token(known, channel, token))
        tell(words)
        if verdict:
            answers.settings[name] = token
            return


async def try_token(known: Settings, channel: ChannelName, token: str) -> tuple[bool, str]:
    """Whether to keep a token, and what its platform says of it; one that cannot be tried now is kept."""
    given: dict[str, Any] = {"telegram_bot_token": None, "zalo_bot_token": None, f"{channel}_bot_token": token}
    settings = Settings(**known.model_dump(exclude=set(given)), **given)
    connected = build_channels(settings, system_clock)[channel]
    try:
        identity = await connected.open()
    except ChannelDown:
        return False, "  refused: copy it again, all of it"
    except ChannelError as error:
        return True, f"  kept, but it could not be tried now ({error.facts.get('reason', error)})"
    finally:
        await connected.close()
    return True, f"  belongs to {identity.username or identity.name}"


def _ask_address(ask: Ask, tell: Callable[[str], None]) -> dict[str, str]:
    while address := ask("Public address, https://… (empty: the bot polls, no address needed)", may_be_empty=True):
        if address.startswith("https://"):
            return {"PUBLIC_URL": address.rstrip("/")}
        tell("  it must begin with https://")
    return {}


def keep(settings: dict[str, str], path: Path) -> None:
    """Write settings into the file, readable by its owner only; lines of other settings stay."""
    old = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    kept = [line for line in old if line.partition("=")[0].strip().upper() not in settings]
    lines = [*kept, *(f"{name}={value}" for name, value in settings.items())]
    beside = path.with_name(f"{path.name}.new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    beside.replace(path)

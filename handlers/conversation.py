"""What a capability brings to the bot: its commands, the presses it understands, its forms."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from bot.domain.permissions import Act
from handlers.talk import Talk

Handler = Callable[[Talk, str], Awaitable[None]]
"""Takes the talk and the rest of the command, or what the pressed button carries."""


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """One command: its name without the slash, what it does in a few Vietnamese words, and who may give it."""

    name: str
    description: str
    handler: Handler
    act: Act | None = None
    """Required permission; None: every member."""
    is_for: Callable[[Talk], Awaitable[bool]] | None = None
    """Whether somebody of a role that may give it can do anything with it, so that /help tells them of it."""
    public: Handler | None = None
    """What everybody in the team's own group may read; without it a group's question is answered in private."""
    aliases: tuple[str, ...] = ()
    example: str = ""
    """How it is typed with everything in one line, for /help."""
    example_act: Act | None = None
    """Required for what the example does, where the command itself is for more people."""
    opens: bool = False
    """Whether a text that begins with its words can be nothing else, so that it is not read as a report first."""
    label: str = ""
    """Its words on the persistent menu, where it has a place there."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One capability. Presses are found by the action of the choice."""

    name: str
    commands: tuple[CommandSpec, ...] = ()
    presses: Mapping[str, Handler] = field(default_factory=dict[str, Handler])

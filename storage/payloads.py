"""What rows of the outbox carry: messages cut into single calls, as JSON. What many have in common is cut once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.domain.messages import Outgoing
from bot.domain.vocabulary import ChannelName

Splitter = Callable[[Outgoing], Sequence[Outgoing]]
Payload = dict[str, Any]
_ITS_OWN = ("chat", "choices_key")
_SHARED = tuple(name for name in Outgoing.model_fields if name not in _ITS_OWN)
_SOME_KEY = "?"


class Payloads:
    """The payloads of one batch; `splitters` cut a message into the calls that its channel needs."""

    def __init__(self, splitters: Mapping[ChannelName, Splitter]) -> None:
        """Nothing has been cut yet."""
        self._splitters = splitters
        self._cut: dict[tuple[object, ...], Sequence[Payload]] = {}

    def of(self, message: Outgoing, *, choices_key: str) -> Sequence[Payload]:
        """One for each call; the part that shows the choices carries their key."""
        shape = (message.chat.channel, bool(choices_key), *(getattr(message, name) for name in _SHARED))
        cut = self._cut.get(shape)
        if cut is None:
            cut = self._cut[shape] = self._dumped(message, _SOME_KEY if choices_key else "")
        chat = message.chat.model_dump(mode="json", exclude_defaults=True)
        own = {"chat": chat, "choices_key": choices_key}
        return [{**part, **{name: own[name] for name in _ITS_OWN if name in part}} for part in cut]

    def _dumped(self, message: Outgoing, choices_key: str) -> Sequence[Payload]:
        keyed = message.model_copy(update={"choices_key": choices_key})
        splitter = self._splitters.get(message.chat.channel)
        parts = splitter(keyed) if splitter else [keyed]
        return [part.model_dump(mode="json", exclude_defaults=True) for part in parts]

"""Faults that stay until they are switched off, for people to watch what the bot makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from bot.playground.faults import Fault, Faults

_ALWAYS = 10**9
FAULTS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "slow": {"delay": 4.0},
        "busy": {"retry_after": 3},
        "broken": {"drop": True},
    }
)
"""Each call takes four seconds; is answered 429; finds its connection cut."""


class FaultSwitches:
    """The switches of one platform, all off at first."""

    def __init__(self, faults: Faults) -> None:
        """Over the platform's own faults."""
        self._faults = faults
        self._on: dict[str, Fault] = {}

    @property
    def state(self) -> dict[str, bool]:
        """Which are on."""
        return {name: name in self._on for name in FAULTS}

    def turn(self, name: str, *, on: bool) -> None:
        """On or off; LookupError for an unknown switch."""
        if name not in FAULTS:
            raise LookupError(f"no fault {name}")
        if on and name not in self._on:
            self._on[name] = self._faults.add(times=_ALWAYS, **FAULTS[name])
        if not on and name in self._on:
            self._faults.waiting.remove(self._on.pop(name))

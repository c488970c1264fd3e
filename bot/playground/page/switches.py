"""What stays wrong or odd until it is switched off, for people to watch what the bot makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Protocol

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


class SwitchBoard(Protocol):
    """The switches of one platform, in the order in which the page shows them."""

    @property
    def state(self) -> dict[str, bool]:
        """Which are on."""
        ...

    def turn(self, name: str, *, on: bool) -> None:
        """On or off; LookupError for an unknown switch."""
        ...


class FaultSwitches:
    """Calls that go wrong, all well at first."""

    def __init__(self, faults: Faults, kinds: Mapping[str, Mapping[str, Any]] = FAULTS) -> None:
        """Over the platform's own faults; `kinds` by name, each as Faults.add takes it."""
        self._faults, self._kinds = faults, kinds
        self._on: dict[str, Fault] = {}

    @property
    def state(self) -> dict[str, bool]:
        """Which are on."""
        return {name: name in self._on for name in self._kinds}

    def turn(self, name: str, *, on: bool) -> None:
        """On or off; LookupError for an unknown switch."""
        if name not in self._kinds:
            raise LookupError(f"no fault {name}")
        if on and name not in self._on:
            self._on[name] = self._faults.add(times=_ALWAYS, **self._kinds[name])
        if not on and name in self._on:
            self._faults.waiting.remove(self._on.pop(name))

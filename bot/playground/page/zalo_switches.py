"""The switches of the local Zalo: calls that go wrong, and everything that is unknown or changeable about the real one.

What a switch changes is said by what it is called on the page; off is what is likeliest.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from bot.playground.faults import BAD_GATEWAY_PAGE
from bot.playground.page.switches import FAULTS, FaultSwitches
from bot.playground.zalo.switches import Switches
from bot.playground.zalo.world import World

_HAMMERED_PAGE = BAD_GATEWAY_PAGE.replace("502 Bad Gateway", "429 Too Many Requests")
_FAULTS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "slow": FAULTS["slow"],
        "busy_page": {"status": 429, "body": _HAMMERED_PAGE},
        "bad_gateway": {"status": 502, "body": BAD_GATEWAY_PAGE},
        "broken": FAULTS["broken"],
    }
)
_ODDITIES: Mapping[str, Mapping[str, object]] = MappingProxyType(
    {
        "no_messages_left": {"message_quota": 0},
        "no_people_left": {"user_quota": 0},
        "counts_incoming": {"counts_incoming": True},
        "flat": {"wrapped": False},
        "photo_as_documented": {"photo_field": "photo"},
        "odd_codes": {"error_field": "errorCode", "codes_as_text": True},
        "loses_what_waits": {"queues": False},
        "duplicates": {"duplicates": True},
        "hears_all_of_groups": {"mention_gate": False},
        "hears_group_voice": {"loses_group_voice": False},
    }
)
"""What each makes of the world's switches; the two quotas are answered 429 in JSON."""


class ZaloSwitches:
    """The switches of one world."""

    def __init__(self, world: World) -> None:
        """All off, whatever the world began with for these."""
        self._switches = world.switches
        self._faults = FaultSwitches(world.faults, _FAULTS)
        self._off = Switches()

    @property
    def state(self) -> dict[str, bool]:
        """Which are on."""
        return self._faults.state | {name: self._is_on(name) for name in _ODDITIES}

    def turn(self, name: str, *, on: bool) -> None:
        """On or off; LookupError for an unknown switch."""
        if name not in _ODDITIES:
            self._faults.turn(name, on=on)
            return
        for field, value in _ODDITIES[name].items():
            setattr(self._switches, field, value if on else getattr(self._off, field))

    def _is_on(self, name: str) -> bool:
        return all(getattr(self._switches, field) == value for field, value in _ODDITIES[name].items())

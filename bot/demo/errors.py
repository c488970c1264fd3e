"""What can keep a demo from starting."""

from __future__ import annotations

from bot.domain.errors import DomainError


class PortTaken(DomainError):
    """Something listens on the demo's port already (facts: port)."""

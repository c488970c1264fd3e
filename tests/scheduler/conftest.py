"""What a job writes must fit both platforms, as what a conversation shows; the usual team is the same."""

from __future__ import annotations

from tests.handlers.conftest import office, people

__all__ = ["office", "people"]

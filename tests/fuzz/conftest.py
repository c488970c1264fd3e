"""The web surface in memory."""

from __future__ import annotations

from tests.web.test_surface import site

__all__ = ["site"]

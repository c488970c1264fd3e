"""The pipeline in memory."""

from __future__ import annotations

from tests.pipeline.conftest import pipeline

__all__ = ["pipeline"]

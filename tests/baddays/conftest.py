"""What bad days need: the real bot in a process (from the end-to-end tests) and the pipeline in memory."""

from __future__ import annotations

from tests.endtoend.conftest import install, join_fixture, playground, prepared, zalo
from tests.pipeline.conftest import pipeline

__all__ = ["install", "join_fixture", "pipeline", "playground", "prepared", "zalo"]

"""What bad days need: the real bot in a process (from the end-to-end tests) and the pipeline in memory."""

from __future__ import annotations

import logging
from collections.abc import Generator

import pytest
import structlog

from tests.endtoend.conftest import install, join_fixture, playground, prepared, zalo
from tests.pipeline.conftest import pipeline

__all__ = ["install", "join_fixture", "pipeline", "playground", "prepared", "zalo"]


@pytest.fixture(autouse=True)
def figures_only() -> Generator[None]:
    """What the tests print is not lost among what the bot logs."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    yield
    structlog.reset_defaults()

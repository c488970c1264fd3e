"""Whatever a job writes in these tests must fit both platforms, on whichever it was shown."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import pytest

from storage.engine import Database
from tests.clock import FakeClock
from tests.office import Office
from tests.screens.eyes import look_at


@pytest.fixture
async def office(database: Database, clock: FakeClock) -> AsyncGenerator[Office]:
    """The whole bot without a network; afterwards each of its messages is drawn as Zalo and as Telegram show it."""
    opened = Office(database, clock)
    yield opened
    assert await look_at(opened.said) == []

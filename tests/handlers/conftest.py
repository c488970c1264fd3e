"""Whatever a conversation shows in these tests must fit both platforms, on whichever it was shown; and a usual team."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import pytest

from storage.engine import Database
from tests.builders import Make
from tests.clock import FakeClock
from tests.office import Office
from tests.screens.eyes import look_at
from tests.working_team import People, working_team


@pytest.fixture
async def office(database: Database, clock: FakeClock) -> AsyncGenerator[Office]:
    """The whole bot without a network; afterwards each of its messages is drawn as Zalo and as Telegram show it."""
    opened = Office(database, clock)
    yield opened
    assert await look_at(opened.said) == []


@pytest.fixture
async def people(office: Office, make: Make) -> People:
    """A team that gives out work; Hùng is on Zalo, the others are on Telegram."""
    return await working_team(office, make)

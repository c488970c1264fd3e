"""Fixtures that every test may ask for; their types are in tests.clock, tests.databases and tests.builders."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from storage.engine import Database
from tests.builders import Make
from tests.clock import FakeClock
from tests.databases import PostgresSource, Source, SqliteSource, postgres_source
from tests.office import Office

# A slow machine is no bug, so examples have no deadline; `make fuzz` tries many more of them.
settings.register_profile("ordinary", deadline=None)
settings.register_profile("fuzz", deadline=None, max_examples=3000, suppress_health_check=list(HealthCheck))
settings.load_profile(os.environ.get("MANGLUOI_HYPOTHESIS", "ordinary"))

_KINDS = {"sqlite": ("sqlite",), "postgresql": ("postgresql",), "both": ("sqlite", "postgresql")}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Which databases tests that need one run on."""
    parser.addoption("--database", choices=sorted(_KINDS), default="sqlite", help="databases to test on")
    parser.addoption("--with-database-only", action="store_true", help="leave out tests that reach no database")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that reaches a database runs once for each kind; `only_on` restricts it."""
    if "database_source" not in metafunc.fixturenames:
        return
    marker = metafunc.definition.get_closest_marker("only_on")
    kinds = marker.args if marker else _chosen(metafunc.config) or ()
    metafunc.parametrize("database_source", kinds, indirect=True)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Tests that kill processes run one after another, however many workers there are."""
    if item.get_closest_marker("crash"):
        item.add_marker(pytest.mark.xdist_group("crash"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests made for a database that was not asked for are not part of this run."""
    chosen = _chosen(config)
    wanted = chosen if config.getoption("--with-database-only") else (None, *chosen)
    left_out = [item for item in items if _kind(item) not in wanted]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def _chosen(config: pytest.Config) -> tuple[str, ...]:
    return _KINDS[str(config.getoption("--database"))]


def _kind(item: pytest.Item) -> str | None:
    callspec = getattr(item, "callspec", None)
    return callspec.params.get("database_source") if callspec else None


@pytest.fixture(scope="session")
def sqlite_source(tmp_path_factory: pytest.TempPathFactory) -> SqliteSource:
    """Copies of a migrated SQLite file."""
    return SqliteSource(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql_source() -> Generator[PostgresSource]:
    """Databases on the PostgreSQL server of this test run."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
    with postgres_source(run=run, worker=os.environ.get("PYTEST_XDIST_WORKER", "alone")) as source:
        yield source


@pytest.fixture
def database_source(request: pytest.FixtureRequest) -> Source:
    """Where this test's databases come from; chosen by --database."""
    return request.getfixturevalue(f"{request.param}_source")


@pytest.fixture
def database_url(database_source: Source, tmp_path: Path) -> Generator[str]:
    """The URL of a fresh, migrated database that nobody else uses."""
    with database_source.copy(tmp_path) as url:
        yield url


@pytest.fixture
def empty_database_url(database_source: Source, tmp_path: Path) -> Generator[str]:
    """The URL of a database without tables."""
    with database_source.empty(tmp_path) as url:
        yield url


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands at 2026-11-23 10:00 in Vietnam until it is moved."""
    return FakeClock()


@pytest.fixture
async def database(database_url: str, clock: FakeClock) -> AsyncGenerator[Database]:
    """An open database, fresh and migrated."""
    opened = Database(database_url, clock=clock)
    yield opened
    await opened.close()


@pytest.fixture
async def bare(empty_database_url: str, clock: FakeClock) -> AsyncGenerator[Database]:
    """An open database without tables."""
    opened = Database(empty_database_url, clock=clock)
    yield opened
    await opened.close()


@pytest.fixture
def make(database: Database, clock: FakeClock) -> Make:
    """Builders that fill the database."""
    return Make(database, clock)


@pytest.fixture
def office(database: Database, clock: FakeClock) -> Office:
    """The whole bot without a network."""
    return Office(database, clock)

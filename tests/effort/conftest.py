"""Prints what was counted, as a table, after the tests."""

from __future__ import annotations

import pytest

from tests.effort.ledger import Ledger

_KEY = pytest.StashKey[Ledger]()


@pytest.fixture
def ledger(request: pytest.FixtureRequest) -> Ledger:
    """Where the tests of this run note what they counted."""
    return request.config.stash.setdefault(_KEY, Ledger())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """The table of this process's counts."""
    ledger = config.stash.get(_KEY, None)
    if ledger is None or not ledger.rows:
        return
    terminalreporter.section("effort")
    for row in ledger.rows:
        terminalreporter.write_line(f"{row.what:<66} {row.counted:>6} {row.allowed:>10}")

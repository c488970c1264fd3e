"""What a process is told at its start: that another one is at work already, or that there is no team."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.endtoend


async def test_a_second_process_gets_one_clear_line_and_the_first_goes_on(
    install: Any, join: Any, database_url: str
) -> None:
    installation = install()
    codes = await installation.set_up_team()
    async with installation.running():
        complaint = await installation.beside().command("run", status=1)
        phone = await join(installation.playground, "Lê Bảo Lan", codes["Lê Bảo Lan"])

    expected = "another process polls" if database_url.startswith("postgresql") else "another process is running on"
    assert expected in complaint.splitlines()[-1]
    assert "Traceback" not in complaint
    assert phone.received()


async def test_a_bot_that_knows_no_team_says_so_at_its_start(install: Any) -> None:
    installation = install()
    async with installation.running():
        assert "no_team" in installation.log
        assert "mangluoi init" in installation.log
    log = installation.log
    await installation.set_up_team()
    async with installation.running():
        assert "no_team" not in installation.log.removeprefix(log)

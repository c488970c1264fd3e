"""Logs never hold tokens, notes or telephone numbers, whatever goes wrong."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

import pytest
import structlog
from pydantic import BaseModel, ValidationError

from bot.domain.messages import Incoming, Reply
from bot.log_masking import mask_text
from bot.logs import configure
from storage.unit_of_work import UnitOfWork
from tests.clock import FakeClock

NOTE = "cô Hạnh còn lúng túng khi chia nhóm"
PHONE = "0912 345 678"
TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Any:
    handlers, level = logging.root.handlers[:], logging.root.level
    yield
    structlog.reset_defaults()
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        (f"POST https://api.telegram.org/bot{TOKEN}/sendMessage", "AAHdqTcv"),
        ("postgresql+psycopg://bot:hunter2@db/mangluoi", "hunter2"),
        ("gọi 0912345678 nhé", "09123456"),
        ("gọi +84 912 345 678", "912 345 6"),
        ("gọi 0912.345.678", "0912.345"),
        ("input_value='cô Hạnh', input_type=str", "Hạnh"),
        ("[SQL: INSERT ...]\n[parameters: ('cô Hạnh', 3)]\n", "Hạnh"),
        ("my secret-of-ours here", "secret-of-ours"),
    ],
)
def test_what_must_not_be_seen_is_masked(text: str, hidden: str) -> None:
    assert hidden not in mask_text(text, secrets=["secret-of-ours"])


@pytest.mark.parametrize(
    "text", ["telegram:700000123", "answer:telegram:700000123:0", "2026-11-23T10:00:00", "inbox 12, lag 3.5 s"]
)
def test_what_an_operator_needs_stays(text: str) -> None:
    assert mask_text(text) == text


@pytest.mark.parametrize("as_json", [True, False])
async def test_a_conversation_in_which_everything_breaks_leaves_nothing_in_the_log(
    pipeline: Any, clock: FakeClock, capsys: pytest.CaptureFixture[str], as_json: bool
) -> None:
    configure(level="DEBUG", as_json=as_json, secrets=["hook-secret"])

    class Narrow(BaseModel):
        notes: int

    async def break_down(incoming: Incoming, uow: UnitOfWork, now: datetime) -> Reply:
        structlog.get_logger().info("heard", text=incoming.text, secret="hook-secret", url=f"/bot{TOKEN}/x")
        try:
            Narrow.model_validate({"notes": incoming.text})
        except ValidationError:
            logging.getLogger("somebody").warning("told by %s: %s", PHONE, TOKEN)
            raise
        return Reply()

    async def break_in_database(incoming: Incoming, uow: UnitOfWork, now: datetime) -> Reply:
        for _ in range(2):
            await uow.teams.create(name=incoming.text, now=now)
            await uow.flush()
        return Reply()

    for respond in (break_down, break_in_database):
        await pipeline.hear(f"Tư vấn: {NOTE}. Điện thoại {PHONE}")
        await pipeline.dispatch(respond)
        clock.advance(3600)
    written = capsys.readouterr().err
    assert "update_failed" in written
    assert "Traceback" in written
    for secret in (NOTE, "lúng túng", PHONE, "0912", TOKEN, "AAHdqTcv", "hook-secret"):
        assert secret not in written, secret
    async with pipeline.database.read() as uow:
        kept = [row.error or "" for row in await uow.inbox.dead_letters()]
    assert not any(NOTE in error for error in kept)

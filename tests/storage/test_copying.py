"""A database copied into another one, and proved to be the same."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.domain.messages import Chat, Outgoing
from bot.domain.messages import Delivery as Travel
from bot.domain.vocabulary import ChannelName
from storage.copying import CopyDiffers, NotEmpty, copy_everything, digests
from storage.engine import Database
from storage.migrate import upgrade
from tests.builders import Make
from tests.clock import FakeClock


@pytest.fixture
async def elsewhere(tmp_path: Path, clock: FakeClock) -> AsyncGenerator[Database]:
    """Another database, migrated and empty."""
    other = Database(f"sqlite:///{tmp_path / 'elsewhere.sqlite3'}", clock=clock)
    await upgrade(other)
    yield other
    await other.close()


async def _fill(make: Make, database: Database, clock: FakeClock) -> None:
    team = await make.team("Tổ “A & B” <x>")
    school = await make.school(team)
    joined = await make.joined_member(team, school=school)
    await make.activity(joined.member, school=school, advice="thêm thời gian 🙂\nnhóm đôi")
    async with database.begin() as uow:
        await uow.files.keep(data=bytes(range(256)), name="ảnh.jpg", mime="image/jpeg", now=clock())
        chat = Chat(channel=ChannelName.TELEGRAM, chat_id="1")
        await uow.outbox.put(Outgoing(chat=chat, text="chào"), Travel(dedupe_key="k"), now=clock())


async def test_a_copy_holds_the_same_rows_as_its_source(
    database: Database, elsewhere: Database, make: Make, clock: FakeClock
) -> None:
    await _fill(make, database, clock)
    copies = await copy_everything(database, elsewhere)
    assert copies == await digests(database) == await digests(elsewhere)
    assert {copy.table for copy in copies if copy.rows} >= {"team", "activity", "stored_file", "outbox"}


@pytest.mark.only_on("postgresql")
async def test_a_server_knows_at_once_how_much_was_copied_into_it(
    database: Database, elsewhere: Database, clock: FakeClock
) -> None:
    await _fill(Make(elsewhere, clock), elsewhere, clock)
    await copy_everything(elsewhere, database)
    async with database.engine.connect() as connection:
        known = await connection.scalar(text("SELECT reltuples FROM pg_class WHERE oid = 'activity'::regclass"))
    assert known == 1


async def test_a_database_with_data_is_never_copied_into(
    database: Database, elsewhere: Database, make: Make, clock: FakeClock
) -> None:
    await _fill(Make(elsewhere, clock), elsewhere, clock)
    before = await digests(elsewhere)
    await make.team()
    with pytest.raises(NotEmpty):
        await copy_everything(database, elsewhere)
    assert await digests(elsewhere) == before


@pytest.mark.parametrize(
    "harm",
    ["UPDATE team SET name = 'x' WHERE id = new.id", "DELETE FROM team WHERE id = new.id"],
    ids=["other", "lost"],
)
async def test_a_copy_that_is_not_the_same_is_taken_back(
    database: Database, elsewhere: Database, make: Make, harm: str
) -> None:
    await make.team()
    before = await digests(elsewhere)
    async with elsewhere.engine.begin() as connection:
        await connection.execute(text(f"CREATE TRIGGER spoil AFTER INSERT ON team BEGIN {harm}; END"))
    with pytest.raises(CopyDiffers) as caught:
        await copy_everything(database, elsewhere)
    assert caught.value.facts["tables"] == ["team"]
    assert await digests(elsewhere) == before


async def test_a_copy_can_be_written_to_afterwards(database: Database, elsewhere: Database, clock: FakeClock) -> None:
    await _fill(Make(elsewhere, clock), elsewhere, clock)
    await copy_everything(elsewhere, database)
    there = Make(database, clock)
    team = await there.team("Tổ mới")
    assert (await there.member(team)).team_id == team.id

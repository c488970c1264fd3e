"""Backup, restore and moving house, with the data compared afterwards."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from bot.commands import database as opened
from bot.commands import init_team
from bot.process_lock import AlreadyRunning, only_process_on
from bot.settings import Settings
from bot.upkeep import FileExists, NoBackup, back_up, copy_database, restore
from storage.copying import NotEmpty, TableCopy, digests
from storage.engine import Database


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """An installation with a migrated, empty database."""
    return Settings(data_dir=tmp_path / "data", database_url=database_url)


async def _digests(settings: Settings) -> list[TableCopy]:
    async with opened(settings) as database:
        return await digests(database)


def _path(settings: Settings) -> Path:
    return Path(Database(settings.database_url, clock=lambda: pytest.fail("no time is asked")).path or "")


async def test_what_is_restored_is_what_was_backed_up(settings: Settings, tmp_path: Path) -> None:
    await init_team(settings, team="Tổ một", leader="Nguyễn Lan")
    kept = tmp_path / "kept.sqlite3"
    copies = await back_up(settings, path=kept)
    empty = Settings(data_dir=tmp_path, database_url=f"sqlite:///{tmp_path / 'new' / 'place.sqlite3'}")
    restored, aside = await restore(empty, path=kept)
    assert restored == copies == await _digests(settings) == await _digests(empty)
    assert aside is None
    assert kept.stat().st_mode & 0o077 == 0


@pytest.mark.only_on("sqlite")
async def test_restoring_moves_the_present_data_aside(settings: Settings, tmp_path: Path) -> None:
    await init_team(settings, team="Tổ một", leader="Nguyễn Lan")
    kept = tmp_path / "kept.sqlite3"
    copies = await back_up(settings, path=kept)
    await init_team(settings, team="Tổ hai", leader="Trần Hùng")
    later = await _digests(settings)
    _, aside = await restore(settings, path=kept)
    assert await _digests(settings) == copies
    assert aside is not None
    assert await _digests(Settings(data_dir=tmp_path, database_url=f"sqlite:///{aside}")) == later


@pytest.mark.only_on("sqlite")
async def test_what_was_there_is_back_in_its_place_when_restoring_fails(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await init_team(settings, team="Tổ một", leader="Nguyễn Lan")
    kept = tmp_path / "kept.sqlite3"
    before = await back_up(settings, path=kept)

    async def fill_the_disk(source: Database, target: Database) -> list[TableCopy]:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("bot.upkeep.copy_everything", fill_the_disk)
    with pytest.raises(OSError, match="No space left"):
        await restore(settings, path=kept)
    assert await _digests(settings) == before
    assert not list(_path(settings).parent.glob("*before-restore*"))


@pytest.mark.only_on("postgresql")
async def test_a_postgresql_database_with_data_is_not_restored_over(settings: Settings, tmp_path: Path) -> None:
    await init_team(settings, team="Tổ một", leader="Nguyễn Lan")
    kept = tmp_path / "kept.sqlite3"
    await back_up(settings, path=kept)
    before = await _digests(settings)
    with pytest.raises(NotEmpty):
        await restore(settings, path=kept)
    assert await _digests(settings) == before


@pytest.mark.only_on("sqlite")
async def test_nothing_is_restored_under_a_running_bot(settings: Settings, tmp_path: Path) -> None:
    await init_team(settings, team="Tổ một", leader="Nguyễn Lan")
    kept = tmp_path / "kept.sqlite3"
    await back_up(settings, path=kept)
    with only_process_on(str(_path(settings))), pytest.raises(AlreadyRunning):
        await restore(settings, path=kept)


@pytest.mark.only_on("sqlite")
async def test_a_backup_is_taken_beside_a_writer(settings: Settings, tmp_path: Path) -> None:
    await init_team(settings, team="Tổ một", leader="Nguyễn Lan")
    before = await _digests(settings)
    async with opened(settings) as database, database.begin() as uow:
        await uow.teams.create(name="Tổ chưa ghi xong", now=uow.clock())
        await uow.flush()
        copies = await back_up(settings, path=tmp_path / "kept.sqlite3")
    assert copies == before


async def test_a_backup_overwrites_nothing(settings: Settings, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_bytes(b"dear")
    with pytest.raises(FileExists):
        await back_up(settings, path=taken)
    assert taken.read_bytes() == b"dear"


@pytest.mark.parametrize("content", [b"", b"not a database at all, but long enough to look at" * 50])
@pytest.mark.only_on("sqlite")
async def test_a_file_that_is_no_backup_changes_nothing(settings: Settings, tmp_path: Path, content: bytes) -> None:
    await init_team(settings, team="Tổ một", leader="Nguyễn Lan")
    before = await _digests(settings)
    wrong = tmp_path / "wrong.sqlite3"
    wrong.write_bytes(content)
    with pytest.raises(NoBackup):
        await restore(settings, path=wrong)
    assert await _digests(settings) == before


async def test_a_database_moves_to_another_with_everything_in_it(
    settings: Settings, tmp_path: Path, empty_database_url: str
) -> None:
    sqlite = Settings(data_dir=tmp_path, database_url=f"sqlite:///{tmp_path / 'small.sqlite3'}")
    team_id, _ = await init_team(sqlite, team="Tổ một", leader="Nguyễn Lan")
    copies = await copy_database(sqlite, to=settings.database_url)
    assert copies == await _digests(settings)
    async with opened(settings) as database, database.read() as uow:
        assert (await uow.teams.get(team_id)).name == "Tổ một"
    with pytest.raises(NotEmpty):
        await copy_database(sqlite, to=settings.database_url)

"""Collects what a process sees of its machine: the disk, and when a backup was last made."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.vitals import Vitals
from bot.settings import Settings

_BACKUP_MARK = ".last-backup"
_BEGIN_MARK = ".installed"


def collect(settings: Settings, *, channels: Mapping[str, bool]) -> Vitals:
    """How things are now."""
    folder = settings.data_dir.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    installed = folder / _BEGIN_MARK
    if not installed.exists():
        installed.touch()
    return Vitals(
        channels=dict(channels),
        disk_free=shutil.disk_usage(folder).free,
        backup_at=_moment(folder / _BACKUP_MARK),
        installed_at=_moment(installed),
    )


def note_backup(settings: Settings) -> None:
    """A backup has been made."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    (settings.data_dir / _BACKUP_MARK).touch()


def _moment(path: Path) -> datetime | None:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC) if path.exists() else None

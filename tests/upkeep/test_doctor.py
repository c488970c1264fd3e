"""The doctor finds what is wrong and says what to do."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.commands import database, init_team
from bot.doctor import Finding, examine
from bot.documents.fonts_bundled import FONT_DIRECTORY
from bot.domain.clock import system_clock
from bot.playground.telegram.playground import TelegramPlayground
from bot.settings import Settings


async def _findings(settings: Settings, **more: Path) -> Mapping[str, Finding]:
    return {finding.what: finding for finding in await examine(settings, clock=system_clock, **more)}


def _settings(tmp_path: Path, *, url: str, token: str, public_url: str = "") -> Settings:
    return Settings(
        data_dir=tmp_path / "data", telegram_api_url=url, telegram_bot_token=SecretStr(token), public_url=public_url
    )


async def test_a_sound_installation_needs_nothing(tmp_path: Path) -> None:
    async with TelegramPlayground() as playground:
        settings = _settings(tmp_path, url=playground.url, token=playground.token)
        await init_team(settings, team="Tổ một", leader="Nguyễn Lan")
        findings = await _findings(settings, env_file=tmp_path / ".env")
    assert [finding.what for finding in findings.values() if not finding.is_well] == []
    assert {"database", "telegram token", "clock", "disk", "permissions", "webhook", "fonts"} <= set(findings)


async def test_a_refused_token_is_grave(tmp_path: Path) -> None:
    async with TelegramPlayground() as playground:
        found = (await _findings(_settings(tmp_path, url=playground.url, token="1:wrong")))["telegram token"]
    assert found.grave
    assert "copy it again" in found.remedy


async def test_without_any_token_the_settings_are_named(tmp_path: Path) -> None:
    found = (await _findings(Settings(data_dir=tmp_path / "data")))["token"]
    assert found.grave
    assert "TELEGRAM_BOT_TOKEN or ZALO_BOT_TOKEN" in found.remedy


async def test_a_missing_database_is_told_how_to_make_one(tmp_path: Path) -> None:
    async with TelegramPlayground() as playground:
        findings = await _findings(_settings(tmp_path, url=playground.url, token=playground.token))
    assert "mangluoi init" in findings["database"].remedy
    assert not list((tmp_path / "data").glob("*.sqlite3"))


async def test_a_database_without_a_team_is_noticed(tmp_path: Path) -> None:
    async with TelegramPlayground() as playground:
        settings = _settings(tmp_path, url=playground.url, token=playground.token)
        async with database(settings, may_make=True):
            found = (await _findings(settings))["database"]
    assert found.grave
    assert "mangluoi init" in found.remedy


async def test_a_damaged_database_is_told_how_to_get_back(tmp_path: Path) -> None:
    async with TelegramPlayground() as playground:
        settings = _settings(tmp_path, url=playground.url, token=playground.token)
        settings.data_dir.mkdir()
        (settings.data_dir / "mangluoi.sqlite3").write_bytes(b"after a power cut" * 1000)
        found = (await _findings(settings))["database"]
    assert found.grave
    assert found.state == "cannot be read: file is not a database"
    assert "mangluoi restore" in found.remedy


async def test_secrets_that_others_can_read_are_noticed(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("TELEGRAM_BOT_TOKEN=1:x\n")
    env_file.chmod(0o644)
    async with TelegramPlayground() as playground:
        settings = _settings(tmp_path, url=playground.url, token=playground.token)
        assert "chmod 600" in (await _findings(settings, env_file=env_file))["permissions"].remedy
        env_file.chmod(0o600)
        assert (await _findings(settings, env_file=env_file))["permissions"].is_well


async def test_a_webhook_without_https_is_grave(tmp_path: Path) -> None:
    async with TelegramPlayground() as playground:
        settings = _settings(tmp_path, url=playground.url, token=playground.token, public_url="http://example.org")
        assert (await _findings(settings))["webhook"].grave


async def test_a_webhook_that_nobody_answers_is_told_what_stands_before_it(tmp_path: Path) -> None:
    async with TelegramPlayground() as playground:
        settings = _settings(tmp_path, url=playground.url, token=playground.token, public_url="https://127.0.0.1:1")
        assert "the proxy pass requests on to LISTEN" in (await _findings(settings))["webhook"].remedy


async def test_a_folder_that_cannot_be_written_and_a_full_disk_are_grave(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    full = shutil.disk_usage(tmp_path)._replace(free=499 * 1024**2)

    def usage(path: Path) -> object:
        return full

    monkeypatch.setattr("shutil.disk_usage", usage)
    async with TelegramPlayground() as playground:
        findings = await _findings(_settings(tmp_path, url=playground.url, token=playground.token))
    assert findings["data folder"].grave
    assert "let this user write" in findings["data folder"].remedy
    assert "let this user write" in findings["bot"].remedy
    assert findings["disk"].grave
    assert "free at least 500 MiB" in findings["disk"].remedy


@pytest.mark.parametrize("harm", ["missing", "cut-off", "without-vietnamese"])
async def test_fonts_that_cannot_draw_vietnamese_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    fonts = shutil.copytree(FONT_DIRECTORY, tmp_path / "fonts")
    bold = fonts / "Tinos-Bold.ttf"
    if harm == "missing":
        bold.unlink()
    elif harm == "cut-off":
        bold.write_bytes(bold.read_bytes()[:20_000])
    else:
        shutil.copy(fonts / "NotoEmoji-Regular.ttf", bold)
    monkeypatch.setattr("bot.documents.fonts_bundled.FONT_DIRECTORY", fonts)
    async with TelegramPlayground() as playground:
        found = (await _findings(_settings(tmp_path, url=playground.url, token=playground.token)))["fonts"]
    assert found.state == "cannot be used: Tinos-Bold.ttf"
    assert "install the program anew" in found.remedy


async def test_a_platform_that_cannot_be_reached_is_told_apart_from_a_wrong_token(tmp_path: Path) -> None:
    async with TelegramPlayground() as playground:
        url = playground.url
    findings = await _findings(_settings(tmp_path, url=url, token="1:x"))
    assert "network" in findings["telegram token"].remedy
    assert "network" in findings["clock"].remedy


async def test_a_clock_that_is_off_is_noticed(tmp_path: Path) -> None:
    async with TelegramPlayground() as playground:
        settings = _settings(tmp_path, url=playground.url, token=playground.token)
        found = await examine(settings, clock=lambda: system_clock() + timedelta(days=1))
    assert "timedatectl set-ntp" in next(finding for finding in found if finding.what == "clock").remedy

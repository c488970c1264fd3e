"""The first run asks the few things needed, tries the tokens and keeps them where only the owner reads."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.channels.base import ChannelDown, Identity, NotSent
from bot.cli import app
from bot.wizard import keep

GOOD, WRONG, FAR = "1:good", "1:wrong", "1:far"


class _Platform:
    def __init__(self, token: str) -> None:
        self._token = token

    async def open(self) -> Identity:
        if self._token == WRONG:
            raise ChannelDown(reason="token")
        if self._token == FAR:
            raise NotSent(reason="ConnectError")
        return Identity(user_id="1", username="mangluoi_bot", name="Mạng lưới")

    async def close(self) -> None:
        """Nothing to let go of."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder without any setting, and platforms that answer at once."""
    monkeypatch.chdir(tmp_path)
    for name in ("TELEGRAM_BOT_TOKEN", "ZALO_BOT_TOKEN", "PUBLIC_URL", "DATABASE_URL", "DATA_DIR"):
        monkeypatch.delenv(name, raising=False)

    def build(settings: object, clock: object) -> dict[str, _Platform]:
        tokens = {name: getattr(settings, f"{name}_bot_token") for name in ("telegram", "zalo")}
        return {name: _Platform(token.get_secret_value()) for name, token in tokens.items() if token}

    monkeypatch.setattr("bot.wizard.build_channels", build)
    return tmp_path


def _type(*lines: str) -> Result:
    return CliRunner().invoke(app, ["init"], input="\n".join(lines) + "\n")


def test_the_few_things_needed_are_asked_tried_and_kept(folder: Path) -> None:
    result = _type("Tổ cụm 1", "Nguyễn Lan", GOOD, "", "https://bot.example.vn/")
    assert result.exit_code == 0, result.output
    assert "belongs to mangluoi_bot" in result.output
    assert "Join code of Nguyễn Lan" in result.output
    kept = folder / ".env"
    assert kept.read_text() == f"TELEGRAM_BOT_TOKEN={GOOD}\nPUBLIC_URL=https://bot.example.vn\n"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_refused_token_is_asked_again_and_an_untried_one_kept(folder: Path) -> None:
    result = _type("Tổ cụm 1", "Nguyễn Lan", WRONG, "", FAR, "http://no", "")
    assert result.exit_code == 0, result.output
    assert "refused" in result.output
    assert "could not be tried now" in result.output
    assert "must begin with https://" in result.output
    assert (folder / ".env").read_text() == f"ZALO_BOT_TOKEN={FAR}\n"


def test_without_any_token_it_goes_on_asking(folder: Path) -> None:
    result = _type("Tổ cụm 1", "Nguyễn Lan", "", "", GOOD, "", "")
    assert "One token at least" in result.output
    assert result.exit_code == 0


def test_what_is_known_already_is_not_asked_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", GOOD)
    monkeypatch.setenv("PUBLIC_URL", "https://bot.example.vn")
    assert _type("Tổ cụm 1", "Nguyễn Lan").exit_code == 0
    assert not (folder / ".env").exists()


def test_other_settings_in_the_file_stay(folder: Path) -> None:
    path = folder / ".env"
    path.write_text("# mine\nLOG_FORMAT=json\nPUBLIC_URL=https://old\n")
    path.chmod(0o644)
    keep({"PUBLIC_URL": "https://new"}, path)
    assert path.read_text() == "# mine\nLOG_FORMAT=json\nPUBLIC_URL=https://new\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_half_of_the_arguments_is_wrong_usage() -> None:
    assert CliRunner().invoke(app, ["init", "--team", "Tổ"]).exit_code == 2
    assert CliRunner().invoke(app, ["init", "--json"]).exit_code == 2


def test_giving_up_in_the_middle_leaves_nothing(folder: Path) -> None:
    result = CliRunner().invoke(app, ["init"], input="Tổ cụm 1\n")
    assert result.exit_code == 1
    assert list(folder.iterdir()) == []

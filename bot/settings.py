"""Settings of an installation, from the environment or `.env`."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Literal

from pydantic import SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.domain.messages import Chat
from bot.domain.vocabulary import ChannelName


class Settings(BaseSettings):
    """Names are part of the outside contract; either token alone is enough to run."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True)

    telegram_bot_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    zalo_bot_token: SecretStr | None = None
    zalo_api_url: str = "https://bot-api.zaloplatforms.com"
    data_dir: Path = Path("data")
    database_url: str = ""
    public_url: str = ""
    webhook_secret: SecretStr | None = None
    listen: str = "127.0.0.1:8080"
    log_level: str = "INFO"
    log_format: Literal["text", "json"] = "text"
    messages_per_second: float = 28.0
    zalo_seconds_between_messages: float = 1.0
    """To one chat; Zalo names no figure, Telegram's is fixed."""
    operator_chat: str = ""
    """Where alerts to the operator go: telegram:ID or zalo:ID."""

    @model_validator(mode="after")
    def _complete(self) -> Settings:
        if not self.database_url:
            self.database_url = f"sqlite:///{(self.data_dir / 'mangluoi.sqlite3').absolute()}"
        self.public_url = self.public_url.rstrip("/")
        self.telegram_api_url = self.telegram_api_url.rstrip("/")
        self.zalo_api_url = self.zalo_api_url.rstrip("/")
        return self

    @field_validator("operator_chat")
    @classmethod
    def _names_a_chat(cls, value: str) -> str:
        channel, _, chat_id = value.partition(":")
        if value and (channel not in [str(name) for name in ChannelName] or not chat_id):
            raise ValueError("is telegram:ID or zalo:ID")
        return value

    @field_validator("listen")
    @classmethod
    def _names_a_port(cls, value: str) -> str:
        port = value.rpartition(":")[2]
        if not (port.isdecimal() and int(port) < 65536):
            raise ValueError("is HOST:PORT, such as 127.0.0.1:8080")
        return value

    @property
    def operator(self) -> Chat | None:
        """The operator's own chat."""
        channel, _, chat_id = self.operator_chat.partition(":")
        return Chat(channel=ChannelName(channel), chat_id=chat_id) if chat_id else None

    @property
    def host(self) -> str:
        """Where HTTP listens."""
        return self.listen.rpartition(":")[0] or "127.0.0.1"

    @property
    def port(self) -> int:
        """On which port."""
        return int(self.listen.rpartition(":")[2])

    def webhook_secret_of(self, channel: ChannelName) -> str:
        """WEBHOOK_SECRET, or one derived from the platform's token, the same in every process."""
        if self.webhook_secret is not None:
            return self.webhook_secret.get_secret_value()
        return sha256(f"webhook:{self._token(channel)}".encode()).hexdigest()

    @property
    def file_link_secret(self) -> bytes:
        """What signs the links to files, the same in every process."""
        given = self.webhook_secret.get_secret_value() if self.webhook_secret else ""
        tokens = ":".join(self._token(channel) for channel in ChannelName)
        return sha256(f"files:{given}:{tokens}".encode()).digest()

    @property
    def secrets(self) -> list[str]:
        """What must never be printed."""
        given = (self.telegram_bot_token, self.zalo_bot_token, self.webhook_secret)
        return [each.get_secret_value() for each in given if each is not None]

    def bot_digest(self, channel: ChannelName) -> str:
        """Names the bot of a channel without giving its token away."""
        return sha256(self._token(channel).encode()).hexdigest()[:16]

    def _token(self, channel: ChannelName) -> str:
        token = self.telegram_bot_token if channel is ChannelName.TELEGRAM else self.zalo_bot_token
        return token.get_secret_value() if token else ""

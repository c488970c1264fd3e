"""How calls to Telegram travel: files whole and under their names, and by the proxy of the environment."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from bot.channels.base import FileContent
from bot.channels.telegram import TelegramChannel
from bot.domain.messages import Attachment, Chat, Outgoing
from bot.domain.vocabulary import ChannelName

if TYPE_CHECKING:
    from tests.channels.conftest import ScriptedServer

CHAT = Chat(channel=ChannelName.TELEGRAM, chat_id="501")
SAYING = Outgoing(chat=CHAT, text="Chào thầy/cô")
MESSAGE = {"message_id": 78, "date": 1, "chat": {"id": 501, "type": "private"}, "text": "Chào thầy/cô"}
NAME = "Báo cáo tháng 11 của tổ.docx"


async def test_a_file_arrives_whole_and_under_its_vietnamese_name(
    server: ScriptedServer, channel: TelegramChannel
) -> None:
    server.will_return(MESSAGE)
    content = bytes(range(256)) * 8192  # two megabytes
    part = SAYING.model_copy(update={"attachments": (Attachment(stored_id=7, name=NAME, mime="application/msword"),)})
    await channel.send(part, files={7: FileContent(data=content, name=NAME, mime="application/msword")})
    assert server.methods == ["sendDocument"]
    body = server.calls[0][1]
    assert f'filename="{NAME}"'.encode() in body
    assert content in body
    assert "Chào thầy/cô".encode() in body


async def test_calls_go_through_the_proxy_of_the_environment(
    server: ScriptedServer, build_channel: Callable[..., TelegramChannel], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", server.url)
    monkeypatch.setenv("http_proxy", server.url)
    server.will_return(MESSAGE)
    await build_channel("http://telegram.invalid").send(SAYING, files={})
    assert server.calls[0][0].startswith("http://telegram.invalid/bot")

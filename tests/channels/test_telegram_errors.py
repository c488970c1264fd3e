from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from bot.channels.base import (
    ChannelDown,
    ChannelError,
    ChatMoved,
    FileRefused,
    NotSent,
    RateLimited,
    Rejected,
    Unreachable,
    Unsure,
)
from bot.channels.telegram import TelegramChannel
from bot.domain.messages import Chat, Command, Outgoing
from bot.domain.vocabulary import ChannelName

if TYPE_CHECKING:
    from tests.channels.conftest import ScriptedServer

CHAT = Chat(channel=ChannelName.TELEGRAM, chat_id="501")
SAYING = Outgoing(chat=CHAT, text="Chào thầy/cô")
EDITING = SAYING.model_copy(update={"replaces": "77"})
TIDYING = Outgoing(chat=CHAT, text="", replaces="77", only_if_editable=True)
PAGE = "<html><h1>Blocked</h1></html>"
MESSAGE = {"message_id": 78, "date": 1, "chat": {"id": 501, "type": "private"}, "text": "Chào thầy/cô"}


async def failure(channel: TelegramChannel, part: Outgoing = SAYING) -> ChannelError:
    with pytest.raises(ChannelError) as caught:
        await channel.send(part, files={})
    return caught.value


@pytest.mark.parametrize("code", [200, 403, 404, 500, 502, 504])
async def test_a_page_that_answers_in_telegrams_place_means_not_sent(
    server: ScriptedServer, channel: TelegramChannel, code: int
) -> None:
    server.will_show(code, PAGE)
    assert type(await failure(channel)) is NotSent


async def test_an_internal_error_means_not_sent(server: ScriptedServer, channel: TelegramChannel) -> None:
    server.will_refuse(500, "Internal Server Error: restart")
    error = await failure(channel)
    assert type(error) is NotSent
    assert error.facts["reason"] == "Internal Server Error: restart"


async def test_the_wait_that_telegram_asks_for_is_passed_on(server: ScriptedServer, channel: TelegramChannel) -> None:
    server.will_refuse(429, "Too Many Requests: retry after 37", retry_after=37)
    error = await failure(channel)
    assert isinstance(error, RateLimited)
    assert error.retry_after == 37


async def test_too_many_requests_without_a_figure_means_a_second(
    server: ScriptedServer, channel: TelegramChannel
) -> None:
    server.will_refuse(429, "Too Many Requests")
    server.will_show(429, PAGE)
    for _ in range(2):
        error = await failure(channel)
        assert isinstance(error, RateLimited)
        assert error.retry_after == 1


@pytest.mark.parametrize(
    ("code", "description"),
    [
        (403, "Forbidden: bot was blocked by the user"),
        (403, "Forbidden: bot was kicked from the group chat"),
        (403, "Forbidden: user is deactivated"),
        (400, "Bad Request: chat not found"),
        (400, "Bad Request: PEER_ID_INVALID"),
        (400, "Bad Request: not enough rights to send text messages to the chat"),
        (400, "Bad Request: have no rights to send a message"),
        (400, "Bad Request: CHAT_WRITE_FORBIDDEN"),
        (400, "Bad Request: TOPIC_CLOSED"),
    ],
)
async def test_a_chat_that_cannot_be_written_to_is_unreachable(
    server: ScriptedServer, channel: TelegramChannel, code: int, description: str
) -> None:
    server.will_refuse(code, description)
    assert type(await failure(channel)) is Unreachable


async def test_a_chat_number_that_is_none_is_unreachable(channel: TelegramChannel) -> None:
    elsewhere = SAYING.model_copy(update={"chat": Chat(channel=ChannelName.TELEGRAM, chat_id="6ede9afa")})
    assert type(await failure(channel, elsewhere)) is Unreachable


async def test_a_group_that_moved_tells_its_new_number(server: ScriptedServer, channel: TelegramChannel) -> None:
    server.will_refuse(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-100777)
    error = await failure(channel)
    assert isinstance(error, ChatMoved)
    assert error.new_chat_id == "-100777"


@pytest.mark.parametrize(
    ("code", "description"),
    [
        (400, "Bad Request: message is too long"),
        (400, "Bad Request: BUTTON_DATA_INVALID"),
        (413, "Request Entity Too Large"),
    ],
)
async def test_a_message_telegram_will_never_take_is_rejected(
    server: ScriptedServer, channel: TelegramChannel, code: int, description: str
) -> None:
    server.will_refuse(code, description)
    assert type(await failure(channel)) is Rejected


@pytest.mark.parametrize(("code", "description"), [(401, "Unauthorized"), (404, "Not Found")])
async def test_a_refused_token_brings_the_channel_down(
    server: ScriptedServer, channel: TelegramChannel, code: int, description: str
) -> None:
    calls: tuple[Callable[[], object], ...] = (
        lambda: channel.send(SAYING, files={}),
        lambda: channel.poll(after="", wait=0),
        channel.open,
    )
    for call in calls:
        server.will_refuse(code, description)
        with pytest.raises(ChannelDown) as caught:
            await call()  # pyright: ignore[reportGeneralTypeIssues] -- three coroutines of different results
        assert caught.value.facts == {"reason": "token"}


async def test_another_poller_brings_the_channel_down(server: ScriptedServer, channel: TelegramChannel) -> None:
    server.will_refuse(409, "Conflict: terminated by other getUpdates request")
    with pytest.raises(ChannelDown) as caught:
        await channel.poll(after="", wait=0)
    assert caught.value.facts == {"reason": "conflict"}


async def test_a_connection_that_was_refused_means_not_sent(
    build_channel: Callable[..., TelegramChannel],
) -> None:
    assert type(await failure(build_channel("http://127.0.0.1:9"))) is NotSent


async def test_an_address_that_is_no_address_means_not_sent(
    build_channel: Callable[..., TelegramChannel],
) -> None:
    assert type(await failure(build_channel("htp://nowhere"))) is NotSent
    assert type(await failure(build_channel("http://127.0.0.1:what"))) is NotSent


@pytest.mark.parametrize("then", ["close", "truncate", "hang"])
async def test_a_message_whose_answer_was_lost_is_unsure(
    server: ScriptedServer, build_channel: Callable[..., TelegramChannel], then: str
) -> None:
    channel = build_channel(server.url, read=0.2)
    server.will(then)
    assert type(await failure(channel)) is Unsure


@pytest.mark.parametrize("then", ["close", "truncate", "hang"])
async def test_an_edit_whose_answer_was_lost_may_simply_be_repeated(
    server: ScriptedServer, build_channel: Callable[..., TelegramChannel], then: str
) -> None:
    channel = build_channel(server.url, read=0.2)
    commands = Outgoing(chat=CHAT, text="", commands=(Command(name="toi", description="Của tôi"),))
    for part in (EDITING, TIDYING, commands):
        server.will(then)
        assert type(await failure(channel, part)) is NotSent


async def test_a_message_that_found_no_free_connection_was_not_sent(
    server: ScriptedServer, build_channel: Callable[..., TelegramChannel]
) -> None:
    channel = build_channel(server.url, read=1.0, connect=0.4, connections=1)
    server.will("hang")
    errors = await asyncio.gather(failure(channel), failure(channel))
    assert {type(error) for error in errors} == {Unsure, NotSent}
    assert len(server.calls) == 1


async def test_an_answer_of_the_wrong_shape_leaves_a_message_unsure(
    server: ScriptedServer, channel: TelegramChannel
) -> None:
    for result in ({"unexpected": 1}, "text", None, [1]):
        server.will_return(result)
        assert type(await failure(channel)) is Unsure


async def test_markup_that_cannot_be_read_is_rejected(channel: TelegramChannel) -> None:
    assert type(await failure(channel, Outgoing(chat=CHAT, text="<b>open"))) is Rejected


async def test_an_edit_that_changes_nothing_counts_as_done(server: ScriptedServer, channel: TelegramChannel) -> None:
    server.will_refuse(400, "Bad Request: message is not modified: specified new message content is the same")
    assert (await channel.send(EDITING, files={})).message_id == "77"


@pytest.mark.parametrize("description", ["message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID"])
async def test_a_message_that_cannot_be_edited_is_sent_anew(
    server: ScriptedServer, channel: TelegramChannel, description: str
) -> None:
    server.will_refuse(400, f"Bad Request: {description}")
    server.will_return(MESSAGE)
    assert (await channel.send(EDITING, files={})).message_id == "78"
    assert server.methods == ["editMessageText", "sendMessage"]


async def test_the_new_message_in_place_of_an_edit_may_be_unsure(
    server: ScriptedServer, channel: TelegramChannel
) -> None:
    server.will_refuse(400, "Bad Request: message to edit not found")
    server.will("close")
    assert type(await failure(channel, EDITING)) is Unsure


async def test_a_tidying_edit_that_cannot_be_done_is_dropped(server: ScriptedServer, channel: TelegramChannel) -> None:
    server.will_refuse(400, "Bad Request: message to edit not found")
    assert (await channel.send(TIDYING, files={})).message_id == ""
    assert server.methods == ["editMessageReplyMarkup"]


DELETING = Outgoing(chat=CHAT, text="đã ẩn", deletes="77")


@pytest.mark.parametrize("description", ["message to delete not found", "MESSAGE_ID_INVALID"])
async def test_a_message_that_is_gone_counts_as_deleted(
    server: ScriptedServer, channel: TelegramChannel, description: str
) -> None:
    server.will_refuse(400, f"Bad Request: {description}")
    assert (await channel.send(DELETING, files={})).message_id == ""
    assert server.methods == ["deleteMessage"]


async def test_a_message_too_old_to_delete_says_something_else(
    server: ScriptedServer, channel: TelegramChannel
) -> None:
    server.will_refuse(400, "Bad Request: message can't be deleted for everyone")
    server.will_return(MESSAGE)
    await channel.send(DELETING, files={})
    assert server.methods == ["deleteMessage", "editMessageText"]


async def test_a_deletion_whose_answer_is_lost_is_tried_again(server: ScriptedServer, channel: TelegramChannel) -> None:
    server.will("close")
    assert type(await failure(channel, DELETING)) is NotSent


async def test_an_edit_of_a_document_changes_its_caption(server: ScriptedServer, channel: TelegramChannel) -> None:
    server.will_refuse(400, "Bad Request: there is no text in the message to edit")
    server.will_return(MESSAGE)
    assert (await channel.send(EDITING, files={})).message_id == "77"
    assert server.methods == ["editMessageText", "editMessageCaption"]


async def test_an_edit_of_a_document_too_long_for_a_caption_is_sent_anew(
    server: ScriptedServer, channel: TelegramChannel
) -> None:
    server.will_refuse(400, "Bad Request: there is no text in the message to edit")
    server.will_return(MESSAGE)
    long = EDITING.model_copy(update={"text": "a" * 1025})
    assert (await channel.send(long, files={})).message_id == "78"
    assert server.methods == ["editMessageText", "sendMessage"]


@pytest.mark.parametrize(
    "description", ["query is too old and response timeout expired or query ID is invalid", "QUERY_ID_INVALID"]
)
async def test_a_press_too_old_to_acknowledge_is_left_alone(
    server: ScriptedServer, channel: TelegramChannel, description: str
) -> None:
    server.will_refuse(400, f"Bad Request: {description}")
    await channel.acknowledge_press("4711", toast="Đã nhận")
    assert server.methods == ["answerCallbackQuery"]


async def test_other_refusals_of_an_acknowledgement_are_told(server: ScriptedServer, channel: TelegramChannel) -> None:
    server.will_refuse(400, "Bad Request: MESSAGE_TOO_LONG")
    with pytest.raises(Rejected):
        await channel.acknowledge_press("4711", toast="Đã nhận")


@pytest.mark.parametrize(
    ("description", "reason"),
    [
        ("file is too big", "too_big"),
        ("invalid file_id", "unavailable"),
        ("wrong file_id or the file is temporarily unavailable", "unavailable"),
    ],
)
async def test_a_file_that_telegram_will_not_give_is_refused(
    server: ScriptedServer, channel: TelegramChannel, description: str, reason: str
) -> None:
    server.will_refuse(400, f"Bad Request: {description}")
    with pytest.raises(FileRefused) as caught:
        await channel.fetch("AgACAgUAAx")
    assert caught.value.facts == {"reason": reason}


async def test_a_file_whose_path_has_gone_is_unavailable(server: ScriptedServer, channel: TelegramChannel) -> None:
    server.will_return({"file_id": "A", "file_unique_id": "u", "file_path": "documents/a.pdf"})
    server.will_refuse(404, "Not Found")
    with pytest.raises(FileRefused) as caught:
        await channel.fetch("A")
    assert caught.value.facts == {"reason": "unavailable"}


async def test_a_file_over_twenty_megabytes_is_not_downloaded(server: ScriptedServer, channel: TelegramChannel) -> None:
    huge = {"file_id": "A", "file_unique_id": "u", "file_path": "documents/a.pdf", "file_size": 21 * 1024 * 1024}
    server.will_return(huge)
    with pytest.raises(FileRefused) as caught:
        await channel.fetch("A")
    assert caught.value.facts == {"reason": "too_big"}
    assert server.methods == ["getFile"]


async def test_a_download_that_broke_off_can_be_tried_again(server: ScriptedServer, channel: TelegramChannel) -> None:
    server.will_return({"file_id": "A", "file_unique_id": "u", "file_path": "documents/a.pdf"})
    server.will("close")
    with pytest.raises(NotSent):
        await channel.fetch("A")


async def test_updates_of_the_wrong_shape_hold_up_no_other(server: ScriptedServer, channel: TelegramChannel) -> None:
    whole = {"update_id": 5, "message": {"message_id": "seven"}}
    server.will_return([whole, 7, None, {"update_id": 6}])
    assert await channel.poll(after="4", wait=0) == [whole, {"update_id": 6}]
    server.will_return("nothing")
    with pytest.raises(NotSent):
        await channel.poll(after="4", wait=0)


async def test_the_token_never_reaches_a_log(
    server: ScriptedServer, channel: TelegramChannel, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("aiohttp.client", "aiohttp.internal", "telegram"):
        caplog.set_level(logging.DEBUG, logger=name)
    secret = server.calls  # the token as the server saw it, in the path
    server.will_return(MESSAGE)
    server.will_show(502, f"<html>POST {server.url}/bot4839574812:AAFD39kkdpWt3ywyRZergyOLMaJhac60qc/x</html>")
    await channel.send(SAYING, files={})
    error = await failure(channel)
    token = secret[0][0].split("/")[1].removeprefix("bot")
    assert len(token) > 40
    assert "<token>" in caplog.text
    assert token not in caplog.text
    assert token not in str(error)

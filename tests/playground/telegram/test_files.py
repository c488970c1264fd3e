"""Files go both ways byte for byte, within the Bot API's sizes."""

from __future__ import annotations

import httpx
import pytest
from telegram import Bot, InputMediaDocument, InputMediaPhoto
from telegram.error import BadRequest

from bot.playground.telegram.files import plain_png
from bot.playground.telegram.people import Phone
from bot.playground.telegram.playground import TelegramPlayground
from tests.clock import FakeClock

PICTURE = plain_png(640, 480, 77)


async def test_a_document_comes_back_byte_for_byte(bot: Bot, lan: Phone) -> None:
    data = bytes(range(256)) * 100

    sent = await bot.send_document(lan.person.id, data, filename="biên bản.docx", caption="Biên bản")

    assert sent.document is not None
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == data
    assert (sent.document.file_name, sent.caption) == ("biên bản.docx", "Biên bản")


async def test_what_a_person_sends_can_be_fetched(bot: Bot, lan: Phone) -> None:
    lan.send_document(b"a,b", name="danh sách.csv", mime="text/csv")

    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert message.document is not None
    file = await bot.get_file(message.document.file_id)

    assert (bytes(await file.download_as_bytearray()), message.document.mime_type) == (b"a,b", "text/csv")


async def test_the_last_size_of_a_photo_is_the_whole(bot: Bot, lan: Phone) -> None:
    lan.send_photo(PICTURE, caption="lớp 3A")

    message = (await bot.get_updates())[-1].message
    assert message is not None
    small, whole = message.photo

    assert (whole.width, whole.height, small.width) == (640, 480, 90)
    assert bytes(await (await bot.get_file(whole.file_id)).download_as_bytearray()) == PICTURE
    assert bytes(await (await bot.get_file(small.file_id)).download_as_bytearray()) != PICTURE


async def test_the_same_content_has_the_same_unique_id(bot: Bot, lan: Phone) -> None:
    one = await bot.send_document(lan.person.id, b"same", filename="a.txt")
    two = await bot.send_document(lan.person.id, b"same", filename="b.txt")

    assert one.document is not None
    assert two.document is not None
    assert one.document.file_unique_id == two.document.file_unique_id
    assert one.document.file_id != two.document.file_id


async def test_a_file_id_sends_the_file_again(bot: Bot, lan: Phone) -> None:
    first = await bot.send_document(lan.person.id, b"kept", filename="a.txt")
    assert first.document is not None

    again = await bot.send_document(lan.person.id, first.document.file_id)

    assert again.document == first.document


async def test_a_wrong_file_id_is_refused(bot: Bot, lan: Phone) -> None:
    with pytest.raises(BadRequest, match="Wrong remote file identifier specified"):
        await bot.send_document(lan.person.id, "nonsense")


async def test_a_photo_s_id_is_no_document(bot: Bot, lan: Phone) -> None:
    sent = await bot.send_photo(lan.person.id, PICTURE)

    with pytest.raises(BadRequest, match="Can't use file of type photo as document"):
        await bot.send_document(lan.person.id, sent.photo[-1].file_id)


async def test_what_is_no_picture_cannot_be_a_photo(bot: Bot, lan: Phone) -> None:
    with pytest.raises(BadRequest, match=r"(?i)image_process_failed"):
        await bot.send_photo(lan.person.id, b"no picture")


async def test_a_file_over_twenty_megabytes_cannot_be_fetched(bot: Bot, lan: Phone) -> None:
    lan.send_document(bytes(20 * 1024 * 1024 + 1), name="video.mp4")
    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert message.document is not None

    with pytest.raises(BadRequest, match=r"^File is too big$"):
        await bot.get_file(message.document.file_id)


async def test_a_path_is_good_for_an_hour(
    bot: Bot, lan: Phone, clock: FakeClock, playground: TelegramPlayground
) -> None:
    sent = await bot.send_document(lan.person.id, b"data", filename="a.txt")
    assert sent.document is not None
    path = (await bot.get_file(sent.document.file_id)).file_path
    assert path is not None

    async with httpx.AsyncClient(trust_env=False) as client:
        clock.advance(3599)
        assert (await client.get(path)).content == b"data"
        clock.advance(1)
        assert (await client.get(path)).status_code == 404


async def test_the_colon_in_a_file_s_address_may_be_escaped(
    bot: Bot, lan: Phone, playground: TelegramPlayground
) -> None:
    sent = await bot.send_document(lan.person.id, b"data", filename="a.txt")
    assert sent.document is not None
    path = (await bot.get_file(sent.document.file_id)).file_path
    assert path is not None

    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(path.replace(playground.token, playground.token.replace(":", "%3A")))

    assert answer.content == b"data"


async def test_an_album_arrives_as_several_messages(bot: Bot, lan: Phone) -> None:
    pictures = [plain_png(300, 200 + n, n) for n in range(3)]

    sent = await bot.send_media_group(lan.person.id, [InputMediaPhoto(p) for p in pictures], caption="chuyên đề")

    assert [message.caption for message in sent] == ["chuyên đề", None, None]
    assert len(lan.received()) == 3


async def test_documents_and_photos_do_not_mix(bot: Bot, lan: Phone) -> None:
    media = [InputMediaPhoto(PICTURE), InputMediaDocument(b"text")]

    with pytest.raises(BadRequest, match="can't be mixed with other media types"):
        await bot.send_media_group(lan.person.id, media)


async def test_a_caption_can_be_edited_and_the_text_cannot(bot: Bot, lan: Phone) -> None:
    sent = await bot.send_photo(lan.person.id, PICTURE, caption="cũ")

    await bot.edit_message_caption(lan.person.id, sent.message_id, caption="mới")

    assert lan.last().text == "mới"
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("chữ", lan.person.id, sent.message_id)


async def test_media_can_be_exchanged(bot: Bot, lan: Phone) -> None:
    sent = await bot.send_photo(lan.person.id, PICTURE, caption="cũ")
    media = InputMediaDocument(b"bytes", filename="bang.xlsx", caption="bảng")

    await bot.edit_message_media(media, lan.person.id, sent.message_id)

    assert (lan.last().kind, lan.last().text) == ("document", "bảng")


async def test_a_copy_is_new_and_a_forward_names_its_author(bot: Bot, lan: Phone) -> None:
    lan.send_photo(PICTURE, caption="lớp 3A")
    source = lan.messages()[-1].id

    copied = await bot.copy_message(lan.person.id, lan.person.id, source, caption="bản sao")
    forwarded = await bot.forward_message(lan.person.id, lan.person.id, source)

    assert lan.private.messages[copied.message_id].text == "bản sao"
    assert forwarded.forward_origin is not None
    assert forwarded.caption == "lớp 3A"

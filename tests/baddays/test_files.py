"""Hostile files are refused in one sentence, quickly, and nothing of them is kept."""

from __future__ import annotations

import re
import struct
import time
import tracemalloc
import zipfile
import zlib
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from bot.channels.base import FileContent
from bot.documents.roster_sheet import read_workbook
from bot.documents.sniffing import inspect_file
from bot.domain.messages import Incoming, IncomingFile
from bot.domain.roster import UnreadableReason, UnreadableWorkbook
from bot.domain.vocabulary import Role
from tests.builders import Make
from tests.documents.papers import picture
from tests.office import Office


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def photo_bomb(side: int = 60_000) -> bytes:
    """A PNG of a few KB that claims side × side pixels (10 GB unfolded at the default)."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\x00" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def sheet_of(rows: bytes, *, extra: dict[str, bytes] | None = None) -> bytes:
    """A real workbook whose only sheet holds these rows of XML."""
    plain, packed = BytesIO(), BytesIO()
    Workbook().save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = re.sub(rb"<sheetData ?/>|<sheetData></sheetData>", b"<sheetData>" + rows + b"</sheetData>", data)
            target.writestr(name, data)
        for name, data in (extra or {}).items():
            target.writestr(name, data)
    return packed.getvalue()


def million_rows() -> bytes:
    """A row of one cell, a million times, as a small file."""
    return sheet_of(b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 1_000_001)))


def zip_bomb() -> bytes:
    """100 KB that unfold to 100 MB."""
    return sheet_of(b"", extra={"xl/media/zeros.bin": b"\x00" * 100_000_000})


def entity_bomb() -> bytes:
    """The billion laughs in a sheet."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY l0 "ha">{laughs}]><worksheet>&l9;</worksheet>'
    plain, packed = BytesIO(), BytesIO()
    Workbook().save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, text if name == "xl/worksheets/sheet1.xml" else source.read(name))
    return packed.getvalue()


@pytest.mark.parametrize(
    ("make_bomb", "reasons"),
    [
        (million_rows, {UnreadableReason.TOO_MANY_ROWS, UnreadableReason.TOO_BIG}),
        (zip_bomb, {UnreadableReason.TOO_BIG}),
        (entity_bomb, {UnreadableReason.DAMAGED, UnreadableReason.TOO_BIG}),
    ],
    ids=["million-rows", "zip-ratio", "billion-laughs"],
)
def test_an_excel_bomb_is_refused_quickly_and_unpacks_nothing(make_bomb: Any, reasons: set[UnreadableReason]) -> None:
    bomb = make_bomb()
    tracemalloc.start()
    began = time.monotonic()
    try:
        with pytest.raises(UnreadableWorkbook) as caught:
            read_workbook(bomb)
        took, (_, peak) = time.monotonic() - began, tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    print(f"{make_bomb.__name__}: {len(bomb) / 1024:.0f} KiB refused in {took:.2f} s with {peak / 1024**2:.1f} MiB")
    assert caught.value.reason in reasons
    assert took < 20
    assert peak < 64 * 1024**2


def test_links_to_other_workbooks_are_not_followed() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "='file:///etc/[passwd]Sheet1'!A1"
    saved = BytesIO()
    book.save(saved)
    (read,) = read_workbook(saved.getvalue()).sheets
    assert "root:" not in str(read)


@pytest.mark.parametrize(
    ("data", "kind", "name", "mime", "verdict"),
    [
        (picture("JPEG"), "photo", "", "image/jpeg", ""),
        (picture("PNG"), "photo", "", "image/jpeg", ""),
        (picture("PNG"), "document", "a.png", "image/png", ""),
        (picture("PNG"), "document", "a.jpg", "image/jpeg", "wrong_type"),
        (b"MZ\x90\x00 a program", "photo", "", "image/jpeg", "wrong_type"),
        (b"MZ\x90\x00 a program", "document", "danh-sach.xlsx", "", "wrong_type"),
        (b"<html>", "document", "ke-hoach.pdf", "application/pdf", "wrong_type"),
        (b"%PDF-1.7", "document", "ke-hoach.pdf", "application/pdf", ""),
        (b"anything", "voice", "ghi-am.ogg", "audio/ogg", ""),
        (b"\xff\xd8\xff broken off", "photo", "", "image/jpeg", "wrong_type"),
        (photo_bomb(), "photo", "", "image/png", "too_many_pixels"),
        (photo_bomb(9_000), "document", "a.png", "image/png", "too_many_pixels"),
    ],
)
def test_a_file_is_judged_by_its_bytes(data: bytes, kind: str, name: str, mime: str, verdict: str) -> None:
    assert inspect_file(data, kind=kind, name=name, mime=mime) == verdict


@pytest.mark.parametrize(
    ("data", "refusal"), [(photo_bomb(), "too_many_pixels"), (b"MZ\x90\x00 a program", "wrong_type")]
)
async def test_a_hostile_photo_is_not_kept(pipeline: Any, make: Make, data: bytes, refusal: str) -> None:
    joined = await make.joined_member(await make.team())
    pipeline.channel.keep_file("ref-1", FileContent(data=data, name="a.jpg", mime="image/jpeg"))
    photo = IncomingFile(reference="ref-1", kind="photo")
    await pipeline.intake.accept(
        [await pipeline.channel.push(pipeline.incoming("", chat=joined.user_id, files=(photo,)))]
    )
    began = time.monotonic()
    await pipeline.fetcher.run_once()
    print(f"{refusal}: {len(data)} bytes judged in {(time.monotonic() - began) * 1000:.0f} ms")
    async with pipeline.database.begin() as uow:
        (row,) = await uow.inbox.claim(limit=1, now=pipeline.clock())
    assert row.files == {"ref-1": {"refusal": refusal}}


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        ("wrong_type", "không đúng loại"),
        ("too_many_pixels", "quá lớn"),
        ("too_big", "20 MB"),
        ("unavailable", "không tải được"),
    ],
)
async def test_the_person_is_told_why_and_their_words_still_count(
    office: Office, make: Make, refusal: Any, words: str
) -> None:
    joined = await make.joined_member(await make.team(), role=Role.MEMBER)
    phone = office.phone(joined)
    photo = IncomingFile(reference="ref-1", kind="photo", refusal=refusal)
    for text in ("", "Dự giờ Toán 4A hôm nay. Tư vấn: chia nhóm nhỏ"):
        await office.receive(
            Incoming(
                external_id=office.update_id(),
                chat=phone.chat,
                sender=phone.sender,
                at=office.clock(),
                text=text,
                files=(photo,),
            )
        )
    assert phone.texts.count(words) == 2
    assert "Ở trường nào" in phone.last.text  # the report goes on

"""Photos are kept without the place they were taken at."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from bot.documents.photo_cleaning import without_metadata

_GPS, _ORIENTATION, _MAKE = 0x8825, 0x0112, 0x010F


def photo(kind: str) -> bytes:
    image = Image.new("RGB", (40, 20), "green")
    exif = Image.Exif()
    exif[_MAKE] = "Camera"
    exif[_ORIENTATION] = 6
    exif[_GPS] = {1: "N", 2: (10.0, 58.0, 12.0), 3: "E", 4: (106.0, 39.0, 5.0)}
    buffer = BytesIO()
    image.save(buffer, format=kind, exif=exif)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_and_camera_are_gone_and_the_picture_stands_upright(kind: str) -> None:
    before = photo(kind)
    assert Image.open(BytesIO(before)).getexif().get_ifd(_GPS)
    after = without_metadata(before)
    image = Image.open(BytesIO(after))
    assert not dict(image.getexif())
    assert b"Camera" not in after
    assert image.size == (20, 40)
    assert image.format == kind


@pytest.mark.parametrize("data", [b"", b"no picture", b"\xff\xd8\xff\xe1broken"])
def test_what_is_no_picture_comes_back_as_it_is(data: bytes) -> None:
    assert without_metadata(data) == data

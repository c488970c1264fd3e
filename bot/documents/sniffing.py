"""Looks at the first bytes of a file before it is kept: whether it is what it says it is, and safe to open."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import Literal

MAX_PIXELS = 60_000_000
"""Larger than any telephone's photograph that a chat hands on; a picture of 100 KB can unfold to gigabytes."""
Verdict = Literal["", "wrong_type", "too_many_pixels"]

_PICTURES = {
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/gif": (b"GIF87a", b"GIF89a"),
    "image/webp": (b"RIFF",),
}
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BY_ENDING = {
    **dict.fromkeys((".xlsx", ".xlsm", ".docx", ".pptx", ".zip"), (_ZIP, _OLE)),  # encrypted ones lie in an OLE file
    **dict.fromkeys((".xls", ".doc", ".ppt"), (_OLE, _ZIP)),
    ".pdf": (b"%PDF-",),
    **dict.fromkeys((".jpg", ".jpeg"), _PICTURES["image/jpeg"]),
    ".png": _PICTURES["image/png"],
    ".gif": _PICTURES["image/gif"],
}


def inspect_file(data: bytes, *, kind: str, name: str, mime: str) -> Verdict:
    """ "" when it may be kept. Photos are judged by their bytes, documents by what name and type promise."""
    if kind == "photo" or mime in _PICTURES:
        return _inspect_picture(data, mime=mime if kind != "photo" else "")
    ending = "." + name.lower().rpartition(".")[2] if "." in name else ""
    promised = _BY_ENDING.get(ending)
    if promised is not None and not data.startswith(promised):
        return "wrong_type"
    return ""


def _inspect_picture(data: bytes, *, mime: str) -> Verdict:
    promised = _PICTURES.get(mime) or tuple(magic for magics in _PICTURES.values() for magic in magics)
    if not data.startswith(promised):
        return "wrong_type"
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # we count ourselves
            with Image.open(BytesIO(data)) as picture:  # reads the header only
                width, height = picture.size
    except Image.DecompressionBombError:
        return "too_many_pixels"
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return "wrong_type"
    return "too_many_pixels" if width * height > MAX_PIXELS else ""

"""Files as Telegram keeps them: named by an id, fetched for an hour by a path, byte for byte."""

from __future__ import annotations

import hashlib
import struct
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from bot.playground.telegram.chats import Json, present
from bot.playground.telegram.errors import bad_request
from bot.playground.telegram.limits import DOWNLOAD_LIMIT, FILE_PATH_SECONDS, PHOTO_LIMIT

FOLDERS = {"photo": "photos", "voice": "voice", "video": "videos", "audio": "music", "animation": "animations"}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a request."""

    data: bytes
    name: str
    mime: str = ""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file with its Bot API identity; sizes in bytes and pixels."""

    id: str
    unique_id: str
    kind: str
    data: bytes
    name: str
    mime: str
    width: int = 0
    height: int = 0

    def as_json(self) -> Json:
        """The `Document`, `PhotoSize`, `Voice`… of it."""
        shown: Json = {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": len(self.data)}
        if self.kind == "photo":
            return shown | {"width": self.width, "height": self.height}
        shown |= present(file_name="" if self.kind == "voice" else self.name, mime_type=self.mime)
        if self.kind in ("voice", "audio", "video", "animation"):
            shown["duration"] = 1
        if self.kind in ("video", "animation"):
            shown |= {"width": 320, "height": 240}
        return shown


@dataclass(slots=True)
class FileStore:
    """All files of this Telegram."""

    clock: Callable[[], datetime]
    _files: dict[str, StoredFile] = field(default_factory=dict[str, StoredFile])
    _paths: dict[str, tuple[StoredFile, datetime]] = field(default_factory=dict[str, "tuple[StoredFile, datetime]"])

    def add(self, upload: Upload, *, kind: str) -> StoredFile:
        """Keep a file; the same content of the same kind has the same ids. Photos must be pictures."""
        width, height = _picture_size(upload.data) if kind == "photo" else (0, 0)
        if kind == "photo":
            _check_photo(upload, width, height)
        digest = hashlib.sha256(kind.encode() + b"\0" + upload.data).digest()
        name = "" if kind == "photo" else upload.name
        salt = hashlib.sha256(digest + name.encode()).digest()
        stored = StoredFile(
            id=f"{kind[0].upper()}gAC{_letters(salt)}",
            unique_id=f"AQAD{_letters(digest[:9])}",
            kind=kind,
            data=upload.data,
            name=name,
            mime=upload.mime,
            width=width,
            height=height,
        )
        return self._files.setdefault(stored.id, stored)

    def add_photo(self, upload: Upload) -> list[Json]:
        """The sizes of a photo, a small one first as Telegram makes it, the whole one last."""
        whole = self.add(upload, kind="photo")
        return self.sizes(whole)

    def sizes(self, whole: StoredFile) -> list[Json]:
        """A thumbnail (a plain picture of its own) and the photo itself."""
        longest = max(whole.width, whole.height)
        if longest <= 90:
            return [whole.as_json()]
        width, height = (max(1, side * 90 // longest) for side in (whole.width, whole.height))
        colour = int(hashlib.sha256(whole.data).hexdigest()[:2], 16)
        small = self.add(Upload(plain_png(width, height, colour), "thumbnail.png", "image/png"), kind="photo")
        return [small.as_json(), whole.as_json()]

    def known(self, file_id: str) -> StoredFile | None:
        """The file of an id, for a page that shows it; None when there is none."""
        return self._files.get(file_id)

    def find(self, file_id: str, *, kind: str = "") -> StoredFile:
        """The file of an id; 400 when there is none or it is of another kind."""
        found = self._files.get(file_id)
        if found is None:
            raise bad_request("wrong remote file identifier specified: can't unserialize it. Wrong last symbol")
        if kind and found.kind != kind:
            raise bad_request(f"can't use file of type {found.kind.title()} as {kind.title()}")
        return found

    def grant(self, file_id: str) -> Json:
        """A `File` with a path that is good for an hour; 400 when it is too big for bots."""
        if not file_id:
            raise bad_request("file_id not specified")
        found = self._files.get(file_id)
        if found is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        if len(found.data) > DOWNLOAD_LIMIT:
            raise bad_request("file is too big")
        suffix = PurePosixPath(found.name).suffix or (".jpg" if found.kind == "photo" else "")
        number = list(self._files).index(found.id)
        path = f"{FOLDERS.get(found.kind, 'documents')}/file_{number}{suffix}"
        self._paths[path] = (found, self.clock() + timedelta(seconds=FILE_PATH_SECONDS))
        return {"file_id": found.id, "file_unique_id": found.unique_id, "file_size": len(found.data), "file_path": path}

    def open(self, path: str) -> StoredFile | None:
        """The file behind a path; None when the path was never given or its hour is over."""
        found, until = self._paths.get(path, (None, None))
        return found if until is not None and self.clock() < until else None


def _letters(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def _check_photo(upload: Upload, width: int, height: int) -> None:
    size = len(upload.data)
    if size > PHOTO_LIMIT:
        what = f"file of size {size} bytes is too big for a photo; the maximum size is {PHOTO_LIMIT} bytes"
        raise bad_request(what)
    if not width or not height:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def _picture_size(data: bytes) -> tuple[int, int]:
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        return struct.unpack(">II", data[16:24])
    if data.startswith((b"GIF87a", b"GIF89a")) and len(data) >= 10:
        return struct.unpack("<HH", data[6:10])
    return _jpeg_size(data) if data.startswith(b"\xff\xd8") else (0, 0)


def _jpeg_size(data: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return 0, 0


def plain_png(width: int, height: int, shade: int) -> bytes:
    """A grey picture of one shade (0-255), sizes in pixels."""
    rows = (b"\0" + bytes([shade]) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )

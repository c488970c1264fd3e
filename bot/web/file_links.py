"""Signed addresses of stored files: good for a while, not to be guessed, void once revoked."""

from __future__ import annotations

import hmac
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.domain.clock import Clock

VALID_FOR = timedelta(days=7)
_SHAPE = re.compile(r"(\d{1,18})-(\d{1,12})-([A-Za-z0-9_-]{32})")


@dataclass(frozen=True, slots=True)
class FileLink:
    """What a genuine address says."""

    file_id: int
    issued_at: datetime


class FileLinks:
    """Makes and reads addresses under one public url, signed with one secret."""

    def __init__(self, *, secret: bytes, public_url: str, clock: Clock) -> None:
        """Without a public url there are no addresses."""
        self._secret, self._public_url, self._clock = secret, public_url, clock

    def make(self, file_id: int) -> str:
        """The address of a file from now on; an empty text when there is no public url."""
        if not self._public_url:
            return ""
        body = f"{file_id}-{int(self._clock().timestamp())}"
        return f"{self._public_url}/files/{body}-{self._sign(body)}"

    def read(self, signed: str) -> FileLink | None:
        """What the address says; None when it is forged or expired."""
        shape = _SHAPE.fullmatch(signed)
        if shape is None:
            return None
        file_id, issued, given = shape.groups()
        if not hmac.compare_digest(given, self._sign(f"{file_id}-{issued}")):
            return None
        issued_at = datetime.fromtimestamp(int(issued), UTC)
        return FileLink(int(file_id), issued_at) if self._clock() < issued_at + VALID_FOR else None

    def _sign(self, body: str) -> str:
        digest = hmac.digest(self._secret, body.encode(), "sha256")
        return urlsafe_b64encode(digest[:24]).decode()

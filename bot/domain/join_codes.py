"""One-time codes for joining: eight characters that nobody confuses on a phone, stored only as a slow hash."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta
from hashlib import scrypt

_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LENGTH = 8
_CODE = re.compile(rf"[{_ALPHABET}]{{{_LENGTH}}}")
GUESSES_A_PERSON = 5
GUESSES_IN_ALL = 200
GUESS_WINDOW = timedelta(hours=1)


def new_code() -> str:
    """A fresh code: 32 to the power of 8 possibilities, without I, O, 0 and 1."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))


def read_code(text: str) -> str | None:
    """The code somebody typed, whatever its case, spaces or dashes; None when it cannot be one."""
    cleaned = re.sub(r"[\s\-–.]", "", text).upper()
    return cleaned if _CODE.fullmatch(cleaned) else None


def hash_code(code: str, *, salt: str) -> str:
    """What is stored: scrypt, so that a stolen database does not give the codes away (about 5 ms)."""
    return scrypt(code.encode(), salt=salt.encode(), n=2**11, r=8, p=1, dklen=24).hex()

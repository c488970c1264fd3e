"""What the sentences of many modules are put together from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def weekday(day: date) -> str:
    """ "thứ Sáu"."""
    return _WEEKDAYS[day.weekday()]


def shortened(text: str, *, limit: int) -> str:
    """On one line and at most this long."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def first_upper(text: str) -> str:
    """With a capital at its beginning, the rest as it is."""
    return text[:1].upper() + text[1:]


def people(names: Sequence[str], *, most: int) -> str:
    """ "Lan, Hùng và 3 người nữa": at most so many by name."""
    more = f" và {len(names) - most} người nữa" if len(names) > most else ""
    return ", ".join(names[:most]) + more

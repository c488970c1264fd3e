"""When a meeting ended (form 1.9 wants it): what the minutes say, else when the last line was written during it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.moments import find_time
from bot.domain.phrases import Source
from bot.domain.text import normalise

_CLOSING = re.compile(r"\b(?:ket thuc|be mac|tan hop|giai tan|xong hop)\b")
_RUNS_OVER = timedelta(hours=1)
_LONGEST = timedelta(hours=12)


def meeting_end(lines: Sequence[tuple[str, datetime]], *, starts_at: datetime, ends_at: datetime) -> datetime:
    """From the lines with the moments they were written at, in the zone of `starts_at`.

    "Bế mạc lúc 16 giờ" counts first. Else the last line that was written by an hour after the planned end: minutes
    typed in the evening do not make the meeting longer. Else the planned end.
    """
    for text, _ in reversed(lines):
        if (said := _said(text, starts_at)) is not None:
            return said
    during = [at for _, at in lines if starts_at <= at <= ends_at + _RUNS_OVER]
    return max(during).astimezone(starts_at.tzinfo) if during else ends_at


def _said(text: str, starts_at: datetime) -> datetime | None:
    source = Source.of(normalise(text))
    closing = _CLOSING.search(source.plain)
    found = find_time(source.text[closing.start() :]) if closing else None
    if found is None:
        return None
    at = datetime.combine(starts_at.date(), found.time, starts_at.tzinfo)
    return at if starts_at < at <= starts_at + _LONGEST else None

"""A report that the leader asks for (báo cáo đột xuất, regulation II.1) is work given to the secretary; its source
names the days, so that the finished report closes it."""

from __future__ import annotations

from bot.domain.periods import Period

_SOURCE = "report:"


def source_of(period: Period, serial: str) -> str:
    """What the work is known by; `serial` is the dialogue's, so that it is given out once."""
    return f"{about(period)}{serial}"


def about(period: Period) -> str:
    """How the sources of all requests of these days begin."""
    return f"{_SOURCE}{period.key}:"


def period_of(source: str) -> Period | None:
    """The days of the report that the work asks for; None for other work."""
    if not source.startswith(_SOURCE):
        return None
    try:
        return Period.parse(source.removeprefix(_SOURCE).partition(":")[0])
    except ValueError:
        return None

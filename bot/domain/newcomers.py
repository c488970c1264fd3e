"""Who joins a team that is at work already, and from which month on they owe the duty."""

from __future__ import annotations

from datetime import date

from bot.domain.school_year import Month


def newcomer_since(*, founded: date, existing: int, added: int, today: date) -> date | None:
    """The day from which those who are added now belong to the team; None when the roster is only being filled.

    A team is at work when it was founded in an earlier month and has more members than are being added.
    """
    is_at_work = Month.of(founded) < Month.of(today) and existing > added
    return today if is_at_work else None


def is_new_in(month: Month, since: date | None, *, owes_until_day: int) -> bool:
    """Whether somebody came too late to owe the month: after it, or within it after the given day."""
    if since is None or Month.of(since) < month:
        return False
    return Month.of(since) > month or since.day > owes_until_day
